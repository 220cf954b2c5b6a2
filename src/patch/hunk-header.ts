/** The line `@@ -old,count +new,count @@ function` that opens a hunk. */
import { InputError } from "../findings/input-error.js";

export interface HunkHeader {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
  readonly header: string;
}

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@ ?(.*)$/s;

/** No source file has more lines; larger numbers are nonsense or an attack. */
const MAX_LINE = 100_000_000;

export function looksLikeHunkHeader(line: string): boolean {
  return /^@@ -\d/.test(line);
}

/** Throws when the line is no hunk header or its numbers cannot be. */
export function readHunkHeader(line: string, source: string, inputLine: number): HunkHeader {
  const match = HEADER.exec(line.replace(/\r$/, ""));
  if (match === null) throw new InputError(source, inputLine, "this hunk header cannot be read");
  const numbers = [match[1], match[2] ?? "1", match[3], match[4] ?? "1"].map(Number);
  if (numbers.some((number) => !(number <= MAX_LINE))) {
    throw new InputError(source, inputLine, "this hunk header has a line number that cannot be");
  }
  const [oldStart, oldCount, newStart, newCount] = numbers as [number, number, number, number];
  if (oldCount === 0 && newCount === 0) {
    throw new InputError(source, inputLine, "this hunk header announces no lines");
  }
  return { oldStart, oldCount, newStart, newCount, header: match[5] ?? "" };
}
