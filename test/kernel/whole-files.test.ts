/**
 * The files of whole kernels that handle VMAs, for any number of releases: what is proved, what
 * is not, and no error where the kernel is right. Trees are named in `VMALINT_LINUX`, `:` between.
 */
import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { checkedTree, versionOf } from "./linux-tree.js";
import { type Report, vmalint } from "./run-vmalint.js";

const FILES = [
  "mm/mmap.c",
  "mm/vma.c",
  "mm/vma_exec.c",
  "mm/mremap.c",
  "mm/mprotect.c",
  "mm/madvise.c",
  "mm/mlock.c",
  "kernel/fork.c",
  "fs/exec.c",
];

/** An error that is reported although the kernel is right. */
interface KnownError {
  /** Matches the version. */
  readonly versions: RegExp;
  readonly type: string;
  readonly function: string;
  readonly object: string;
  readonly reason: string;
}

const KNOWN_ERRORS: readonly KnownError[] = [];

const folders = (process.env.VMALINT_LINUX ?? "").split(":").filter((folder) => folder !== "");

if (folders.length === 0) {
  test("whole files of other kernels", { skip: "no tree is named: VMALINT_LINUX" }, () => {});
}
for (const folder of folders) {
  const version = versionOf(checkedTree(folder, "mm/mmap.c", "VMALINT_LINUX"));
  test(`whole files of Linux ${version}`, (t) => {
    const errors = FILES.filter((file) => existsSync(join(folder, file))).flatMap((file) => {
      const { report } = vmalint(["-f", file, "--tree", folder]);
      t.diagnostic(`${version} ${summary(file, report)}`);
      for (const finding of report.findings) {
        const reason = knownReason(version, finding);
        const known = reason === undefined ? "" : ` (known: ${reason})`;
        t.diagnostic(`${version} ${describe(file, finding)}${known}`);
      }
      return report.findings
        .filter((finding) => finding.severity === "error")
        .filter((finding) => knownReason(version, finding) === undefined)
        .map((finding) => describe(file, finding));
    });
    assert.deepEqual(errors, []);
  });
}

type Finding = Report["findings"][number];

function summary(file: string, { summary, findings, gaps }: Report): string {
  const { proved, undecided, assumed } = summary.functions;
  const counts = `${proved} proved, ${undecided} undecided, ${assumed} assumed`;
  const reasons = [...new Set(gaps.map((gap) => gap.reason))].sort().join(", ");
  return `${file}: ${counts}, ${findings.length} findings${reasons === "" ? "" : ` (gaps: ${reasons})`}`;
}

function describe(file: string, finding: Finding): string {
  return `${file}:${finding.line}: ${finding.severity} ${finding.type} ${finding.object} (${finding.function})`;
}

function knownReason(version: string, finding: Finding): string | undefined {
  return KNOWN_ERRORS.find(
    (known) =>
      known.versions.test(version) &&
      known.type === finding.type &&
      known.function === finding.function &&
      known.object === finding.object,
  )?.reason;
}
