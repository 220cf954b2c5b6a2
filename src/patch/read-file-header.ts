/**
 * The lines above a file's first hunk: `diff --git` with git's extended headers, or the bare
 * pair `---`, `+++` of a plain diff. Prose that merely looks like one is left alone.
 */
import type { DiffText } from "./diff-text.js";
import { BINARY_REMARK, EMPTY_HEADER, type FileHeader, MAX_NAMES } from "./file-header.js";
import { readGitHeader } from "./git-header.js";
import { isPlainHeader, readPlainHeader } from "./plain-header.js";

/** The header that begins at line index `at`; null when none does. Throws InputError. */
export function readFileHeader(diff: DiffText, at: number): FileHeader | null {
  const line = diff.lines[at] ?? "";
  if (line.startsWith("diff --git ")) return readGitHeader(diff, at);
  if (/^diff --(?:cc|combined) /.test(line)) {
    const newName = line
      .slice(0, 300)
      .replace(/^diff --\w+ /, "")
      .trim();
    return { ...EMPTY_HEADER, style: "combined", newName, end: at + 1 };
  }
  if (isPlainHeader(diff.lines, at)) return readPlainHeader(diff, at);
  const binary = line.length > MAX_NAMES ? null : BINARY_REMARK.exec(line);
  if (binary === null) return null;
  const names = { oldName: binary[1] as string, newName: binary[2] as string };
  return { ...EMPTY_HEADER, kind: "binary", ...names, end: at + 1 };
}
