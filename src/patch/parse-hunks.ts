/**
 * Cut hunks to hunks, with parse-diff. It sees nothing but `---`, `+++` and hunks that were
 * counted before, the only shape on which it makes no mistakes.
 */
import parseDiff from "parse-diff";
import type { CutHunk } from "./cut-hunks.js";
import type { DiffText, Hunk, HunkLine } from "./patch.js";

const NO_NEWLINE = "\\ No newline at end of file";

export function parseHunks(diff: DiffText, cuts: readonly CutHunk[]): Hunk[] {
  if (cuts.length === 0) return [];
  const text = ["--- a/file", "+++ b/file"];
  for (const cut of cuts) {
    const { oldStart, oldCount, newStart, newCount } = cut.numbers;
    text.push(`@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`);
    for (let at = cut.start + 1; at < cut.end; at++) text.push(plainLine(diff.lines[at] as string));
  }
  const chunks = parseDiff(text.join("\n"))[0]?.chunks ?? [];
  return cuts.map((cut, index) => toHunk(diff, cut, chunks[index]));
}

function plainLine(line: string): string {
  if (line[0] === "\\") return NO_NEWLINE;
  return line === "" || line === "\r" ? ` ${line}` : line;
}

function toHunk(diff: DiffText, cut: CutHunk, chunk: parseDiff.Chunk | undefined): Hunk {
  const lines: HunkLine[] = [];
  const changes = chunk?.changes ?? [];
  if (changes.length !== cut.end - cut.start - 1)
    throw new Error("parse-diff lost lines of a hunk");
  for (const [index, change] of changes.entries()) {
    const last = lines[lines.length - 1];
    if (change.content === NO_NEWLINE) {
      if (last !== undefined) lines[lines.length - 1] = { ...last, noNewline: true };
      continue;
    }
    const inputLine = diff.lineNumbers[cut.start + 1 + index] ?? 0;
    lines.push({
      kind: change.content[0] as HunkLine["kind"],
      text: change.content.slice(1),
      inputLine,
    });
  }
  return { ...cut.numbers, lines, inputLine: diff.lineNumbers[cut.start] ?? 0 };
}
