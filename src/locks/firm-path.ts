/** Paths that hold whatever the callees do whose contracts stood for their bodies. */
import type { Terms } from "../dataflow/term.js";
import type { Term, TermId } from "../dataflow/term-kinds.js";
import type { Event } from "../dataflow/witness.js";

/** Whether every open decision on the path is about values that no contract made unknown. */
export function isFirm(path: readonly Event[], terms: Terms): boolean {
  return path.every(
    ({ kind, term }) =>
      kind !== "branch" ||
      term === null ||
      !terms.atoms(term).some((atom) => isForgotten(terms, atom)),
  );
}

function isForgotten(terms: Terms, atom: TermId): boolean {
  const { origin, key } = terms.get(atom) as Extract<Term, { kind: "atom" }>;
  if (origin.kind === "entry") return !key.endsWith("@") && key.includes("@");
  return origin.kind === "unknown" || (origin.kind === "result" && origin.site.includes(" "));
}
