/**
 * One activation of a procedure, and what the interpreter asks of its client: what a call or a
 * write means for the objects the client tracks.
 */
import type { Instruction, Terminator } from "../cfg/cfg.js";
import type { Span } from "../text/source-file.js";
import type { Procedure } from "./procedure.js";
import type { State } from "./state.js";
import type { Location, TermId } from "./term-kinds.js";

export type CallInstruction = Extract<Instruction, { op: "call" }>;
export type AssignInstruction = Extract<Instruction, { op: "assign" }>;

/** One activation of a procedure. `context` is equal for the same chain of call sites. */
export interface Frame {
  readonly procedure: Procedure;
  readonly context: number;
  readonly depth: number;
  readonly caller: Frame | null;
  /** The call instruction's span in the caller; null in the root. */
  readonly site: Span | null;
  /** Where the caller keeps what is returned, if that is a struct; null in the root. */
  readonly into: Location | null;
}

export type Limit = "state-limit" | "depth-limit" | "recursion" | "budget";

export type Branch = Extract<Terminator, { op: "branch" }>;

export interface Client {
  /** The configuration symbol that is known to be set. */
  readonly configured: string;
  /** Whether a constant of that name is an error code: not zero. */
  isErrorCode(name: string): boolean;
  /** A run begins: what holds of what the function is handed. */
  begin?(state: State, frame: Frame): void;
  /**
   * Meaning of a call before its body runs. `states` null: run the body (or, without one,
   * forget what it is handed); otherwise the outcome, one result per state.
   */
  call(
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
  ): Outcome[] | null;
  /** Whether a call without a body in reach is known to write nothing it is handed. */
  isKnown(frame: Frame, call: CallInstruction): boolean;
  /** After a call's body ran (or was skipped); `result`: what it returned. */
  called(
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
    result: TermId,
  ): void;
  /** Before a write to memory that carries an effect. */
  assigned(state: State, frame: Frame, assign: AssignInstruction): void;
  /** A value to take for granted when a branch depends on it, else null. */
  takenForGranted(state: State, frame: Frame, condition: TermId): boolean | null;
  /** `skipped`: the state in which a call was not entered, if that is what the limit was for. */
  limit(frame: Frame, limit: Limit, skipped: State | null): void;
  /** A function returns; its variables are still there. */
  leaving?(state: State, frame: Frame, site: Span): void;
  /** A branch was taken; `state` is the one that goes that way. */
  decided?(state: State, frame: Frame, branch: Branch, holds: boolean, condition: TermId): void;
}

export interface Outcome {
  readonly state: State;
  readonly result: TermId;
}
