/**
 * Where the time goes, in plain tables. Nothing is asserted: what is slow depends on the machine.
 * What needs Linux 6.12 or spatch says so when it is absent.
 */

import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { review } from "../../src/review.js";
import { diff } from "../kernel/edit-source.js";
import { findLinux612, versionOf } from "../kernel/linux-tree.js";
import { LOCKING_FUNCTIONS, locksOf, withoutLock } from "../kernel/lock-lines.js";
import { SHAPES } from "./generated.js";
import type { Measures } from "./measure.js";
import { measured, type Timed, timed, vmalint } from "./run-program.js";
import { milliseconds, TIMES, table, times } from "./table.js";

const PATH = "mm/vma.c";
const RUNS = 5;
const RULE = fileURLToPath(
  new URL("../../../test/bench/commit-without-lock.cocci", import.meta.url),
);

const folder = mkdtempSync(join(tmpdir(), "vmalint-bench-"));
try {
  print(`vmalint bench: Node.js ${process.version}, ${cpus().length} cores, ${RUNS} runs each`);
  const linux = findLinux612();
  if ("missing" in linux) print(linux.missing);
  else await benchKernel(linux.folder);
  benchGenerated();
} finally {
  rmSync(folder, { recursive: true, force: true });
}

async function benchKernel(tree: string): Promise<void> {
  print(`Linux ${versionOf(tree)}, ${PATH}`);
  const patches = writePatches(tree);
  const whole = ["-f", PATH, "--tree", tree];
  benchRuns(tree, patches, whole);
  await benchInProcess(tree, patches[0] as SamplePatch);
  const first = patches[0] as SamplePatch;
  benchParts(measured(RUNS, ["--tree", tree, first.file]), measured(RUNS, whole));
  benchSpatch(tree, whole);
}

interface SamplePatch {
  readonly name: string;
  readonly file: string;
}

/** Each deletes one lock. */
function writePatches(tree: string): SamplePatch[] {
  const source = readFileSync(join(tree, PATH), "utf8").split("\n");
  return locksOf(source, LOCKING_FUNCTIONS).map((lock, index) => {
    const file = join(folder, `${index}.patch`);
    writeFileSync(file, diff(PATH, source, withoutLock(source, lock)));
    return { name: `patch: ${lock.function} without its lock of ${lock.object}`, file };
  });
}

function benchRuns(tree: string, patches: readonly SamplePatch[], whole: readonly string[]): void {
  const row = (name: string, words: readonly string[]) => {
    return [name, ...times(repeated(RUNS, () => vmalint(words)))];
  };
  const rows = patches.map(({ name, file }) => row(name, ["--tree", tree, file]));
  rows.push(row(`vmalint -f ${PATH}`, whole), row("vmalint --version", ["--version"]));
  print(table("As a user runs it, from start to end", ["", ...TIMES], rows));
}

