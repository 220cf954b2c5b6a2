/**
 * Both sides of one patch, file by file: which functions it concerns, what they owe before and
 * after. Only functions that the patch can have changed are run, on both sides; the others of
 * the file are run when there is blame to place, for the evidence in them.
 */
import type { Assumption, Finding, FunctionCounts, Gap } from "../findings/finding.js";
import type { FunctionRun } from "../locks/obligation.js";
import { UnitAnalysis } from "./analyze-unit.js";
import { changedNames, renames } from "./changes.js";
import type { Program } from "./program.js";

export interface SideFindings {
  readonly before: readonly Finding[];
  readonly after: readonly Finding[];
  readonly gaps: readonly Gap[];
  readonly assumptions: readonly Assumption[];
  readonly functions: FunctionCounts;
}

/**
 * Compares one file; either side may lack it. Paths differ when the patch renames it.
 * `toAfter` maps lines of the before side to the after side.
 */
export function checkFile(
  before: { readonly program: Program; readonly path: string | null },
  after: { readonly program: Program; readonly path: string | null },
  toAfter: (line: number) => number | null,
): SideFindings {
  const [old, now] = [before, after].map(({ program, path }) => {
    const unit = path === null || program.isExcluded(path) ? null : program.unit(path);
    return unit === null ? null : { program, analysis: new UnitAnalysis(program, unit) };
  }) as [Side | null, Side | null];
  const changed = changedNames(old?.analysis.unit ?? null, now?.analysis.unit ?? null);
  const concerned = (side: Side | null) => {
    if (side === null) return [];
    const touched = side.program.mentions(side.analysis.unit).reaching(changed);
    return side.analysis.candidates().filter((name) => touched.has(name));
  };
  const was = old?.analysis.judge(concerned(old), null);
  const is = now?.analysis.judge(concerned(now), was ?? null);
  const runs = is?.runs ?? [];
  const gaps = now?.analysis.gaps(runs) ?? [];
  const assumptions = (is === undefined ? null : now?.analysis.assumptions(is)) ?? [];
  const renamed = old === null || now === null ? new Map() : renames(old.analysis.unit, now.analysis.unit, toAfter);
  const oldNames = new Map([...renamed].map(([from, to]) => [to, from]));
  const lockedBefore = (finding: Finding) =>
    old?.analysis.lockedInsertion(
      was?.runs ?? [],
      oldNames.get(finding.function) ?? finding.function,
      finding,
    ) ?? false;
  return {
    before: old?.analysis.findings(was?.charges ?? [], renamed) ?? [],
    // Leaving a new object unlocked may be the kernel's way; taking its lock away is not.
    after: (now?.analysis.findings(is?.charges ?? []) ?? []).map((finding) =>
      finding.severity === "warning" && lockedBefore(finding) ? { ...finding, severity: "error" } : finding,
    ),
    gaps,
    assumptions,
    functions: countFunctions(runs, gaps, assumptions),
  };
}

const nothing: SideFindings = {
  before: [],
  after: [],
  gaps: [],
  assumptions: [],
  functions: { proved: 0, undecided: 0, assumed: 0 },
};

interface Side {
  readonly program: Program;
  readonly analysis: UnitAnalysis;
}

/** A whole file: every function that reaches an effect. */
export function checkWholeFile(program: Program, path: string): SideFindings | null {
  const unit = program.unit(path);
  if (unit === null) return null;
  if (program.isExcluded(path)) return nothing;
  const analysis = new UnitAnalysis(program, unit);
  const judgement = analysis.judge(analysis.candidates(), null);
  const { runs, charges } = judgement;
  const gaps = analysis.gaps(runs);
  const assumptions = analysis.assumptions(judgement);
  return {
    before: [],
    after: analysis.findings(charges),
    gaps,
    assumptions,
    functions: countFunctions(runs, gaps, assumptions),
  };
}

function countFunctions(
  runs: readonly FunctionRun[],
  gaps: readonly Gap[],
  assumptions: readonly Assumption[],
): FunctionCounts {
  const undecided = new Set(gaps.map((gap) => gap.function));
  const assumed = new Set(assumptions.map((assumption) => assumption.function));
  const counts = { proved: 0, undecided: 0, assumed: 0 };
  for (const { procedure, obligations } of runs) {
    if (undecided.has(procedure.name)) counts.undecided++;
    else if (assumed.has(procedure.name)) counts.assumed++;
    else if (obligations.every(({ unlocked }) => unlocked === null)) counts.proved++;
  }
  return counts;
}
