/** One path to follow again instead of all: the decisions of a witness. */
import type { Span } from "../text/source-file.js";
import { type Event, eventsOf, type Witness } from "./witness.js";

export class Guide {
  readonly #decisions: readonly Event[];

  constructor(path: Witness) {
    this.#decisions = decisions(path);
  }

  /** The ways on at a branch, after the steps that a state has behind it. */
  waysOn(behind: Witness | null, branch: Span): readonly boolean[] {
    const decision = this.#decisions[decisions(behind).length];
    return decision?.span === branch ? [decision.holds] : [];
  }
}

export const BOTH_WAYS: readonly boolean[] = [true, false];

function decisions(path: Witness | null): Event[] {
  return eventsOf(path).filter(({ kind }) => kind === "branch");
}
