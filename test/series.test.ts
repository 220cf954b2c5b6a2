/**
 * Several patches of one run: what each brings, what comes and goes, whether another order would
 * bisect, and what a new version of a series changes.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { standingAfter, withFixes } from "../src/compare/series.js";
import { compareVersions } from "../src/compare/versions.js";
import type { JudgedFinding, Status } from "../src/findings/finding.js";
import type { Review } from "../src/findings/review.js";
import { exitCode } from "../src/report/exit-code.js";
import { report } from "../src/report/report.js";
import { type ReviewOptions, review } from "../src/review.js";
import { FINDING, lines, OPTIONS, PATCH, withFindings } from "./report-fixture.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));
const JSON_FORM = { ...OPTIONS, format: "json" as const };

function input(path: string) {
  return { name: path, content: readFileSync(join(SAMPLES, path)) };
}

function run(text: string | Buffer, more: Partial<ReviewOptions> = {}): Promise<Review> {
  return review({
    inputs: [{ name: "x.mbox", content: text }],
    wholeFiles: [],
    tree: join(SAMPLES, "linux"),
    base: null,
    git: null,
    cached: false,
    types: [],
    ignore: [],
    fuzz: 0,
    since: null,
    cwd: SAMPLES,
    ...more,
  });
}

/** From the first line of the table on. */
function tableOf(outcome: Review, options = OPTIONS): string {
  return /^\d+ patch[^]*/m.exec(report(outcome, options))?.[0] ?? "";
}

function sample(path: string): string {
  return readFileSync(join(SAMPLES, path), "utf8");
}

/** The mails of a mailbox, by number from 1, in another order or in part. */
function mails(path: string, ...numbers: readonly number[]): string {
  const all = sample(path).split(/^(?=From 0{40} )/m);
  return numbers.map((number) => all[number - 1]).join("");
}

test("a fault that comes and goes is told in header, table and JSON, and still counts", async () => {
  const outcome = await run(sample("series/expand-v2.mbox"));
  assert.equal(
    tableOf(outcome),
    lines(
      "4 patches: 1 problem left at the end",
      "  patch  subject                                   introduces  fixes  tree after",
      "  1/4    mm: say that vma_expand grows in both...  -           -      clean",
      "  2/4    mm: do not lock next before its anon_...  1           -      1 problem",
      "  3/4    mm: do not lock the new VMA of a split    1           -      2 problems",
      "  4/4    mm: lock next when nothing can fail a...  -           1      1 problem",
      "  introduced in 2/4, fixed in 4/4: next in vma_expand()",
      "  order: 4/4 moved to just before 2/4 still applies, and only what is left at",
      "         the end stays: 1 problem",
    ),
  );
  assert.match(
    report(outcome, OPTIONS),
    /^error\[VMA_COMPLETE_UNLOCKED\]: .*\n {4}introduced in 2\/4, fixed in 4\/4: the series does not bisect\n {2}-->/m,
  );
  assert.match(
    report(outcome, { ...OPTIONS, format: "terse" }),
    /next is removed [^\n]*; introduced in 2\/4, fixed in 4\/4 \(vma_expand\)\n/,
  );
  const { findings, series, patches } = JSON.parse(report(outcome, JSON_FORM));
  const passing = findings.find((finding: JudgedFinding) => finding.object === "next");
  assert.deepEqual([passing.patch, passing.fixedIn, passing.status], [2, 4, "introduced"]);
  assert.deepEqual(series, {
    cleanThroughout: false,
    introducedAndFixed: 1,
    left: 1,
    reordering: {
      moves: [{ patch: 4, before: 2 }],
      outcome: "applies",
      cleanThroughout: false,
    },
  });
  assert.equal(patches.length, 4);
  assert.equal(exitCode(outcome, { strict: false }), 1);
});

test("a series that is put right by moving the fix says so", async () => {
  const outcome = await run(sample("patches/series-broken-in-the-middle.patch"));
  assert.equal(
    tableOf(outcome),
    lines(
      "2 patches: clean at the end, not throughout",
      "  patch  subject                                 introduces  fixes  tree after",
      "  1/2    mm: take next's lock out of vma_expand  1           -      1 problem",
      "  2/2    mm: lock next in vma_expand             -           1      clean",
      "  introduced in 1/2, fixed in 2/2: next in vma_expand()",
      "  order: 2/2 moved to just before 1/2 still applies, and is clean throughout",
    ),
  );
  assert.equal(exitCode(outcome, { strict: false }), 1);
});

test("a fix that does not apply any earlier cannot be moved", async () => {
  const outcome = await run(sample("patches/series-fix-one-break-another.patch"));
  assert.match(tableOf(outcome), / {2}order: 2\/2 moved to just before 1\/2 does not apply\n$/);
  const only = await run(sample("patches/series-broken-in-the-middle.patch"), {
    ignore: ["VMA_COMPLETE_UNLOCKED"],
  });
  assert.match(tableOf(only), /^2 patches: clean throughout\n/);
  assert.doesNotMatch(tableOf(only), /order:/);
});

