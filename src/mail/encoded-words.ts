/** RFC 2047: `=?utf-8?q?...?=` in headers to text. What cannot be decoded stays as it is. */

import { decodeCharset } from "./charset.js";
import { decodeBase64, decodeQuotedPrintable } from "./transfer-encoding.js";

const WORD = /=\?([^?\s]{1,40})\?([bq])\?([^?\s]*)\?=/gi;

export function decodeWords(value: string): string {
  if (!value.includes("=?")) return value;
  // White space between two encoded words belongs to the encoding. Words of one charset are
  // joined as bytes first: some mailers split a character between two of them.
  let text = "";
  let bytes: Uint8Array[] = [];
  let charset = "";
  let end = 0;
  const flush = () => {
    if (bytes.length > 0) text += decodeCharset(Buffer.concat(bytes), charset);
    bytes = [];
  };
  for (const match of value.matchAll(WORD)) {
    const between = value.slice(end, match.index);
    const name = (match[1] as string).replace(/\*.*$/, "").toLowerCase();
    if (between.trim() !== "" || end === 0 || name !== charset) flush();
    if (between.trim() !== "" || end === 0) text += between;
    charset = name;
    const data = match[3] as string;
    bytes.push(
      match[2]?.toLowerCase() === "b"
        ? decodeBase64(data)
        : decodeQuotedPrintable(data.replaceAll("_", " ")),
    );
    end = match.index + match[0].length;
  }
  flush();
  return text + value.slice(end);
}
