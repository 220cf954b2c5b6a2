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

function idOfBytes(bytes: Uint8Array, algorithm: string): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
