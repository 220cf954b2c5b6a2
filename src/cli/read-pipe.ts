/**
 * Reads a named pipe without waiting for ever: opening one that nobody writes to would not
 * return. `<(command)` of a shell is such a pipe, too.
 */
import { closeSync, constants, openSync, readSync } from "node:fs";
import { setTimeout } from "node:timers/promises";
import { InputError } from "../findings/input-error.js";

/** Milliseconds between two looks, and how long a writer may take to come. */
const PAUSE = 10;
const PATIENCE = 2000;

/** What comes until the last writer closes. Throws InputError when none comes. */
export async function* readPipe(name: string): AsyncGenerator<Buffer> {
  const pipe = openSync(name, constants.O_RDONLY | constants.O_NONBLOCK);
  try {
    let hasWriter = false;
    for (let waited = 0; ; ) {
      const chunk = readChunk(pipe);
      if (chunk !== null && chunk.length > 0) {
        hasWriter = true;
        yield chunk;
        continue;
      }
      if (chunk === null) hasWriter = true;
      else if (hasWriter) return;
      else if (waited >= PATIENCE) throw new InputError(name, 0, "a pipe that nobody writes to");
      waited += PAUSE;
      await setTimeout(PAUSE);
    }
  } finally {
    closeSync(pipe);
  }
}

/** Empty when there is no writer; null when there is one that has not written yet. */
function readChunk(pipe: number): Buffer | null {
  const buffer = Buffer.allocUnsafe(64 * 1024);
  try {
    return buffer.subarray(0, readSync(pipe, buffer));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EAGAIN") return null;
    throw error;
  }
}
