/** Bytes as they come from people: compressed by gzip, or with the colours of a terminal. */
import { gunzipSync } from "node:zlib";
import { InputError } from "../findings/input-error.js";

/** `name` is what an error names. Throws InputError for what does not unpack to `most` bytes. */
export function unpack(bytes: Uint8Array, name: string, most: number): Uint8Array {
  if (!isPacked(bytes)) return bytes;
  try {
    return gunzipSync(bytes, { maxOutputLength: Math.max(1, most) });
  } catch (error) {
    const isTooLarge = (error as NodeJS.ErrnoException).code === "ERR_BUFFER_TOO_LARGE";
    throw new InputError(
      name,
      0,
      isTooLarge ? "too large for a patch when unpacked" : "damaged gzip data",
    );
  }
}

export function isPacked(bytes: Uint8Array): boolean {
  return bytes[0] === 0x1f && bytes[1] === 0x8b;
}

const ESCAPE = String.fromCharCode(27);
const COLOUR = new RegExp(`${ESCAPE}\\[[0-9;]*[mK]`, "g");
const COLOURED_DIFF = new RegExp(`^${ESCAPE}\\[[0-9;]*m(?:commit |diff --git |@@ )`);

/** Without colours, where a diff was coloured: code may hold an escape character of its own. */
export function withoutColours(lines: readonly string[]): readonly string[] {
  if (!lines.some((line) => COLOURED_DIFF.test(line))) return lines;
  return lines.map((line) => line.replace(COLOUR, ""));
}
