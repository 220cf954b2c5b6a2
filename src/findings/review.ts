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

/** A hunk (from 1 in its file), and the line of the input on which it begins. */
export interface MissingHunk {
  readonly path: string;
  readonly number: number;
  readonly inputLine: number;
}

export interface ReviewedPatch {
  /** As the user named the input: a path, `-`, a commit. */
  readonly source: string;
  readonly subject: string;
  readonly messageId: string | null;
  readonly index: number;
  readonly total: number;
  readonly hunks: number;
  /** Those of them that do not apply and were left out. */
  readonly missing: readonly MissingHunk[];
  readonly base: BaseUsed;
  /** Counts over the functions this patch concerns. */
  readonly functions: FunctionCounts;
  /** Remarks that are no errors: offsets, loosely matched lines, skipped binary files. */
  readonly notes: readonly string[];
  /** False: it was not checked, and an entry in `errors` says why; `base.how` is `none` then. */
  readonly applied: boolean;
  /** It stands on what the patch before it left; false for the first of a series. */
  readonly follows: boolean;
}

/** A patch is moved to just before another one. Both count from 1 in the run's patches. */
export interface Move {
  readonly patch: number;
  readonly before: number;
}

/** What becomes of a series with its fixes moved to before the patches that need them. */
export interface Reordering {
  readonly moves: readonly Move[];
  /** `other-result`: all patches apply, but what they leave is not what the series leaves. */
  readonly outcome: "applies" | "does-not-apply" | "other-result";
  /** Introduced by one of the patches in this order; `patch` is its number in the old order. */
  readonly introduced: readonly JudgedFinding[];
}

/** A series compared with an older version of it: what the two introduce. */
export interface VersionComparison {
  /** The older version, as the user named it. */
  readonly name: string;
  readonly resolved: readonly JudgedFinding[];
  readonly new: readonly JudgedFinding[];
  readonly persisting: readonly JudgedFinding[];
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
  /** Lines the patch removed just above a line of the after side; of those in their place, the first. */
  removedAbove(patch: number, file: string, line: number): readonly string[];
  /** What a hunk (from 1 in its file) removed, by the line of the after side below it; null when unknown. */
  removedBy(patch: number, file: string, hunk: number): readonly RemovedLine[] | null;
}

export interface RemovedLine {
  /** Of the after side, the line that follows. */
  readonly above: number;
  readonly text: string;
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
  /** Of a series in which a later patch fixes what an earlier one introduced; else null. */
  readonly reordering: Reordering | null;
  /** With `--since`; else null. */
  readonly since: VersionComparison | null;
}
