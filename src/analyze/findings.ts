/** Charges as findings. */
import type { Finding } from "../findings/finding.js";
import type { Charge } from "../locks/blame.js";
import { explain } from "../locks/explain.js";
import type { FunctionRun, Link } from "../locks/obligation.js";
import { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";
import { effectsAt } from "./unit-runner.js";

/** `renamed`: names this side's functions have on the other side, where they differ. */
export function findingsOf(
  program: Program,
  unit: Unit,
  charges: readonly Charge[],
  renamed: ReadonlyMap<string, string> = new Map(),
): Finding[] {
  const { protocol } = program;
  return explain(
    charges.filter(({ obligation }) => obligation.chain.every(isUnderstood)),
    {
      checks: protocol.checks,
      verb: (member) => protocol.verbs.get(member) ?? "changed",
      members: program.members(unit),
      identity: ({ name, file }) =>
        file === unit.file.path ? (renamed.get(name) ?? name) : `${file} ${name}`,
      locks: (procedure, { span }) =>
        effectsAt(procedure, span).some(({ kind }) => kind === "acquire"),
      toleratesInsertion: !program.assertsInsertion(unit),
    },
  );
}

/** Whether every path of a function locked the new object it inserts in a member. */
export function lockedInsertion(
  runs: readonly FunctionRun[],
  name: string,
  { type, members }: Finding,
): boolean {
  const run = runs.find(({ procedure }) => procedure.name === name);
  const insertions =
    run?.obligations.filter(
      ({ inserted, onlyIfNew, check, member }) =>
        (inserted || onlyIfNew) && (member === null ? check === type : members.includes(member)),
    ) ?? [];
  return (
    insertions.length > 0 &&
    insertions.every(({ unlocked, unknown }) => unlocked === null && !unknown)
  );
}

/** A statement the parser lost may be the lock. */
function isUnderstood({ procedure }: Link): boolean {
  return !(procedure instanceof KernelProcedure) || procedure.syntax.errors.length === 0;
}
