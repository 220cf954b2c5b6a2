/**
 * Who watches a run path by path, for commands that tell about all paths and not only about the
 * worst one. The ledger folds paths; an observer is told of each before that happens. It may
 * leave notes in a state (marks on atoms of its own), nothing else.
 */

import type { Explorer } from "../dataflow/explore.js";
import type { Branch, CallInstruction, Frame, Outcome } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Span } from "../text/source-file.js";
import type { Due } from "./ledger.js";

export interface Observer {
  attach(explorer: Explorer): void;
  /** A call that may lock was made; whether it did, the marks tell. */
  acquired(state: State, frame: Frame, call: CallInstruction, object: TermId): void;
  /** A run-time assertion that an object is locked. */
  required(state: State, frame: Frame, call: CallInstruction, object: TermId): void;
  /** A commit of a container, its dues told; `members` are those that may hold an object. */
  committed(state: State, frame: Frame, call: CallInstruction, members: readonly Member[]): void;
  /** A demand fell due. */
  owed(state: State, frame: Frame, site: Span, due: Due): void;
  /** A callee demands it by its contract; whether on this path, only its body tells. */
  owedByContract(state: State, frame: Frame, site: Span, due: Due): void;
  /** A branch was taken; `state` goes that way. */
  decided(state: State, frame: Frame, branch: Branch, holds: boolean, condition: TermId): void;
  /** All ways out of the function that was run. */
  returned(outcomes: readonly Outcome[]): void;
}

export interface Member {
  readonly member: string;
  readonly object: TermId;
}
