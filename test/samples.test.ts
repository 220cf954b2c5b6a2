/**
 * Every sample is one test, named by it: C files checked whole, trees checked whole, patches. A
 * sample marked as todo must differ; once it comes out right it fails, to be promoted.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Review } from "../src/findings/review.js";
import { exitCode } from "../src/report/exit-code.js";
import { review } from "../src/review.js";
import {
  findingDifferences,
  gapDifferences,
  type Marks,
  type PatchExpectation,
  readMarks,
} from "./expectations.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));
const CHECKS: ReadonlySet<string> = new Set(
  Object.keys(JSON.parse(read(join(SAMPLES, "../queries/vma-write-lock/protocol.json"))).checks),
);

const cFiles = readdirSync(join(SAMPLES, "c")).filter((name) => name.endsWith(".c"));
const patches = readdirSync(join(SAMPLES, "patches")).filter((name) => name.endsWith(".patch"));
const trees = [
  ...readdirSync(SAMPLES).filter((name) => name.startsWith("linux")),
  ...readdirSync(join(SAMPLES, "trees")).map((name) => `trees/${name}`),
];

for (const name of cFiles) {
  const folder = join(SAMPLES, "c");
  const marks = readMarks(name, read(join(folder, name)));
  sample(`c/${name}`, todoOf(marks), async () =>
    wholeDifferences(marks, await run(folder, [name])),
  );
}

for (const name of trees) {
  const folder = join(SAMPLES, name);
  const files = filesBelow(folder).filter((path) => path.endsWith(".c"));
  const marks = joined(files.map((path) => readMarks(path, read(join(folder, path)))));
  sample(`${name}/`, todoOf(marks), async () => wholeDifferences(marks, await run(folder, files)));
}

for (const name of patches) {
  const path = join(SAMPLES, "patches", name);
  const wanted = JSON.parse(read(path.replace(/\.patch$/, ".expect.json"))) as PatchExpectation;
  const findings = wanted.findings;
  const marks = { findings, todo: wanted.todo ?? null };
  sample(`patches/${name}`, todoOf(marks), async () => {
    const outcome = await run(join(SAMPLES, wanted.tree), [], { name, content: read(path) });
    const introduced = outcome.findings.some((finding) => finding.status === "introduced");
    return [
      ...findingDifferences(findings, judged(outcome)),
      ...gapDifferences({ gaps: [] }, outcome.gaps),
      ...difference("clean", wanted.clean, !introduced),
      ...difference("exit", wanted.exit, exitCode(outcome, { strict: false })),
      ...difference("errors", wanted.errors ?? 0, outcome.errors.length),
    ];
  });
}

test("every C sample that is reported has a harmless twin, and the other way round", () => {
  const alone = cFiles.filter((name) => {
    const expectsFinding = readMarks(name, read(join(SAMPLES, "c", name))).findings.length > 0;
    const isHarmless = name.endsWith("-ok.c");
    const twin = isHarmless ? name.replace(/-ok\.c$/, ".c") : name.replace(/\.c$/, "-ok.c");
    return expectsFinding === isHarmless || !cFiles.includes(twin);
  });
  assert.deepEqual(alone, ["calls-too-deep.c", "list-of-ranges.c", "state-that-nobody-builds.c"]);
});

test("every expectation beside a patch has its patch", () => {
  const lost = readdirSync(join(SAMPLES, "patches"))
    .filter((name) => name.endsWith(".expect.json"))
    .filter(
      (name) => !existsSync(join(SAMPLES, "patches", name.replace(/\.expect\.json$/, ".patch"))),
    );
  assert.deepEqual(lost, []);
});

/** A test that wants no differences; or, for a todo, at least one. */
function sample(
  name: string,
  todo: string | null,
  differences: () => Promise<readonly string[]>,
): void {
  test(name, async (context) => {
    const found = await differences();
    if (todo === null) {
      assert.deepEqual(found, []);
    } else {
      assert.notDeepEqual(found, [], `${name} comes out right: promote it (todo: ${todo})`);
      context.todo(todo);
    }
  });
}

/** A sample whose check is not there yet is a todo by itself. */
function todoOf(marks: Pick<Marks, "findings" | "todo">): string | null {
  const missing = marks.findings.find(({ type }) => type !== undefined && !CHECKS.has(type));
  return missing === undefined ? marks.todo : `no check ${missing.type} yet`;
}

async function run(
  tree: string,
  wholeFiles: readonly string[],
  patch?: { readonly name: string; readonly content: string },
): Promise<Review> {
  const rest = {
    base: null,
    git: null,
    cached: false,
    types: [],
    ignore: [],
    fuzz: 0,
    since: null,
  };
  const inputs = patch === undefined ? [] : [patch];
  return review({ inputs, wholeFiles, tree, cwd: tree, ...rest });
}

function wholeDifferences(marks: Marks, outcome: Review): readonly string[] {
  const assumed = new Set(outcome.assumptions.map((assumption) => assumption.function));
  return [
    ...findingDifferences(marks.findings, outcome.findings),
    ...gapDifferences(marks, outcome.gaps),
    ...marks.assumptions
      .filter((name) => !assumed.has(name))
      .map((name) => `missing: assumption (${name})`),
    ...outcome.errors.map((error) => `not expected: ${error.file}:${error.line}: ${error.text}`),
  ];
}

function judged(outcome: Review): Review["findings"] {
  return outcome.findings.filter((finding) => finding.status !== "persisting");
}

function difference(what: string, wanted: unknown, got: unknown): readonly string[] {
  return wanted === got ? [] : [`${what}: expected ${wanted}, got ${got}`];
}

function joined(all: readonly Marks[]): Marks {
  return {
    findings: all.flatMap((marks) => marks.findings),
    gaps: all.flatMap((marks) => marks.gaps),
    assumptions: all.flatMap((marks) => marks.assumptions),
    todo: all.find((marks) => marks.todo !== null)?.todo ?? null,
  };
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}

function read(path: string): string {
  return readFileSync(path, "utf8");
}
