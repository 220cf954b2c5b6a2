/** Runs the program as a user does, and reads its JSON. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { PROGRAM } from "../program.js";

/** Of the report, what the kernel tests look at. */
export interface Report {
  readonly findings: readonly {
    readonly type: string;
    readonly severity: string;
    readonly status: string;
    readonly function: string;
    readonly object: string;
    readonly line: number;
  }[];
  readonly gaps: readonly { readonly function: string; readonly reason: string }[];
  readonly patches: readonly {
    readonly base: { readonly files: readonly { readonly id: string; readonly exact: boolean }[] };
  }[];
  readonly summary: {
    readonly functions: Readonly<Record<"proved" | "undecided" | "assumed", number>>;
  };
}

export interface Outcome {
  readonly exit: number | null;
  readonly report: Report;
}

/** Bad input and crashes fail the test that asked. */
export function vmalint(words: readonly string[], input = ""): Outcome {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, "--format", "json", ...words],
    { input, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
  );
  assert.equal(stderr, "");
  assert.notEqual(status, 2, stdout);
  return { exit: status, report: JSON.parse(stdout) as Report };
}

/** `__split_vma new`: whose finding it is, and of which object; each once, whatever the checks. */
export function named(report: Report, status: string): string[] {
  const names = report.findings
    .filter((finding) => finding.status === status)
    .map((finding) => `${finding.function} ${finding.object}`);
  return [...new Set(names)].sort();
}
