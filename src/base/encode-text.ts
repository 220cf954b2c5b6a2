/**
 * Bytes of source files to text and back. Files are UTF-8 but for a few old ones, which are read
 * as Latin-1. A Latin-1 text whose bytes would also be UTF-8 does not come back the same; no
 * kernel file is like that.
 */
import { isAscii, isUtf8 } from "node:buffer";

export function decodeText(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  // Latin-1 says the same of plain ASCII, and is read several times faster.
  return buffer.toString(!isAscii(buffer) && isUtf8(buffer) ? "utf8" : "latin1");
}

export function encodeText(text: string): Uint8Array {
  return Buffer.from(text, "utf8");
}
