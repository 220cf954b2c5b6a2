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
  if (WESTERN.test(label))
    return text.replace(/[\x80-\x9f]/g, (char) => WEST[char.charCodeAt(0) - 0x80] as string);
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

/** Latin-1 with these in the place of control characters; Node.js 20 reads it as Latin-1. */
const WESTERN = /^(?:windows-|cp)1252$/i;
const WEST = "€\x81‚ƒ„…†‡ˆ‰Š‹Œ\x8dŽ\x8f\x90‘’“”•–—˜™š›œ\x9džŸ";

/** Letters of two bytes alone may be another charset's: in GB 2312, 模 has the bytes of such a letter. */
function isUnicode(text: string): boolean {
  if (!/[\x80-\xff]/.test(text)) return true;
  return /[\xe0-\xf4]/.test(text) && isUtf8(Buffer.from(text, "latin1"));
}
