/** What was not decided about a function, and why. */
import type { Procedure } from "../dataflow/procedure.js";
import type { Gap, GapReason } from "../findings/finding.js";
import { type FunctionRun, isFoundHere, type Obligation } from "../locks/obligation.js";
import type { Protocol } from "../protocol/protocol.js";
import { KernelProcedure } from "./kernel-procedure.js";
import { locksInOtherLoop } from "./other-loop.js";
import type { Program, Unit } from "./program.js";

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
  const isLinked = (one: Obligation) =>
    isFoundHere(one) && !one.isAsserted && !one.isSure && locksInOtherLoop(run, one);
  if (run.obligations.some(isLinked)) {
    const text = "another loop locks what may be the same objects";
    gaps.push(gapOf(procedure, "unknown-value", text));
  }
  if (procedure instanceof KernelProcedure) {
    const { errors, oneBranchOnly } = procedure.syntax;
    if (errors.length + procedure.cfg.truncated.length > 0)
      gaps.push(gapOf(procedure, "parse", "a part of the function was not understood"));
    if (oneBranchOnly)
      gaps.push(
        gapOf(procedure, "preprocessor", "only the first branch of each #if was looked at"),
      );
  }
  return gaps;
}

/** Functions of a unit that the budget did not let be parsed, and those run that lead to one. */
export function unreadGaps(program: Program, unit: Unit, runs: readonly FunctionRun[]): Gap[] {
  const { unread } = program.budget;
  if (unread.size === 0) return [];
  const leading = program.mentions(unit).reaching(unread);
  const own = [...unread].flatMap((name) => {
    const item = unit.scope[0]?.functions.get(name);
    if (item === undefined) return [];
    const { line } = unit.file.position(item.span.start);
    const text = "too long, or too much in all, to be looked at";
    return [{ file: unit.file.path, line, function: name, reason: "budget" as const, text }];
  });
  const callers = runs.filter(({ procedure }) => leading.has(procedure.name));
  return [
    ...own,
    ...callers.map(({ procedure }) =>
      gapOf(procedure, "budget", "what it calls was too long, or too much in all, to be looked at"),
    ),
  ];
}

/** Without the container's definition every obligation would vanish without a word. */
export function noMembersGap({ container }: Protocol): (procedure: Procedure) => Gap {
  return (procedure) =>
    gapOf(procedure, "no-members", `the definition of struct ${container} was not found`);
}

export function gapOf(procedure: Procedure, reason: GapReason, text: string): Gap {
  return { file: procedure.file, line: lineOf(procedure), function: procedure.name, reason, text };
}

export function lineOf(procedure: Procedure): number {
  if (!(procedure instanceof KernelProcedure)) return 1;
  return procedure.syntax.file.position(procedure.item.span.start).line;
}
