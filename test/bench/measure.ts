/**
 * Loaded before the program (`node --import`): takes the time its parts need, and writes it to
 * file descriptor 3 when the process ends. The parts are found by their classes; time spent in
 * a part that another one calls counts for the inner one only.
 */
import { writeSync } from "node:fs";

export interface Measures {
  /** Milliseconds by part, in the order of a run; together they are `total`. */
  readonly parts: Readonly<Record<string, number>>;
  readonly total: number;
  /** Largest size in memory, MB. */
  readonly memory: number;
  /** Files read. */
  readonly files: number;
  /** By function: how many times it was run, and the states of all runs together. */
  readonly states: Readonly<Record<string, { readonly runs: number; readonly states: number }>>;
}

const parts = new Map<string, number>([["Node.js starts", performance.now()]]);
const running: { readonly part: string; since: number }[] = [];
const files = new Set<string>();
const states: Record<string, { runs: number; states: number }> = {};

running.push({ part: "modules are loaded", since: performance.now() });
const [{ FileCache }, { Program }, { Analysis }, { Explorer }, { openTree }] = await Promise.all([
  import("../../src/analyze/file-cache.js"),
  import("../../src/analyze/program.js"),
  import("../../src/analyze/analysis.js"),
  import("../../src/dataflow/explore.js"),
  import("../../src/base/folder-tree.js"),
]);
await import("../../src/review.js");
leave();
running.push({ part: "the rest", since: performance.now() });

const tree = Object.getPrototypeOf(openTree(".")) as ReturnType<typeof openTree>;
time(tree, "read", "files are read", (path) => files.add(String(path)));
time(FileCache.prototype, "scan", "headers are looked through");
time(FileCache.prototype, "outlined", "outlines are made");
time(Program.prototype, "procedure", "functions are parsed and lowered");
time(Analysis.prototype, "judge", "slices and blame");
countStates();

process.on("exit", () => {
  while (running.length > 0) leave();
  const measures: Measures = {
    parts: Object.fromEntries(parts),
    total: performance.now(),
    memory: process.resourceUsage().maxRSS / 1024,
    files: files.size,
    states,
  };
  writeSync(3, JSON.stringify(measures));
});

function countStates(): void {
  time(Explorer.prototype, "run", "functions are executed");
  const run = Explorer.prototype.run;
  Explorer.prototype.run = function (procedure) {
    const frame = run.call(this, procedure);
    const known = (states[procedure.name] ??= { runs: 0, states: 0 });
    known.runs++;
    known.states += this.states;
    return frame;
  };
}

function time<T extends object>(
  prototype: T,
  name: keyof T & string,
  part: string,
  also: (first: unknown) => void = () => {},
): void {
  const methods = prototype as Record<string, (...args: unknown[]) => unknown>;
  const original = methods[name] as (...args: unknown[]) => unknown;
  methods[name] = function (this: unknown, ...args: unknown[]): unknown {
    also(args[0]);
    enter(part);
    try {
      return original.apply(this, args);
    } finally {
      leave();
    }
  };
}

function enter(part: string): void {
  const now = performance.now();
  const outer = running.at(-1);
  if (outer !== undefined) add(outer.part, now - outer.since);
  running.push({ part, since: now });
}

function leave(): void {
  const now = performance.now();
  const inner = running.pop();
  if (inner !== undefined) add(inner.part, now - inner.since);
  const outer = running.at(-1);
  if (outer !== undefined) outer.since = now;
}

function add(part: string, time: number): void {
  parts.set(part, (parts.get(part) ?? 0) + time);
}
