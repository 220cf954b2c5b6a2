/**
 * Both sides of one patch, file by file: which functions it concerns, what they owe before and
 * after. Only functions that the patch can have changed are run, on both sides; the others of
 * the file are run when there is blame to place, for the evidence in them.
 */
import type { Assumption, Cause, Finding, FunctionCounts, Gap } from "../findings/finding.js";
import type { Charge } from "../locks/blame.js";
import type { FunctionRun, Obligation } from "../locks/obligation.js";
import { UnitAnalysis } from "./analyze-unit.js";
import { assumptionsOf } from "./assumptions.js";
import { changedNames, renames } from "./changes.js";
import { type HunkAt, withCause } from "./dropped-lock.js";
import { isNewOnEntry } from "./entry-points.js";
import { findingsOf, lockedInsertion } from "./findings.js";
import type { MissingHunks } from "./missing-hunks.js";
import { withMovedHoles } from "./moved-holes.js";
import type { Program, Unit } from "./program.js";

export interface SideFindings {
  readonly before: readonly Finding[];
  readonly after: readonly (Finding & { readonly cause?: Cause })[];
  readonly gaps: readonly Gap[];
  readonly assumptions: readonly Assumption[];
  readonly functions: FunctionCounts;
  /** Names of those that count as proved. */
  readonly proved: ReadonlySet<string>;
}

/** Where the lines of a patch went. */
export interface PatchLines {
  /** Line of the after side for one of the before side of the file compared; null when it is gone. */
  toAfter(line: number): number | null;
  readonly hunkAt: HunkAt;
  /** Functions whose text the patch changes, in all its files, as `file:name` of the after side. */
  readonly changed: ReadonlySet<string>;
  /** What hunks that do not apply leave open. */
  readonly missing: MissingHunks;
}

/** Compares one file; either side may lack it. Paths differ when the patch renames it. */
export function checkFile(
  before: { readonly program: Program; readonly path: string | null },
  after: { readonly program: Program; readonly path: string | null },
  lines: PatchLines,
): SideFindings {
  const [old, now] = [before, after].map(({ program, path }) => {
    const unit = path === null || program.isExcluded(path) ? null : program.unit(path);
    return unit === null ? null : { program, analysis: analysisOf(program, unit) };
  }) as [Side | null, Side | null];
  const { missing } = lines;
  const changed = changedNames(old?.analysis.unit ?? null, now?.analysis.unit ?? null);
  for (const name of missing.changedIn(after.path)) changed.add(name);
  const concerned = (side: Side | null) => {
    if (side === null) return [];
    const touched = side.program.mentions(side.analysis.unit).reaching(changed);
    return side.analysis.candidates().filter((name) => touched.has(name));
  };
  const renamed =
    old === null || now === null
      ? new Map()
      : renames(old.analysis.unit, now.analysis.unit, lines.toAfter);
  const oldNames = new Map([...renamed].map(([from, to]) => [to, from]));
  const runBefore = (name: string) => old?.analysis.run([oldNames.get(name) ?? name])[0];
  const was = old?.analysis.judge(concerned(old), null);
  const is = now?.analysis.judge(
    concerned(now),
    old === null || was === undefined
      ? null
      : {
          runs: was.runs,
          charges: was.charges,
          nameOf: (name) => oldNames.get(name) ?? name,
          run: runBefore,
          evidence: () => old.analysis.evidence(),
          changed: lines.changed,
        },
  );
  const runs = is?.runs ?? [];
  const assumptions = is === undefined ? [] : assumptionsOf(is);
  const runAfter = (name: string) => now?.analysis.run([renamed.get(name) ?? name])[0];
  const lockedBefore = (finding: Finding) =>
    lockedInsertion(was?.runs ?? [], oldNames.get(finding.function) ?? finding.function, finding);
  const chargedBefore = withMovedHoles(was?.charges ?? [], was?.runs ?? [], runAfter);
  const charged = withMovedHoles(is?.charges ?? [], runs, runBefore);
  const isCertain = (charge: Charge) => missing.doubtOf(charge) === null;
  const open = [
    ...missing.gaps().filter(({ file }) => file === after.path),
    ...runs.flatMap(({ procedure }) => missing.doubt(procedure.file, procedure.name) ?? []),
    ...charged.flatMap((charge) => missing.doubtOf(charge) ?? []),
  ];
  const gaps = [...(now?.analysis.gaps(runs) ?? []), ...oneEach(open)];
  return {
    before: findings(old, chargedBefore.filter(isCertain), renamed),
    // A lock that left a helper is told as such. Leaving a new object unlocked may be the kernel's way; taking its lock away is not.
    after: findings(now, charged.filter(isCertain)).map((finding) => {
      const { dropped } = after.program.protocol.checks.get(finding.type) ?? {};
      const told = withCause(finding, runBefore, lines.hunkAt, dropped);
      const isTakenAway = lockedBefore(finding) || told.cause !== undefined;
      return isTakenAway ? { ...told, severity: "error" } : told;
    }),
    gaps,
    assumptions,
    ...countFunctions(runs, gaps, assumptions, oneEach(open)),
  };
}

