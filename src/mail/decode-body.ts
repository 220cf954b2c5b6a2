/** The body of one part of a mail, its transfer encoding undone, still with the input's lines. */
import { rawLines } from "./decode-text.js";
import { opensDiff } from "./has-diff.js";
import type { NumberedLines } from "./numbered-lines.js";
import { type TransferEncoding, undoEncoding } from "./undo-encoding.js";
import { isPacked, unpack } from "./unpack.js";

/**
 * Raw to raw, one character for each byte; unpacked when it was compressed, which counts against
 * `budget`. Throws InputError where that does not suffice.
 */
export async function decodeBody(
  body: NumberedLines,
  encoding: TransferEncoding,
  budget: { bytes: number },
): Promise<NumberedLines> {
  if (encoding === "none") return body;
  // A diff in plain sight is not base64, whatever the label says.
  if (encoding === "base64" && body.lines.some(opensDiff)) return body;
  const encoded = encoding === "base64" ? body.lines : body.lines.map((line) => line.trimEnd());
  const bytes = await undoEncoding(encoding, encoded);
  if (isPacked(bytes)) {
    const most = budget.bytes;
    // Spent as a whole where it does not suffice, or a thousand bombs take a thousand times as long.
    budget.bytes = 0;
    const unpacked = unpack(bytes, "", most);
    budget.bytes = most - unpacked.length;
    const lines = rawLines(unpacked);
    const first = body.lineNumbers[0] ?? 0;
    return { lines, lineNumbers: new Uint32Array(lines.length).fill(first) };
  }
  const lines = rawLines(bytes);
  const { lineNumbers } = body;
  return {
    lines,
    lineNumbers:
      encoding === "base64"
        ? numbersByShare(encoded, lineNumbers, lines)
        : numbersByBreak(encoded, lineNumbers, lines.length),
  };
}

/** Quoted-printable: a soft break joins a line with the next, and an escape may be a line's end. */
function numbersByBreak(
  encoded: readonly string[],
  lineNumbers: ArrayLike<number>,
  count: number,
): Uint32Array {
  const numbers = new Uint32Array(count);
  let at = 0;
  let isOpen = false;
  for (const [index, line] of encoded.entries()) {
    const number = lineNumbers[index] ?? 0;
    if (!isOpen) numbers[at] = number;
    for (const _ of line.matchAll(/=0A/gi)) numbers[++at] = number;
    isOpen = line.endsWith("=");
    if (!isOpen) at++;
  }
  return numbers;
}

/** Base64: for each line the encoded line in which it begins, by its place among the bytes. */
function numbersByShare(
  encoded: readonly string[],
  lineNumbers: ArrayLike<number>,
  lines: readonly string[],
): Uint32Array {
  const numbers = new Uint32Array(lines.length);
  let index = 0;
  let end = bytesIn(encoded[0]);
  let offset = 0;
  for (const [at, line] of lines.entries()) {
    while (index < encoded.length - 1 && offset >= end) end += bytesIn(encoded[++index]);
    numbers[at] = lineNumbers[index] ?? 0;
    offset += line.length + 1;
  }
  return numbers;
}

function bytesIn(line: string | undefined): number {
  return ((line ?? "").replace(/[^A-Za-z0-9+/]/g, "").length * 3) / 4;
}