test("a patch that does not apply has its row, and the others are checked", async () => {
  const bad = mails("series/expand-v2.mbox", 3).replace(
    "\n-\tvma_start_write(new);",
    "\n-\tnone();",
  );
  const series = mails("series/expand-v2.mbox", 1, 2) + bad + mails("series/expand-v2.mbox", 4);
  const outcome = await run(series);
  assert.equal(
    tableOf(outcome),
    lines(
      "4 patches: clean at the end, not throughout, 1 not applied",
      "  patch  subject                               introduces  fixes  tree after",
      "  1/4    mm: say that vma_expand grows in...   -           -      clean",
      "  2/4    mm: do not lock next before its a...  1           -      1 problem",
      "  3/4    mm: do not lock the new VMA of a...                      does not apply",
      "  4/4    mm: lock next when nothing can fa...  -           1      clean",
      "  introduced in 2/4, fixed in 4/4: next in vma_expand()",
      "  order: 4/4 moved to just before 2/4 still applies, and is clean as far as",
      "         checked",
    ),
  );
  assert.equal(outcome.errors.length, 1);
  assert.match(outcome.errors[0]?.text ?? "", /none\(\)/);
  assert.equal(exitCode(outcome, { strict: false }), 2);
  const { patches } = JSON.parse(report(outcome, JSON_FORM));
  assert.deepEqual(
    patches.map((patch: { applied: boolean }) => patch.applied),
    [true, true, false, true],
  );
  assert.match(report(outcome, OPTIONS), /\[4\/4\]: no VMA .*; base: blob \w+ after 2\/4.*\)\n/);
});

test("no table for one patch, nor when only findings are asked for", async () => {
  const series = await run(sample("series/expand-v1.mbox"));
  for (const less of [{ quiet: true }, { summary: false }, { format: "terse" as const }]) {
    assert.doesNotMatch(report(series, { ...OPTIONS, ...less }), /patches:|order:/);
  }
  const alone = await run(mails("series/expand-v1.mbox", 1));
  assert.equal(tableOf(alone), "");
  assert.equal(JSON.parse(report(alone, JSON_FORM)).series, undefined);
});

test("--since tells what a new version resolves, brings, and keeps", async () => {
  const since = input("series/expand-v1.mbox");
  const outcome = await run(sample("series/expand-v2.mbox"), { since });
  assert.match(
    report(outcome, OPTIONS),
    new RegExp(
      `${lines(
        "",
        "since series/expand-v1\\.mbox: 1 resolved, 1 new, 1 still there",
        "  resolved     VMA_COMPLETE_UNLOCKED  vma in vma_shrink\\(\\)   mm/mmap\\.c",
        "  new          VMA_COMPLETE_UNLOCKED  new in __split_vma\\(\\)  mm/mmap\\.c",
        "  still there  VMA_COMPLETE_UNLOCKED  next in vma_expand\\(\\)  mm/mmap\\.c",
      )}$`,
    ),
  );
  const json = JSON.parse(report(outcome, JSON_FORM)).since;
  assert.deepEqual(Object.keys(json), ["resolved", "new", "persisting"]);
  const { fingerprint, ...rest } = json.resolved[0];
  assert.equal(typeof fingerprint, "string");
  assert.deepEqual(rest, { type: "VMA_COMPLETE_UNLOCKED", function: "vma_shrink", object: "vma" });
  assert.doesNotMatch(report(outcome, { ...OPTIONS, quiet: true }), /^since/m);
  assert.equal(exitCode(outcome, { strict: false }), 1);
});

test("an older version that does not apply is bad input", async () => {
  const content = mails("series/expand-v1.mbox", 1).replace("remove_next = true;", "nothing;");
  const outcome = await run(sample("series/expand-v2.mbox"), {
    since: { name: "old.mbox", content },
  });
  assert.equal(outcome.errors.length, 1);
  assert.equal(outcome.errors[0]?.file, "old.mbox");
  assert.deepEqual(outcome.since?.resolved, []);
  assert.equal(outcome.since?.new.length, 2);
});

test("a series ends where a patch stands on something else", () => {
  const finding = (patch: number, status: Status, name: string): JudgedFinding => ({
    ...FINDING,
    patch,
    status,
    fingerprint: `${name} member`,
  });
  const findings = [
    finding(1, "introduced", "a"),
    finding(1, "introduced", "b"),
    finding(2, "fixed", "a"),
    finding(3, "fixed", "b"),
  ];
  const fixes = (follows: readonly boolean[]) =>
    withFixes(findings, follows).map((one) => one.fixedIn ?? 0);
  assert.deepEqual(fixes([false, true, true]), [2, 3, 0, 0]);
  assert.deepEqual(fixes([false, true, false]), [2, 0, 0, 0]);
  assert.deepEqual(standingAfter(findings, [false, true, true]), [2, 1, 0]);
  assert.deepEqual(standingAfter(findings, [false, true, false]), [2, 1, 0]);
  assert.deepEqual(standingAfter(findings, [false, false, false]), [2, 0, 0]);
});

test("a fault that is mended for some members only is still the same", () => {
  const was: JudgedFinding = { ...FINDING, fingerprint: "c f p remove,remove2" };
  const is: JudgedFinding = { ...FINDING, fingerprint: "c f p remove" };
  const { resolved, new: added, persisting } = compareVersions("v1", [was], [is]);
  assert.deepEqual([resolved, added, persisting], [[], [], [is]]);
});

test("titles are cut to fit, whatever they hold", () => {
  const patches = [1, 2].map((index) => ({
    ...PATCH,
    subject: `mm: \u{1f600}\u001b[2J${"very long ".repeat(20)}`,
    index,
    total: 2,
    follows: index > 1,
  }));
  const table = tableOf({ ...withFindings(), patches });
  assert.match(table, /^2 patches: clean throughout\n(?:[^\p{Cc}\p{Cs}]|\n)*$/u);
  for (const line of table.split("\n")) assert.ok([...line].length <= 80, line);
});