/** The first gap of each function. */
export function oneEach(gaps: readonly Gap[]): Gap[] {
  const seen = new Set<string>();
  return gaps.filter(({ file, function: name }) => {
    const key = `${file}:${name}`;
    return !seen.has(key) && seen.add(key);
  });
}

const nothing: SideFindings = {
  before: [],
  after: [],
  gaps: [],
  assumptions: [],
  functions: { proved: 0, undecided: 0, assumed: 0 },
  proved: new Set(),
};

/** Functions of one file whose text differs, as `file:name` of the after side. */
export function changedFunctions(
  before: { readonly program: Program; readonly path: string | null },
  after: { readonly program: Program; readonly path: string | null },
): string[] {
  const [old, now] = [before, after].map(({ program, path }) =>
    path === null ? null : program.unit(path),
  ) as [Unit | null, Unit | null];
  return [...changedNames(old, now)].map((name) => `${after.path}:${name}`);
}

/** What was run of a unit is kept with its program: one side may be asked for more than once. */
function analysisOf(program: Program, unit: Unit): UnitAnalysis {
  const { path } = unit.file;
  const known = program.analyses.get(path) ?? new UnitAnalysis(program, unit);
  program.analyses.set(path, known);
  return known;
}

interface Side {
  readonly program: Program;
  readonly analysis: UnitAnalysis;
}

function findings(
  side: Side | null,
  charges: readonly Charge[],
  renamed?: ReadonlyMap<string, string>,
): Finding[] {
  return side === null ? [] : findingsOf(side.program, side.analysis.unit, charges, renamed);
}

/** A whole file: every function that reaches an effect. */
export function checkWholeFile(program: Program, path: string): SideFindings | null {
  const unit = program.unit(path);
  if (unit === null) return null;
  if (program.isExcluded(path)) return nothing;
  const analysis = analysisOf(program, unit);
  const judgement = analysis.judge(analysis.candidates(), null);
  const { runs, charges } = judgement;
  const gaps = analysis.gaps(runs);
  const assumptions = assumptionsOf(judgement);
  return {
    before: [],
    after: findingsOf(program, unit, charges),
    gaps,
    assumptions,
    ...countFunctions(runs, gaps, assumptions),
  };
}

/** `open`: gaps of functions that need not have been run. */
function countFunctions(
  runs: readonly FunctionRun[],
  gaps: readonly Gap[],
  assumptions: readonly Assumption[],
  open: readonly Gap[] = [],
): Pick<SideFindings, "functions" | "proved"> {
  const undecided = new Set(gaps.map((gap) => gap.function));
  const assumed = new Set(assumptions.map((assumption) => assumption.function));
  const run = new Set(runs.map(({ procedure }) => procedure.name));
  const unread = gaps.filter((gap) => gap.reason === "budget" || open.includes(gap));
  const notRun = unread.filter((gap) => !run.has(gap.function));
  const counts = { proved: 0, undecided: notRun.length, assumed: 0 };
  const proved = new Set<string>();
  for (const run of runs) {
    const { procedure, obligations } = run;
    const isMet = (one: Obligation) => one.unlocked === null || isNewOnEntry(run, one);
    if (undecided.has(procedure.name)) counts.undecided++;
    else if (assumed.has(procedure.name)) counts.assumed++;
    else if (obligations.every(isMet)) {
      counts.proved++;
      proved.add(procedure.name);
    }
  }
  return { functions: counts, proved };
}
