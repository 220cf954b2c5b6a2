/** Where the pieces of a prepared text come from, and the text itself. */
import type { Span } from "../text/source-file.js";
import type { Token } from "./token.js";

/** A piece that begins at `prepared`: a copy of the file from `start` on, or all of it made at `start`–`end`. */
interface Piece {
  readonly prepared: number;
  readonly start: number;
  /** -1 for a copy. */
  readonly end: number;
}

export class OffsetMap {
  readonly #pieces: readonly Piece[];

  constructor(pieces: readonly Piece[]) {
    this.#pieces = pieces;
  }

  /** The place in the file of a span of the prepared text. */
  origin(span: Span): Span {
    const first = this.#pieceAt(span.start);
    const last = this.#pieceAt(Math.max(span.start, span.end - 1));
    if (!first || !last) return span;
    const start = first.end === -1 ? first.start + span.start - first.prepared : first.start;
    const end = last.end === -1 ? last.start + span.end - last.prepared : last.end;
    if (end >= start) return { start, end };
    const lastStart = last.end === -1 ? end : last.start;
    return {
      start: Math.min(start, lastStart),
      end: Math.max(first.end === -1 ? start : first.end, end),
    };
  }

  #pieceAt(offset: number): Piece | undefined {
    let low = 0;
    let high = this.#pieces.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#pieces[middle] as Piece).prepared <= offset) low = middle;
      else high = middle - 1;
    }
    return this.#pieces[low];
  }
}

/** Puts tokens together again; neighbours in the file keep what stood between them. */
export function renderTokens(
  source: string,
  tokens: readonly Token[],
): { text: string; map: OffsetMap } {
  const pieces: Piece[] = [];
  const chunks: string[] = [];
  let length = 0;
  const add = (chunk: string): void => {
    chunks.push(chunk);
    length += chunk.length;
  };
  for (let i = 0; i < tokens.length; ) {
    const token = tokens[i] as Token;
    if (i > 0) add(separator(tokens[i - 1] as Token, token, source));
    if (token.index === -1) {
      pieces.push({ prepared: length, start: token.start, end: token.end });
      add(token.text);
      i++;
      continue;
    }
    let next = i + 1;
    while (next < tokens.length && tokens[next]?.index === token.index + (next - i)) next++;
    pieces.push({ prepared: length, start: token.start, end: -1 });
    add(source.slice(token.start, (tokens[next - 1] as Token).end));
    i = next;
  }
  return { text: `${chunks.join("")}\n`, map: new OffsetMap(pieces) };
}

function separator(before: Token, after: Token, source: string): string {
  if (before.kind === "directive" || after.kind === "directive") return "\n";
  const isForward = before.index !== -1 && after.index > before.index;
  return isForward && source.slice(before.end, after.start).includes("\n") ? "\n" : " ";
}
