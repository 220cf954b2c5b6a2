/** Runs programs and takes their time. */
import { spawnSync } from "node:child_process";
import { closeSync, existsSync, openSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { PROGRAM } from "../program.js";
import type { Measures } from "./measure.js";

/** Module by module, so that its classes can be found. */
const MODULES = fileURLToPath(new URL("../../src/cli.js", import.meta.url));
const MEASURE = new URL("./measure.js", import.meta.url).href;

export interface Timed {
  readonly milliseconds: number;
  /** Of all cores together; NaN where the system does not tell. Other programs do not count. */
  readonly cpu: number;
  readonly output: string;
}

/** Throws when the program crashes or says that its input is bad. */
export function timed(program: string, words: readonly string[], cwd?: string): Timed {
  const [start, cpu] = [performance.now(), childrensCpu()];
  const { status, signal, stdout, stderr, error } = spawnSync(program, words, {
    cwd,
    encoding: "utf8",
    maxBuffer: 64 * 1024 * 1024,
  });
  const milliseconds = performance.now() - start;
  if (error !== undefined) throw error;
  if (status !== 0 && status !== 1) {
    throw new Error(`${program} ${words.join(" ")}: ended with ${status ?? signal}: ${stderr}`);
  }
  return { milliseconds, cpu: childrensCpu() - cpu, output: stdout };
}

export function vmalint(words: readonly string[]): Timed {
  return timed(process.execPath, [PROGRAM, ...words]);
}

/** The program once more, looked at from inside: the fastest of several runs. */
export function measured(runs: number, words: readonly string[]): Measures {
  const all = Array.from({ length: runs }, () => measureOnce(words));
  return all.reduce((best, one) => (one.total < best.total ? one : best));
}

function measureOnce(words: readonly string[]): Measures {
  const file = join(tmpdir(), `vmalint-measures-${process.pid}.json`);
  const descriptor = openSync(file, "w");
  try {
    spawnSync(process.execPath, ["--import", MEASURE, MODULES, ...words], {
      stdio: ["ignore", "ignore", "inherit", descriptor],
    });
    return JSON.parse(readFileSync(file, "utf8")) as Measures;
  } finally {
    closeSync(descriptor);
    rmSync(file, { force: true });
  }
}

const STAT = "/proc/self/stat";
/** Linux counts in hundredths of a second for everybody outside the kernel. */
const TICK = 10;

/** CPU time of the children that have ended, in milliseconds: proc(5), cutime and cstime. */
function childrensCpu(): number {
  if (!existsSync(STAT)) return Number.NaN;
  const text = readFileSync(STAT, "utf8");
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  return (Number(fields[13]) + Number(fields[14])) * TICK;
}
