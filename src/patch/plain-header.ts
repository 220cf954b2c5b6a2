/** `---` and `+++` of a plain diff: they count only when a hunk follows, as in git. */
import { InputError } from "../findings/input-error.js";
import { readFileName } from "./c-quoted-name.js";
import { type DiffText, lineAt, trimCr } from "./diff-text.js";
import { EMPTY_HEADER, type FileHeader, MAX_NAMES } from "./file-header.js";
import { looksLikeHunkHeader } from "./hunk-header.js";

export function isPlainHeader(lines: readonly string[], at: number): boolean {
  return (
    (lines[at] ?? "").startsWith("--- ") &&
    (lines[at + 1] ?? "").startsWith("+++ ") &&
    looksLikeHunkHeader(lines[at + 2] ?? "")
  );
}

/** Plain diffs say by a time stamp of 1970 that there was or is no such file. */
export function readPlainHeader(diff: DiffText, at: number): FileHeader {
  const before = readSide(diff, at);
  const after = readSide(diff, at + 1);
  const hunk = diff.lines[at + 2] as string;
  const oldName = before.epoch && /^@@ -0+,0 /.test(hunk) ? null : before.name;
  const newName = after.epoch && /^@@ \S+ \+0+,0 /.test(hunk) ? null : after.name;
  const kind = oldName === null ? "new" : newName === null ? "delete" : "modify";
  return { ...EMPTY_HEADER, kind, oldName, newName, announcesHunks: true, end: at + 2 };
}

/** The name in a `---` or `+++` line, null for /dev/null. */
export function readSide(diff: DiffText, at: number): { name: string | null; epoch: boolean } {
  const text = trimCr(diff.lines[at] as string).slice("--- ".length);
  if (text.length > MAX_NAMES)
    throw new InputError(diff.source, lineAt(diff, at), "this file name is too long");
  const { name, epoch } = readFileName(text);
  return { name: name === "/dev/null" ? null : name, epoch };
}
