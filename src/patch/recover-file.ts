/**
 * A file's patch out of a quote that lost its white space: aligned with the base, context and
 * removed lines taken from there, added lines indented like their neighbours. Several
 * indentations are tried as long as `recognise` does not know the file they give.
 */
import { alignHunk, looseKey, MOST_COST } from "./align-hunk.js";
import type { LooseFile, LooseHunk } from "./loose-patch.js";
import type { FilePatch, Hunk, HunkLine } from "./patch.js";
import { type PlacedHunk, type Recogniser, restoreLines } from "./restore-lines.js";
import { shortenNotes } from "./shorten-notes.js";
import { splitLines } from "./text-lines.js";

export interface RecoverOptions {
  /** Knows the file that the author had; null when nothing tells. */
  readonly recognise: Recogniser | null;
  /** How many outer context lines of a hunk may differ. */
  readonly fuzz: number;
  /** Where a hunk says that it stands, context may differ or be cut off. */
  readonly lenient: boolean;
}

export interface RecoveredFile {
  readonly file: FilePatch;
  /** What was matched loosely, one sentence each. */
  readonly notes: readonly string[];
}

interface Found extends PlacedHunk {
  readonly hunk: LooseHunk;
}

interface Placed extends Found {
  /** From 0, in the patch. */
  readonly index: number;
}

/** The base's lines without their white space, and what looking for hunks may cost. */
interface Search {
  readonly keys: readonly string[];
  readonly fuzz: number;
  readonly lenient: boolean;
  readonly work: { left: number };
}

/** Steps for one file: some seconds. */
const WORK = { atLeast: 400_000, perLine: 8 };

/** A hunk that is not found in the base is a misfit. */
export function recoverFile(
  before: string,
  loose: LooseFile,
  options: RecoverOptions,
): RecoveredFile {
  const lines = splitLines(before);
  const keys = lines.map(looseKey);
  const notes: string[] = [];
  const placed: Placed[] = [];
  const quoted = loose.hunks.reduce((sum, hunk) => sum + hunk.lines.length, 0);
  const work = { left: WORK.atLeast + WORK.perLine * quoted };
  const { fuzz, lenient } = options;
  const search: Search = { keys, fuzz, lenient, work };
  let from = 0;
  let drift = 0;
  const misfits = new Map<number, Hunk>();
  for (const [index, hunk] of loose.hunks.entries()) {
    const found = placeHunk(hunk, from, drift, search);
    if (found === null) {
      misfits.set(index, asWritten(hunk, `, quoted, does not fit: ${whyNot(hunk, search)}`));
      continue;
    }
    const title = `hunk ${index + 1} of ${loose.file.newPath ?? loose.file.oldPath}`;
    placed.push({ ...found, index });
    from = found.at + hunk.numbers.oldCount;
    drift = found.at - announced(hunk);
    notes.push(...remarks(found, title));
  }
  const texts = restoreLines(lines, placed, options.recognise);
  let shift = 0;
  const hunks: Hunk[] = [];
  for (const [at, one] of placed.entries()) {
    const hunk = toHunk(one, lines, texts[at] as string[], shift);
    shift += hunk.newCount - hunk.oldCount;
    hunks[one.index] = hunk;
  }
  for (const [index, hunk] of misfits) hunks[index] = hunk;
  const name = loose.file.newPath ?? loose.file.oldPath ?? "";
  return { file: { ...loose.file, hunks }, notes: shortenNotes(notes, name) };
}

/** Index of the line on which the header says that the hunk begins. */
function announced({ numbers }: LooseHunk): number {
  return numbers.oldCount === 0 ? numbers.oldStart : numbers.oldStart - 1;
}

/**
 * Below the hunk before. First where every line agrees, nearest to where the last hunk's offset
 * leads; then, at that very place, where context differs or is cut off.
 */
