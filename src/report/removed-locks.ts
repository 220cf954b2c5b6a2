/**
 * The locks that a hunk took out of a helper, for findings in its callers. They are known by the
 * function that the fix calls: a lock taken in another way is not found, and nothing is said of it.
 */
import type { JudgedFinding } from "../findings/finding.js";
import type { Excerpts, RemovedLine } from "../findings/review.js";

/** The call that the fix asks for; null when it asks for none. */
export function lockCall({ fix = "" }: JudgedFinding): string | null {
  return /^[A-Za-z_]\w*\([^()]*\)/.exec(fix)?.[0] ?? null;
}

/** Lines removed by the hunk that is the cause of these findings, those that call the lock. */
export function removedByCause(
  findings: readonly JudgedFinding[],
  excerpts: Excerpts,
): readonly RemovedLine[] {
  const [{ cause, patch }] = findings as [JudgedFinding];
  if (cause === undefined) return [];
  const callees = new Set(findings.map((finding) => /^\w+\(/.exec(lockCall(finding) ?? "")?.[0]));
  const removed = excerpts.removedBy(patch, cause.file, cause.hunk) ?? [];
  return removed.filter(({ text }) =>
    [...callees].some((callee) => callee !== undefined && dense(text).includes(callee)),
  );
}

/** Without white space, to compare calls. */
export function dense(text: string): string {
  return text.replace(/\s+/g, "");
}
