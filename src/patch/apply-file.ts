/**
 * Applies one file's hunks to its text, in memory. Agrees with `git apply`; beyond it, a patch
 * that lost or gained carriage returns on its way still applies, hunks without any context are
 * taken at their word, and with `fuzz` outer context lines may differ, as in `patch -F`.
 */
import { InputError } from "../findings/input-error.js";
import { type Ending, lineEnding, withEnding } from "./line-ending.js";
import { type Edit, LineMap } from "./line-map.js";
import type { FilePatch } from "./patch.js";
import { type PlacedHunk, placeHunks } from "./place-hunks.js";
import { shortenNotes } from "./shorten-notes.js";
import { splitLines } from "./text-lines.js";

/** Where a hunk went. Lines from 1; `offset` is the distance from where its header says. */
export interface AppliedHunk {
  /** From 1, as in the patch. */
  readonly number: number;
  readonly offset: number;
  /** Outer context lines given up. */
  readonly fuzz: number;
  readonly beforeStart: number;
  readonly beforeCount: number;
  readonly afterStart: number;
  readonly afterCount: number;
}

export interface AppliedFile {
  /** null when the patch deletes the file. */
  readonly after: string | null;
  /** In the order of the file. */
  readonly hunks: readonly AppliedHunk[];
  readonly lineMap: LineMap;
  readonly notes: readonly string[];
}

export interface ApplyOptions {
  /** How many outer context lines of a hunk may differ; 0 when absent. */
  readonly fuzz?: number;
}

/** `before` is null when there is no such file. Throws InputError when a hunk does not apply. */
export function applyFile(
  before: string | null,
  file: FilePatch,
  options: ApplyOptions = {},
): AppliedFile {
  const name = file.newPath ?? file.oldPath ?? "";
  if (file.kind === "new" && before !== null && before !== "") {
    throw new InputError(
      file.source,
      file.inputLine,
      `the patch adds ${name}, which exists already`,
    );
  }
  if (file.kind !== "new" && before === null) {
    throw new InputError(
      file.source,
      file.inputLine,
      `the patch changes ${file.oldPath}, which does not exist`,
    );
  }
  const lines = splitLines(before ?? "");
  const ending = lineEnding(lines, file);
  const placed = placeHunks(lines, file, { ending, fuzz: options.fuzz ?? 0 });
  const { text, hunks, edits } = rewrite(lines, placed, ending);
  if (file.kind === "delete" && text !== "") {
    throw new InputError(
      file.source,
      file.inputLine,
      `the patch deletes ${name}, but lines of it would be left`,
    );
  }
  const after = file.kind === "delete" ? null : text;
  const notes = shortenNotes(
    hunks.flatMap((hunk) => placeNote(hunk, name)),
    name,
  );
  if (ending !== "keep")
    notes.push(
      `${name}: the patch's carriage returns were ${ending === "\n" ? "dropped" : "put back"}`,
    );
  return { after, hunks, lineMap: new LineMap(edits), notes };
}

function rewrite(lines: readonly string[], placed: readonly PlacedHunk[], ending: Ending) {
  const out: string[] = [];
  const edits: Edit[] = [];
  const hunks: AppliedHunk[] = [];
  let at = 0;
  for (const hunk of placed) {
    while (at < hunk.at) out.push(lines[at++] as string);
    const afterStart = out.length + 1;
    for (const line of hunk.lines) {
      if (line.kind === " ") out.push(lines[at++] as string);
      else {
        addEdit(edits, line.kind, at + 1, out.length + 1);
        if (line.kind === "-") at++;
        else out.push(withEnding(line, ending));
      }
    }
    const { number, offset, fuzz } = hunk;
    const counts = { beforeCount: at - hunk.at, afterCount: out.length + 1 - afterStart };
    hunks.push({ number, offset, fuzz, beforeStart: hunk.at + 1, afterStart, ...counts });
  }
  while (at < lines.length) out.push(lines[at++] as string);
  return { text: out.join(""), hunks, edits };
}

/** Adds one removed or added line to the edit that ends here, else begins a new one. */
function addEdit(edits: Edit[], kind: "+" | "-", oldLine: number, newLine: number): void {
  const last = edits[edits.length - 1];
  const grows =
    last !== undefined &&
    last.oldStart + last.oldCount === oldLine &&
    last.newStart + last.newCount === newLine;
  const edit = grows ? last : { oldStart: oldLine, oldCount: 0, newStart: newLine, newCount: 0 };
  const grown =
    kind === "-"
      ? { ...edit, oldCount: edit.oldCount + 1 }
      : { ...edit, newCount: edit.newCount + 1 };
  if (grows) edits[edits.length - 1] = grown;
  else edits.push(grown);
}

function placeNote(hunk: AppliedHunk, name: string): string[] {
  const parts = [];
  if (hunk.offset !== 0) parts.push(`at line ${hunk.beforeStart}, ${plural(hunk.offset)} off`);
  if (hunk.fuzz !== 0) parts.push(`with fuzz ${hunk.fuzz}`);
  return parts.length === 0 ? [] : [`hunk ${hunk.number} of ${name} applied ${parts.join(" ")}`];
}

function plural(offset: number): string {
  return `${offset > 0 ? "+" : ""}${offset} ${Math.abs(offset) === 1 ? "line" : "lines"}`;
}
