/**
 * Diffs that people type or paste into a text: indented by blanks or a tab, or quoted with
 * initials (`LS> `), `: ` or `| `. Without this margin the diff reads like any other. Quotes
 * with `> ` alone are `unquote.ts`.
 */
import type { NumberedLines } from "./numbered-lines.js";

const MARGIN = /^(?:[ \t]+|[A-Za-z]{1,4}> ?|[:|] ?)(?=diff --git |--- \S|@@ -\d)/;

/** The text behind the margin of the first diff; null where no diff stands behind one. */
export function withoutMargin(text: NumberedLines): NumberedLines | null {
  const opening = text.lines.findIndex((line, at) => opensDiff(text.lines, line, at));
  if (opening === -1) return null;
  const margin = MARGIN.exec(text.lines[opening] as string)?.[0] as string;
  const lines: string[] = [];
  const lineNumbers: number[] = [];
  for (let at = opening; at < text.lines.length; at++) {
    const line = text.lines[at] as string;
    const isBlank = line.trim() === margin.trim();
    // The first line that has no margin ends an indented diff; quotes go on after an answer.
    if (!isBlank && !line.startsWith(margin)) {
      if (margin.trim() === "") break;
      continue;
    }
    lines.push(isBlank ? "" : line.slice(margin.length));
    lineNumbers.push(text.lineNumbers[at] ?? 0);
  }
  while (lines.at(-1) === "") lines.pop();
  return { lines, lineNumbers: lineNumbers.slice(0, lines.length) };
}

/** `--- a` counts only with `+++ b` below it, and `@@` not at all: a fragment names no file. */
function opensDiff(lines: readonly string[], line: string, at: number): boolean {
  const margin = MARGIN.exec(line)?.[0];
  if (margin === undefined) return false;
  const rest = line.slice(margin.length);
  return (
    rest.startsWith("diff --git ") ||
    (rest.startsWith("--- ") && (lines[at + 1] ?? "").startsWith(`${margin}+++ `))
  );
}
