/**
 * One input to its messages: an mbox (also the output of `git format-patch --stdout`) at its
 * `From ` lines, the output of `git show` and `git log -p` at its `commit` lines.
 */
import { type NumberedLines, sliceLines } from "./numbered-lines.js";

export interface Message {
  readonly shape: "mail" | "commit" | "text";
  /** The `From ` or `commit` line. */
  readonly separator: string | null;
  readonly text: NumberedLines;
}

const FROM_LINE = /^From \S+ .*\d\d:\d\d:\d\d \d{4}(?: [+-]\d{4})?\r?$/;
const COMMIT_LINE = /^commit [0-9a-f]{7,64}(?: \(.*\))?\r?$/;

export function splitMessages(text: NumberedLines): Message[] {
  const first = text.lines.findIndex((line) => line.trim() !== "");
  if (first === -1) return [];
  const opening = text.lines[first] as string;
  if (FROM_LINE.test(opening)) return splitAt(text, first, FROM_LINE, "mail");
  if (COMMIT_LINE.test(opening)) return splitAt(text, first, COMMIT_LINE, "commit");
  return [{ shape: "text", separator: null, text: sliceLines(text, first) }];
}

function splitAt(
  text: NumberedLines,
  first: number,
  separator: RegExp,
  shape: "mail" | "commit",
): Message[] {
  const starts: number[] = [];
  for (let at = first; at < text.lines.length; at++) {
    const line = text.lines[at] as string;
    if (line.length < 1000 && separator.test(line)) starts.push(at);
  }
  return starts.map((start, index) => ({
    shape,
    separator: text.lines[start] as string,
    text: sliceLines(text, start + 1, starts[index + 1]),
  }));
}
