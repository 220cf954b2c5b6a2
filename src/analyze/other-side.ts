/** What one side of a patch says about blame on the other. */
import type { Procedure } from "../dataflow/procedure.js";
import {
  type Charge,
  type Demand,
  demanderOf,
  demandsOf,
  Evidence,
  renamed,
} from "../locks/blame.js";
import { accessPath } from "../locks/contract.js";
import type { FunctionRun, Obligation } from "../locks/obligation.js";

/** The other side of a patch, and what the patch changes. Functions are `file:name`. */
export interface OtherSide {
  /** What it is charged with by itself. */
  charges(): readonly Charge[];
  /** A function's name there, by its name here. */
  nameOf(name: string): string;
  /** The run there of a function here, made when it is needed. */
  run(procedure: Pick<Procedure, "file" | "name">): FunctionRun | undefined;
  /** Whether callers there are in charge of a demand. */
  isMet(demand: Demand): boolean;
  /** By their names here. */
  readonly changed: ReadonlySet<string>;
  /** Whether the patch changes functions of other files. */
  changesOthers(path: string): boolean;
}

/**
 * Which demands are the callers' business on one side of a patch. One that both sides have is as
 * it was: callers that lock, here or there, show that they are in charge. One that only this side
 * has is only if a caller that the patch changes locks, too; a lock that some caller happens to
 * hold was not meant.
 */
export function metBeside(
  before: OtherSide,
  evidence: Evidence,
  everyone: readonly FunctionRun[],
): (demand: Demand) => boolean {
  const meant = new Evidence(
    everyone.filter(({ procedure }) => before.changed.has(`${procedure.file}:${procedure.name}`)),
  );
  const demanders = everyone.filter(({ obligations }) =>
    obligations.some(({ unlocked }) => unlocked !== null),
  );
  const oldDemands = demandsOf(demanders.flatMap(({ procedure }) => before.run(procedure) ?? []));
  const openedUp = demanders
    .filter((run) => hasLostAssumption(before, run))
    .map(({ procedure }) => `${procedure.file}:${procedure.name}`);
  return (demand) => {
    const old = renamed(demand, (name) => before.nameOf(name));
    const wasThere = oldDemands.has(old) || openedUp.includes(demanderOf(demand));
    return wasThere ? evidence.has(demand) || before.isMet(old) : meant.has(demand);
  };
}

/** Whether what a function demands of its callers is the same there. */
export function isDemandedThere(there: OtherSide, run: FunctionRun): boolean {
  const old = demandsOf([there.run(run.procedure) ?? []].flat());
  return [...demandsOf([run])].every((demand) => old.has(renamed(demand, there.nameOf)));
}

/** Whether a function now asks itself for a flag that was taken to be zero: what hangs on it was there. */
function hasLostAssumption(before: OtherSide, { procedure, assumptions }: FunctionRun): boolean {
  const texts = assumptions.map(({ text }) => text);
  const old = before.run(procedure)?.assumptions ?? [];
  return old.some(({ flag, text }) => flag !== null && !texts.includes(text));
}

/** Whether a function did before the patch what it is about to be charged for, and was not charged. */
export function wasTolerated(
  before: OtherSide | null,
  run: FunctionRun,
  obligation: Obligation,
): boolean {
  return (
    obligation.member === null &&
    sameBefore(before, run, obligation).some(
      (one) =>
        one.unlocked !== null && !before?.charges().some(({ obligation }) => obligation === one),
    )
  );
}

/** Whether what a function now leaves unlocked was locked on every path, by itself or a callee. */
export function wasLocked(
  before: OtherSide | null,
  run: FunctionRun,
  obligation: Obligation,
): boolean {
  if (before === null) return false;
  return (
    areLocked(sameBefore(before, run, obligation)) ||
    obligation.chain.slice(1).some(({ procedure }) => {
      if (!before.changed.has(`${procedure.file}:${procedure.name}`)) return false;
      const old = before.run(procedure)?.obligations ?? [];
      return areLocked(old.filter(({ demanded }) => demanded === obligation.demanded));
    })
  );
}

function areLocked(obligations: readonly Obligation[]): boolean {
  return (
    obligations.length > 0 &&
    obligations.every(({ unlocked, lockedAt }) => unlocked === null && lockedAt === 0)
  );
}

/** The obligations of a function before the patch on the same object, as a caller names it. */
function sameBefore(
  before: OtherSide | null,
  { procedure, terms }: FunctionRun,
  obligation: Obligation,
): Obligation[] {
  const old = before?.run(procedure);
  const here = pathOf({ procedure, terms }, obligation);
  return (old?.obligations ?? []).filter(
    (other) => other.demanded === obligation.demanded && pathOf(old as FunctionRun, other) === here,
  );
}

/** The object as a caller names it; parameters by their number, because names change. */
export function pathOf(
  { procedure, terms }: Pick<FunctionRun, "procedure" | "terms">,
  { object }: Obligation,
): string {
  const path = accessPath(terms, object);
  return JSON.stringify(path && [procedure.cfg.params.indexOf(path.param), path.path]);
}
