/**
 * What a patch moves into a new function, or out of one that it dissolves, stays the business of
 * the callers where they did it on the other side: a hole that was there is the same hole, and a
 * lock that got lost on the way was theirs.
 */
import type { Procedure } from "../dataflow/procedure.js";
import { type Charge, type Demand, demandAt } from "../locks/blame.js";
import type { FunctionRun } from "../locks/obligation.js";
import { pathOf } from "./other-side.js";

/** The run of a function on the other side; undefined where there is none. */
export type RunThere = (procedure: Procedure) => FunctionRun | undefined;

/** Charges of functions that only this side has, moved to the callers that did the same there. */
export function withMovedHoles(
  charges: readonly Charge[],
  runs: readonly FunctionRun[],
  there: RunThere,
): Charge[] {
  let above: ReadonlyMap<Demand, readonly Charge[]> | undefined;
  return charges.flatMap((charge) => {
    if (there(charge.run.procedure) !== undefined) return [charge];
    above ??= owedAbove(runs);
    const owed = above.get(demandAt(charge.obligation, 0)) ?? [];
    const isMoved = owed.length > 0 && owed.every((one) => isDoneThere(one, there));
    return isMoved ? owed : [charge];
  });
}

/** What is owed, by the demands of calls further in. */
function owedAbove(runs: readonly FunctionRun[]): Map<Demand, Charge[]> {
  const above = new Map<Demand, Charge[]>();
  for (const run of runs) {
    for (const obligation of run.obligations) {
      if (obligation.unlocked === null) continue;
      const demands = obligation.chain.slice(1).map((_, index) => demandAt(obligation, index + 1));
      for (const demand of new Set(demands)) {
        const owed = above.get(demand) ?? [];
        owed.push({ run, obligation, isByCaller: false });
        above.set(demand, owed);
      }
    }
  }
  return above;
}

function isDoneThere({ run, obligation }: Charge, there: RunThere): boolean {
  const other = there(run.procedure);
  return (
    other?.obligations.some(
      (one) =>
        one.demanded === obligation.demanded &&
        one.member === obligation.member &&
        pathOf(other, one) === pathOf(run, obligation),
    ) ?? false
  );
}
