/**
 * What one function's run found at the places where an object must be locked. One record per
 * place, member, object and chain of calls; the paths that led there are folded into it.
 */
import type { Limit } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Witness } from "../dataflow/witness.js";
import type { Span } from "../text/source-file.js";
import type { AccessPath } from "./contract.js";

/** A procedure on the way to the effect; `site` is the call in it that leads on (or the effect itself). */
export interface Link {
  readonly procedure: Procedure;
  readonly site: Span;
}

export interface Obligation {
  /** The check that speaks. */
  readonly check: string;
  /** The check that the demand belongs to, where how the object came about tells more. */
  readonly demanded: string;
  /** From the function that was run (first) to the one that has the effect (last). */
  readonly chain: readonly Link[];
  /** Member of the container; null when there is none. */
  readonly member: string | null;
  readonly object: TermId;
  /** Depth of the frame the object came from: 0 is the function that was run. */
  readonly owner: number;
  /** The object came in through a parameter of the function that was run. */
  readonly fromParameter: boolean;
  /** It came in as a member of a container that somebody else filled. */
  readonly inContainer: boolean;
  /** A new object that becomes reachable here. */
  readonly inserted: boolean;
  /** A run-time assertion demands it: of what came in through a parameter, the callers' business. */
  readonly isAsserted: boolean;
  /** It hangs on what the function that was run does itself, whatever its callers hold: charged there. */
  readonly isOwn: boolean;
  /** Demanded only of new objects, and whether this one is cannot be told in this function. */
  readonly onlyIfNew: boolean;
  /** How it stands is known, and that others can reach it: not for the callers to say. */
  readonly isSure: boolean;
  /** Wrong in itself, whatever the callers hold: the business of the function it was made in. */
  readonly isMistake: boolean;
  /** Taken from a callee's contract, not from running its body: to be judged by running it. */
  readonly fromContract: boolean;
  /** A path on which it was not locked; the shortest seen. */
  unlocked: Witness | null;
  /** Such a path on which no decision hangs on what a contract made unknown. */
  firm: Witness | null;
  /** Name of a variable of the function that was run which held the object on that path. */
  heldBy: string | null;
  /** Depth of the outermost frame on the chain that locked it on some path; null: none did. */
  lockedAt: number | null;
  /** Where the lock was taken, on all paths. */
  readonly lockedBy: Link[];
  /** On some path it was locked by a function that has returned, or nobody else could reach it. */
  metOtherwise: boolean;
  /** Its value could not be told on some path. */
  unknown: boolean;
  /** On some path nothing was demanded. */
  isFreeSomewhere: boolean;
  /** On some path it was new, and what a callee does with it was not looked into. */
  perhapsInserted: boolean;
}

export interface Assumption {
  readonly text: string;
  /** The flag that is taken to be zero on entry; null for other assumptions. */
  readonly flag: { readonly param: string; readonly path: readonly string[] } | null;
}

/** Everything one run of one function found. */
export interface FunctionRun {
  readonly procedure: Procedure;
  readonly obligations: readonly Obligation[];
  /** What is wrong by itself, in the same form. */
  readonly mistakes: readonly Obligation[];
  /** Those that hang on nothing but what the function does itself. */
  readonly own: readonly Obligation[];
  /** The terms of those: of another run where locks of other classes led to too many states. */
  readonly ownTerms: Terms;
  readonly assumptions: readonly Assumption[];
  readonly limits: readonly Limit[];
  /** Objects locked on some path, as far as a caller can name them. */
  readonly locks: readonly AccessPath[];
  /** Of those, the ones its own code locks. */
  readonly ownLocks: readonly AccessPath[];
  /** Objects that become reachable on some path, as far as a caller can name them. */
  readonly inserts: readonly AccessPath[];
  /** Some path lets all locks fall. */
  readonly releases: boolean;
  /** Calls whose bodies were not run because of their contracts. */
  readonly skipped: number;
  /** Callees whose contracts could not be weighed: only their bodies tell. */
  readonly needsBodies: ReadonlySet<Procedure>;
  readonly terms: Terms;
  readonly states: number;
}

/** Whether an object is neither handed in nor held in a container: only the tree has it. */
export function isFoundHere({ unlocked, member, fromParameter, owner }: Obligation): boolean {
  return unlocked !== null && member === null && !fromParameter && owner === 0;
}

/** What makes two demands one: the place, the member, the object, the calls that led there. */
export function debtKey({
  check,
  member,
  object,
  onlyIfNew,
  chain,
}: Pick<Obligation, "check" | "member" | "object" | "onlyIfNew" | "chain">): string {
  const sites = chain
    .map(({ procedure, site }) => `${procedure.file}:${procedure.name}:${site.start}`)
    .join(" ");
  return `${check} ${member} ${object} ${onlyIfNew} ${sites}`;
}

/** Of a demand, what it is not unless somebody says so. */
export const PLAIN = {
  member: null,
  inserted: false,
  inContainer: false,
  onlyIfNew: false,
  isAsserted: false,
  isOwn: false,
} as const;