function placeHunk(hunk: LooseHunk, from: number, drift: number, search: Search): Found | null {
  const { keys, work } = search;
  const expected = announced(hunk) + drift;
  const last = keys.length - hunk.numbers.oldCount;
  for (let distance = 0; distance <= Math.max(last, expected); distance++) {
    for (const at of distance === 0 ? [expected] : [expected + distance, expected - distance]) {
      if (at < from || at > last || work.left-- <= 0) continue;
      if (distance > 0 && !couldStand(hunk, keys, at)) continue;
      const alignment = alignHunk({ ...search, hunk, at, mostCost: MOST_COST.strict });
      if (alignment !== null) return { hunk, at, alignment };
    }
  }
  if (!search.lenient) return null;
  const alignment = alignHunk({ ...search, hunk, at: expected, mostCost: MOST_COST.lenient });
  return alignment === null || expected < from ? null : { hunk, at: expected, alignment };
}

/** A cheap look before aligning: two of the quote's first lines stand near the place. */
function couldStand(hunk: LooseHunk, keys: readonly string[], at: number): boolean {
  const near = new Set(keys.slice(at, at + 8));
  let hits = 0;
  for (const line of hunk.lines.slice(0, 8)) {
    const key = looseKey(line.text);
    if (
      key !== "" &&
      !key.startsWith("+") &&
      (near.has(key) || near.has(looseKey(line.text.slice(1))))
    )
      hits++;
  }
  return hits >= 2;
}

/** The first quoted line that the base does not have near the place, else lines must be missing. */
function whyNot(hunk: LooseHunk, { keys, work }: Search): string {
  if (work.left <= 0) return "looking for its lines takes too long";
  const { oldStart, oldCount } = hunk.numbers;
  const near = new Set(keys.slice(Math.max(0, oldStart - 200), oldStart + oldCount + 200));
  const stranger = hunk.lines.find(({ text }) => {
    const key = looseKey(text);
    return !(
      key === "" ||
      key.startsWith("+") ||
      near.has(key) ||
      (key.startsWith("-") && near.has(looseKey(key.slice(1))))
    );
  });
  if (stranger === undefined) return "lines of it are missing in the quote";
  const text = looseKey(stranger.text);
  return `${JSON.stringify(text.length > 80 ? `${text.slice(0, 77)}...` : text)} is not in the file near line ${oldStart}`;
}

function remarks(placed: Found, title: string): string[] {
  const expected = announced(placed.hunk);
  const notes: string[] = [];
  if (placed.alignment.missing)
    notes.push(`${title}: the quote ends before the hunk does, the rest is taken as unchanged`);
  else if (placed.alignment.cost > 0)
    notes.push(`${title}: matched loosely, blank or broken lines differ`);
  if (placed.at !== expected)
    notes.push(`${title}: found at line ${placed.at + 1}, ${placed.at - expected} off`);
  return notes;
}

/** By the markers that are left. */
function asWritten({ numbers, lines, inputLine }: LooseHunk, misfit: string): Hunk {
  const guessed = lines.map(({ text, inputLine: line }): HunkLine => {
    const kind = text[0] === "+" || text[0] === "-" ? text[0] : " ";
    return { kind, text: kind === " " ? text : text.slice(1), inputLine: line };
  });
  return { ...numbers, lines: guessed, inputLine, misfit };
}

function toHunk(
  placed: Placed,
  base: readonly string[],
  added: readonly string[],
  offset: number,
): Hunk {
  let old = placed.at;
  let next = 0;
  const lines = placed.alignment.lines.map((line): HunkLine => {
    if (line.kind === "+")
      return { kind: "+", text: added[next++] as string, inputLine: line.inputLine };
    const text = base[old++] as string;
    const bare = { kind: line.kind, text: text.replace(/\n$/, ""), inputLine: line.inputLine };
    return text.endsWith("\n") ? bare : { ...bare, noNewline: true };
  });
  const oldCount = old - placed.at;
  const newCount = lines.filter((line) => line.kind !== "-").length;
  return {
    oldStart: oldCount === 0 ? placed.at : placed.at + 1,
    oldCount,
    newStart: placed.at + offset + (newCount === 0 ? 0 : 1),
    newCount,
    header: placed.hunk.numbers.header,
    lines,
    inputLine: placed.hunk.inputLine,
  };
}
