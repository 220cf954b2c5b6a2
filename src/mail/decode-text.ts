/**
 * Bytes of an input to lines. UTF-8 where it is; else each line by itself, so that one Latin-1
 * name does not spoil a patch. CRLF is taken off when every line has it (the way of mail); a
 * patch to a CRLF file, whose headers end in LF, keeps its carriage returns.
 */
import { isUtf8 } from "node:buffer";

export function decodeLines(bytes: Uint8Array): string[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const lines = isUtf8(buffer)
    ? buffer.toString("utf8").split("\n")
    : buffer.toString("latin1").split("\n").map(decodeLine);
  if (lines[0]?.startsWith("\uFEFF")) lines[0] = lines[0].slice(1);
  if (lines[lines.length - 1] === "") lines.pop();
  return dropCarriageReturns(lines);
}

/** The lines without their carriage returns when all have one. */
export function dropCarriageReturns(lines: string[]): string[] {
  return everyLineCr(lines)
    ? lines.map((line) => (line.endsWith("\r") ? line.slice(0, -1) : line))
    : lines;
}

function decodeLine(line: string): string {
  if (!/[\x80-\xff]/.test(line)) return line;
  const bytes = Buffer.from(line, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : line;
}

function everyLineCr(lines: readonly string[]): boolean {
  return (
    lines.length > 0 &&
    lines.every((line, index) => line.endsWith("\r") || index === lines.length - 1)
  );
}
