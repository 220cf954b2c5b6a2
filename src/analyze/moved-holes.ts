/**
 * What a patch moves into a new function, or out of one that it dissolves, stays the business of
 * the callers where they did it on the other side: a hole that was there is the same hole, and a
 * lock that got lost on the way was theirs.
 */
import { type Charge, demandAt } from "../locks/blame.js";
import type { FunctionRun, Obligation } from "../locks/obligation.js";
import { pathOf } from "./other-side.js";

/** The run of a function on the other side, by its name here; undefined where there is none. */
export type RunThere = (name: string) => FunctionRun | undefined;

/** Charges of functions that only this side has, moved to the callers that did the same there. */
export function withMovedHoles(
  charges: readonly Charge[],
  runs: readonly FunctionRun[],
  there: RunThere,
): Charge[] {
  return charges.flatMap((charge) => {
    if (there(charge.run.procedure.name) !== undefined) return [charge];
    const demand = demandAt(charge.obligation, 0);
    const owed = runs.flatMap((run) =>
      run.obligations
        .filter((one) => one.unlocked !== null && isAbove(one, demand))
        .map((obligation) => ({ run, obligation, isByCaller: false })),
    );
    const isMoved = owed.length > 0 && owed.every((one) => isDoneThere(one, there));
    return isMoved ? owed : [charge];
  });
}

/** Whether a call further in has the demand. */
function isAbove(obligation: Obligation, demand: string): boolean {
  return obligation.chain.some((_, depth) => depth > 0 && demandAt(obligation, depth) === demand);
}

function isDoneThere({ run, obligation }: Charge, there: RunThere): boolean {
  const other = there(run.procedure.name);
  return (
    other?.obligations.some(
      (one) =>
        one.check === obligation.check &&
        one.member === obligation.member &&
        pathOf(other, one) === pathOf(run, obligation),
    ) ?? false
  );
}
