/**
 * Findings cost work as well: there may be thousands of them in one function, each with a path of
 * thousands of steps.
 */
import type { Budget } from "../dataflow/budget.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Gap } from "../findings/finding.js";
import type { Charge } from "../locks/blame.js";
import { gapOf } from "./gaps.js";

/** Units of the budget for a finding, and steps of its path that one more unit pays for. */
const COST_OF_FINDING = 20;
const STEPS_PER_UNIT = 8;

/** The charges that the budget lets be told; a gap for each function of which some are not. */
export function affordable(charges: readonly Charge[], budget: Budget, gaps: Gap[]): Charge[] {
  const cut = new Set<Procedure>();
  let last: Procedure | null = null;
  const kept = charges.filter(({ run: { procedure }, obligation: { unlocked } }) => {
    if (procedure !== last) budget.next();
    last = procedure;
    budget.spend(COST_OF_FINDING + Math.floor((unlocked?.length ?? 0) / STEPS_PER_UNIT));
    if (!budget.isSpent) return true;
    cut.add(procedure);
    return false;
  });
  for (const procedure of cut)
    gaps.push(gapOf(procedure, "budget", "the run had no work left to tell all of its findings"));
  return kept;
}
