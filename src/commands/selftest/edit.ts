/**
 * Textual edits of one file, in memory. Edits never add or take a line, so that a place keeps
 * its line number on both sides. Knows no C.
 */
import type { Span } from "../../text/source-file.js";

/** Replaces a span of the file; an empty span is an insertion. */
export interface Edit extends Span {
  readonly text: string;
}

export function insertion(offset: number, text: string): Edit {
  return { start: offset, end: offset, text };
}

/** The text with all edits made; null when two of them overlap. Insertions keep their order. */
export function applyEdits(text: string, edits: readonly Edit[]): string | null {
  const sorted = [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: string[] = [];
  let at = 0;
  for (const edit of sorted) {
    if (edit.start < at) return null;
    const lost = text.slice(edit.start, edit.end).match(/\n/g)?.length ?? 0;
    pieces.push(text.slice(at, edit.start), edit.text.replace(/\s*\n\s*/g, " "), "\n".repeat(lost));
    at = edit.end;
  }
  return [...pieces, text.slice(at)].join("");
}
