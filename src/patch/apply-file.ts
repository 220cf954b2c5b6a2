/**
 * Applies one file's hunks to its text, in memory. Agrees with `git apply`; beyond it, a patch
 * that lost or gained carriage returns on its way still applies, hunks without any context are
 * taken at their word, and with `fuzz` outer context lines may differ, as in `patch -F`.
 */
import { InputError } from "../findings/input-error.js";
import { describeMismatch } from "./describe-mismatch.js";
import { findHunk, type HunkSearch, type Wanted } from "./find-hunk.js";
import { type Edit, LineMap } from "./line-map.js";
import type { FilePatch, Hunk, HunkLine } from "./patch.js";
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

/** A hunk's lines as they stand in a file, with line ends, and where they were found. */
interface PlacedHunk {
  readonly number: number;
  readonly at: number;
  readonly offset: number;
  readonly fuzz: number;
  readonly lines: readonly PlacedLine[];
}

interface PlacedLine {
  readonly kind: HunkLine["kind"];
  readonly text: string;
}

/** Comparisons of lines for one file: some seconds at worst. */
const WORK = 100_000_000;

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
  const search: HunkSearch = { lines, claimed: new Uint8Array(lines.length), work: WORK };
  const zeroContext = wasMadeWithoutContext(file.hunks);
  const placed = file.hunks.map((hunk, index) =>
    place(search, hunk, ending, { file, number: index + 1, zeroContext, fuzz: options.fuzz ?? 0 }),
  );
  placed.sort((left, right) => left.at - right.at || left.number - right.number);
  const { text, hunks, edits } = rewrite(lines, placed);
  if (file.kind === "delete" && text !== "") {
    throw new InputError(
      file.source,
      file.inputLine,
      `the patch deletes ${name}, but lines of it would be left`,
    );
  }
  const after = file.kind === "delete" ? null : text;
  const notes = shortenNotes(hunks.flatMap((hunk) => placeNote(hunk, name)), name);
  if (ending !== "keep")
    notes.push(
      `${name}: the patch's carriage returns were ${ending === "\n" ? "dropped" : "put back"}`,
    );
  return { after, hunks, lineMap: new LineMap(edits), notes };
}

/**
 * `diff -U0`: no anchors at the file's ends then. One hunk without context that starts at line 1
 * is read as the whole file, as git does, although -U0 can write that, too.
 */
function wasMadeWithoutContext(hunks: readonly Hunk[]): boolean {
  const [first] = hunks;
  if (first === undefined || (hunks.length === 1 && first.oldStart <= 1 && first.newStart <= 1))
    return false;
  return hunks.every((hunk) => hunk.lines.every((line) => line.kind !== " "));
}

/** `keep` unless patch and file disagree about carriage returns throughout. */
type Ending = "keep" | "\n" | "\r\n";

function lineEnding(lines: readonly string[], file: FilePatch): Ending {
  const first = file.hunks[0]?.lines[0];
  if (first === undefined || lines.length === 0) return "keep";
  const patchCr = first.text.endsWith("\r");
  const fileCr = (lines[0] as string).endsWith("\r\n");
  if (patchCr === fileCr) return "keep";
  const all = (wanted: boolean) =>
    file.hunks.every((hunk) => hunk.lines.every((line) => line.text.endsWith("\r") === wanted)) &&
    lines.every((line) => line.endsWith("\r\n") !== wanted || !line.endsWith("\n"));
  if (!all(patchCr)) return "keep";
  return fileCr ? "\r\n" : "\n";
}

function withEnding(line: HunkLine, ending: Ending): string {
  if (line.noNewline) return line.text;
  if (ending === "keep") return `${line.text}\n`;
  return `${line.text.endsWith("\r") ? line.text.slice(0, -1) : line.text}${ending}`;
}

interface Placing {
  readonly file: FilePatch;
  readonly number: number;
  readonly zeroContext: boolean;
  readonly fuzz: number;
}

function place(search: HunkSearch, hunk: Hunk, ending: Ending, placing: Placing): PlacedHunk {
  const lines = hunk.lines.map((line) => ({ kind: line.kind, text: withEnding(line, ending) }));
  const leading = lines.findIndex((line) => line.kind !== " ");
  const trailing = lines.length - 1 - lines.findLastIndex((line) => line.kind !== " ");
  const context = {
    leading: leading === -1 ? lines.length : leading,
    trailing: leading === -1 ? 0 : trailing,
  };
  for (
    let fuzz = 0;
    fuzz <= Math.min(placing.fuzz, Math.max(context.leading, context.trailing));
    fuzz++
  ) {
    const largest = Math.max(context.leading, context.trailing);
    const head = Math.max(0, fuzz + context.leading - largest);
    const tail = Math.max(0, fuzz + context.trailing - largest);
    const kept = lines.slice(head, lines.length - tail);
    const wanted = wantedLines(hunk, kept, head, fuzz > 0 || placing.zeroContext, context.trailing);
    const at = find(search, wanted, hunk, placing);
    if (at === null) continue;
    search.claimed.fill(1, at, at + wanted.lines.length);
    return { number: placing.number, at, offset: at - wanted.expected, fuzz, lines: kept };
  }
  const wanted = wantedLines(hunk, lines, 0, placing.zeroContext, context.trailing);
  throw doesNotApply(search.lines, lines, wanted, hunk, placing);
}

function wantedLines(
  hunk: Hunk,
  lines: readonly PlacedLine[],
  head: number,
  loose: boolean,
  trailing: number,
): Wanted {
  const first = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
  return {
    lines: lines.filter((line) => line.kind !== "+").map((line) => line.text),
    expected: first + head,
    atStart: hunk.oldStart === 0 || (hunk.oldStart === 1 && !loose),
    atEnd: trailing === 0 && !loose,
  };
}

function find(search: HunkSearch, wanted: Wanted, hunk: Hunk, placing: Placing): number | null {
  try {
    return findHunk(search, wanted);
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    throw new InputError(
      placing.file.source,
      hunk.inputLine,
      `${title(placing)}: looking for its lines takes too long`,
    );
  }
}

function doesNotApply(
  before: readonly string[],
  lines: readonly PlacedLine[],
  wanted: Wanted,
  hunk: Hunk,
  placing: Placing,
): InputError {
  const after = lines.filter((line) => line.kind !== "-").map((line) => line.text);
  const text = `${title(placing)} does not apply: ${describeMismatch(before, wanted, after)}`;
  return new InputError(placing.file.source, hunk.inputLine, text);
}

function title(placing: Placing): string {
  return `hunk ${placing.number} of ${placing.file.newPath ?? placing.file.oldPath}`;
}

function rewrite(lines: readonly string[], placed: readonly PlacedHunk[]) {
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
        else out.push(line.text);
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
