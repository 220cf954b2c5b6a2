/**
 * Findings whose cause is elsewhere: before the patch a helper locked the object, and a hunk in
 * the helper took that lock away. Such a finding is a type of its own and names the hunk.
 */
import type { Cause, Finding } from "../findings/finding.js";
import type { FunctionRun, Link } from "../locks/obligation.js";

/** The hunk (from 1) of a file's patch that holds a line of the before side; null when none does. */
export type HunkAt = (path: string, line: number) => number | null;

/**
 * A finding with its cause, if its check becomes another (`dropped`) by that; unchanged where the function's own change is the cause. `runBefore`
 * gives the run of a function before the patch: the lock may have been taken in any function on
 * the chain from the charged one to the effect.
 */
export function withCause(
  finding: Finding,
  runBefore: (place: { readonly file: string; readonly name: string }) => FunctionRun | undefined,
  hunkAt: HunkAt,
  dropped: string | undefined,
): Finding & { readonly cause?: Cause } {
  if (dropped === undefined) return finding;
  for (const link of finding.chain) {
    const before = runBefore({ file: link.file, name: link.function });
    for (const { procedure, site } of before === undefined ? [] : lockersBefore(finding, before)) {
      const hunk = hunkAt(procedure.file, procedure.place(site).line);
      if (hunk === null || procedure.name === finding.function) continue;
      const cause = { function: procedure.name, file: procedure.file, hunk };
      return { ...finding, type: dropped, cause };
    }
  }
  return finding;
}

/** Who locked the object before, on the way from this function to the effect. */
function lockersBefore(finding: Finding, before: FunctionRun): Link[] {
  return before.obligations
    .filter(({ check, member }) =>
      member === null ? check === finding.type : finding.members.includes(member),
    )
    .flatMap(({ lockedBy }) => lockedBy);
}
