/**
 * Where in a file a hunk's old lines stand. The order is git's (apply.c, find_pos): the line
 * the header names, then one below, one above, two below, …; a hunk from line 1 stays at the
 * beginning and one without trailing context at the end. Lines that an earlier hunk has
 * claimed are not matched again.
 */

/** The lines of a file and which of them hunks have claimed; `work` counts down comparisons. */
export interface HunkSearch {
  readonly lines: readonly string[];
  readonly claimed: Uint8Array;
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
  const last = search.lines.length - wanted.lines.length;
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
  if (wanted.atStart && at !== 0) return false;
  if (wanted.atEnd && at + wanted.lines.length !== search.lines.length) return false;
  for (let index = 0; index < wanted.lines.length; index++) {
    if (search.work-- <= 0) throw new RangeError("too many comparisons");
    if (search.claimed[at + index] === 1) return false;
    if (search.lines[at + index] !== wanted.lines[index]) return false;
  }
  return true;
}
