/**
 * Verdicts: findings of the two sides of a patch compared by fingerprint.
 */
import type { Cause, Finding, JudgedFinding } from "../findings/finding.js";

export interface Judged {
  readonly introduced: readonly JudgedFinding[];
  readonly fixed: readonly JudgedFinding[];
  readonly persisting: readonly JudgedFinding[];
}

/** `patch` counts from 1. A finding on both sides is told with the lines of the after side. */
export function judge(
  before: readonly Finding[],
  after: readonly (Finding & { readonly cause?: Cause })[],
  patch: number,
): Judged {
  const old = new Set(before.map((finding) => finding.fingerprint));
  const now = new Set(after.map((finding) => finding.fingerprint));
  return {
    introduced: after
      .filter((finding) => !old.has(finding.fingerprint))
      .map((finding) => ({ ...finding, status: "introduced", side: "after", patch })),
    persisting: after
      .filter((finding) => old.has(finding.fingerprint))
      .map((finding) => ({ ...finding, status: "persisting", side: "after", patch })),
    fixed: before
      .filter((finding) => !now.has(finding.fingerprint))
      .map((finding) => ({ ...finding, status: "fixed", side: "before", patch })),
  };
}
