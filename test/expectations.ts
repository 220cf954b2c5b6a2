/**
 * What the samples expect: comments at the lines of C files, JSON beside patches. Read here and
 * compared with what a review said; every difference becomes one line of text.
 *
 *     vma_complete(&vp, vmi, mm);   expect: error VMA_COMPLETE_UNLOCKED next (vma_expand)
 *     {                             gap: state-limit (merge)     gap?: may be there
 *     {                             assume: (vma_expand)         something is taken for granted
 *
 * each in a comment of its own on that line; `todo: reason` on line 1 marks a known mistake.
 */
import type { Gap, JudgedFinding, Status } from "../src/findings/finding.js";

/** A finding that must be there. What is not named is not compared. */
export interface ExpectedFinding {
  readonly type?: string;
  readonly severity?: string;
  readonly file?: string;
  readonly line?: number;
  readonly function: string;
  readonly object?: string;
  readonly member?: string;
  readonly status?: Status;
  readonly patch?: number;
  readonly fixedIn?: number;
  readonly cause?: { readonly function: string; readonly file: string; readonly hunk: number };
}

export interface Marks {
  readonly findings: readonly ExpectedFinding[];
  readonly gaps: readonly { readonly name: string; readonly mayBe: boolean }[];
  readonly assumptions: readonly string[];
  readonly todo: string | null;
}

/** Content of `<patch>.expect.json`. `errors`: number of bad inputs. */
export interface PatchExpectation {
  readonly tree: string;
  readonly findings: readonly ExpectedFinding[];
  readonly clean: boolean;
  readonly exit: number;
  readonly errors?: number;
  readonly todo?: string;
}

/** Reads the marks of a C file. Throws on one that it does not understand. */
export function readMarks(file: string, text: string): Marks {
  const findings: ExpectedFinding[] = [];
  const gaps: { name: string; mayBe: boolean }[] = [];
  const assumptions: string[] = [];
  let todo: string | null = null;
  for (const [index, content] of text.split("\n").entries()) {
    for (const [, kind, words] of content.matchAll(
      /\/\* (expect|gap\??|assume|todo): (.*?) \*\//g,
    )) {
      const found = PATTERNS[kind as keyof typeof PATTERNS].exec(words as string);
      if (found === null) throw new Error(`${file}:${index + 1}: what does "${words}" expect?`);
      const [, a = "", b = "", c = "", d = ""] = found;
      if (kind === "todo") todo = a;
      else if (kind === "assume") assumptions.push(a);
      else if (kind !== "expect") gaps.push({ name: `${a} (${b})`, mayBe: kind === "gap?" });
      else {
        const severity = a === "" ? {} : { severity: a };
        findings.push({ file, line: index + 1, ...severity, type: b, object: c, function: d });
      }
    }
  }
  return { findings, gaps, assumptions, todo };
}

const GAP = /^([\w-]+) \((\w+)\)$/;
const PATTERNS = {
  expect: /^(?:(error|warning|check) )?([A-Z_]+) (a VMA|\S+) \((\w+)\)$/,
  gap: GAP,
  "gap?": GAP,
  assume: /^\((\w+)\)$/,
  todo: /^(.+)$/,
};

/** One line for each finding that is expected and missing, or there and not expected. */
export function findingDifferences(
  expected: readonly ExpectedFinding[],
  actual: readonly JudgedFinding[],
): readonly string[] {
  const left = [...actual];
  const differences: string[] = [];
  for (const wanted of expected) {
    const at = left.findIndex((finding) => matches(wanted, finding));
    if (at === -1) differences.push(`missing: ${JSON.stringify(wanted)}`);
    else left.splice(at, 1);
  }
  return [...differences, ...left.map((finding) => `not expected: ${describe(finding)}`)];
}

/** The same for gaps, by reason and function; where in the function they are is not compared. */
export function gapDifferences(
  marks: Pick<Marks, "gaps">,
  actual: readonly Gap[],
): readonly string[] {
  const names = new Set(actual.map((gap) => `${gap.reason} (${gap.function})`));
  const known = new Set(marks.gaps.map((gap) => gap.name));
  return [
    ...marks.gaps
      .filter((gap) => !gap.mayBe && !names.has(gap.name))
      .map((gap) => `missing: gap ${gap.name}`),
    ...actual
      .filter((gap) => !known.has(`${gap.reason} (${gap.function})`))
      .map((gap) => `not expected: gap ${gap.reason} (${gap.function}): ${gap.text}`),
  ];
}

function matches(wanted: ExpectedFinding, finding: JudgedFinding): boolean {
  const { member, cause, ...rest } = wanted;
  return (
    Object.entries(rest).every(([key, value]) => finding[key as keyof JudgedFinding] === value) &&
    (member === undefined || finding.members[0] === member) &&
    (cause === undefined ||
      (finding.cause?.function === cause.function &&
        finding.cause.file === cause.file &&
        finding.cause.hunk === cause.hunk))
  );
}

function describe(finding: JudgedFinding): string {
  const { type, severity, file, line, object, members, status, patch, cause } = finding;
  return JSON.stringify({
    type,
    severity,
    file,
    line,
    function: finding.function,
    object,
    members,
    status,
    patch,
    cause,
  });
}
