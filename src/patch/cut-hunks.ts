/**
 * Cuts the hunks of one file out of a text and counts their lines: what does not add up with
 * the hunk's header is refused here, because parse-diff would read on into the next file.
 */
import { InputError } from "../findings/input-error.js";
import { type DiffText, lineAt } from "./diff-text.js";
import { type HunkHeader, looksLikeHunkHeader, readHunkHeader } from "./hunk-header.js";
import { isPlainHeader } from "./plain-header.js";

/** A hunk whose counts are right: `lines[start]` is its header, `end` is exclusive. */
export interface CutHunk {
  readonly numbers: HunkHeader;
  readonly start: number;
  readonly end: number;
}

/** All hunks from line index `at` on, and where they end. `name` is the file's, for errors. */
export function cutHunks(
  diff: DiffText,
  at: number,
  name: string,
): { hunks: CutHunk[]; end: number } {
  const hunks: CutHunk[] = [];
  let next = at;
  while (looksLikeHunkHeader(diff.lines[next] ?? "")) {
    const hunk = cutHunk(diff, next, `hunk ${hunks.length + 1} of ${name}`);
    hunks.push(hunk);
    next = hunk.end;
  }
  if (hunks.length > 0)
    refuseLeftOvers(diff, hunks[hunks.length - 1] as CutHunk, `hunk ${hunks.length} of ${name}`);
  return { hunks, end: next };
}

function cutHunk(diff: DiffText, start: number, name: string): CutHunk {
  const { lines } = diff;
  const numbers = readHunkHeader(lines[start] as string, diff.source, lineAt(diff, start));
  let before = numbers.oldCount;
  let after = numbers.newCount;
  let context = 0;
  let at = start + 1;
  for (; before > 0 || after > 0; at++) {
    const line = lines[at];
    const kind = line === undefined ? undefined : (line[0] ?? " ");
    if (kind === "\\" && at > start + 1) continue;
    if (kind === "-") before--;
    else if (kind === "+") after--;
    else if (kind === " " || kind === "\r") {
      before--;
      after--;
      context++;
    } else throw tooShort(diff, start, at, name, numbers, before, after);
    if (before < 0 || after < 0) throw wrongCounts(diff, start, name);
  }
  if ((lines[at] ?? "").startsWith("\\ ")) at++;
  // A count that is one too high swallows the `---` and `+++` of the next file, exactly.
  if (context > 0 && isPlainHeader(lines, at - 2)) throw wrongCounts(diff, start, name);
  return { numbers, start, end: at };
}

/** Added or removed lines below a hunk that is complete: its counts are too low. */
function refuseLeftOvers(diff: DiffText, last: CutHunk, name: string): void {
  const { lines } = diff;
  for (let at = last.end; at < lines.length; at++) {
    const line = lines[at] as string;
    if (line.trim() === "") continue;
    if (!/^[-+ ]/.test(line) || isSignature(line) || isPlainHeader(lines, at)) return;
    // What mailers put below: `-----Original Message-----`.
    if (line.startsWith("-----")) return;
    throw wrongCounts(diff, last.start, name);
  }
}

/** `-- `, which some mailers cut to `--`. */
export function isSignature(line: string): boolean {
  return /^-- ?\r?$/.test(line);
}

function wrongCounts(diff: DiffText, start: number, name: string): InputError {
  return new InputError(
    diff.source,
    lineAt(diff, start),
    `${name} has more lines than its header announces`,
  );
}

function tooShort(
  diff: DiffText,
  start: number,
  at: number,
  name: string,
  numbers: HunkHeader,
  before: number,
  after: number,
): InputError {
  const seen = `${numbers.oldCount - before} of ${numbers.oldCount} old and ${numbers.newCount - after} of ${numbers.newCount} new lines`;
  if (at >= diff.lines.length) {
    return new InputError(
      diff.source,
      lineAt(diff, at - 1),
      `the patch ends inside ${name} (${seen})`,
    );
  }
  return new InputError(
    diff.source,
    lineAt(diff, at),
    `${name}, begun in line ${lineAt(diff, start)}, ends here after ${seen}`,
  );
}
