/** Bytes to text: UTF-8 where they are, whatever the label says, else the label, else Latin-1. */
import { isUtf8 } from "node:buffer";

export function decodeCharset(bytes: Uint8Array, label: string | null): string {
  if (isUtf8(bytes)) return Buffer.from(bytes).toString("utf8");
  try {
    return new TextDecoder(label ?? "latin1").decode(bytes);
  } catch {
    return Buffer.from(bytes).toString("latin1");
  }
}
