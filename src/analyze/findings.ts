/** Charges as findings. */
import type { Finding } from "../findings/finding.js";
import type { Charge } from "../locks/blame.js";
import { explain } from "../locks/explain.js";
import type { FunctionRun, Link } from "../locks/obligation.js";
import { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";
import { effectsAt } from "./unit-runner.js";

/** `nameThere`: what a function of this side is called on the other, as `file:name`. */
export function findingsOf(
  program: Program,
  charges: readonly Charge[],
  nameThere: (key: string) => string = (key) => key,
): Finding[] {
  const byUnit = new Map<Unit, Charge[]>();
  for (const charge of charges) {
    const { unit } = charge.run.procedure as KernelProcedure;
    byUnit.set(unit, [...(byUnit.get(unit) ?? []), charge]);
  }
  return [...byUnit].flatMap(([unit, own]) => findingsIn(program, unit, own, nameThere));
}

function findingsIn(
  program: Program,
  unit: Unit,
  charges: readonly Charge[],
  nameThere: (key: string) => string,
): Finding[] {
  const { protocol } = program;
  return explain(
    charges.filter(({ obligation }) => obligation.chain.every(isUnderstood)),
    {
      checks: protocol.checks,
      verb: (member) => protocol.verbs.get(member) ?? "changed",
      members: program.members(unit),
      identity: ({ name, file }) => {
        const key = nameThere(`${file}:${name}`);
        const there = key.slice(key.lastIndexOf(":") + 1);
        return file === unit.file.path ? there : `${file} ${there}`;
      },
      locks: (procedure, { span }) =>
        effectsAt(procedure, span).some(({ kind }) => kind === "acquire"),
      toleratesInsertion: !program.assertsInsertion(unit),
    },
  );
}

/** Whether every path of a function locked the new object it inserts in a member. */
export function lockedInsertion({ obligations }: FunctionRun, { type, members }: Finding): boolean {
  const insertions = obligations.filter(
    ({ inserted, onlyIfNew, check, member }) =>
      (inserted || onlyIfNew) && (member === null ? check === type : members.includes(member)),
  );
  return (
    insertions.length > 0 &&
    insertions.every(({ unlocked, unknown }) => unlocked === null && !unknown)
  );
}

/** A statement the parser lost may be the lock. */
function isUnderstood({ procedure }: Link): boolean {
  return !(procedure instanceof KernelProcedure) || procedure.syntax.errors.length === 0;
}
