/** What a function owes for what it does itself: no caller can be in charge of it. */
import type { FunctionRun, Obligation } from "./obligation.js";

/** null where only the callees' bodies tell. */
export function ownDebts(
  run: FunctionRun,
): { readonly run: FunctionRun; readonly obligation: Obligation }[] | null {
  const isFinal = run.skipped === 0 || run.ownTerms !== run.terms;
  if (!isFinal && run.own.some(({ unlocked, unknown }) => unlocked !== null || unknown))
    return null;
  return run.own
    .filter(({ unlocked }) => unlocked !== null)
    .map((obligation) => ({ run: { ...run, terms: run.ownTerms }, obligation }));
}
