/**
 * Cut hunks to hunks, with parse-diff. It sees nothing but `---`, `+++` and hunks that were
 * counted before, the only shape on which it makes no mistakes.
 */
import parseDiff from "parse-diff";
import type { CutHunk } from "./cut-hunks.js";
import { type DiffText, lineAt } from "./diff-text.js";
import type { Hunk, HunkLine } from "./patch.js";

const NO_NEWLINE = "\\ No newline at end of file";

/** Lines that parse-diff gets at a time: it is slow to start and keeps copies of all. */
const BATCH = 5000;

export function parseHunks(diff: DiffText, cuts: readonly CutHunk[]): Hunk[] {
  const hunks: Hunk[] = [];
  for (let at = 0; at < cuts.length; ) {
    const batch: CutHunk[] = [];
    for (let lines = 0; at < cuts.length && lines < BATCH; at++) {
      const cut = cuts[at] as CutHunk;
      batch.push(cut);
      lines += cut.end - cut.start;
    }
    hunks.push(...parseBatch(diff, batch));
  }
  return hunks;
}

function parseBatch(diff: DiffText, cuts: readonly CutHunk[]): Hunk[] {
  const text = ["--- a/file", "+++ b/file"];
  for (const cut of cuts) {
    const { oldStart, oldCount, newStart, newCount } = cut.numbers;
    text.push(`@@ -${oldStart},${oldCount} +${newStart},${newCount} @@`);
    for (let at = cut.start + 1; at < cut.end; at++) text.push(plainLine(diff.lines[at] as string));
  }
  const chunks = parseDiff(text.join("\n"))[0]?.chunks ?? [];
  return cuts.map((cut, index) => toHunk(diff, cut, chunks[index]?.changes ?? []));
}

function toHunk(diff: DiffText, cut: CutHunk, changes: readonly parseDiff.Change[]): Hunk {
  if (changes.length !== cut.end - cut.start - 1)
    throw new Error("parse-diff lost lines of a hunk");
  const lines: HunkLine[] = [];
  for (const [index, change] of changes.entries()) {
    const at = cut.start + 1 + index;
    const last = lines[lines.length - 1];
    if (change.content === NO_NEWLINE) {
      if (last !== undefined) lines[lines.length - 1] = { ...last, noNewline: true };
    } else {
      const line = diff.lines[at] as string;
      // From the input, so that parse-diff's copy of it need not be kept.
      const text = line === "\r" ? line : line.slice(1);
      lines.push({ kind: KINDS[change.type], text, inputLine: lineAt(diff, at) });
    }
  }
  return { ...cut.numbers, lines, inputLine: lineAt(diff, cut.start) };
}

const KINDS: Readonly<Record<parseDiff.ChangeType, HunkLine["kind"]>> = {
  normal: " ",
  add: "+",
  del: "-",
};

/** A blank context line may have lost its blank; the remark about newlines may be translated. */
function plainLine(line: string): string {
  if (line[0] === "\\") return NO_NEWLINE;
  return line === "" || line === "\r" ? ` ${line}` : line;
}
