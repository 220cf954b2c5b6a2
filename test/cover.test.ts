/** `vmalint cover` on the samples: every case of what commits, every member. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { cover } from "../src/commands/cover.js";
import { InputError } from "../src/findings/input-error.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

async function run(...words: string[]): Promise<{ output: string; exitCode: number }> {
  const result = await cover(words, ROOT);
  for (const line of result.output.split("\n")) assert.ok(line.length <= 80, line);
  return result;
}

/** The lines of one function's table, line numbers left out. */
function table(output: string, name: string): string[] {
  const lines = output.split("\n");
  const start = lines.findIndex((line) => line.startsWith(`${name}() `));
  assert.notEqual(start, -1, `no table of ${name}\n${output}`);
  const rows = lines.slice(lines.indexOf("", start) + 1);
  return rows.slice(0, rows.indexOf("")).map((row) =>
    row
      .trim()
      .replace(/(locked|too late) [\d,]+/g, "$1")
      .replace(/ {2,}/g, " | "),
  );
}

const EIGHT_CASES = [
  "case | vma | adj_next | remove | remove2",
  "case 1 | prev locked | NULL | next locked | NULL",
  "case 3 | next locked | NULL | NULL | NULL",
  "case 4 | prev locked | next locked | NULL | NULL",
  "case 5 | prev locked | curr locked | NULL | NULL",
  "case 6 | prev locked | NULL | curr locked | next locked",
  "case 7 | prev locked | NULL | curr locked | NULL",
  "case 8 | next locked | NULL | curr locked | NULL",
  // Its comment stands behind the branches, where it names no block.
  "a | prev locked | NULL | NULL | NULL",
];

test("the patch that moves the locks to the callers: every case of the merge is locked", async () => {
  const { output, exitCode } = await run(
    "--tree",
    "samples/linux-6.5",
    "samples/patches/seed.patch",
  );
  assert.equal(exitCode, 0);
  assert.deepEqual(table(output, "vma_merge"), EIGHT_CASES);
  assert.match(output, /^ {2}case 4: !merge_prev && prev && addr < prev->vm_end$/m);
  assert.match(output, /^ {2}a: !curr && merge_prev && !merge_next$/m);
});

test("the same patch without one lock: one cell of one case is missing", async () => {
  const { output, exitCode } = await run(
    "--tree",
    "samples/linux-6.5",
    "samples/patches/seed-without-merge-curr-case-8.patch",
  );
  assert.equal(exitCode, 1);
  const expected = EIGHT_CASES.map((row) =>
    row.startsWith("case 8") ? row.replace("curr locked", "curr missing") : row,
  );
  assert.deepEqual(table(output, "vma_merge"), expected);
});

test("locks in a function that is called are told with their lines", async () => {
  const { output } = await run("--tree", "samples/linux-6.5", "-f", "mm/mmap.c");
  assert.deepEqual(table(output, "vma_shrink"), ["case | vma", "always | vma locked"]);
  assert.match(output, /^ {2}line \d+: in vma_prepare\(\)$/m);
});

test("a function that leaves the locks to its callers, and the callers", async () => {
  const { output, exitCode } = await run("--tree", "samples/linux-vmg", "-f", "mm/vma.c");
  assert.equal(exitCode, 0);
  assert.ok(table(output, "commit_merge").includes("c | vmg->target by callers | NULL"));
  assert.match(output, /^ {2}c: !vmg->__adjust_next_start && !vmg->__adjust_middle_start$/m);
  assert.deepEqual(table(output, "vma_expand"), [
    "case | vma | remove",
    "a | target locked | NULL",
    "b | target locked | next locked",
  ]);
  assert.match(output, /^vma_expand\(\) .* commits at line \d+ through commit_merge\(\):\d+$/m);
});

test("a caller that forgets is told from one that does not", async () => {
  const { output, exitCode } = await run("--tree", "samples/c", "-f", "assert-one-caller-locks.c");
  assert.equal(exitCode, 1);
  assert.deepEqual(table(output, "cut_locked"), ["case | vma", "always | vma locked"]);
  assert.deepEqual(table(output, "cut_too"), ["case | vma", "always | vma missing"]);
});

test("a lock that comes too late is no lock", async () => {
  const { output, exitCode } = await run("--tree", "samples/c", "-f", "lock-after-prepare.c");
  assert.equal(exitCode, 1);
  assert.deepEqual(table(output, "cut"), ["case | vma", "always | vma too late"]);
});

test("a condition that is narrower than the hand-over's", async () => {
  const { output } = await run("--tree", "samples/c", "-f", "ternary-narrower-lock.c");
  assert.match(output, /missing/);
});

test("a table as JSON", async () => {
  const { output } = await cover(
    ["--tree", "samples/linux", "-f", "mm/mmap.c", "--format", "json"],
    ROOT,
  );
  const { version, tables } = JSON.parse(output);
  assert.equal(version, 1);
  const merge = tables.find((one: { function: string }) => one.function === "vma_merge");
  assert.equal(merge.cases.length, 8);
  assert.equal(merge.cases[0].cells[0].state, "locked");
});

test("a patch that touches nothing that commits", async () => {
  const { output, exitCode } = await run(
    "--tree",
    "samples/linux",
    "samples/patches/irrelevant.patch",
  );
  assert.equal(exitCode, 0);
  assert.match(output, /irrelevant\.patch: nothing is committed here/);
});

test("bad input is one error", async () => {
  const rejects = (words: readonly string[], pattern: RegExp) =>
    assert.rejects(
      cover(words, ROOT),
      (error) => error instanceof InputError && pattern.test(error.message),
    );
  await rejects([], /no patch given/);
  await rejects(["-f"], /needs a file/);
  await rejects(["no-such.patch"], /no such file/);
  await rejects(["samples/patches"], /is a folder/);
  await rejects(["-f", "mm/none.c", "--tree", "samples/linux"], /no such file in the tree/);
  await rejects(["-f", "mm/mmap.c", "--tree", "samples/none"], /no such folder/);
  await rejects(
    ["samples/patches/bad-does-not-apply.patch", "--tree", "samples/linux"],
    /does not apply/,
  );
});
