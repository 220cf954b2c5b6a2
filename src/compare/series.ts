/** What a series says as a whole: a fault that one patch makes and a later one mends. */
import type { JudgedFinding } from "../findings/finding.js";

/** The findings with `fixedIn` filled in: the first later patch that fixes what one introduced. */
export function withFixes(findings: readonly JudgedFinding[]): JudgedFinding[] {
  return findings.map((finding) => {
    if (finding.status !== "introduced") return finding;
    const fix = findings.find(
      (other) =>
        other.status === "fixed" &&
        other.patch > finding.patch &&
        other.fingerprint === finding.fingerprint,
    );
    return fix === undefined ? finding : { ...finding, fixedIn: fix.patch };
  });
}
