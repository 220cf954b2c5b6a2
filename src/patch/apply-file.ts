/**
 * Applies one file's hunks to its text, in memory. Agrees with `git apply`; beyond it, a patch
 * that lost or gained carriage returns on its way still applies, hunks without any context are
 * taken at their word, and with `fuzz` outer context lines may differ, as in `patch -F`.
 */
import { InputError } from "../findings/input-error.js";
import { lineEnding } from "./line-ending.js";
import { type Edit, LineMap } from "./line-map.js";
import type { FilePatch } from "./patch.js";
import { type Placement, placeHunks, type UnplacedHunk } from "./place-hunks.js";
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
  /** What does not fit and was left out; all of it where the file cannot be changed as a whole. */
  readonly missing: readonly UnplacedHunk[];
  /** The file cannot be changed as a whole: it stays as it is, under its name. */
  readonly isLeftOut: boolean;
  /** Why: one for each missing hunk, or one for the file. Empty: the file is patched wholly. */
  readonly errors: readonly InputError[];
}

export interface ApplyOptions {
  /** How many outer context lines of a hunk may differ; 0 when absent. */
  readonly fuzz?: number;
}

/** `before` is null when there is no such file. A hunk that does not fit is left out and told. */
export function applyFile(
  before: string | null,
  file: FilePatch,
  options: ApplyOptions = {},
): AppliedFile {
  const name = file.newPath ?? file.oldPath ?? "";
  if (file.kind === "new" && before !== null)
    return leaveOut(before, file, `the patch adds ${name}, which exists already`);
  if (file.kind !== "new" && before === null)
    return leaveOut(before, file, `the patch changes ${file.oldPath}, which does not exist`);
  const lines = splitLines(before ?? "");
  const ending = lineEnding(lines, file);
  const placement = placeHunks(lines, file, { ending, fuzz: options.fuzz ?? 0 });
  const { missing, errors } = placement;
  const { text, hunks, edits } = outcome(placement, lines.length);
  if (file.kind === "delete" && (text !== "" || errors.length > 0)) {
    const refused = leaveOut(
      before,
      file,
      `the patch deletes ${name}, but lines of it would be left`,
    );
    return errors.length > 0 ? { ...refused, errors } : refused;
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
  return { after, hunks, lineMap: new LineMap(edits), notes, missing, errors, isLeftOut: false };
}

/** `before`: null when there is no such file. */
export function leaveOut(before: string | null, file: FilePatch, trouble: string): AppliedFile {
  const missing = file.hunks.map((hunk, index) => ({ number: index + 1, hunk }));
  const errors = [new InputError(file.source, file.inputLine, trouble)];
  const nothing = { hunks: [], lineMap: new LineMap([]), notes: [] };
  return { ...nothing, after: before, missing, errors, isLeftOut: true };
}

/** `length`: lines of the file before. */
function outcome({ image, placed }: Placement, length: number) {
  const edits: Edit[] = [];
  const starts = new Map<number, { afterStart: number; afterCount: number }>();
  let old = 0;
  for (const [index, { from, hunk }] of image.entries()) {
    if (from === -1) addEdit(edits, "+", old + 1, index + 1);
    else {
      while (old < from) addEdit(edits, "-", ++old, index + 1);
      old = from + 1;
    }
    const known = starts.get(hunk);
    if (known === undefined) starts.set(hunk, { afterStart: index + 1, afterCount: 1 });
    else known.afterCount++;
  }
  while (old < length) addEdit(edits, "-", ++old, image.length + 1);
  const map = new LineMap(edits);
  const hunks = placed.map(({ number, at, oldCount, offset, fuzz }): AppliedHunk => {
    const below = map.toAfter(at + oldCount + 1) ?? image.length + 1;
    const after = starts.get(number) ?? { afterStart: below, afterCount: 0 };
    return { number, offset, fuzz, beforeStart: at + 1, beforeCount: oldCount, ...after };
  });
  return { text: image.map((line) => line.text).join(""), hunks, edits };
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
