/**
 * One mail, commit or diff file, unwrapped: what it says about itself, and the text in which its
 * diff stands. What the diff means is not known here; `patch/` reads it.
 */
import type { NumberedLines } from "./numbered-lines.js";

export interface PatchText extends NumberedLines {
  /** As the user named the input: a path, `-`. */
  readonly source: string;
  /** Without `[PATCH v2 3/7]` and `Re:`; empty when there is none. */
  readonly subject: string;
  readonly from: string | null;
  readonly date: string | null;
  /** Without `<` and `>`. */
  readonly messageId: string | null;
  readonly inReplyTo: string | null;
  /** The commit this was made from, where the input says so. */
  readonly commit: string | null;
  /** Place in the series; 1 of 1 when nothing is said. A cover letter is 0. */
  readonly index: number;
  readonly total: number;
  readonly version: number;
  /** `base-commit:` trailer. */
  readonly baseCommit: string | null;
  /** `prerequisite-patch-id:` trailers. */
  readonly prerequisites: readonly string[];
  /** Taken out of a quoted reply: white space may be lost. */
  readonly quoted: boolean;
  /** What was skipped or guessed, one sentence each. */
  readonly notes: readonly string[];
}
