/**
 * A verdict depends on the two trees alone: not on how a change is cut into patches and hunks, nor
 * on which way it is read. Asked of every patch among the samples.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { JudgedFinding } from "../src/findings/finding.js";
import type { Review } from "../src/findings/review.js";
import { review } from "../src/review.js";
import type { PatchExpectation } from "./expectations.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));

function run(patches: readonly string[], tree = "linux"): Promise<Review> {
  return review({
    inputs: patches.map((content, index) => ({ name: `${index + 1}.patch`, content })),
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

/** A finding as the two sides of a patch know it again, for people who read what failed. */
function nameOf({ fingerprint, file, function: name, object }: JudgedFinding): string {
  return `${fingerprint.split(" ")[0]} ${file} ${name}() ${object}`;
}

const named = (findings: readonly JudgedFinding[]) => [...new Set(findings.map(nameOf))].sort();

/** What stands at the end that did not at the beginning. */
function left({ findings }: Review): string[] {
  const standing = new Set<string>();
  const last = Math.max(0, ...findings.map(({ patch }) => patch));
  for (let patch = 1; patch <= last; patch++) {
    const own = findings.filter((finding) => finding.patch === patch);
    for (const one of own) if (one.status === "fixed") standing.delete(nameOf(one));
    for (const one of own) if (one.status === "introduced") standing.add(nameOf(one));
  }
  return [...standing].sort();
}

/** The patch that undoes one. */
function reversed(patch: string): string {
  const swap = (line: string) => (line[0] === "+" ? `-${line.slice(1)}` : `+${line.slice(1)}`);
  return patch
    .replace(/^index .*\n/gm, "")
    .replace(/^--- (.*)\n\+\+\+ (.*)$/gm, "--- $2\n+++ $1")
    .replace(/^(new|deleted) file mode/gm, (_, word) =>
      word === "new" ? "deleted file mode" : "new file mode",
    )
    .split(/^(?=@@ )/m)
    .map((part) => {
      const [head = "", ...lines] = part.split("\n");
      const match = /^@@ -(\S+) \+(\S+) @@(.*)$/.exec(head);
      if (match === null) return part;
      const [, old, now, rest] = match;
      const end = lines.findIndex((line) => /^(?:diff --git|-- $)/.test(line));
      const body = end === -1 ? lines : lines.slice(0, end);
      const turned = body.map((line) =>
        /^[-+]/.test(line) && !/^(?:---|\+\+\+) [ab/]/.test(line) ? swap(line) : line,
      );
      return [`@@ -${now} +${old} @@${rest}`, ...turned, ...lines.slice(body.length)].join("\n");
    })
    .join("");
}

/** Each hunk as a patch of its own, with the header of its file. */
function hunkByHunk(patch: string): string[] {
  const files = patch
    .replace(/^index .*\n/gm, "")
    .split(/^(?=diff --git )/m)
    .slice(1);
  return files.flatMap((file) => {
    const [head = "", ...hunks] = file.split(/^(?=@@ )/m);
    return hunks.map((hunk) => head + hunk);
  });
}

/** Known mistakes: a lock of another object than before is told on both sides. */
const TODO: ReadonlySet<string> = new Set([
  "hole-locked-too-late.patch and its revert: nothing is left",
  "hole-variable-renamed.patch hunk by hunk ends as it does whole",
  "lock-before-pointer-moves.patch and its revert: nothing is left",
  "removed-lock-turned-to-an-unset-vma.patch and its revert: nothing is left",
  "removed-lock-turned-to-another-vma.patch and its revert: nothing is left",
  "series-only-caller-stops-locking.patch and its revert: nothing is left",
  "wrong-alias-locked.patch and its revert: nothing is left",
]);

/** A known mistake must still be one: else it is no `todo` any more. */
function truth(name: string, check: () => Promise<void>): void {
  if (!TODO.has(name)) test(name, check);
  else test(`known mistake: ${name}`, () => assert.rejects(check, assert.AssertionError));
}

for (const name of readdirSync(join(SAMPLES, "patches"))) {
  if (!name.endsWith(".patch") || name.startsWith("bad-")) continue;
  const patch = readFileSync(join(SAMPLES, "patches", name), "utf8");
  const { tree, exit } = JSON.parse(
    readFileSync(join(SAMPLES, "patches", name.replace(/\.patch$/, ".expect.json")), "utf8"),
  ) as PatchExpectation;
  const mails = patch.match(/^Subject: /gm)?.length ?? 0;
  if (exit === 2 || mails > 1 || /^rename |^Binary|^GIT binary/m.test(patch)) continue;

  truth(`${name} and its revert: nothing is left`, async () => {
    const outcome = await run([patch, reversed(patch)], tree);
    assert.deepEqual(outcome.errors, []);
    const of = (number: number, status: string) =>
      named(outcome.findings.filter((one) => one.patch === number && one.status === status));
    assert.deepEqual(of(2, "fixed"), of(1, "introduced"));
    assert.deepEqual(of(2, "introduced"), of(1, "fixed"));
  });

  const parts = hunkByHunk(patch);
  if (parts.length < 2) continue;
  truth(`${name} hunk by hunk ends as it does whole`, async () => {
    const [whole, cut] = [await run([patch], tree), await run(parts, tree)];
    assert.deepEqual(cut.errors, []);
    assert.deepEqual(left(cut), left(whole));
  });
}
