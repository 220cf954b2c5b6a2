/** Why a hunk's lines are not in a file: the first line that differs where the hunk fits best. */
import type { Wanted } from "./find-hunk.js";

/** One sentence of at most some 200 characters. `after`: what the hunk would leave. */
export function describeMismatch(
  lines: readonly string[],
  wanted: Wanted,
  after: readonly string[],
): string {
  if (standsAt(lines, after, wanted.expected)) return "it seems to be applied already";
  const at = bestPlace(lines, wanted);
  const matching = matchingLines(lines, wanted.lines, at);
  const line = at + matching + 1;
  const expected = wanted.lines[matching];
  const found = lines[at + matching];
  if (expected === undefined) {
    if (wanted.atEnd && found !== undefined)
      return `expected the end of the file at line ${line}, found ${quote(found)}`;
    if (wanted.atStart && at > 0) return `its lines stand at line ${at + 1}, not at the beginning`;
    return "an earlier hunk has changed its lines";
  }
  if (found === undefined)
    return `expected ${quote(expected)} at line ${line}, found the end of the file`;
  if (found.trim() === expected.trim() && found !== expected) {
    return `expected ${quote(expected)} at line ${line}, found it with other white space`;
  }
  return `expected ${quote(expected)} at line ${line}, found ${quote(found)}`;
}

/** The place within reach of the expected one at which most lines agree before the first that does not. */
function bestPlace(lines: readonly string[], wanted: Wanted): number {
  const from = Math.min(Math.max(wanted.expected, 0), lines.length);
  let best = from;
  let most = matchingLines(lines, wanted.lines, from);
  for (let distance = 1; distance <= 1000; distance++) {
    for (const at of [from + distance, from - distance]) {
      if (at < 0 || at >= lines.length) continue;
      const count = matchingLines(lines, wanted.lines, at);
      if (count > most) [best, most] = [at, count];
    }
  }
  return best;
}

function matchingLines(lines: readonly string[], wanted: readonly string[], at: number): number {
  let count = 0;
  while (count < wanted.length && lines[at + count] === wanted[count]) count++;
  return count;
}

function standsAt(lines: readonly string[], wanted: readonly string[], at: number): boolean {
  return wanted.length > 0 && matchingLines(lines, wanted, at) === wanted.length;
}

function quote(line: string): string {
  const text = line.trim();
  return JSON.stringify(text.length > 60 ? `${text.slice(0, 57)}...` : text);
}
