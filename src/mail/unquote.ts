/**
 * The diff that somebody quotes in a reply, without the `> > ` in front. Text quoted less deep
 * than the diff is the conversation about it and left out; lines quoted deeper stay, because
 * code may begin with `>`.
 */
import type { NumberedLines } from "./numbered-lines.js";

export function unquote(text: NumberedLines): NumberedLines | null {
  const opening = text.lines.findIndex(opensDiff);
  if (opening === -1) return null;
  const depth = depthOf(text.lines[opening] as string);
  const lines: string[] = [];
  const lineNumbers: number[] = [];
  for (const [index, line] of text.lines.entries()) {
    const rest = unmark(line, depth);
    if (rest === null) continue;
    lines.push(rest);
    lineNumbers.push(text.lineNumbers[index] ?? 0);
  }
  // A mailer that quotes with `> ` puts a blank on every line; one that quotes with `>` on none.
  const padded = lines.every((line) => line === "" || line.startsWith(" "));
  return { lines: padded ? lines.map((line) => line.slice(1)) : lines, lineNumbers };
}

/** Characters of quote marks: no conversation is longer. */
const DEEPEST = 100;

const MARKS = /^(?: ?>)+/;

function depthOf(line: string): number {
  return (MARKS.exec(line)?.[0] ?? "").replaceAll(" ", "").length;
}

/** Without `depth` marks; null when there are fewer. */
function unmark(line: string, depth: number): string | null {
  let rest = line;
  for (let level = 0; level < depth; level++) {
    const mark = /^ ?>/.exec(rest);
    if (mark === null) return null;
    rest = rest.slice(mark[0].length);
  }
  return rest;
}

function opensDiff(line: string): boolean {
  const marks = MARKS.exec(line)?.[0] ?? "";
  if (marks === "" || marks.length > DEEPEST) return false;
  return /^ ?(?:diff --git |--- \S|@@ -\d+(?:,\d+)? \+\d)/.test(line.slice(marks.length));
}
