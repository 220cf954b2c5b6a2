/** What a run on contracts leaves open, and what of it stands without a closer look. */
import type { Procedure } from "../dataflow/procedure.js";
import type { FunctionRun, Obligation } from "./obligation.js";

/** Not about a commit: what stays open of it is taken for granted, not left undecided. */
export function isSettledOrMinor(one: Obligation): boolean {
  return isMet(one) || (one.member === null && one.unlocked === null && !one.perhapsInserted);
}

/** Callees on the way to what a run did not see locked, and those whose contracts it could not weigh. */
export function doubtfulCallees({ obligations, needsBodies }: FunctionRun): Set<Procedure> {
  const open = obligations.filter((one) => !isMet(one));
  const onTheWay = open.flatMap(({ chain }) => chain.slice(1).map(({ procedure }) => procedure));
  return new Set([...needsBodies, ...onTheWay]);
}

/** A run, if it leaves no doubt that other bodies could settle. */
export function settle(run: FunctionRun): FunctionRun | null {
  const isSure = (one: Obligation) =>
    isMet(one) || (isOwnDebt(one) && one.firm !== null && !one.unknown && !one.perhapsInserted);
  if (run.limits.length + run.needsBodies.size > 0) return null;
  if (![...run.obligations, ...run.mistakes].every(isSure)) return null;
  const obligations = run.obligations.map((one) => ({ ...one, unlocked: one.firm }));
  return { ...run, obligations, skipped: 0 };
}

function isMet({ unlocked, unknown, perhapsInserted }: Obligation): boolean {
  return unlocked === null && !unknown && !perhapsInserted;
}

export function isOwnDebt({ unlocked, fromContract }: Obligation): boolean {
  return unlocked !== null && !fromContract;
}

export function isNeverLocked({ lockedAt, metOtherwise }: Obligation): boolean {
  return lockedAt === null && !metOtherwise;
}
