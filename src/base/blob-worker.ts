/** The thread behind BlobReader: owns the `git cat-file --batch` child, answers one name at a time. */
import { spawn } from "node:child_process";
import { workerData } from "node:worker_threads";
import type { BlobAnswer, BlobWorkerData } from "./blob-reader.js";
import { GIT_SETTINGS, gitEnvironment } from "./run-git.js";

/** Larger objects are read over and count as missing. */
const MAX_BLOB = 32 * 1024 * 1024;

const { folder, port, signal } = workerData as BlobWorkerData;
const child = spawn("git", ["-C", folder, ...GIT_SETTINGS, "cat-file", "--batch"], {
  env: gitEnvironment(folder),
  stdio: ["pipe", "pipe", "ignore"],
});

let chunks: Buffer[] = [];
let length = 0;
/** Bytes still to come of an object that is too large to keep. */
let skipping = 0;
let skippedId = "";
let dead = false;

function answer(reply: BlobAnswer): void {
  chunks = [];
  length = 0;
  port.postMessage(reply);
  Atomics.store(signal, 0, 1);
  Atomics.notify(signal, 0);
}

/** `<id> <type> <size>`, the object, a newline; or `<name> missing`. */
function readAnswer(): void {
  const first = chunks[0];
  const newline = first?.indexOf(10) ?? -1;
  if (first === undefined || newline === -1) {
    if (chunks.length < 2) return;
    chunks = [Buffer.concat(chunks)];
    return readAnswer();
  }
  const header = /^([0-9a-f]{40,64}) (\w+) (\d+)$/.exec(first.toString("latin1", 0, newline));
  if (header === null) return answer({ id: "", bytes: null });
  const size = Number(header[3]);
  const rest = newline + 1 + size + 1 - length;
  if (rest > 0) {
    if (size <= MAX_BLOB) return;
    skipping = rest;
    skippedId = header[1] as string;
    chunks = [];
    return;
  }
  const usable = header[2] === "blob" && size <= MAX_BLOB;
  const bytes = usable ? Buffer.concat(chunks).subarray(newline + 1, newline + 1 + size) : null;
  answer({ id: header[1] as string, bytes: bytes === null ? null : Uint8Array.from(bytes) });
}

function die(): void {
  if (dead) return;
  dead = true;
  answer({ id: "", bytes: null });
}

child.stdout.on("data", (chunk: Buffer) => {
  if (skipping > 0) {
    skipping -= chunk.length;
    if (skipping <= 0) answer({ id: skippedId, bytes: null });
    return;
  }
  chunks.push(chunk);
  length += chunk.length;
  readAnswer();
});
child.on("error", die);
child.on("close", die);
child.stdin.on("error", die);
port.on("message", (name: string) => {
  if (dead) answer({ id: "", bytes: null });
  else child.stdin.write(`${name}\n`);
});
port.on("close", () => child.kill());
