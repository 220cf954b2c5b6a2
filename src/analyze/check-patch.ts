/**
 * Both sides of one patch: which functions it concerns, what they owe before and after. Each side
 * is judged by itself first, then beside the other, in the same way: what one direction of a patch
 * introduces the other fixes.
 */
import type { Assumption, Cause, Finding, FunctionCounts, Gap } from "../findings/finding.js";
import { type Charge, Evidence } from "../locks/blame.js";
import type { FunctionRun, Obligation } from "../locks/obligation.js";
import { type Analysis, analysisOf, type Judgement } from "./analysis.js";
import { assumptionsOf } from "./assumptions.js";
import { comparedFile, keyOf, lookUp, type Named, NamesThere, userOf } from "./compared-files.js";
import { type HunkAt, withCause } from "./dropped-lock.js";
import { isNewOnEntry } from "./entry-points.js";
import { findingsOf, lockedInsertion } from "./findings.js";
import type { KernelProcedure } from "./kernel-procedure.js";
import type { MissingHunks } from "./missing-hunks.js";
import { withMovedHoles } from "./moved-holes.js";
import type { Program, Unit } from "./program.js";
import type { Paths } from "./users-of-headers.js";

export interface SideFindings {
  readonly before: readonly Finding[];
  readonly after: readonly (Finding & { readonly cause?: Cause })[];
  readonly gaps: readonly Gap[];
  readonly assumptions: readonly Assumption[];
  readonly functions: FunctionCounts;
  /** Those that count as proved, as `file:name`. */
  readonly proved: ReadonlySet<string>;
}

/** Where the lines of a patch went. */
export interface PatchLines {
  /** Line of the after side for one of the before side; null when it is gone. */
  toAfter(path: string | null, line: number): number | null;
  readonly hunkAt: HunkAt;
  /** What hunks that do not apply leave open. */
  readonly missing: MissingHunks;
}

/** Compares the files of `pairs`; either side may lack one. Paths differ when the patch renames it. */
export function checkSides(
  before: Program,
  after: Program,
  pairs: readonly Paths[],
  lines: PatchLines,
): SideFindings {
  const files = pairs.map((paths) =>
    comparedFile(before, after, paths, lines.toAfter, lines.missing.changedIn(paths.newPath)),
  );
  const names = new NamesThere(files);
  const [old, now] = [analysisOf(before), analysisOf(after)];
  const asked = {
    before: files.flatMap(({ old: unit, changed }) => concerned(old, before, unit, changed)),
    after: files.flatMap(({ now: unit, changed }) => concerned(now, after, unit, changed)),
  };
  const there = (one: Named, user = userOf(one)) =>
    lookUp(before, names.before(keyOf(one)), names.before(user));
  const here = (one: Named, user = userOf(one)) =>
    lookUp(after, names.after(keyOf(one)), names.after(user));
  const changed = new Set(
    files.flatMap((file) => [...file.changed].map((name) => `${file.paths.newPath}:${name}`)),
  );
  const changedBefore = new Set([...changed].map((key) => names.before(key)));
  const runBefore = (one: Named) => old.run(there(one))[0];
  const runAfter = (one: Named) => now.run(here(one))[0];
  const isElsewhere = (keys: ReadonlySet<string>) => (path: string) =>
    [...keys].some((key) => !key.startsWith(`${path}:`));
  let focus: Focus = asked;
  let was: Judgement;
  let is: Judgement;
  for (;;) {
    const judged = focus;
    const seenBefore = new Evidence(old.run(focus.before));
    const seenAfter = new Evidence(now.run(focus.after));
    const alone = {
      before: once(() => old.judge(judged.before, null).charges),
      after: once(() => now.judge(judged.after, null).charges),
    };
    was = old.judge(focus.before, {
      charges: alone.after,
      nameOf: (key) => names.after(key),
      run: runAfter,
      isMet: (demand) => seenAfter.has(demand) || now.isMet(demand),
      changed: changedBefore,
      changesOthers: isElsewhere(changedBefore),
    });
    is = now.judge(focus.after, {
      charges: alone.before,
      nameOf: (key) => names.before(key),
      run: runBefore,
      isMet: (demand) => seenBefore.has(demand) || old.isMet(demand),
      changed,
      changesOthers: isElsewhere(changed),
    });
    const wider = widened(focus, was, is, { there, here });
    if (wider === null) break;
    focus = wider;
  }
  const { missing } = lines;
  const { runs } = is;
  const chargedBefore = withMovedHoles(was.charges, was.runs, runAfter);
  const charged = withMovedHoles(is.charges, runs, runBefore);
  const isCertain = (charge: Charge) => missing.doubtOf(charge) === null;
  const paths = new Set(pairs.map(({ newPath }) => newPath));
  const open = [
    ...missing.gaps().filter(({ file }) => paths.has(file)),
    ...runs.flatMap(({ procedure }) => missing.doubt(procedure.file, procedure.name) ?? []),
    ...charged.flatMap((charge) => missing.doubtOf(charge) ?? []),
  ];
  const units = files.flatMap(({ now: unit }) => unit ?? []);
  const gaps = [...now.gaps(units, is, asked.after), ...oneEach(open)];
  const assumptions = assumptionsOf(is);
  const lockedBefore = (finding: Finding) => {
    const run = runBefore({ file: finding.file, name: finding.function });
    return run !== undefined && lockedInsertion(run, finding);
  };
  return {
    before: findingsOf(before, chargedBefore.filter(isCertain), (key) => names.after(key)),
    // A lock that left a helper is told as such. Leaving a new object unlocked may be the kernel's way; taking its lock away is not.
    after: findingsOf(after, charged.filter(isCertain)).map((finding) => {
      const { dropped } = after.protocol.checks.get(finding.type) ?? {};
      const user = `${finding.file}:`;
      const closer = (one: Named) =>
        there(one, user).flatMap((other) => old.closer(other) ?? [])[0];
      const told = withCause(finding, closer, lines.hunkAt, dropped);
      const isTakenAway = lockedBefore(finding) || told.cause !== undefined;
      return isTakenAway ? { ...told, severity: "error" } : told;
    }),
    gaps,
    assumptions,
    ...countFunctions(runs, gaps, assumptions, oneEach(open)),
  };
}

