/**
 * Verdicts: findings of the two sides of a patch compared by fingerprint.
 */
import type { Cause, Finding, JudgedFinding } from "../findings/finding.js";
import { identityOf } from "./identity.js";

export interface Judged {
  readonly introduced: readonly JudgedFinding[];
  readonly fixed: readonly JudgedFinding[];
  readonly persisting: readonly JudgedFinding[];
}

/**
 * `patch` counts from 1. A finding on both sides is told with the lines of the after side. One
 * whose object is handed over in fewer members than before is still there, half mended; in more,
 * it is new.
 */
export function judge(
  before: readonly Finding[],
  after: readonly (Finding & { readonly cause?: Cause })[],
  patch: number,
): Judged {
  const isIn = (finding: Finding, others: readonly Finding[]) =>
    others.some(
      (other) => isSameObject(finding, other) && isSubset(finding.members, other.members),
    );
  // What another check has come to find about the same object is not mended.
  const isLeft = (finding: Finding) =>
    after.some(
      (other) =>
        isSameObject(finding, other) || (isSameName(finding, other) && !isIn(other, before)),
    );
  return {
    introduced: after
      .filter((finding) => !isIn(finding, before))
      .map((finding) => ({ ...finding, status: "introduced", side: "after", patch })),
    persisting: after
      .filter((finding) => isIn(finding, before))
      .map((finding) => ({ ...finding, status: "persisting", side: "after", patch })),
    fixed: before
      .filter((finding) => !isLeft(finding))
      .map((finding) => ({ ...finding, status: "fixed", side: "before", patch })),
  };
}

function isSameObject(a: Finding, b: Finding): boolean {
  return identityOf(a) === identityOf(b);
}

function isSameName(a: Finding, b: Finding): boolean {
  return a.file === b.file && a.function === b.function && a.object === b.object;
}

function isSubset(a: readonly string[], b: readonly string[]): boolean {
  return a.every((member) => b.includes(member));
}