/** What a server would see: nothing is kept from one run to the next but compiled code. */
async function benchInProcess(tree: string, patch: SamplePatch): Promise<void> {
  const options = {
    base: null,
    git: null,
    cached: false,
    types: [],
    ignore: [],
    fuzz: 0,
    since: null,
    cwd: tree,
    tree,
  };
  const input = { name: patch.file, content: readFileSync(patch.file) };
  const row = async (name: string, run: () => Promise<unknown>) => {
    const runs: Timed[] = [];
    for (let count = 0; count <= RUNS; count++) {
      const [start, cpu] = [performance.now(), process.cpuUsage()];
      await run();
      const { user, system } = process.cpuUsage(cpu);
      const milliseconds = performance.now() - start;
      runs.push({ milliseconds, cpu: (user + system) / 1000, output: "" });
      // The parser's trees are freed only between turns of the event loop.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const [first, ...later] = runs as [Timed, ...Timed[]];
    return [name, milliseconds(first.milliseconds), ...times(later)];
  };
  const rows = [
    await row(patch.name, () => review({ ...options, inputs: [input], wholeFiles: [] })),
    await row(`-f ${PATH}`, () => review({ ...options, inputs: [], wholeFiles: [PATH] })),
  ];
  print(table("In one process, the first run and later ones", ["", "first", ...TIMES], rows));
}

function benchParts(patch: Measures, whole: Measures): void {
  const names = [...new Set([...Object.keys(patch.parts), ...Object.keys(whole.parts)])];
  const cells = ({ parts, total }: Measures, name: string) => {
    const time = parts[name] ?? 0;
    return [milliseconds(time), `${((100 * time) / total).toFixed(0)} %`];
  };
  const rows = names.map((name) => [name, ...cells(patch, name), ...cells(whole, name)]);
  rows.push(["total", milliseconds(patch.total), "", milliseconds(whole.total), ""]);
  rows.push(["memory", megabytes(patch), "", megabytes(whole), ""]);
  rows.push(["files read", String(patch.files), "", String(whole.files), ""]);
  print(table("Where the time goes, in the fastest run", ["", "patch", "", "-f", ""], rows));
  benchStates(whole);
}

function megabytes({ memory }: Measures): string {
  return `${memory.toFixed(0)} MB`;
}

function benchStates({ states }: Measures): void {
  const all = Object.entries(states);
  const worst = all.sort(([, a], [, b]) => b.states - a.states).slice(0, 10);
  const sum = all.reduce((total, [, one]) => total + one.states, 0);
  const rows = worst.map(([name, one]) => [name, String(one.states), String(one.runs)]);
  rows.push([`all ${all.length} functions`, String(sum), ""]);
  print(table(`States of -f ${PATH}, the ten worst functions`, ["", "states", "runs"], rows));
}

function benchSpatch(tree: string, whole: readonly string[]): void {
  if (spawnSync("spatch", ["--version"]).status !== 0) {
    print("Coccinelle is absent: spatch");
    return;
  }
  const words = ["--very-quiet", "--no-includes", "--sp-file", RULE, PATH];
  const ours: Timed[] = [];
  const theirs: Timed[] = [];
  // In turns, so that a busy machine slows down both.
  for (let count = 0; count < RUNS; count++) {
    ours.push(vmalint(whole));
    theirs.push(timed("spatch", words, tree));
  }
  const ratio = (pick: (run: Timed) => number) => {
    const [us, them] = [ours, theirs].map((runs) => Math.min(...runs.map(pick))) as [
      number,
      number,
    ];
    return Number.isNaN(us / them) ? "" : (us / them).toFixed(2);
  };
  const rows = [
    [`vmalint -f ${PATH}`, ...times(ours)],
    ["spatch, with a rule that follows no calls", ...times(theirs)],
    ["ratio", ratio((run) => run.milliseconds), "", ratio((run) => run.cpu)],
  ];
  print(table(`Beside Coccinelle, on ${PATH}, in turns`, ["", ...TIMES], rows));
}

function benchGenerated(): void {
  const sizes = [100, 200, 500, 1000, 2000];
  const least = (runs: readonly Timed[]) => {
    return Math.min(...runs.map(({ cpu, milliseconds: wall }) => (Number.isNaN(cpu) ? wall : cpu)));
  };
  const floor = least(repeated(RUNS, () => runGenerated("int nothing;\n")));
  const cell = (source: string) => {
    const runs = repeated(3, () => runGenerated(source));
    return milliseconds(Math.max(0, least(runs) - floor)) + verdict(runs[0]?.output ?? "{}");
  };
  const rows = SHAPES.map(({ name, source }) => [name, ...sizes.map((size) => cell(source(size)))]);
  const title =
    `One generated function: least CPU time above an empty file's ${milliseconds(floor)}` +
    " (u: undecided, f: a finding)";
  print(table(title, ["branches", ...sizes.map(String)], rows));
}

function repeated(count: number, run: () => Timed): Timed[] {
  return Array.from({ length: count }, run);
}

function runGenerated(source: string) {
  writeFileSync(join(folder, "generated.c"), source);
  return vmalint(["--format", "json", "-f", "generated.c", "--tree", folder]);
}

function verdict(output: string): string {
  const { findings, summary } = JSON.parse(output);
  if (findings.length > 0) return " f";
  return summary.functions.undecided > 0 ? " u" : "  ";
}

function print(text: string): void {
  console.log(text);
}
