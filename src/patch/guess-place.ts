/**
 * Where in a file a hunk that does not fit was meant to go: as many of its old lines as possible
 * are found again in their order, white space apart. What is between the nearest of them above
 * and below its changes is what it may touch. A guess: of lines that stand in many places it
 * takes those that are together.
 */
import type { Hunk } from "./patch.js";

/** Lines from 1 that the hunk leaves alone: it changes only what is between them. */
export interface GuessedPlace {
  readonly above: number;
  readonly below: number;
}

/** Cells of the table of common lines: a hunk of a thousand lines or so. */
const MOST_CELLS = 2_000_000;
/** Lines that may have come or gone around and in between the hunk's. */
const SLACK = 40;

/** Null when too few of its lines are there to tell. `file`: its lines by `keyOf`. */
export function guessPlace(file: readonly string[], hunk: Hunk): GuessedPlace | null {
  const old = hunk.lines.filter(({ kind }) => kind !== "+");
  const keys = old.map(({ text }) => keyOf(text));
  const start = likelyStart(file, keys, hunk.oldStart - 1);
  if (start === null) return null;
  const from = Math.max(0, start - SLACK);
  const window = file.slice(from, start + keys.length + SLACK);
  if (window.length * keys.length > MOST_CELLS)
    return { above: start, below: start + keys.length + 1 };
  const found = commonLines(keys, window);
  const telling = keys.map(tells);
  if (2 * found.filter((at, index) => at !== -1 && telling[index]).length < count(telling))
    return null;
  const [first, last] = changedPart(hunk);
  const above = found.slice(0, first).findLast((at) => at !== -1);
  const below = found.slice(last).find((at) => at !== -1);
  return {
    above: above === undefined ? from : from + above + 1,
    below: below === undefined ? from + window.length + 1 : from + below + 1,
  };
}

/** A line for comparison: without its white space. */
export function keyOf(text: string): string {
  return text.replace(/\s+/g, "");
}

/** Not a brace or blank line, which stand everywhere. */
function tells(key: string): boolean {
  return /\w{3}/.test(key);
}

function count(flags: readonly boolean[]): number {
  return flags.filter(Boolean).length;
}

/** Index of the first line if most telling lines stand where they should; the nearest of several. */
function likelyStart(
  file: readonly string[],
  keys: readonly string[],
  expected: number,
): number | null {
  const places = new Map<string, number[]>(keys.filter(tells).map((key) => [key, []]));
  for (const [at, line] of file.entries()) places.get(line)?.push(at);
  const votes = new Map<number, number>();
  for (const [index, key] of keys.entries()) {
    const all = places.get(key) ?? [];
    for (const at of all) votes.set(at - index, (votes.get(at - index) ?? 0) + 1 / all.length);
  }
  let best: number | null = null;
  for (const [start, weight] of votes) {
    const most = best === null ? 0 : (votes.get(best) as number);
    const isNearer = best !== null && Math.abs(start - expected) < Math.abs(best - expected);
    if (weight > most || (weight === most && isNearer)) best = start;
  }
  return best;
}

/** Old lines from which index on, and up to which (exclusive), something changes. */
function changedPart({ lines }: Hunk): [number, number] {
  const first = lines.findIndex(({ kind }) => kind !== " ");
  const last = lines.findLastIndex(({ kind }) => kind !== " ");
  const oldIn = (end: number) => lines.slice(0, end).filter(({ kind }) => kind !== "+").length;
  return [oldIn(Math.max(first, 0)), oldIn(last + 1)];
}

/** For each key its index in the window, -1 where it is not among the most that keep their order. */
function commonLines(keys: readonly string[], window: readonly string[]): number[] {
  const width = window.length + 1;
  const length = new Uint16Array((keys.length + 1) * width);
  for (let row = keys.length - 1; row >= 0; row--) {
    for (let column = window.length - 1; column >= 0; column--) {
      const here = row * width + column;
      length[here] =
        keys[row] === window[column]
          ? (length[here + width + 1] as number) + 1
          : Math.max(length[here + width] as number, length[here + 1] as number);
    }
  }
  const found: number[] = new Array(keys.length).fill(-1);
  for (let row = 0, column = 0; row < keys.length && column < window.length; ) {
    const here = row * width + column;
    if (keys[row] === window[column]) found[row++] = column++;
    else if ((length[here + width] as number) >= (length[here + 1] as number)) row++;
    else column++;
  }
  return found;
}
