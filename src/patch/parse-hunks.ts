/**
 * Cut hunks to hunks, with parse-diff. It sees nothing but `---`, `+++` and hunks that were
 * counted before, the only shape on which it makes no mistakes.
 */
import parseDiff from "parse-diff";
import type { CutHunk } from "./cut-hunks.js";
import type { DiffText, Hunk, HunkLine } from "./patch.js";

const NO_NEWLINE = "\\ No newline at end of file";

export function parseHunks(diff: DiffText, cuts: readonly CutHunk[]): Hunk[] {
  return cuts.map((cut) => parseHunk(diff, cut));
}

function parseHunk(diff: DiffText, cut: CutHunk): Hunk {
  const { oldStart, oldCount, newStart, newCount } = cut.numbers;
  const text = [`@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`];
  for (let at = cut.start + 1; at < cut.end; at++) text.push(plainLine(diff.lines[at] as string));
  const changes = parseDiff(`--- a/file\n+++ b/file\n${text.join("\n")}`)[0]?.chunks[0]?.changes ?? [];
  if (changes.length !== text.length - 1) throw new Error("parse-diff lost lines of a hunk");
  const lines: HunkLine[] = [];
  for (const [index, change] of changes.entries()) {
    const at = cut.start + 1 + index;
    const last = lines[lines.length - 1];
    if (change.content === NO_NEWLINE) {
      if (last !== undefined) lines[lines.length - 1] = { ...last, noNewline: true };
    } else {
      const line = diff.lines[at] as string;
      // From the input, so that parse-diff's copy of it need not be kept.
      lines.push({ kind: KINDS[change.type], text: line === "\r" ? line : line.slice(1), inputLine: diff.lineNumbers[at] ?? 0 });
    }
  }
  return { ...cut.numbers, lines, inputLine: diff.lineNumbers[cut.start] ?? 0 };
}

const KINDS: Readonly<Record<parseDiff.ChangeType, HunkLine["kind"]>> = { normal: " ", add: "+", del: "-" };

/** A blank context line may have lost its blank; the remark about newlines may be translated. */
function plainLine(line: string): string {
  if (line[0] === "\\") return NO_NEWLINE;
  return line === "" || line === "\r" ? ` ${line}` : line;
}
