/** The mutation test on Linux 6.12 itself: no lock can be lost unseen, no rewriting is a fault. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openTree } from "../../src/base/folder-tree.js";
import { runSelftest } from "../../src/commands/selftest/run-selftest.js";
import { Rulebook } from "../../src/open-program.js";
import { selftestFailures, selftestText } from "../../src/report/selftest.js";
import { findLinux612 } from "./linux-tree.js";

const found = findLinux612();
const skip = "missing" in found ? found.missing : false;

/**
 * Known misses, told by VMA_LOCK_REMOVED where a patch makes them, which the self-test leaves
 * out: what vma_modify_policy() returns, and what copy_vma() leaves in `vma`, may be locked by
 * callees in other files, so that what is done to it stays an assumption.
 */
const MISSED = /^mm\/(?:mempolicy\.c:1596|mremap\.c:759) vma: \w+: (?:missed$|left undecided)/;

test("Linux 6.12: the self-test finds every other hole and no other", { skip }, () => {
  const report = runSelftest(openTree("folder" in found ? found.folder : ""), new Rulebook());
  const failures = selftestFailures(report).map(
    ({ place, text }) => `${place.file}:${place.line} ${place.object}: ${text}`,
  );
  assert.deepEqual(
    failures.filter((text) => !MISSED.test(text)),
    [],
  );
  assert.match(
    selftestText(report),
    /^selftest: \d+ holes, \d+ found; (\d+) harmless edits, \1 silent \(Linux 6\.12\.\d+\)$/m,
  );
  assert.equal(report.locks.filter(({ state }) => state === "tested").length, 16);
  const skipped = report.edits
    .filter(({ outcome }) => outcome === "skipped")
    .map(({ kind }) => kind);
  for (const kind of [
    "delete",
    "delay",
    "narrow",
    "misdirect",
    "assert",
    "alias",
    "helper",
    "twice",
  ]) {
    assert.ok(!skipped.includes(kind), kind);
  }
});