/** What a function gives, asked for when it is needed. */
function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | null = null;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

interface Focus {
  readonly before: readonly KernelProcedure[];
  readonly after: readonly KernelProcedure[];
}

/**
 * With the functions that one side is charged with and that were not judged on the other; null
 * when there are none. A hole that a new caller shows may have been there, and shown by another.
 */
function widened(
  { before, after }: Focus,
  was: Judgement,
  is: Judgement,
  counterpart: { there(one: Named): KernelProcedure[]; here(one: Named): KernelProcedure[] },
): Focus | null {
  const charged = (judgement: Judgement) =>
    judgement.charges.map(({ run }) => run.procedure as KernelProcedure);
  const [old, now] = [new Set(before), new Set(after)];
  for (const one of charged(was)) old.add(one);
  for (const one of charged(is)) now.add(one);
  for (const one of charged(was)) for (const other of counterpart.here(one)) now.add(other);
  for (const one of charged(is)) for (const other of counterpart.there(one)) old.add(other);
  if (old.size === before.length && now.size === after.length) return null;
  return { before: [...old], after: [...now] };
}

/** The functions of a unit that what changed can concern. */
function concerned(
  analysis: Analysis,
  program: Program,
  unit: Unit | null,
  changed: ReadonlySet<string>,
): KernelProcedure[] {
  if (unit === null) return [];
  const touched = program.mentions(unit).reaching(changed);
  return analysis.candidates(unit).filter(({ name }) => touched.has(name));
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

/** A whole file: every function that reaches an effect. */
export function checkWholeFile(program: Program, path: string): SideFindings | null {
  const unit = program.unit(path);
  if (unit === null) return null;
  if (program.isExcluded(path)) return nothing;
  const analysis = analysisOf(program);
  const focus = analysis.candidates(unit);
  const judgement = analysis.judge(focus, null);
  const { runs, charges } = judgement;
  const gaps = analysis.gaps([unit], judgement, focus);
  const assumptions = assumptionsOf(judgement);
  return {
    before: [],
    after: findingsOf(program, charges),
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
  const keys = (all: readonly { readonly file: string; readonly function: string }[]) =>
    new Set(all.map((one) => `${one.file}:${one.function}`));
  const [undecided, assumed] = [keys(gaps), keys(assumptions)];
  const judged = new Set(runs.map(({ procedure }) => keyOf(procedure)));
  const unread = gaps.filter((gap) => gap.reason === "budget" || open.includes(gap));
  const notRun = [...keys(unread)].filter((key) => !judged.has(key));
  const counts = { proved: 0, undecided: notRun.length, assumed: 0 };
  const proved = new Set<string>();
  for (const run of runs) {
    const { procedure, obligations, own } = run;
    const isMet = (one: Obligation) => one.unlocked === null || isNewOnEntry(run, one);
    const isOwed = own.some(({ unlocked }) => unlocked !== null);
    const key = keyOf(procedure);
    if (undecided.has(key)) counts.undecided++;
    else if (assumed.has(key)) counts.assumed++;
    else if (!isOwed && obligations.every(isMet)) {
      counts.proved++;
      proved.add(key);
    }
  }
  return { functions: counts, proved };
}
