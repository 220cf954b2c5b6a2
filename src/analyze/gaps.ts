/** What was not decided about a function, and why. */
import type { Procedure } from "../dataflow/procedure.js";
import type { Gap, GapReason } from "../findings/finding.js";
import type { FunctionRun } from "../locks/obligation.js";
import { KernelProcedure } from "./kernel-procedure.js";

export function gapsOf(run: FunctionRun): Gap[] {
  const gaps: Gap[] = [];
  const { procedure } = run;
  const texts: Record<string, string> = {
    "state-limit": "too many states: some paths were not looked at",
    "depth-limit": "calls nested too deep to follow",
    budget: "the run had no work left to spend on it",
    recursion: "a recursive call was not followed",
  };
  for (const limit of run.limits)
    gaps.push(gapOf(procedure, limit as GapReason, texts[limit] ?? limit));
  for (const obligation of run.limits.length > 0 ? [] : run.obligations) {
    // What a contract leaves open and nobody looked into is the callee's own fault.
    // So is what is not about a commit: that is taken for granted.
    const { unknown, fromContract, member } = obligation;
    if (!unknown || fromContract || member === null) continue;
    const text = `the object in member ${member} has no known origin`;
    gaps.push(gapOf(procedure, "unknown-value", text));
  }
  if (procedure instanceof KernelProcedure) {
    const { errors, oneBranchOnly } = procedure.syntax;
    if (errors.length > 0)
      gaps.push(gapOf(procedure, "parse", "a part of the function was not understood"));
    if (oneBranchOnly)
      gaps.push(
        gapOf(procedure, "preprocessor", "only the first branch of each #if was looked at"),
      );
  }
  return gaps;
}

export function gapOf(procedure: Procedure, reason: GapReason, text: string): Gap {
  return { file: procedure.file, line: lineOf(procedure), function: procedure.name, reason, text };
}

export function lineOf(procedure: Procedure): number {
  if (!(procedure instanceof KernelProcedure)) return 1;
  return procedure.syntax.file.position(procedure.item.span.start).line;
}
