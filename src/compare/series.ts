/** What a series says as a whole: a fault that one patch makes and a later one mends. */
import type { PreparedPatch } from "../base/prepare-patch.js";
import type { JudgedFinding } from "../findings/finding.js";
import { identityOf } from "./identity.js";
import type { Judged } from "./judge.js";

/**
 * The findings with `fixedIn` filled in: the first later patch of the series that fixes what one
 * introduced. `follows`: whether each patch stands on what the one before it left; one that does
 * not begins a series.
 */
export function withFixes(
  findings: readonly JudgedFinding[],
  follows: readonly boolean[],
): JudgedFinding[] {
  const fixedIn = new Map<string, number[]>();
  for (const finding of findings) {
    if (finding.status !== "fixed") continue;
    const identity = identityOf(finding);
    fixedIn.set(identity, [...(fixedIn.get(identity) ?? []), finding.patch]);
  }
  return findings.map((finding) => {
    if (finding.status !== "introduced") return finding;
    const next = follows.indexOf(false, finding.patch);
    const fixes = (fixedIn.get(identityOf(finding)) ?? []).filter(
      (patch) => patch > finding.patch && (next === -1 || patch <= next),
    );
    return fixes.length === 0 ? finding : { ...finding, fixedIn: Math.min(...fixes) };
  });
}

/** Whether a patch of the run so far introduced what one fixes. */
export function wasIntroduced(findings: readonly JudgedFinding[], fixed: JudgedFinding): boolean {
  return findings.some(
    ({ status, fingerprint }) => status === "introduced" && fingerprint === fixed.fingerprint,
  );
}

/** For each patch, how much of what its series introduced stands in the tree after it. */
export function standingAfter(
  findings: readonly JudgedFinding[],
  follows: readonly boolean[],
): number[] {
  const standing = new Set<string>();
  return follows.map((isSuccessor, index) => {
    if (!isSuccessor) standing.clear();
    for (const finding of findings) {
      if (finding.patch !== index + 1) continue;
      if (finding.status === "introduced") standing.add(identityOf(finding));
      if (finding.status === "fixed") standing.delete(identityOf(finding));
    }
    return standing.size;
  });
}

/** Patches of which each stands on what the one before it left, with their numbers in the run. */
export type Series = readonly (PreparedPatch & { readonly number: number })[];

/**
 * What must be said besides, so that each series ends with what it introduces as one patch, however
 * it is cut: a fault that only the whole has is the last patch's, one that the whole has not is
 * mended by a later patch that touches its file. `judgeWhole` judges a series as one patch.
 */
export function settled(
  findings: readonly JudgedFinding[],
  prepared: readonly (PreparedPatch | null)[],
  follows: readonly boolean[],
  judgeWhole: (series: Series, last: number) => Judged,
): JudgedFinding[] {
  return seriesIn(prepared, follows).flatMap((series) => {
    const last = series.at(-1)?.number as number;
    const net = judgeWhole(series, last);
    const standing = standingOf(findings, series);
    const whole = new Set([...net.introduced, ...net.persisting].map(identityOf));
    const mended = [...standing.values()].flatMap((one) => {
      const mender = whole.has(identityOf(one)) ? null : menderOf(one, series);
      return mender === null ? [] : [{ ...one, status: "fixed" as const, patch: mender }];
    });
    return [...net.introduced.filter((one) => !standing.has(identityOf(one))), ...mended];
  });
}

/** The last patch after a finding's that touches its file, else the last of all; null for none. */
function menderOf({ file, patch }: JudgedFinding, series: Series): number | null {
  const later = series.filter(({ number }) => number > patch);
  const touching = later.findLast(({ files }) => files.some(({ newPath }) => newPath === file));
  return (touching ?? later.at(-1))?.number ?? null;
}

/** What patches of a series introduced, by themselves, and none after them fixed. */
function standingOf(
  findings: readonly JudgedFinding[],
  series: Series,
): Map<string, JudgedFinding> {
  const standing = new Map<string, JudgedFinding>();
  for (const { number } of series) {
    const own = findings.filter(({ patch }) => patch === number);
    for (const one of own) if (one.status === "fixed") standing.delete(identityOf(one));
    for (const one of own) if (one.status === "introduced") standing.set(identityOf(one), one);
  }
  return standing;
}

/** All that are longer than one patch; `prepared` holds null for a patch that did not apply. */
function seriesIn(
  prepared: readonly (PreparedPatch | null)[],
  follows: readonly boolean[],
): Series[] {
  const all: (PreparedPatch & { readonly number: number })[][] = [];
  for (const [index, patch] of prepared.entries()) {
    if (patch === null) continue;
    const one = { ...patch, number: index + 1 };
    if (follows[index] === true && all.length > 0) all.at(-1)?.push(one);
    else all.push([one]);
  }
  return all.filter(({ length }) => length > 1);
}
