/** What looks like a diff in a text of which no patch came: to be told, never passed over. */
import type { NumberedLines } from "./numbered-lines.js";

export interface SeenDiff {
  /** From 1, in the user's input. */
  readonly line: number;
  /** As a sentence calls it. */
  readonly what: string;
}

const MARKS = /^(?:[ \t]|[>:|]|[A-Za-z]{1,4}>)*/;
const HUNK = /^@@ -\d+(?:,\d+)? \+\d+(?:,\d+)? @@/;

/** The first one; null when there is none. `@@` in prose, without a line of a hunk below it, is none. */
export function seenDiff(text: NumberedLines): SeenDiff | null {
  for (const [at, line] of text.lines.entries()) {
    if (line.length > 1000) continue;
    const marks = MARKS.exec(line)?.[0] ?? "";
    const what = kindOf(line.slice(marks.length), (text.lines[at + 1] ?? "").slice(marks.length));
    if (what !== null) return { line: text.lineNumbers[at] ?? 0, what };
  }
  return null;
}

function kindOf(line: string, below: string): string | null {
  if (/^diff --git \S+ \S/.test(line)) return "a diff";
  if (/^\*\*\* \d+(?:,\d+)? \*{4}$/.test(line)) return "a context diff";
  return HUNK.test(line) && /^[-+ \t]/.test(below) ? "a hunk of a diff" : null;
}
