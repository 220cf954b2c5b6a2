/**
 * A patch whose white space was lost on the way (a quoted reply, a web archive): its lines are
 * not yet known to be context, removed or added. `recoverFile` finds that out from the base.
 */
import type { HunkHeader } from "./hunk-header.js";
import type { FilePatch } from "./patch.js";

export interface LoosePatch {
  readonly source: string;
  readonly files: readonly LooseFile[];
  readonly notes: readonly string[];
}

export interface LooseFile {
  /** Names, ids and kind; without hunks. */
  readonly file: FilePatch;
  readonly hunks: readonly LooseHunk[];
}

export interface LooseHunk {
  readonly numbers: HunkHeader;
  readonly inputLine: number;
  /** All that stands up to the next header: perhaps a signature or prose at the end. */
  readonly lines: readonly LooseLine[];
}

export interface LooseLine {
  readonly text: string;
  readonly inputLine: number;
}
