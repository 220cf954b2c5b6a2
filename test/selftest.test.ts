/**
 * The mutation test, tested: on trees of our own that are right, on trees in which it cannot
 * succeed, and its parts alone.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { openTree } from "../src/base/folder-tree.js";
import { overlay } from "../src/base/overlay.js";
import type { Tree } from "../src/base/tree.js";
import { applyEdits, insertion } from "../src/commands/selftest/edit.js";
import { runSelftest } from "../src/commands/selftest/run-selftest.js";
import { selftest } from "../src/commands/selftest.js";
import { InputError } from "../src/findings/input-error.js";
import { Rulebook } from "../src/open-program.js";
import {
  type SelftestReport,
  selftestFailures,
  selftestJson,
  selftestText,
} from "../src/report/selftest.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));

const COMMIT = `
#include <linux/mm.h>
#include "internal.h"
static void vma_prepare(struct vma_prepare *vp) { }
static void vma_complete(struct vma_prepare *vp) { }
`;

const SHRINK = `
static int shrink(struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = { .vma = vma };

	vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp);
	return 0;
}
`;

test("a tree that is right: every hole found, every harmless edit silent", () => {
  const report = runSelftest(openTree(`${SAMPLES}/linux-vmg`), new Rulebook());
  assert.deepEqual(selftestFailures(report), []);
  for (const { name, expects } of report.kinds) {
    const made = report.edits.filter(({ kind, outcome }) => kind === name && outcome !== "skipped");
    if (name !== "to-callers") assert.ok(made.length > 0, name);
    for (const edit of made) {
      const right = expects === "hole" ? ["reported", "elsewhere"] : ["silent"];
      assert.ok(right.includes(edit.outcome), `${name} at ${edit.line}: ${edit.outcome}`);
    }
  }
});

test("a lock moved to the callers: before every call, when all of them are in the file", () => {
  const report = run(`${COMMIT}${SHRINK}
int shrink_all(struct vm_area_struct *vma, struct vm_area_struct *next)
{
	if (shrink(vma, next))
		return 1;
	return shrink(next, vma);
}
`);
  assert.deepEqual(outcomesOf(report, "to-callers"), ["silent"]);
  assert.deepEqual(selftestFailures(report), []);
});

test("a lock moved into the callee: where that is given the object", () => {
  const report = run(`${COMMIT}
static void finish(struct vm_area_struct *victim)
{
	struct vma_prepare vp = { .vma = victim };

	vma_prepare(&vp);
	vma_complete(&vp);
}

void drop(struct vm_area_struct *vma)
{
	vma_start_write(vma);
	finish(vma);
}
`);
  assert.deepEqual(outcomesOf(report, "into-callee"), ["silent"]);
  assert.deepEqual(outcomesOf(report, "late"), ["skipped"]);
  assert.deepEqual(selftestFailures(report), []);
});

test("a killable lock: edited where its result is used", () => {
  const report = run(`${COMMIT}
int shrink(struct vm_area_struct *vma)
{
	struct vma_prepare vp = { .vma = vma };

	if (vma_start_write_killable(vma))
		return -EINTR;
	vma_prepare(&vp);
	vma_complete(&vp);
	return 0;
}
`);
  assert.deepEqual(selftestFailures(report), []);
  assert.deepEqual(outcomesOf(report, "delete"), ["reported"]);
  assert.deepEqual(outcomesOf(report, "twice"), ["silent"]);
});

test("a lock that another one covers, or that nothing needs, is left out and told", () => {
  const report = run(`${COMMIT}
void shrink(struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = { .vma = vma };

	vma_start_write(vma);
	vma_start_write(next);
	if (next)
		vma_start_write(vma);
	vma_prepare(&vp);
	vma_complete(&vp);
}
`);
  assert.deepEqual(
    report.locks.map(({ object, state }) => `${object} ${state}`),
    ["vma tested", "next not-demanded", "vma redundant"],
  );
  assert.match(selftestText(report), /^ {2}mm\/mmap\.c:\d+: next \(shrink\): no check needs it$/m);
});

test("a variable that holds another object by then needs the lock no more", () => {
  const report = run(`${COMMIT}
void shrink(struct mm_struct *mm, struct vm_area_struct *vma, struct vm_area_struct *next)
{
	struct vma_prepare vp = { .vma = vma };

	vma_start_write(vma);
	next = find_vma_intersection(mm, 0, 1);
	vma_start_write(next);
	next = vma_lookup(mm, 1);
	vma_start_write(next);
	next->vm_end = 1;
	vma_prepare(&vp);
	vma_complete(&vp);
}
`);
  assert.deepEqual(
    report.locks.map(({ state }) => state),
    ["tested", "not-demanded", "tested"],
  );
});

test("a lock that is not understood is a failure, not one lock less", () => {
  const report = run(`${COMMIT}${SHRINK}
void odd(struct vm_area_struct *vma)
{
	struct vma_prepare vp = { .vma = vma };

	x = ] vma_start_write(vma) [ 3;
	vma_complete(&vp);
}
`);
  const failures = selftestFailures(report).map(({ place, text }) => `${place.function} ${text}`);
  assert.deepEqual(failures, ["odd skipped: its function cannot be parsed"]);
});

test("a rule that has rotted fails it: without the container nothing is found", () => {
  const tree = smallTree(`${COMMIT.replace('#include "internal.h"', "")}${SHRINK}`);
  const report = runSelftest(tree, new Rulebook());
  assert.deepEqual(outcomesOf(report, "delete"), ["silent"]);
  assert.match(
    selftestText(report),
    /^selftest: \d+ holes, 0 found; \d+ harmless edits, \d+ silent$/m,
  );
  assert.notEqual(selftestFailures(report).length, 0);
});

test("what was wrong before does not make an edit harmful", () => {
  const report = runSelftest(openTree(`${SAMPLES}/linux-hole`), new Rulebook());
  assert.deepEqual(selftestFailures(report), []);
});

test("the report: a table for each expectation, failures with their places, the score last", () => {
  const place = { file: "mm/vma.c", function: "vma_expand", object: "next" };
  const report: SelftestReport = {
    kernel: "6.12.1",
    kinds: [
      { name: "delete", expects: "hole" },
      { name: "alias", expects: "harmless" },
    ],
    locks: [
      { ...place, line: 7, state: "tested" },
      { ...place, line: 9, state: "tested" },
      { ...place, line: 30, state: "redundant" },
    ],
    edits: [
      { ...place, line: 7, kind: "delete", outcome: "reported", text: "" },
      { ...place, line: 9, kind: "delete", outcome: "silent", text: "" },
      { ...place, line: 7, kind: "alias", outcome: "undecided", text: "vma_expand(): too hard" },
      { ...place, line: 9, kind: "alias", outcome: "skipped", text: "no reason" },
    ],
  };
  assert.equal(
    selftestText(report),
    [
      "  holes   made  found  exact  silent  undecided  skipped",
      "  delete  2     1      1      1       0          0",
      "",
      "  harmless  made  silent  reported  undecided  skipped",
      "  alias     1     0       0         1          1",
      "",
      "failures:",
      "  mm/vma.c:9: next (vma_expand): delete: missed",
      "  mm/vma.c:7: next (vma_expand): alias: left undecided: vma_expand(): too hard",
      "",
      "skipped: the edit does not apply:",
      "  alias: no reason: mm/vma.c:9",
      "",
      "locks left out:",
      "  mm/vma.c:30: next (vma_expand): another lock covers it",
      "",
      "selftest: 2 holes, 1 found; 1 harmless edits, 0 silent (Linux 6.12.1)",
      "",
    ].join("\n"),
  );
  assert.equal(JSON.parse(selftestJson(report)).failures.length, 2);
});

test("a lock on which no edit could be made is a failure", () => {
  const place = { file: "mm/vma.c", line: 7, function: "vma_expand", object: "next" };
  const report: SelftestReport = {
    kernel: null,
    kinds: [{ name: "delete", expects: "hole" }],
    locks: [{ ...place, state: "tested" }],
    edits: [{ ...place, kind: "delete", outcome: "skipped", text: "no reason" }],
  };
  assert.deepEqual(
    selftestFailures(report).map(({ text }) => text),
    ["skipped: no edit applies"],
  );
});

test("edits keep every line at its number, and never overlap", () => {
  const text = "one\ntwo\nthree\n";
  assert.equal(applyEdits(text, [{ start: 2, end: 9, text: "E\nT" }]), "onE T\n\nhree\n");
  assert.equal(
    applyEdits(text, [insertion(4, "a "), insertion(4, "b "), { start: 4, end: 7, text: "2" }]),
    "one\na b 2\nthree\n",
  );
  assert.equal(
    applyEdits(text, [
      { start: 0, end: 5, text: "" },
      { start: 4, end: 7, text: "" },
    ]),
    null,
  );
});

test("the command: its output and exit code, the same each time", async () => {
  const words = ["--tree", `${SAMPLES}/linux-hole`];
  const { output, exitCode } = await selftest(words, "/");
  assert.equal(exitCode, 0);
  assert.match(output, /\nselftest: (\d+) holes, \1 found; (\d+) harmless edits, \2 silent\n$/);
  const json = await selftest([...words, "--format", "json"], "/");
  assert.deepEqual(JSON.parse(json.output).failures, []);
  assert.equal((await selftest([...words, "--format=json"], "/")).output, json.output);
});

test("the command: bad usage, and a tree without locks, are said", async () => {
  await assert.rejects(selftest(["--frobnicate"], "/"), InputError);
  await assert.rejects(selftest(["mm/vma.c"], "/"), InputError);
  await assert.rejects(selftest(["--tree", `${SAMPLES}/mail`], "/"), InputError);
  assert.match((await selftest(["--help"], "/")).output, /--tree <dir>/);
});

function run(source: string): SelftestReport {
  return runSelftest(smallTree(source), new Rulebook());
}

/** A tree with the headers of samples/linux and one source file. */
function smallTree(source: string): Tree {
  const files = new Map([["mm/mmap.c", source]]);
  return overlay(openTree(`${SAMPLES}/linux`), files);
}

function outcomesOf(report: SelftestReport, kind: string): string[] {
  return report.edits.filter((edit) => edit.kind === kind).map(({ outcome }) => outcome);
}
