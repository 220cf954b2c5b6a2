/**
 * A patch as data: what it does to which file, line by line. Line numbers count from 1. Paths
 * are relative to the top of the tree, with `/`. Not represented: the commit message, the
 * contents of binary files, and combined diffs (`diff --cc`), which are named in the notes.
 */

export interface Patch {
  readonly source: string;
  readonly files: readonly FilePatch[];
  /** What was skipped or looked odd, one sentence each. */
  readonly notes: readonly string[];
}

/** `mode`: permissions only. `binary`: named and skipped, no hunks. */
export type FileKind = "modify" | "new" | "delete" | "rename" | "copy" | "mode" | "binary";

/** The two names of a file, null where it does not exist, read with `-p<strip>`. */
export interface FilePaths {
  readonly oldPath: string | null;
  readonly newPath: string | null;
  readonly strip: 0 | 1;
}

export interface FilePatch extends FilePaths {
  readonly source: string;
  /** Line of the input on which this file's part begins. */
  readonly inputLine: number;
  readonly kind: FileKind;
  /** Blob ids of the `index` line, often abbreviated; null when absent or all zeros. */
  readonly oldId: string | null;
  readonly newId: string | null;
  readonly hunks: readonly Hunk[];
  /** Other readings of the names (`-p0` beside `-p1`), the likelier first: see choosePaths. */
  readonly otherPaths: readonly FilePaths[];
}

export interface Hunk {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  /** What follows the second `@@`: the function, as a rule. */
  readonly header: string;
  readonly lines: readonly HunkLine[];
  /** Line of the input with the `@@`. */
  readonly inputLine: number;
  /** Why it stands nowhere, where that is known beforehand; of a quoted hunk the lines are guessed. */
  readonly misfit?: string;
}

export interface HunkLine {
  readonly kind: " " | "+" | "-";
  /** Without marker and line end. */
  readonly text: string;
  readonly inputLine: number;
  /** Set when `\ No newline at end of file` follows. */
  readonly noNewline?: true;
}
