/** Where the hunks of a file's patch go, with `fuzz` outer context lines given up, as in `patch -F`. */
import { InputError } from "../findings/input-error.js";
import { describeMismatch } from "./describe-mismatch.js";
import { findHunk, type HunkSearch, type Wanted } from "./find-hunk.js";
import { type Ending, withEnding } from "./line-ending.js";
import type { FilePatch, Hunk, HunkLine } from "./patch.js";

export interface PlacedHunk {
  /** From 1, as in the patch. */
  readonly number: number;
  /** Index of its first line in the file. */
  readonly at: number;
  readonly offset: number;
  readonly fuzz: number;
  /** Without the context lines given up. */
  readonly lines: readonly HunkLine[];
}

/** Comparisons of lines for one file: a second or two at worst. */
const WORK = 30_000_000;

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
  const context = contextOf(hunk);
  const most = Math.max(context.leading, context.trailing);
  for (let fuzz = 0; fuzz <= Math.min(placing.fuzz, most); fuzz++) {
    const head = Math.max(0, fuzz + context.leading - most);
    const tail = Math.max(0, fuzz + context.trailing - most);
    const lines = fuzz === 0 ? hunk.lines : hunk.lines.slice(head, hunk.lines.length - tail);
    const anchored = fuzz === 0 && !placing.zeroContext;
    const wanted = wantedLines(hunk, lines, head, { ...placing, anchored });
    const at = find(search, wanted, hunk, placing);
    if (at === null) continue;
    search.claimed.fill(1, at, at + wanted.lines.length);
    return { number: placing.number, at, offset: at - wanted.expected, fuzz, lines };
  }
  throw doesNotApply(search.lines, hunk, placing);
}

/** Context lines above and below what changes. */
function contextOf({ lines }: Hunk): { leading: number; trailing: number } {
  const first = lines.findIndex((line) => line.kind !== " ");
  if (first === -1) return { leading: lines.length, trailing: 0 };
  return {
    leading: first,
    trailing: lines.length - 1 - lines.findLastIndex((line) => line.kind !== " "),
  };
}

function wantedLines(
  hunk: Hunk,
  lines: readonly HunkLine[],
  head: number,
  { ending, anchored }: { readonly ending: Ending; readonly anchored: boolean },
): Wanted {
  const first = hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1;
  const old = lines.filter((line) => line.kind !== "+");
  return {
    lines: old.map((line) => withEnding(line, ending)),
    expected: first + head,
    atStart: hunk.oldStart === 0 || (hunk.oldStart === 1 && anchored),
    atEnd: anchored && contextOf(hunk).trailing === 0,
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

function doesNotApply(before: readonly string[], hunk: Hunk, placing: Placing): InputError {
  const wanted = wantedLines(hunk, hunk.lines, 0, { ...placing, anchored: !placing.zeroContext });
  const kept = hunk.lines.filter((line) => line.kind !== "-");
  const after = kept.map((line) => withEnding(line, placing.ending));
  const text = `${title(placing)} does not apply: ${describeMismatch(before, wanted, after)}`;
  return new InputError(placing.file.source, hunk.inputLine, text);
}

function title(placing: Placing): string {
  return `hunk ${placing.number} of ${placing.file.newPath ?? placing.file.oldPath}`;
}
