/** What a run of a function leaves open, and whether running the callees' bodies can settle it. */
import type { Procedure } from "../dataflow/procedure.js";
import type { Terms } from "../dataflow/term.js";
import { type Event, eventsOf } from "../dataflow/witness.js";
import { isFirm } from "./firm-path.js";
import { debtKey, type FunctionRun, type Obligation } from "./obligation.js";

/** Not about a commit: what stays open of it is taken for granted, not left undecided. */
export function isSettledOrMinor(one: Obligation): boolean {
  return isMet(one) || (one.member === null && one.unlocked === null && !one.perhapsInserted);
}

/** Callees on the way to what a run did not see locked, and those whose contracts it could not weigh. */
export function doubtfulCallees(run: FunctionRun): Set<Procedure> {
  const { needsBodies } = run;
  const open = allOf(run).filter((one) => !isMet(one));
  const onTheWay = open.flatMap(({ chain }) => chain.slice(1).map(({ procedure }) => procedure));
  return new Set([...needsBodies, ...onTheWay]);
}

/** A run, if it leaves no doubt that other bodies could settle. */
export function settle(run: FunctionRun): FunctionRun | null {
  const isSure = (one: Obligation) =>
    isMet(one) || (isOwnDebt(one) && one.firm !== null && !one.unknown && !one.perhapsInserted);
  if (run.limits.length + run.needsBodies.size > 0) return null;
  if (![...run.obligations, ...run.mistakes].every(isSure)) return null;
  const own = certainOwn(run);
  if (!run.own.every((one) => isMet(one) || own.some((other) => isSameDebt(one, other))))
    return null;
  const firm = (one: Obligation) => ({ ...one, unlocked: one.firm });
  return { ...run, obligations: run.obligations.map(firm), own, skipped: 0 };
}

/**
 * What a function owes for what it does itself, whatever the callees do whose contracts stood for
 * their bodies: seen on a path on which they do not matter, or on all paths that come by.
 */
export function certainOwn({ own, ownTerms, limits }: FunctionRun): Obligation[] {
  const isNeverFree = (one: Obligation) =>
    limits.length === 0 &&
    isFirm(sinceLock(one), ownTerms) &&
    own.every((other) => !isSamePlace(one, other) || (isNeverLocked(other) && !other.unknown));
  return own
    .filter(
      (one) =>
        isOwnDebt(one) && (one.firm !== null || isNeverFree(one) || isStraight(one, ownTerms)),
    )
    .map((one) => {
      const path = one.firm ?? one.unlocked;
      return { ...one, unlocked: path, firm: path };
    });
}

/** Whether whoever takes or gives up the other class's lock may come by the place next. */
function isStraight(one: Obligation, terms: Terms): boolean {
  const events = sinceLock(one);
  return (
    isFirm(events, terms) && events.every(({ kind, term }) => kind !== "branch" || term !== null)
  );
}

/** What happened on the path after the other class's lock was taken or given up. */
function sinceLock({ unlocked, check }: Obligation): Event[] {
  const events = eventsOf(unlocked);
  const last = events.findLastIndex(
    ({ kind, name }) => (kind === "hold" || kind === "release") && name === check,
  );
  return events.slice(last + 1);
}

function isSameDebt(a: Obligation, b: Obligation): boolean {
  return debtKey(a) === debtKey(b);
}

/** The same demand, whatever the object. */
function isSamePlace(a: Obligation, b: Obligation): boolean {
  return debtKey({ ...a, object: b.object }) === debtKey(b);
}

function isMet({ unlocked, unknown, perhapsInserted }: Obligation): boolean {
  return unlocked === null && !unknown && !perhapsInserted;
}

export function isOwnDebt({ unlocked, fromContract }: Obligation): boolean {
  return unlocked !== null && !fromContract;
}

export function isNeverLocked({ lockedAt, metOtherwise, isFreeSomewhere }: Obligation): boolean {
  return lockedAt === null && !metOtherwise && !isFreeSomewhere;
}

export function allOf({ obligations, own }: FunctionRun): Obligation[] {
  return [...obligations, ...own];
}

/** Whether only the bodies of more callees can tell what a function owes itself. */
export function isOpen(run: FunctionRun): boolean {
  return run.limits.length === 0 && run.needsBodies.size > 0 && certainOwn(run).length === 0;
}
