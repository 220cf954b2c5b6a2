/**
 * Calls that give back what they were handed, or another object in its place: locked where they
 * had something to do, as it was where not.
 */
import type { Cfg, Value } from "../cfg/cfg.js";
import type { CallInstruction, Frame, Outcome } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { ContractRun } from "./apply-contract.js";
import { LOCKED, RETURNED, UNSURE } from "./marks.js";

/**
 * The object as it is. Another one, of which nobody here knows whether it is locked, only where the
 * function asks whether it is another: it doubles the paths, and demands nothing by itself.
 */
export function handBack(
  { explorer }: ContractRun,
  state: State,
  frame: Frame,
  call: CallInstruction,
  args: readonly TermId[],
  object: TermId,
): Outcome[] | null {
  if (explorer.terms.get(object).kind !== "atom") return null;
  explorer.forgetArguments(frame, state, call, args);
  const outcomes = [{ state, result: object }];
  if (comparesObjects(frame.procedure)) {
    const other = state.clone();
    const result = explorer.result(frame, other, call, false);
    for (const one of [object, result])
      if ((other.marksOf(one) & LOCKED) === 0) other.mark(one, UNSURE);
    outcomes.push({ state: other, result });
  }
  if ((state.marksOf(object) & LOCKED) === 0) state.mark(object, RETURNED);
  return outcomes;
}

/** Asked at each call on each path: looked up once for each graph. */
const known = new WeakMap<Cfg, boolean>();

function comparesObjects(procedure: Procedure): boolean {
  const { cfg } = procedure;
  let compares = known.get(cfg);
  if (compares === undefined) {
    compares = cfg.blocks.some(
      ({ terminator }) =>
        terminator.op === "branch" && isComparison(procedure, terminator.condition),
    );
    known.set(cfg, compares);
  }
  return compares;
}

function isComparison(procedure: Procedure, value: Value): boolean {
  if (value.kind === "unary") return isComparison(procedure, value.operand);
  if (value.kind !== "binary") return false;
  const { left, right } = value;
  return (
    (procedure.isTracked(left) && procedure.isTracked(right)) ||
    isComparison(procedure, left) ||
    isComparison(procedure, right)
  );
}
