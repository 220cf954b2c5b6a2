/** The outcome of a run: what the reporters print and the exit code follows from. Plain data. */
import type { Assumption, FunctionCounts, Gap, JudgedFinding } from "./finding.js";

/** Which source a patch was applied to. */
export interface BaseUsed {
  /** `tree`: as it stands; `blob`: ids of the index lines; `commit`: given or named in the mail. */
  readonly how: "tree" | "blob" | "commit" | "trailer" | "index" | "none";
  readonly commit: string | null;
  /** `id`: blob id before the patch (12 hex digits), null when not known. */
  readonly files: readonly {
    readonly path: string;
    readonly id: string | null;
    readonly exact: boolean;
  }[];
}

export interface ReviewedPatch {
  /** As the user named the input: a path, `-`, a commit. */
  readonly source: string;
  readonly subject: string;
  readonly messageId: string | null;
  readonly index: number;
  readonly total: number;
  readonly hunks: number;
  readonly base: BaseUsed;
  /** Counts over the functions this patch concerns. */
  readonly functions: FunctionCounts;
  /** Remarks that are no errors: offsets, loosely matched lines, skipped binary files. */
  readonly notes: readonly string[];
}

export interface ReviewError {
  readonly file: string;
  /** From 1; 0 when the whole input is meant. */
  readonly line: number;
  readonly text: string;
}

/** Source lines the text reporter quotes, already cut out so that reporting does no I/O. */
export interface Excerpts {
  /** The line's text (from 1) on one side of a patch (`patch` as in JudgedFinding); empty when unknown. */
  line(patch: number, side: "before" | "after", file: string, line: number): string;
  /** Lines the patch removed just above a line of the after side, with their text. */
  removedAbove(patch: number, file: string, line: number): readonly string[];
}

export interface Review {
  /** Files checked whole (`-f`), as given; empty when patches were checked. */
  readonly wholeFiles: readonly string[];
  readonly patches: readonly ReviewedPatch[];
  readonly findings: readonly JudgedFinding[];
  readonly gaps: readonly Gap[];
  readonly assumptions: readonly Assumption[];
  readonly errors: readonly ReviewError[];
  readonly functions: FunctionCounts;
  readonly excerpts: Excerpts;
}
