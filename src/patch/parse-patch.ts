/**
 * A text with a diff in it to a patch. Everything is counted and checked: what cannot be
 * understood is an InputError with the line, never a hunk less. Text between the files (a
 * commit message, a signature, `Index:` lines) is passed over.
 */
import { InputError } from "../findings/input-error.js";
import { cutHunks } from "./cut-hunks.js";
import { type DiffText, lineAt } from "./diff-text.js";
import type { FileHeader } from "./file-header.js";
import { looksLikeHunkHeader } from "./hunk-header.js";
import { parseHunks } from "./parse-hunks.js";
import type { FilePatch, Patch } from "./patch.js";
import { readFileHeader } from "./read-file-header.js";
import { readPaths } from "./read-paths.js";

export function parsePatch(diff: DiffText): Patch {
  const files: FilePatch[] = [];
  const notes: string[] = [];
  let at = 0;
  while (at < diff.lines.length) {
    const header = readFileHeader(diff, at);
    if (header === null) {
      if (looksLikeHunkHeader(diff.lines[at] as string)) {
        throw new InputError(
          diff.source,
          lineAt(diff, at),
          "no file header stands above this hunk",
        );
      }
      if (endsWithNames(diff.lines, at))
        throw new InputError(
          diff.source,
          lineAt(diff, at),
          "the patch ends inside a file's header",
        );
      at++;
    } else if (header.style === "combined") {
      notes.push(`${header.newName}: a combined diff of a merge, skipped`);
      at = endOfCombined(diff.lines, header.end);
    } else {
      const { file, end } = readFile(diff, header, at);
      if (file.kind === "binary") notes.push(`${file.newPath ?? file.oldPath}: binary, skipped`);
      files.push(file);
      at = end;
    }
  }
  if (files.length + notes.length === 0) refuseUnread(diff);
  return { source: diff.source, files, notes };
}

/** A plain diff of which no hunk is left. */
function endsWithNames(lines: readonly string[], at: number): boolean {
  if (!(lines[at] as string).startsWith("--- ") || !(lines[at + 1] ?? "").startsWith("+++ "))
    return false;
  return lines.slice(at + 2, at + 20).every((line) => line.trim() === "");
}

/** A header of which nothing is left but its first line is prose where there is a patch beside it. */
function refuseUnread(diff: DiffText): void {
  const at = diff.lines.findIndex((line) => /^diff --git (?:\S+ \S+\r?$|a\/.* b\/)/.test(line));
  if (at === -1) return;
  throw new InputError(diff.source, lineAt(diff, at), "a diff begins here that cannot be read");
}

function readFile(
  diff: DiffText,
  header: FileHeader,
  at: number,
): { file: FilePatch; end: number } {
  const inputLine = lineAt(diff, at);
  const [paths, ...otherPaths] = readPaths(header, diff.source, inputLine);
  if (paths === undefined)
    throw new InputError(diff.source, inputLine, "no file name in this header");
  const name = paths.newPath ?? paths.oldPath ?? "";
  const { hunks, end } = cutHunks(diff, header.end, name);
  if (hunks.length === 0 && header.announcesHunks) {
    throw new InputError(
      diff.source,
      lineAt(diff, header.end - 1),
      `no hunk follows the header of ${name}`,
    );
  }
  const { kind, oldId, newId } = header;
  const { source } = diff;
  return {
    file: {
      source,
      inputLine,
      kind,
      ...paths,
      oldId,
      newId,
      hunks: parseHunks(diff, hunks),
      otherPaths,
    },
    end,
  };
}

function endOfCombined(lines: readonly string[], from: number): number {
  let at = from;
  while (at < lines.length && !(lines[at] as string).startsWith("diff --")) at++;
  return at;
}
