/** Where the hunks of a file's patch go, with `fuzz` outer context lines given up, as in `patch -F`. */
import { InputError } from "../findings/input-error.js";
import { describeMismatch } from "./describe-mismatch.js";
import { findHunk, type HunkSearch, type Wanted } from "./find-hunk.js";
import { type Ending, withEnding } from "./line-ending.js";
import type { FilePatch, Hunk, HunkLine } from "./patch.js";

/** A hunk's lines as they stand in a file, with line ends, and where they were found. */
export interface PlacedHunk {
  /** From 1, as in the patch. */
  readonly number: number;
  /** Index of its first line. */
  readonly at: number;
  readonly offset: number;
  readonly fuzz: number;
  readonly lines: readonly PlacedLine[];
}

export interface PlacedLine {
  readonly kind: HunkLine["kind"];
  readonly text: string;
}

/** Comparisons of lines for one file: some seconds at worst. */
const WORK = 100_000_000;

/** In the order of the file. Throws InputError when one does not apply. */
export function placeHunks(
  lines: readonly string[],
  file: FilePatch,
  options: { readonly ending: Ending; readonly fuzz: number },
): PlacedHunk[] {
  const search: HunkSearch = { lines, claimed: new Uint8Array(lines.length), work: WORK };
  const zeroContext = wasMadeWithoutContext(file.hunks);
  const placed = file.hunks.map((hunk, index) =>
    place(search, hunk, { ...options, file, number: index + 1, zeroContext }),
  );
  return placed.sort((left, right) => left.at - right.at || left.number - right.number);
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

interface Placing {
  readonly file: FilePatch;
  readonly number: number;
  readonly zeroContext: boolean;
  readonly ending: Ending;
  readonly fuzz: number;
}

function place(search: HunkSearch, hunk: Hunk, placing: Placing): PlacedHunk {
  const lines = hunk.lines.map((line) => ({
    kind: line.kind,
    text: withEnding(line, placing.ending),
  }));
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
