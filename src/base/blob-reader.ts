/**
 * Objects of a git repository, read synchronously through one long-lived `git cat-file --batch`.
 * The child belongs to a worker thread, because a thread cannot wait for its own streams.
 */
import {
  MessageChannel,
  type MessagePort,
  receiveMessageOnPort,
  Worker,
} from "node:worker_threads";
import { decodeText } from "./encode-text.js";

export interface Blob {
  /** Full id. */
  readonly id: string;
  readonly text: string;
}

/** What the worker is told when it starts. */
export interface BlobWorkerData {
  readonly folder: string;
  readonly port: MessagePort;
  /** Set to 1 and notified when an answer has been posted. */
  readonly signal: Int32Array;
}

/** `id` is empty for what is missing or ambiguous; `bytes` null also for what is too large or no blob. */
export interface BlobAnswer {
  readonly id: string;
  readonly bytes: Uint8Array | null;
}

/** Longer than any disk takes; then the repository counts as unreadable. */
const TIMEOUT = 30_000;

export class BlobReader {
  readonly #folder: string;
  #worker: Worker | null = null;
  #port: MessagePort | null = null;
  #signal = new Int32Array(new SharedArrayBuffer(4));
  #broken = false;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** A blob by (abbreviated) id or as `<commit>:<path>`; null when there is none. */
  read(name: string): Blob | null {
    const answer = this.#ask(name);
    return answer === null || answer.bytes === null
      ? null
      : { id: answer.id, text: decodeText(answer.bytes) };
  }

  /** Full id of the commit that a revision names; null when there is none. */
  commit(revision: string): string | null {
    const id = this.#ask(`${revision}^{commit}`)?.id ?? "";
    return id === "" ? null : id;
  }

  #ask(name: string): BlobAnswer | null {
    if (this.#broken || /[\n\0]/.test(name) || name === "") return null;
    const port = this.#port ?? this.#start();
    Atomics.store(this.#signal, 0, 0);
    port.postMessage(name);
    if (Atomics.wait(this.#signal, 0, 0, TIMEOUT) === "timed-out") this.close();
    return (receiveMessageOnPort(port)?.message as BlobAnswer | undefined) ?? null;
  }

  /** Ends the child. Not needed at the end of the process. */
  close(): void {
    this.#broken = true;
    this.#port?.close();
    void this.#worker?.terminate();
  }

  #start(): MessagePort {
    const { port1, port2 } = new MessageChannel();
    const workerData: BlobWorkerData = { folder: this.#folder, port: port2, signal: this.#signal };
    this.#worker = new Worker(new URL("./blob-worker.js", import.meta.url), {
      workerData,
      transferList: [port2],
    });
    this.#worker.unref();
    port1.unref();
    this.#port = port1;
    return port1;
  }
}
