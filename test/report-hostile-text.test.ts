/** Text that would rewrite a terminal or forge a report, in every place of every output. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import type { Review } from "../src/findings/review.js";
import { report } from "../src/report/report.js";
import { PROGRAM } from "./program.js";
import { CLEAN, FINDING, OPTIONS, PATCH } from "./report-fixture.js";

const ESC = String.fromCharCode(27);
/** Escape sequences of both kinds, line ends, direction marks, invisible ones, half a pair. */
const HOSTILE = [
  `${ESC}[2J${ESC}[8m`,
  `${ESC}]0;title${String.fromCharCode(7)}`,
  "\n0 errors\r\v\f",
  ...[0x9b, 0x85, 0xad, 0x61c, 0x180e, 0x200b, 0x202e, 0x2028, 0x2066, 0xfeff, 0xe0041, 0xd800].map(
    (code) => String.fromCodePoint(code),
  ),
].join("x");
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u;
/** Bold and the colours in use. */
const PAINT = new RegExp(`${ESC}\\[(?:1|22|3[1-69])m`, "g");

/** Every text of a value made hostile; words that a reporter switches on stay. */
function hostile<T>(value: T): T {
  const fixed = new Set<unknown>(["type", "severity", "status", "side", "event", "how", "reason"]);
  const walk = (one: unknown, key: string): unknown => {
    if (typeof one === "string") return fixed.has(key) ? one : `${one}${HOSTILE}`;
    if (Array.isArray(one)) return one.map((item) => walk(item, key));
    if (one === null || typeof one !== "object") return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, walk(item, name)]));
  };
  return walk(value, "") as T;
}

const finding = hostile(FINDING);
const cause = hostile({ function: "commit", file: "mm/grow.c", hunk: 1 });
const review: Review = {
  ...CLEAN,
  patches: [hostile({ ...PATCH, notes: ["offset"] }), hostile({ ...PATCH, index: 2, total: 2 })],
  wholeFiles: [HOSTILE],
  findings: [
    finding,
    { ...finding, patch: 2, status: "fixed", fixedIn: 2 },
    { ...finding, patch: 2, cause },
    { ...finding, patch: 2, cause, function: `other${HOSTILE}`, fingerprint: "other" },
    { ...finding, patch: 0, status: "present" },
  ],
  gaps: [hostile({ file: "a.c", line: 1, function: "f", reason: "budget" as const, text: "t" })],
  assumptions: [hostile({ file: "a.c", line: 1, function: "f", text: "t", callers: 1 })],
  errors: [hostile({ file: "a.patch", line: 1, text: "t" })],
  excerpts: {
    line: () => HOSTILE,
    removedAbove: () => [HOSTILE],
    removedBy: () => [{ above: 3, text: HOSTILE }],
  },
  since: { name: HOSTILE, resolved: [finding], new: [finding], persisting: [finding] },
};
const asked = { ...OPTIONS, gaps: true, assumptions: true, all: true };

for (const format of ["text", "terse", "json"] as const) {
  for (const colour of [false, true]) {
    test(`${format}${colour ? " in colour" : ""} prints no control character`, () => {
      const text = report(review, { ...asked, format, colour }).replace(PAINT, "");
      const unsafe = text.split("\n").filter((line) => UNSAFE.test(line));
      assert.deepEqual(unsafe, []);
      assert.ok(!text.split("\n").some((line) => line.startsWith("0 errors")));
    });
  }
}

test("JSON keeps what it escapes, half of a pair included", () => {
  const parsed = JSON.parse(report(review, { ...asked, format: "json" }));
  assert.equal(parsed.findings[0].object, finding.object);
});

test("a terse finding stays on one line", () => {
  const lines = report({ ...CLEAN, findings: [finding] }, { ...OPTIONS, format: "terse" });
  assert.equal(lines.trimEnd().split("\n").length, 1);
});

test("no command prints a control character that it was given", () => {
  const folder = mkdtempSync(join(tmpdir(), "vmalint-hostile-text-"));
  after(() => rmSync(folder, { recursive: true, force: true }));
  const name = `a${ESC}[31m\u202eb\u{e0041}`;
  mkdirSync(join(folder, "mm"));
  writeFileSync(
    join(folder, `mm/${name}.c`),
    `void f(struct vm_area_struct *vma, int a)\n{\n\tif (a /* ${HOSTILE} */)\n\t\tvma->vm_start = "${HOSTILE}"[a];\n\tx: goto x${ESC}\n}\n`,
  );
  const patch = join(folder, `${name}.patch`);
  writeFileSync(
    patch,
    `Subject: =?utf-8?q?=1b=5b2J?=\n\n--- a/${name}\n+++ b/${name}\n@@ -1 +1 @@\n-x\n+y\n`,
  );
  const file = `mm/${name}.c`;
  for (const words of [
    [patch],
    ["--terse", patch],
    ["--format", "json", patch],
    ["-f", file],
    ["-f", file, "--format", "json", "--gaps"],
    ["-f", "--color", file, "--gaps", "--assumptions"],
    ["contract", "f", "-f", file],
    ["contract", "f", "-f", file, "--format", "json"],
    ["contract", name],
    ["cover", "-f", file],
    ["cover", "-f", file, "--format", "json"],
    ["--dump", "cfg", "f", "-f", file],
    ["--dump", "effects", "f", "-f", file],
    ["--dump", "states", "f", "-f", file],
    ["--explain", name],
    ["--types", name, patch],
    [`--${name}`],
    [name],
    ["--base", name, patch],
    ["--list-types"],
  ]) {
    const run = spawnSync(process.execPath, [PROGRAM, ...words, "--tree", folder], {
      encoding: "utf8",
      env: { ...process.env, VMALINT_DEBUG: "1" },
    });
    const lines = `${run.stdout}${run.stderr}`.replace(PAINT, "").split("\n");
    assert.deepEqual(
      lines.filter((line) => UNSAFE.test(line)),
      [],
      words.join(" "),
    );
  }
});
