/**
 * The steps of one path, newest first: a linked list carried by a state, outside its key.
 */
import type { Span } from "../text/source-file.js";
import type { Procedure } from "./procedure.js";
import type { TermId } from "./term-kinds.js";

export interface Event {
  readonly kind:
    | "branch"
    | "assign"
    | "lock"
    | "call"
    | "return"
    | "hand-over"
    | "hold"
    | "release"
    | "free";
  readonly procedure: Procedure;
  /** Depth of the frame it happened in; the root function is 0. */
  readonly depth: number;
  /** Prepared-text span in the procedure. */
  readonly span: Span;
  /** branch: which way; hold: for writing; others: true. */
  readonly holds: boolean;
  /** assign, lock, hand-over: the value; hold, release: the atom that stands for the lock. */
  readonly term: TermId | null;
  /** assign: the variable or member; call: the callee; hold, release: the check it bears on. */
  readonly name: string;
}

export interface Witness {
  readonly event: Event;
  readonly previous: Witness | null;
  readonly length: number;
}

export function extend(previous: Witness | null, event: Event): Witness {
  return { event, previous, length: (previous?.length ?? 0) + 1 };
}

/** Oldest first. */
export function eventsOf(witness: Witness | null): Event[] {
  const events: Event[] = [];
  for (let at = witness; at !== null; at = at.previous) events.push(at.event);
  return events.reverse();
}
