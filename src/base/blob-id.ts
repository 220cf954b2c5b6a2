/** Git's name for a file's contents: sha1 of `blob <length>`, a NUL byte and the bytes. */
import { createHash } from "node:crypto";
import { encodeText } from "./encode-text.js";

export function blobId(text: string): string {
  return idOfBytes(encodeText(text), "sha1");
}

/** Whether a text has the id, which may be abbreviated. A long one of 64 digits is sha256. */
export function hasBlobId(text: string, id: string): boolean {
  return idOfBytes(encodeText(text), id.length > 40 ? "sha256" : "sha1").startsWith(id);
}

/** `algorithm`: sha1, or sha256 in repositories made so. */
export function idOfBytes(bytes: Uint8Array, algorithm: string): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/**
 * Recognises a file by its id, fast enough for thousands of tries: `kept[n]` stands above the
 * n-th added line and is encoded once.
 */
export function blobRecogniser(
  id: string,
): (kept: readonly string[]) => (added: readonly string[]) => boolean {
  const algorithm = id.length > 40 ? "sha256" : "sha1";
  return (kept) => {
    const parts = kept.map(encodeText);
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    return (added) => {
      const lines = added.map((line) => encodeText(`${line}\n`));
      const total = lines.reduce((sum, line) => sum + line.length, length);
      const hash = createHash(algorithm).update(`blob ${total}\0`);
      for (const [index, part] of parts.entries()) {
        hash.update(part);
        const line = lines[index];
        if (line !== undefined) hash.update(line);
      }
      return hash.digest("hex").startsWith(id);
    };
  };
}
