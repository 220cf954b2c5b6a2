/** Terse form, JSON, exit codes, and text from hostile inputs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Severity, Status } from "../src/findings/finding.js";
import { exitCode } from "../src/report/exit-code.js";
import { report } from "../src/report/report.js";
import { wrap } from "../src/report/wrap.js";
import { CLEAN, FINDING, lines, OPTIONS, PATCH, withFindings } from "./report-fixture.js";

const TERSE = { ...OPTIONS, format: "terse" as const };
const JSON_FORM = { ...OPTIONS, format: "json" as const };

test("terse: one line for each finding, nothing for a clean run", () => {
  assert.equal(
    report(withFindings({}, { line: 4, severity: "warning", fingerprint: "b" }), TERSE),
    lines(
      "mm/grow.c:4: WARNING:VMA_COMPLETE_UNLOCKED: next is removed without its VMA write lock (grow)",
      "mm/grow.c:10: ERROR:VMA_COMPLETE_UNLOCKED: next is removed without its VMA write lock (grow)",
    ),
  );
  assert.equal(report(CLEAN, TERSE), "");
  assert.equal(report(withFindings({ status: "fixed", side: "before" }), TERSE), "");
});

test("terse: gaps and assumptions when asked for", () => {
  const place = { file: "mm/grow.c", line: 1, function: "grow" };
  const gaps = [{ ...place, reason: "parse" as const, text: "not understood" }];
  const assumptions = [{ ...place, text: "vma is locked", callers: 0 }];
  assert.equal(
    report({ ...CLEAN, gaps, assumptions }, { ...TERSE, gaps: true, assumptions: true }),
    lines(
      "mm/grow.c:1: GAP:parse: not understood (grow)",
      "mm/grow.c:1: ASSUMED: vma is locked, no caller in reach (grow)",
    ),
  );
});

test("JSON has the keys of version 1, in their order", () => {
  const cause = { function: "prepare", file: "mm/grow.c", hunk: 1 };
  const review = {
    ...withFindings({ cause, path: FINDING.path.slice(1, 2) }),
    patches: [{ ...PATCH, missing: [{ path: "mm/grow.c", number: 1, inputLine: 12 }] }],
    gaps: [{ file: "mm/x.c", line: 1, function: "f", reason: "state-limit" as const, text: "t" }],
    assumptions: [
      { file: "mm/x.c", line: 1, function: "g", text: "every caller locks", callers: 3 },
    ],
    errors: [{ file: "x.patch", line: 12, text: "bad" }],
  };
  assert.equal(
    report(review, JSON_FORM),
    `${JSON.stringify(
      {
        version: 1,
        tool: { name: "vmalint", version: "0.1.0" },
        patches: [
          {
            subject: "mm: grow without a lock",
            messageId: null,
            index: 1,
            total: 1,
            hunks: 1,
            base: {
              how: "blob",
              commit: null,
              files: [{ path: "mm/grow.c", id: "0123456789ab", exact: true }],
            },
            applied: true,
            notes: [],
            missing: [{ file: "mm/grow.c", hunk: 1, line: 12 }],
          },
        ],
        findings: [
          {
            type: "VMA_COMPLETE_UNLOCKED",
            severity: "error",
            status: "introduced",
            side: "after",
            patch: 1,
            file: "mm/grow.c",
            line: 10,
            column: 26,
            function: "grow",
            object: "next",
            member: "remove",
            members: ["remove"],
            message: "next is removed without its VMA write lock",
            cause: { function: "prepare", file: "mm/grow.c", hunk: 1 },
            path: [{ file: "mm/grow.c", line: 7, event: "branch", text: "next is not NULL" }],
            fingerprint: "VMA_COMPLETE_UNLOCKED/grow/remove/parameter",
          },
        ],
        gaps: [{ file: "mm/x.c", line: 1, function: "f", reason: "state-limit", text: "t" }],
        assumptions: [{ function: "g", text: "every caller locks", callers: 3 }],
        errors: [{ file: "x.patch", line: 12, text: "bad" }],
        summary: {
          errors: 1,
          warnings: 0,
          checks: 0,
          introduced: 1,
          fixed: 0,
          persisting: 0,
          functions: { proved: 4, undecided: 0, assumed: 1 },
        },
      },
      null,
      2,
    )}\n`,
  );
});

test("JSON always has fixed findings, persisting ones only with --all", () => {
  const review = withFindings(
    {},
    { status: "fixed", side: "before", fingerprint: "b" },
    { status: "persisting", fingerprint: "c" },
  );
  const statuses = (all: boolean) =>
    JSON.parse(report(review, { ...JSON_FORM, all })).findings.map(
      (finding: { status: string }) => finding.status,
    );
  assert.deepEqual(statuses(false).sort(), ["fixed", "introduced"]);
  assert.deepEqual(statuses(true).sort(), ["fixed", "introduced", "persisting"]);
  const { summary } = JSON.parse(report(review, JSON_FORM));
  assert.deepEqual(
    [summary.errors, summary.introduced, summary.fixed, summary.persisting],
    [1, 1, 1, 1],
  );
});

test("exit codes: 0 for fixed and persisting, 1 for introduced and present, 2 for bad input", () => {
  const code = (status: Status, severity: Severity, strict: boolean) =>
    exitCode(withFindings({ status, severity }), { strict });
  assert.equal(exitCode(CLEAN, OPTIONS), 0);
  assert.equal(code("fixed", "error", true), 0);
  assert.equal(code("persisting", "error", true), 0);
  assert.equal(code("introduced", "error", false), 1);
  assert.equal(code("introduced", "warning", false), 1);
  assert.equal(code("introduced", "check", false), 0);
  assert.equal(code("introduced", "check", true), 1);
  assert.equal(code("present", "error", false), 1);
  const errors = [{ file: "x", line: 1, text: "bad" }];
  assert.equal(exitCode({ ...withFindings({}), errors }, OPTIONS), 2);
  const internal = { file: "x", line: 1, function: "f", reason: "internal" as const, text: "bug" };
  assert.equal(exitCode({ ...CLEAN, gaps: [internal] }, OPTIONS), 2);
  assert.equal(exitCode({ ...CLEAN, gaps: [{ ...internal, reason: "parse" }] }, OPTIONS), 0);
});

test("no input can put a control character or a line of its own into a report", () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        "\u001b[2J",
        "\r",
        "\n",
        "\u009b31m",
        "\u202e",
        "\u200b",
        "\ud800",
        "a",
        "\u00e9",
        "\t",
        "mm/x.c:1: ERROR:X: y",
      ),
      { maxLength: 8 },
    )
    .map((parts) => parts.join(""));
  fc.assert(
    fc.property(hostile, hostile, hostile, (name, text, source) => {
      const review = {
        ...withFindings({
          file: name,
          function: text,
          message: text,
          object: text,
          members: [text],
          fix: text,
          why: text,
        }),
        patches: [{ ...PATCH, source: name, notes: [text] }],
        excerpts: { line: () => source, removedAbove: () => [source], removedBy: () => null },
      };
      const options = { ...OPTIONS, gaps: true, assumptions: true };
      const safe = /^(?:[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]|\n)*$/u;
      assert.match(report(review, options), safe);
      const terse = report(review, { ...options, format: "terse" });
      assert.match(terse, safe);
      assert.equal(terse.split("\n").length, 2);
    }),
  );
});

test("JSON keeps hostile text as data without showing it to a terminal", () => {
  const message = "\u001b[2J\u009b\u202e\u2028\ud800";
  const json = report(withFindings({ message }), JSON_FORM);
  assert.match(json, /^[\n -~]*$/);
  assert.equal(JSON.parse(json).findings[0].message, message);
});

test("the order of findings does not depend on the order they came in", () => {
  const some = [{ line: 4 }, { line: 9 }, { file: "mm/a.c" }, { fingerprint: "a" }];
  const expected = report(withFindings(...some), TERSE);
  fc.assert(
    fc.property(fc.shuffledSubarray(some, { minLength: some.length }), (shuffled) => {
      assert.equal(report(withFindings(...shuffled), TERSE), expected);
    }),
  );
});

test("wrapping loses no word and keeps to the width where words allow it", () => {
  const words = fc.array(
    fc.string({ unit: fc.constantFrom("a", "b", "-"), minLength: 1, maxLength: 60 }),
  );
  fc.assert(
    fc.property(words, (list) => {
      const wrapped = wrap(list.join(" "), "  fix:  ", "        ");
      assert.deepEqual(wrapped.join(" ").trim().split(/\s+/).slice(1), list);
      for (const line of wrapped) assert.ok(line.length <= 80);
    }),
  );
});
