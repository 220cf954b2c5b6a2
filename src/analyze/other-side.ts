/** What the side before a patch says about blame on the side after it. */
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

/** The side before a patch, and what the patch changed. */
export interface OtherSide {
  readonly runs: readonly FunctionRun[];
  readonly charges: readonly Charge[];
  /** A function's name there, by its name here. */
  nameOf(name: string): string;
  /** The run there of a function by its name here, made when it is needed. */
  run(name: string): FunctionRun | undefined;
  /** What callers there lock first. */
  evidence(): Evidence;
  /** Functions, as `file:name`. */
  readonly changed: ReadonlySet<string>;
}

/**
 * Which demands are the callers' business after a patch. One that was there before is as it was:
 * callers that lock, or did, show that they are in charge. One that the patch made is only if
 * the patch also makes a caller lock; a lock that some caller happens to hold was not meant.
 */
export function metAfterPatch(
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
  const oldDemands = demandsOf(
    demanders.flatMap(({ procedure }) => before.run(procedure.name) ?? []),
  );
  const openedUp = demanders
    .filter((run) => hasLostAssumption(before, run))
    .map(({ procedure }) => `${procedure.file}:${procedure.name}`);
  return (demand) => {
    const old = renamed(demand, (name) => {
      const colon = name.lastIndexOf(":");
      return name.slice(0, colon + 1) + before.nameOf(name.slice(colon + 1));
    });
    const wasThere = oldDemands.has(old) || openedUp.includes(demanderOf(demand));
    return wasThere ? evidence.has(demand) || before.evidence().has(old) : meant.has(demand);
  };
}

/** Whether a function now asks itself for a flag that was taken to be zero: what hangs on it was there. */
function hasLostAssumption(before: OtherSide, { procedure, assumptions }: FunctionRun): boolean {
  const texts = assumptions.map(({ text }) => text);
  const old = before.run(procedure.name)?.assumptions ?? [];
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
        one.unlocked !== null && !before?.charges.some(({ obligation }) => obligation === one),
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
    obligation.chain.slice(1).some(({ procedure: { file, name } }) => {
      if (!before.changed.has(`${file}:${name}`)) return false;
      const old = before.run(name)?.obligations ?? [];
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
  const name = before?.nameOf(procedure.name);
  const old = before?.runs.find((run) => run.procedure.name === name);
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
