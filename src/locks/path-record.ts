/**
 * What a watched run tells of single paths: plain data, one record per path as far as paths
 * differ in it. Paths that agree in everything named here are one record.
 *
 * `decisions` are the branches of the function that was run which were pinned, by the text of
 * their condition: every path of the record took them this way. A condition that came out both
 * ways on one path (in a loop) is left out.
 */
import type { TermId } from "../dataflow/term-kinds.js";
import type { Event } from "../dataflow/witness.js";
import type { AccessPath } from "./contract.js";
import type { Link } from "./obligation.js";

export interface PathRecord {
  readonly decisions: ReadonlyMap<string, boolean>;
  /** The steps of one of the paths. */
  readonly events: readonly Event[];
}

/** `private`: nobody else can reach it. `late`: locked only after it was handed over. */
export type Standing = "locked" | "private" | "late" | "unlocked" | "unknown";

export interface HeldMember {
  readonly member: string;
  readonly object: TermId;
  /** As the function that was run names it. */
  readonly name: string;
  /** As its callers name it; null when they cannot. */
  readonly path: AccessPath | null;
  readonly standing: Standing;
  /** Where it was locked first: chains of calls, the lock last. */
  readonly locks: readonly (readonly Link[])[];
}

/** A container was committed; members that are NULL are left out. */
export interface CommitRecord extends PathRecord {
  readonly chain: readonly Link[];
  readonly members: readonly HeldMember[];
}

/** Something that a caller can name was not locked where it must be. */
export interface DemandRecord extends PathRecord {
  readonly chain: readonly Link[];
  readonly object: AccessPath;
  /** Member of the container; null when there is none. */
  readonly member: string | null;
  /** A check's name; null for a run-time assertion. */
  readonly check: string | null;
  /** Demanded only of new objects. */
  readonly onlyIfNew: boolean;
  /** A callee may demand it: its body was not run; or joins may have made up the path. */
  readonly isDoubtful: boolean;
}

/** A call that locks, or asserts, on any path. */
export interface SiteRecord {
  readonly chain: readonly Link[];
  readonly path: AccessPath | null;
  /** As the function that was run names it; null when it has no name for it. */
  readonly name: string | null;
  /** A new object, made by the function or what it calls. */
  readonly isNew: boolean;
}

export interface ExitRecord extends PathRecord {
  /** Whether the result is not zero; null when that cannot be told. */
  readonly result: boolean | null;
  /** The object returned is locked. */
  readonly returnsLocked: boolean;
  /** Keys of access paths (`pathKey`): locked here, seen NULL, demanded on the way. */
  readonly locked: ReadonlySet<string>;
  readonly absent: ReadonlySet<string>;
  readonly demanded: ReadonlySet<string>;
}

/** As C writes it: `vmg->next`. */
export function pathKey({ param, path }: AccessPath): string {
  return path.reduce(
    (base, step) => (step === "" ? `*${base}` : `${base}->${step.slice(1)}`),
    param,
  );
}
