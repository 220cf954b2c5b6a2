/**
 * Demands that nobody fails: what a function does only with a struct that no caller builds. Where
 * it may find a pointer to an object that nobody locks in it, say, every caller leaves that NULL.
 */
import type { TermId } from "../dataflow/term-kinds.js";
import { eventsOf } from "../dataflow/witness.js";
import { demandAt } from "../locks/blame.js";
import { accessPath } from "../locks/contract.js";
import type { FunctionRun, Obligation } from "../locks/obligation.js";

export interface Callers {
  /** Runs of all functions that call one; null when there may be others. */
  of(run: FunctionRun): readonly FunctionRun[] | null;
  /** Whether a closer look is worth it: what other files build is seldom in doubt. */
  isNear(run: FunctionRun): boolean;
  /** The same run with the callees' bodies. */
  withBodies(run: FunctionRun): FunctionRun;
}

/** How many callers are in reach, if all meet a demand or give no occasion for it; else 0. */
export function neverSo(run: FunctionRun, obligation: Obligation, callers: Callers): number {
  if (!hangsOnState(run, obligation) || !isNeverSo(run, obligation, callers, new Set())) return 0;
  return callers.of(run)?.length ?? 0;
}

/**
 * Whether it hangs on what a struct is built with, not on what the function is asked to work on:
 * on a member that it sets itself on the way, or leaves to others altogether. What it only reads is
 * its business, though all callers may pass NULL today.
 */
function hangsOnState(
  { procedure, terms }: FunctionRun,
  { object, unlocked }: Obligation,
): boolean {
  const { membersRead, membersWritten } = procedure;
  const found = accessPath(terms, object);
  const member = found?.path.at(-1)?.slice(1);
  if (found === null || member === undefined) return false;
  if (membersWritten.has(member) || !membersRead.has(member)) return true;
  const isSetHere = (term: TermId) => {
    const read = accessPath(terms, term);
    const [only, ...more] = read?.path ?? [];
    return (
      read?.param === found.param && more.length === 0 && membersWritten.has(`${only?.slice(1)}`)
    );
  };
  // A test whether it is there, not what a number in it says.
  return eventsOf(unlocked).some(
    ({ kind, term }) => kind === "branch" && term !== null && isSetHere(term),
  );
}

function isNeverSo(
  run: FunctionRun,
  obligation: Obligation,
  callers: Callers,
  seen: ReadonlySet<FunctionRun>,
): boolean {
  const path = accessPath(run.terms, obligation.object)?.path ?? [];
  if (path.length === 0 || seen.has(run)) return false;
  const demand = demandAt(obligation, 0);
  const asked = new Set([...seen, run]);
  const isMet = (caller: FunctionRun) =>
    caller.obligations
      .filter(
        (one) =>
          (one.unlocked !== null || one.unknown) &&
          one.chain.some((_, depth) => depth > 0 && demandAt(one, depth) === demand),
      )
      .every((one) => isNeverSo(caller, one, callers, asked));
  const visited = new Set<FunctionRun>();
  // What a caller takes for granted is for its own callers to keep.
  const areMetBy = (all: readonly FunctionRun[] | null): boolean =>
    all !== null && all.length > 0 && all.every(isMetBy);
  const isMetBy = (caller: FunctionRun): boolean => {
    if (caller === run || visited.has(caller)) return caller !== run;
    visited.add(caller);
    const closer = !isMet(caller) && caller.skipped > 0 && callers.isNear(caller);
    const known = closer ? callers.withBodies(caller) : caller;
    if (known.limits.length > 0 || !isMet(known)) return false;
    return known.assumptions.every(({ flag }) => flag === null) || areMetBy(callers.of(caller));
  };
  return areMetBy(callers.of(run));
}
