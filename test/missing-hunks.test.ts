/**
 * Hunks that do not fit: the rest is judged, what they leave open is told, and nothing is
 * reported that is only a half-applied patch's fault.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Review } from "../src/findings/review.js";
import { exitCode } from "../src/report/exit-code.js";
import { report } from "../src/report/report.js";
import { review } from "../src/review.js";
import type { PatchExpectation } from "./expectations.js";
import { lines, OPTIONS } from "./report-fixture.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));

function run(content: string, tree = "linux"): Promise<Review> {
  return review({
    inputs: [{ name: "x.patch", content }],
    wholeFiles: [],
    tree: join(SAMPLES, tree),
    base: null,
    git: null,
    cached: false,
    types: [],
    ignore: [],
    fuzz: 0,
    since: null,
    cwd: SAMPLES,
  });
}

const read = (name: string) => readFileSync(join(SAMPLES, "patches", name), "utf8");
const introduced = ({ findings }: Review) =>
  findings
    .filter(({ status }) => status === "introduced")
    .map((one) => `${one.function} ${one.object}`);

/**
 * The patch with each hunk in turn made to fit nowhere: by one line that is in no file, or by all
 * that it leaves alone, so that little but its header tells where it was meant to go.
 */
function spoiled(patch: string): string[] {
  const parts = patch.replace(/^index .*\n/gm, "").split(/^(?=@@ )/m);
  return parts.slice(1).flatMap((hunk, index) => {
    const one = hunk.replace(/^ .*$/m, " what_no_file_has();");
    const every = hunk.replace(/^ \t.*$/gm, " what_no_file_has();");
    return [one, every]
      .filter((bad) => bad !== hunk)
      .map((bad) => [...parts.slice(0, index + 1), bad, ...parts.slice(index + 2)].join(""));
  });
}

for (const name of readdirSync(join(SAMPLES, "patches"))) {
  if (!name.endsWith(".patch") || name.startsWith("bad-")) continue;
  const { tree, findings, exit, todo } = JSON.parse(
    read(name.replace(/\.patch$/, ".expect.json")),
  ) as PatchExpectation;
  const all = spoiled(read(name));
  if (exit === 2 || todo !== undefined || all.length < 2) continue;
  test(`${name} without one of its hunks brings no finding that it does not bring whole`, async () => {
    const known = new Set(findings.map((one) => `${one.function} ${one.object}`));
    for (const patch of all) {
      const outcome = await run(patch, tree);
      assert.deepEqual(
        introduced(outcome).filter((one) => !known.has(one)),
        [],
      );
      assert.equal(exitCode(outcome, { strict: false }), 2);
      assert.ok(outcome.errors.length > 0);
    }
  });
}

const MAKEFILE = lines(
  "diff --git a/mm/Makefile b/mm/Makefile",
  "--- a/mm/Makefile",
  "+++ b/mm/Makefile",
  "@@ -2,2 +2,3 @@",
  " ",
  " obj-y := another.o",
  "+obj-m := more.o",
);

/** Without the ids, by which the whole would be told to be another file. */
const plain = (name: string) => read(name).replace(/^index .*\n/gm, "");

test("a hunk that does not fit in a Makefile keeps nothing from being judged", async () => {
  const patch = plain("narrower-condition.patch").replace(/^(?=diff --git)/m, MAKEFILE);
  const outcome = await run(patch);
  assert.deepEqual(introduced(outcome), ["vma_expand next"]);
  assert.deepEqual(outcome.gaps, []);
  assert.deepEqual(
    outcome.errors.map(({ file, text }) => `${file} ${text}`),
    [
      'x.patch hunk 1 of mm/Makefile does not apply: expected "obj-y := another.o" at line 3, found "obj-y := mmap.o"',
    ],
  );
  assert.match(report(outcome, OPTIONS), /1 error, .*; 1 of 2 hunks missing; base: /);
  const [reviewed] = JSON.parse(report(outcome, { ...OPTIONS, format: "json" })).patches;
  assert.equal(reviewed.applied, true);
  assert.deepEqual(reviewed.missing, [
    { file: "mm/Makefile", hunk: 1, line: outcome.errors[0]?.line },
  ]);
});

test("of a file that matters the report says which hunk is missing, and whom it leaves open", async () => {
  const [, patch] = spoiled(read("seed.patch")).slice(2);
  const outcome = await run(patch as string, "linux-6.5");
  assert.deepEqual(introduced(outcome), []);
  assert.deepEqual(
    outcome.gaps.map((gap) => `${gap.reason} ${gap.function}: ${gap.text}`),
    [
      "missing-hunk vma_expand: hunk 2 of mm/mmap.c changes it, and does not apply",
      "missing-hunk vma_prepare: its lock may be in what hunk 2 of mm/mmap.c changes, which does not apply",
    ],
  );
  assert.match(
    report(outcome, OPTIONS),
    /note: hunk 2 of mm\/mmap\.c is missing: vma_expand\(\) cannot be decided\n.*: not all of it could be checked \(\d functions? proved, 2 undecided, .*; 1 of 8 hunks missing;/,
  );
});

test("the patches of a series that stand on a missing hunk say nothing of its function either", async () => {
  const parts = plain("seed.patch").split(/^(?=@@ )/m);
  const [head, removal, expand] = parts as [string, string, string];
  const first = lines("From: a@example.org", "Subject: [PATCH 1/2] mm: lock in vma_expand", "");
  const second = lines("From: a@example.org", "Subject: [PATCH 2/2] mm: not in vma_prepare", "");
  const names = head.slice(head.indexOf("diff --git"));
  const mail = (text: string) => `From a@example.org Mon Jan 15 10:00:00 2024\n${text}`;
  const misfit = expand.replace(/^ .*$/m, " what_no_file_has();");
  const rest = parts
    .slice(3)
    .join("")
    .replace(/^-- \n[^]*/m, "");
  const series =
    mail(`${first}\n---\n\n${names}${misfit}${rest}\n`) +
    mail(`${second}\n---\n\n${names}${removal}`);
  const outcome = await run(series, "linux-6.5");
  assert.deepEqual(introduced(outcome), []);
  assert.equal(outcome.errors.length, 1);
  assert.deepEqual(
    outcome.patches.map(({ applied, missing }) => [applied, missing.length]),
    [
      [true, 1],
      [true, 0],
    ],
  );
  const open = outcome.gaps.filter(({ reason }) => reason === "missing-hunk");
  assert.deepEqual(
    open.map((gap) => gap.function),
    ["vma_expand", "vma_expand", "vma_prepare"],
  );
});
