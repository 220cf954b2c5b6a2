/**
 * Carriage returns: a patch that lost or gained them throughout on its way still applies to a
 * file that has them throughout, or not at all.
 */
import type { FilePatch, HunkLine } from "./patch.js";

/** `keep` unless patch and file disagree about carriage returns throughout. */
export type Ending = "keep" | "\n" | "\r\n";

export function lineEnding(lines: readonly string[], file: FilePatch): Ending {
  const first = file.hunks[0]?.lines[0];
  if (first === undefined || lines.length === 0) return "keep";
  const patchCr = first.text.endsWith("\r");
  const fileCr = (lines[0] as string).endsWith("\r\n");
  if (patchCr === fileCr) return "keep";
  const all = (wanted: boolean) =>
    file.hunks.every((hunk) => hunk.lines.every((line) => line.text.endsWith("\r") === wanted)) &&
    lines.every((line) => line.endsWith("\r\n") !== wanted || !line.endsWith("\n"));
  if (!all(patchCr)) return "keep";
  return fileCr ? "\r\n" : "\n";
}

export function withEnding(line: HunkLine, ending: Ending): string {
  if (line.noNewline) return line.text;
  if (ending === "keep") return `${line.text}\n`;
  return `${line.text.endsWith("\r") ? line.text.slice(0, -1) : line.text}${ending}`;
}
