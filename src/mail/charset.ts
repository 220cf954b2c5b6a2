/**
 * Bytes to text: UTF-8 where they are, whatever the label says, else the label, else Latin-1.
 * Bytes come as strings with one character for each.
 */
import { isUtf8 } from "node:buffer";

/** One line: UTF-8 where it is, else Latin-1. */
export function decodeLine(line: string): string {
  if (!/[\x80-\xff]/.test(line)) return line;
  const bytes = Buffer.from(line, "latin1");
  return isUtf8(bytes) ? bytes.toString("utf8") : line;
}

/** A whole text; null where the label tells nothing that `decodeLine` does not see by itself. */
export function decodeLabelled(text: string, label: string): string | null {
  const isWide = /^utf-?16/i.test(label) && text.includes("\0");
  const decodes = isWide || (!PLAIN.test(label) && (SHIFTED.test(label) || !isUnicode(text)));
  if (!decodes) return null;
  const isBigEndian = isWide && text.startsWith("\xfe\xff");
  try {
    return new TextDecoder(isBigEndian ? "utf-16be" : label).decode(Buffer.from(text, "latin1"));
  } catch {
    return null;
  }
}

/** Often said of other charsets, and where it is true, no more than `decodeLine` does. */
const PLAIN = /^(?:utf-?8|utf-?16.*|us-ascii|ascii|iso-?8859-1|latin1)$/i;

/** What looks like ASCII and is not. */
const SHIFTED = /^iso-2022/i;

function isUnicode(text: string): boolean {
  return isUtf8(Buffer.from(text, "latin1"));
}
