/**
 * Files and hunks of a text whose white space was lost. Hunks are cut at the next header, not
 * by their counts: which lines count on which side only the base tells.
 */
import { InputError } from "../findings/input-error.js";
import { type DiffText, lineAt } from "./diff-text.js";
import type { FileHeader } from "./file-header.js";
import { looksLikeHunkHeader, readHunkHeader } from "./hunk-header.js";
import type { LooseFile, LooseHunk, LoosePatch } from "./loose-patch.js";
import { readFileHeader } from "./read-file-header.js";
import { readPaths } from "./read-paths.js";

export function parseLoosePatch(diff: DiffText): LoosePatch {
  const files: LooseFile[] = [];
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
      at++;
    } else if (header.style === "combined" || header.kind === "binary") {
      notes.push(
        `${header.newName ?? header.oldName}: ${header.style === "combined" ? "a combined diff" : "binary"}, skipped`,
      );
      at = header.end;
    } else {
      const { file, end } = readFile(diff, header, at);
      files.push(file);
      at = end;
    }
  }
  return { source: diff.source, files, notes };
}

function readFile(
  diff: DiffText,
  header: FileHeader,
  at: number,
): { file: LooseFile; end: number } {
  const { source } = diff;
  const inputLine = lineAt(diff, at);
  const [paths, ...otherPaths] = readPaths(header, source, inputLine);
  if (paths === undefined) throw new InputError(source, inputLine, "no file name in this header");
  const hunks: LooseHunk[] = [];
  let next = header.end;
  while (next < diff.lines.length && readFileHeader(diff, next) === null) {
    if (!looksLikeHunkHeader(diff.lines[next] as string)) {
      next++;
      continue;
    }
    const end = endOfHunk(diff, next + 1);
    const lines = diff.lines
      .slice(next + 1, end)
      .map((text, index) => ({ text, inputLine: lineAt(diff, next + 1 + index) }));
    hunks.push({
      numbers: readHunkHeader(diff.lines[next] as string, source, lineAt(diff, next)),
      inputLine: lineAt(diff, next),
      lines,
    });
    next = end;
  }
  const { kind, oldId, newId } = header;
  return {
    file: {
      file: { source, inputLine, kind, ...paths, oldId, newId, hunks: [], otherPaths },
      hunks,
    },
    end: next,
  };
}

function endOfHunk(diff: DiffText, from: number): number {
  let at = from;
  while (
    at < diff.lines.length &&
    !looksLikeHunkHeader(diff.lines[at] as string) &&
    readFileHeader(diff, at) === null
  )
    at++;
  return at;
}
