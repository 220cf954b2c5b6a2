/**
 * Reads the patches named on the command line. What cannot be read is an error beside the
 * inputs, never an exception: the others are checked all the same. A folder is handed on by its
 * name: what lies in it is read by those who know the shapes of patches.
 */
import { createReadStream, readFileSync, statSync } from "node:fs";
import type { NamedInput } from "../base/gather-patches.js";
import { MOST_BYTES, TOO_LARGE } from "../base/patch-folder.js";
import type { ReviewError } from "../findings/review.js";

/** `-` is the stream that `stdin` opens. Inputs keep their order. */
export async function readInputs(
  names: readonly string[],
  stdin: () => AsyncIterable<Buffer | string>,
): Promise<{ inputs: NamedInput[]; errors: ReviewError[] }> {
  const inputs: NamedInput[] = [];
  const errors: ReviewError[] = [];
  for (const name of names) {
    try {
      const content = name === "-" ? await readAll(stdin()) : await readNamed(name);
      if (content === null) errors.push({ file: name, line: 0, text: TOO_LARGE });
      else inputs.push({ name, content });
    } catch (error) {
      const trouble = error as NodeJS.ErrnoException;
      if (trouble.code === "EISDIR") inputs.push({ name, content: null });
      else errors.push({ file: name, line: 0, text: reason(trouble) });
    }
  }
  return { inputs, errors };
}

/** Null when it is too long. A plain file is read at once; a pipe or a device as it comes. */
async function readNamed(name: string): Promise<Buffer | null> {
  const status = statSync(name);
  if (status.isFIFO()) return readAll((await import("./read-pipe.js")).readPipe(name));
  if (!status.isFile()) return readAll(createReadStream(name));
  return status.size > MOST_BYTES ? null : readFileSync(name);
}

/** Null when the stream is too long. */
async function readAll(stream: AsyncIterable<Buffer | string>): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream) {
    const bytes = typeof chunk === "string" ? Buffer.from(chunk) : chunk;
    size += bytes.length;
    if (size > MOST_BYTES) return null;
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

function reason(error: NodeJS.ErrnoException): string {
  switch (error.code) {
    case "ENOENT":
      return "no such file";
    case "EACCES":
    case "EPERM":
      return "may not be read";
    case "ELOOP":
      return "a link that leads to itself";
    case "ENXIO":
      return "neither a file nor a pipe";
    default:
      return error.message;
  }
}
