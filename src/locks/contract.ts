/**
 * What a function asks of its callers and does for them, derived from its own run. Callers are
 * first run on contracts alone; where that leaves doubt, the body is run: contracts are a
 * filter, running the body is the judge.
 */
import type { Limit } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { NOTHING, type Writes } from "../dataflow/writes.js";
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
  /** Objects it may make reachable. */
  readonly inserts: readonly AccessPath[];
  readonly writes: Writes;
  /** It was not decided itself: nor are those that rely on it. */
  readonly limits: readonly Limit[];
  /** All locks may have fallen when it returns. */
  readonly releases: boolean;
}

/** Calls from a function to what it demands, that one included; in the kernel there are four. */
export const MOST_LINKS = 40;

/** null when it asks what a caller cannot name. `writes` is null where that is too much to tell. */
export function contractOf(run: FunctionRun, writes: Writes | null): Contract | null {
  const requires: { object: AccessPath; obligation: Obligation }[] = [];
  const limits = new Set(run.limits);
  if (writes === null) limits.add("depth-limit");
  for (const obligation of run.obligations) {
    if (obligation.unlocked === null || !obligation.fromParameter) continue;
    if (obligation.chain.length > MOST_LINKS) {
      limits.add("depth-limit");
      continue;
    }
    const object = accessPath(run.terms, obligation.object);
    if (object === null) return null;
    requires.push({ object, obligation });
  }
  return {
    requires,
    assumes: run.assumptions.flatMap(({ flag }) => flag ?? []),
    locks: run.locks,
    inserts: run.inserts,
    writes: writes ?? NOTHING,
    limits: [...limits],
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

/** The value that a path leads to from the value of its parameter. */
export function valueAt(
  terms: Terms,
  state: State,
  start: TermId,
  { path }: Pick<AccessPath, "path">,
): TermId {
  return path.reduce((base, member) => state.read(terms.pointee(base) + member), start);
}
