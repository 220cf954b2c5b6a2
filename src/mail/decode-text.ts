/**
 * Bytes to lines: first raw, one character for each byte, because what they mean may stand in a
 * mail's header; then as text, each line for itself, so that one Latin-1 name does not spoil a
 * patch. CRLF is taken off when every line has it (the way of mail); a patch to a CRLF file, whose
 * headers end in LF, keeps its carriage returns.
 */
import { decodeLabelled, decodeLine } from "./charset.js";
import type { NumberedLines } from "./numbered-lines.js";

/** What some editors put in front of UTF-8. */
const MARK = "\xef\xbb\xbf";

export function rawLines(bytes: Uint8Array): string[] {
  const text = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
  const lines = (text.startsWith(MARK) ? text.slice(MARK.length) : text).split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  return dropCarriageReturns(lines);
}

/** `label`: a charset, as a mail names it. */
export function decodeLines(raw: NumberedLines, label: string | null): NumberedLines {
  const text = label === null ? null : decodeLabelled(raw.lines.join("\n"), label);
  if (text === null) return { ...raw, lines: raw.lines.map(decodeLine) };
  const lines = text.split("\n");
  if (lines.length > 1 && lines[lines.length - 1] === "") lines.pop();
  // Two bytes of UTF-16 may look like a line's end and be none.
  const last = raw.lineNumbers.length - 1;
  const lineNumbers = Uint32Array.from(
    lines,
    (_, at) => raw.lineNumbers[Math.min(at, last)] as number,
  );
  return { lines: dropCarriageReturns(lines), lineNumbers };
}

/** The lines without their carriage returns when all have one. */
function dropCarriageReturns(lines: string[]): string[] {
  return everyLineCr(lines)
    ? lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line))
    : lines;
}

function everyLineCr(lines: readonly string[]): boolean {
  return (
    lines.length > 0 &&
    lines.every((line, index) => line.endsWith("\r") || index === lines.length - 1)
  );
}
