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
  const sameBefore = groupedBy(before, identityOf);
  const sameAfter = new Set(after.map(identityOf));
  const isIn = (finding: Finding) =>
    (sameBefore.get(identityOf(finding)) ?? []).some((other) =>
      isSubset(finding.members, other.members),
    );
  const named = groupedBy(
    after.filter((finding) => !isIn(finding)),
    nameOf,
  );
  // What another check has come to find about the same object is not mended.
  const isLeft = (finding: Finding) =>
    sameAfter.has(identityOf(finding)) || named.has(nameOf(finding));
  return {
    introduced: after
      .filter((finding) => !isIn(finding))
      .map((finding) => ({ ...finding, status: "introduced", side: "after", patch })),
    persisting: after
      .filter((finding) => isIn(finding))
      .map((finding) => ({ ...finding, status: "persisting", side: "after", patch })),
    fixed: before
      .filter((finding) => !isLeft(finding))
      .map((finding) => ({ ...finding, status: "fixed", side: "before", patch })),
  };
}

function nameOf({ file, function: name, object }: Finding): string {
  return JSON.stringify([file, name, object]);
}

function groupedBy(
  findings: readonly Finding[],
  keyOf: (finding: Finding) => string,
): Map<string, Finding[]> {
  const groups = new Map<string, Finding[]>();
  for (const finding of findings) {
    const group = groups.get(keyOf(finding));
    if (group === undefined) groups.set(keyOf(finding), [finding]);
    else group.push(finding);
  }
  return groups;
}

function isSubset(a: readonly string[], b: readonly string[]): boolean {
  return a.every((member) => b.includes(member));
}
