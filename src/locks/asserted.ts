/** Of charges for run-time assertions, those that are somebody else's, or say nothing new. */
import type { TermId } from "../dataflow/term-kinds.js";
import { eventsOf } from "../dataflow/witness.js";
import type { Charge } from "./blame.js";
import { accessPath } from "./contract.js";
import type { FunctionRun, Obligation } from "./obligation.js";

/**
 * Where a function further in is charged with what it was handed, for this assertion's lock or for
 * what it does to an object, the assertion shows the same fault again.
 */
export function withoutInnerAssertions(charges: readonly Charge[]): Charge[] {
  const charged = new Set(
    charges.flatMap(({ run, obligation }) =>
      obligation.fromParameter ? [`${run.procedure.file}:${run.procedure.name}`] : [],
    ),
  );
  return charges.filter(
    ({ obligation: { isAsserted, chain } }) =>
      !isAsserted ||
      !chain.slice(1).some(({ procedure }) => charged.has(`${procedure.file}:${procedure.name}`)),
  );
}

/**
 * Whether the path to an assertion further in hangs on what the callers handed in, the object
 * itself aside: a mode in a struct that says whether they lock, which may be one of the file.
 */
export function hangsOnArguments(
  { terms }: FunctionRun,
  { unlocked, object }: Obligation,
): boolean {
  return eventsOf(unlocked).some(
    ({ kind, depth, term }) =>
      kind === "branch" &&
      depth > 0 &&
      term !== null &&
      !terms.atoms(term).includes(object) &&
      terms.atoms(term).some((atom) => accessPath(terms, atom) !== null || isOfFile(terms, atom)),
  );
}

/** A member of a variable of the file, as it was on entry. */
function isOfFile(terms: FunctionRun["terms"], atom: TermId): boolean {
  const term = terms.get(atom);
  if (term.kind !== "atom" || term.origin.kind !== "entry") return false;
  return term.origin.base === null && term.origin.path.includes(".");
}
