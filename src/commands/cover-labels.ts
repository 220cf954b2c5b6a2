/**
 * Names that a function's own comments give to its cases, as in `if (curr) {` followed by a
 * comment `case 6`. A label behind an opening brace belongs to the block it opens, any other to
 * the rest of the block it stands in. Lines and braces only: a label far from its code is not
 * found, and one that names several cases is none.
 */
import type { Event } from "../dataflow/witness.js";
import type { Position, SourceFile, Span } from "../text/source-file.js";

export interface Label {
  readonly text: string;
  /** What it speaks of. */
  readonly first: Position;
  readonly last: Position;
}

export function labelsIn(file: SourceFile, body: Span): Label[] {
  const text = file.text.slice(body.start, body.end);
  const code = withoutComments(text);
  const labels: Label[] = [];
  for (const match of text.matchAll(/\/\*\s*(case\s+\d+\w*)\b[^*]*\*\//g)) {
    const at = match.index;
    const before = code.slice(code.lastIndexOf("\n", at) + 1, at).trimEnd();
    const isAlone = before.endsWith("{") || before.trim() === "";
    const { line } = file.position(body.start + at);
    labels.push({
      text: (match[1] as string).replace(/\s+/g, " "),
      first: { line: isAlone ? line + 1 : line, column: 1 },
      last: file.position(body.start + endOfBlock(code, at)),
    });
  }
  return labels;
}

/** The innermost label a path came by in the function that was run: the one that begins last. */
export function labelOf(labels: readonly Label[], events: readonly Event[]): string | null {
  const places = events
    .filter(({ depth }) => depth === 0)
    .map(({ procedure, span }) => procedure.place(span));
  let inner: Label | null = null;
  for (const label of labels) {
    if (!places.some((place) => !isBefore(place, label.first) && isBefore(place, label.last)))
      continue;
    if (inner === null || !isBefore(label.first, inner.first)) inner = label;
  }
  return inner?.text ?? null;
}

function isBefore(a: Position, b: Position): boolean {
  return a.line < b.line || (a.line === b.line && a.column < b.column);
}

/** Comments, strings and characters become blanks; lines and offsets stay. */
function withoutComments(text: string): string {
  return text.replace(
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'/g,
    (found) => found.replace(/[^\n]/g, " "),
  );
}

/** Where the innermost block ends that is open at `from`. */
function endOfBlock(code: string, from: number): number {
  let depth = 0;
  for (let at = from; at < code.length; at++) {
    if (code[at] === "{") depth++;
    else if (code[at] === "}" && --depth < 0) return at;
  }
  return code.length - 1;
}
