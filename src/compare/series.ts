/** What a series says as a whole: a fault that one patch makes and a later one mends. */
import type { JudgedFinding } from "../findings/finding.js";
import { identityOf } from "./identity.js";

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
