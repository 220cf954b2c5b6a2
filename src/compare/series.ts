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
  return findings.map((finding) => {
    if (finding.status !== "introduced") return finding;
    const next = follows.indexOf(false, finding.patch);
    const fixes = findings.filter(
      (other) =>
        other.status === "fixed" &&
        identityOf(other) === identityOf(finding) &&
        other.patch > finding.patch &&
        (next === -1 || other.patch <= next),
    );
    if (fixes.length === 0) return finding;
    return { ...finding, fixedIn: Math.min(...fixes.map(({ patch }) => patch)) };
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
