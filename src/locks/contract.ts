/**
 * What a function asks of its callers and does for them, derived from its own run. Callers are
 * first run on contracts alone; where that leaves doubt, the body is run: contracts are a
 * filter, running the body is the judge.
 */
import type { Limit } from "../dataflow/frame.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Writes } from "../dataflow/writes.js";
import type { FunctionRun, Obligation } from "./obligation.js";

/** A value in terms of the parameters: `vmg` then `.next`. `path` is empty for the parameter itself. */
export interface AccessPath {
  readonly param: string;
  readonly path: readonly string[];
}

export interface Contract {
  /** Objects that must be locked (or NULL) on entry, with what they are demanded for. */
  readonly requires: readonly { readonly object: AccessPath; readonly obligation: Obligation }[];
  /** Flags that must be zero on entry. */
  readonly assumes: readonly AccessPath[];
  /** Objects it may lock. */
  readonly locks: readonly AccessPath[];
  readonly writes: Writes;
  /** It was not decided itself: nor are those that rely on it. */
  readonly limits: readonly Limit[];
  /** All locks may have fallen when it returns. */
  readonly releases: boolean;
}

/** null when it asks what a caller cannot name. */
export function contractOf(run: FunctionRun, writes: Writes): Contract | null {
  const requires: { object: AccessPath; obligation: Obligation }[] = [];
  for (const obligation of run.obligations) {
    if (obligation.unlocked === null || !obligation.fromParameter) continue;
    const object = accessPath(run.terms, obligation.object);
    if (object === null) return null;
    requires.push({ object, obligation });
  }
  return {
    requires,
    assumes: run.assumptions.flatMap(({ flag }) => flag ?? []),
    locks: run.locks,
    writes,
    limits: run.limits,
    releases: run.releases,
  };
}

export function accessPath(terms: Terms, object: TermId): AccessPath | null {
  const term = terms.get(object);
  if (term.kind !== "atom") return null;
  const { origin } = term;
  if (origin.kind === "param") return { param: origin.name, path: [] };
  if (origin.kind !== "entry" || origin.base === null) return null;
  const base = accessPath(terms, origin.base);
  return base === null ? null : { param: base.param, path: [...base.path, origin.path] };
}
