/**
 * Where in a file a hunk's old lines stand. The order is git's (apply.c, find_pos): the line
 * the header names, then one below, one above, two below, …; a hunk from line 1 stays at the
 * beginning and one without trailing context at the end. Lines that an earlier hunk has put
 * there are not matched again.
 */
import type { Image, ImageLine } from "./image.js";

/** `work` counts down comparisons. */
export interface HunkSearch {
  readonly image: Image;
  work: number;
}

export interface Wanted {
  readonly lines: readonly string[];
  /** Index where the first line should stand. */
  readonly expected: number;
  readonly atStart: boolean;
  readonly atEnd: boolean;
}

/** Index of the first line; null when nothing matches; throws RangeError when `work` is used up. */
export function findHunk(search: HunkSearch, wanted: Wanted): number | null {
  const last = search.image.length - wanted.lines.length;
  if (last < 0) return null;
  if (wanted.atStart) return matchesAt(search, wanted, 0) ? 0 : null;
  if (wanted.atEnd) return matchesAt(search, wanted, last) ? last : null;
  const from = Math.min(Math.max(wanted.expected, 0), last);
  for (let distance = 0; distance <= Math.max(from, last - from); distance++) {
    const below = from + distance;
    if (below <= last && matchesAt(search, wanted, below)) return below;
    const above = from - distance;
    if (distance > 0 && above >= 0 && matchesAt(search, wanted, above)) return above;
  }
  return null;
}

function matchesAt(search: HunkSearch, wanted: Wanted, at: number): boolean {
  const { image } = search;
  const count = wanted.lines.length;
  if (wanted.atEnd && at + count !== image.length) return false;
  for (let index = 0; index < count; index++) {
    if (search.work-- <= 0) throw new RangeError("too many comparisons");
    const line = image.at(at + index) as ImageLine;
    if (line.hunk !== 0) return false;
    if (line.text === wanted.lines[index]) continue;
    if (index < count - 1 || wanted.atEnd || !begins(line.text, wanted.lines[index] as string))
      return false;
  }
  return true;
}

/** Git takes a last line without a newline for the line that it is the beginning of, if blanks follow. */
function begins(line: string, start: string): boolean {
  return !start.endsWith("\n") && line.startsWith(start) && line.slice(start.length).trim() === "";
}
