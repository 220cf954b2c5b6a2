/**
 * The patch that took the locks out of vma_prepare(), on its own base: silent as it is, reported
 * at every caller when only its first hunk is there, and in one function when a hunk is missing.
 */
import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { after, test } from "node:test";
import { checkedTree, copyTree } from "./linux-tree.js";
import { type Report, vmalint } from "./run-vmalint.js";
import {
  findLinux65,
  findSeedMail,
  functionOf,
  makeBase,
  PATH,
  patchOf,
  recoverSeed,
} from "./seed.js";

const [linux, seed] = [findLinux65(), findSeedMail()];
const skip = "missing" in linux ? linux.missing : "missing" in seed ? seed.missing : false;
const mail = "file" in seed ? seed.file : "";
const tree =
  skip === false && "folder" in linux
    ? copyTree(checkedTree(linux.folder, PATH, "VMALINT_LINUX_65"))
    : "";
after(() => {
  if (tree !== "") rmSync(tree, { recursive: true, force: true });
});
if (tree !== "") makeBase(tree);
const hunks = tree === "" ? [] : (await recoverSeed(tree, mail)).hunks;

test("the seed: silent", { skip }, () => {
  assert.equal(hunks.length, 11);
  const { exit, report } = check(patchOf(hunks));
  assert.deepEqual(introducedIn(report), []);
  assert.deepEqual(report.gaps, []);
  assert.equal(exit, 0);
});

test("the seed's first hunk alone: every caller of vma_prepare()", { skip }, () => {
  const { exit, report } = check(patchOf(hunks.slice(0, 1)));
  assert.deepEqual(introducedIn(report), [
    "__split_vma",
    "do_brk_flags",
    "vma_expand",
    "vma_merge",
    "vma_shrink",
  ]);
  assert.equal(exit, 1);
});

test("the seed without one of its hunks: exactly the function it is in", { skip }, async (t) => {
  for (const [index, hunk] of hunks.entries()) {
    if (index === 0) continue;
    const name = functionOf(hunk);
    await t.test(`without hunk ${index + 1}: ${name}`, () => {
      const { exit, report } = check(patchOf(hunks.toSpliced(index, 1)));
      assert.deepEqual(introducedIn(report), [name]);
      assert.equal(exit, 1);
    });
  }
});

test("the seed as it came, in a mail that lost its white space: silent", { skip }, () => {
  const { exit, report } = vmalint(["--tree", tree, mail]);
  assert.deepEqual(introducedIn(report), []);
  assert.deepEqual(
    report.patches.map(({ base }) => base.files.map(({ exact }) => exact)),
    [[true]],
  );
  assert.equal(exit, 0);
});

function check(patch: string) {
  return vmalint(["--tree", tree, "-"], patch);
}

/** Functions that are charged, each once, in alphabetical order. */
function introducedIn(report: Report): string[] {
  const introduced = report.findings.filter((finding) => finding.status === "introduced");
  return [...new Set(introduced.map((finding) => finding.function))].sort();
}
