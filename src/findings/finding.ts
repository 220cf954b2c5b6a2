/**
 * What an analysis says: findings, gaps, assumptions. Plain data, shared by the layers
 * that make them, compare them and print them. Knows no syntax, no patch, no lock.
 */

export type Severity = "error" | "warning" | "check";

/** `present` is for whole files (`-f`), where nothing is compared. */
export type Status = "introduced" | "fixed" | "persisting" | "present";

/** One step of a witness, the path that proves a finding. Lines and columns from 1. */
export interface Step {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
  /**
   * `branch`: a decision; `assign`: where the pointer got its value; `lock`: a VMA locked on
   * this path; `call`: a callee entered; `hand-over`: the container is filled or passed on;
   * `commit`: the obligation fell due; `late-lock`: a lock that comes too late;
   * `hold`, `hold-read`, `let-go`: a lock of another class, held, for reading only, given up.
   */
  readonly event:
    | "branch"
    | "assign"
    | "lock"
    | "call"
    | "hand-over"
    | "commit"
    | "late-lock"
    | "hold"
    | "hold-read"
    | "let-go";
  readonly text: string;
}

/** A hunk elsewhere that changed what a function promises. `hunk` counts from 1 in the file. */
export interface Cause {
  readonly function: string;
  readonly file: string;
  readonly hunk: number;
}

/** One fault: one check, one function to blame, one object. */
export interface Finding {
  /** Name of the check, for example VMA_COMPLETE_UNLOCKED. */
  readonly type: string;
  readonly severity: Severity;
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** UTF-16 length of the marked text on that line, at least 1. */
  readonly length: number;
  /** The function to blame. */
  readonly function: string;
  /** The object as the blamed function names it: `next`, `vmg->middle`. */
  readonly object: string;
  /** Members of the container it was handed over in; empty when there is no container. */
  readonly members: readonly string[];
  /** One line, no full stop: "next is removed without its VMA write lock". */
  readonly message: string;
  readonly path: readonly Step[];
  /** Chain of calls from the blamed function to the effect: `vma_expand:1043`, ... */
  readonly chain: readonly {
    readonly function: string;
    readonly file: string;
    readonly line: number;
  }[];
  /** Identity without line numbers and prose; equal on both sides of a patch. */
  readonly fingerprint: string;
  /** What is wrong at the marked place, in a few words; absent: it is unlocked. */
  readonly label?: string;
  /** One line each, for the text report; may be absent. */
  readonly why?: string;
  readonly fix?: string;
}

/** A finding with its verdict. `patch` counts from 1 in the run's patches; 0 with `-f`. */
export interface JudgedFinding extends Finding {
  readonly status: Status;
  readonly side: "before" | "after";
  readonly patch: number;
  readonly cause?: Cause;
  /** In a series: the patch (from 1) in which the finding is gone again. */
  readonly fixedIn?: number;
}

/** Why something was not decided. Never a finding. */
export type GapReason =
  | "parse" // the parser did not understand a part of the function
  | "preprocessor" // only one branch of an #if was looked at
  | "state-limit" // too many states: some were joined
  | "depth-limit" // calls nested deeper than the bound
  | "recursion"
  | "missing-hunk" // a hunk that does not apply changes it
  | "budget" // the work a run may spend was spent
  | "unknown-value" // an obligation on a value whose origin is not known
  | "no-members" // the container's definition was not found
  | "internal"; // our own bug

export interface Gap {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly reason: GapReason;
  readonly text: string;
}

/** Something taken for granted. `callers`: how many callers were checked against it. */
export interface Assumption {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly text: string;
  readonly callers: number;
}

/** How many functions that reach an effect were proved, undecided (a gap) or only assumed. */
export interface FunctionCounts {
  readonly proved: number;
  readonly undecided: number;
  readonly assumed: number;
}
