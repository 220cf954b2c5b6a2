/** The body of one part of a mail, its transfer encoding undone, still with the input's lines. */
import { decodeCharset } from "./charset.js";
import { dropCarriageReturns } from "./decode-text.js";
import type { NumberedLines } from "./numbered-lines.js";
import { decodeBase64, decodeQuotedPrintable } from "./transfer-encoding.js";

export function decodeBody(
  body: NumberedLines,
  encoding: string,
  charset: string | null,
): NumberedLines {
  switch (encoding.trim().toLowerCase()) {
    case "quoted-printable":
      return fromQuotedPrintable(body, charset);
    case "base64":
      return fromBase64(body, charset);
    default:
      return body;
  }
}

/** A soft break joins a line with the next; the whole counts as the first one's line. */
function fromQuotedPrintable(body: NumberedLines, charset: string | null): NumberedLines {
  const lines: string[] = [];
  const lineNumbers: number[] = [];
  let joined: string[] = [];
  let first = 0;
  for (const [index, raw] of body.lines.entries()) {
    if (joined.length === 0) first = body.lineNumbers[index] ?? 0;
    const line = raw.replace(/[ \t\r]+$/, "");
    if (line.endsWith("=") && index < body.lines.length - 1) {
      joined.push(line.slice(0, -1));
      continue;
    }
    joined.push(line);
    // A decoded line may hold line ends of its own (`=0A`, `=0D=0A`).
    for (const text of decodeCharset(decodeQuotedPrintable(joined.join("")), charset).split("\n")) {
      lines.push(text);
      lineNumbers.push(first);
    }
    joined = [];
  }
  return { lines: dropCarriageReturns(lines), lineNumbers };
}

function fromBase64(body: NumberedLines, charset: string | null): NumberedLines {
  const text = decodeCharset(decodeBase64(body.lines.join("")), charset);
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  return { lines: dropCarriageReturns(lines), lineNumbers: spread(body, text, lines) };
}

/** For each decoded line the encoded line in which it begins, by its share of the bytes. */
function spread(body: NumberedLines, text: string, lines: readonly string[]): number[] {
  const ends: number[] = [];
  let bytes = 0;
  for (const line of body.lines) {
    bytes += (line.replace(/[^A-Za-z0-9+/]/g, "").length * 3) / 4;
    ends.push(bytes);
  }
  const scale = Math.max(1, Buffer.byteLength(text)) / Math.max(1, text.length);
  let index = 0;
  let offset = 0;
  return lines.map((line) => {
    while (index < ends.length - 1 && offset * scale >= (ends[index] as number)) index++;
    offset += line.length + 1;
    return body.lineNumbers[index] ?? 0;
  });
}
