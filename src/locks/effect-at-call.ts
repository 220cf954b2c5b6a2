/** What an effect says of the call it stands at: its operand among the arguments, its check. */
import type { CallInstruction, Frame } from "../dataflow/frame.js";
import { ZERO } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Effect } from "../protocol/effect.js";

/** A demand says nothing of what the call does, nor does a use. */
export function withoutDemands(effects: readonly Effect[]): readonly Effect[] {
  return effects.some(isBeside) ? effects.filter((effect) => !isBeside(effect)) : effects;
}

function isBeside({ kind }: Effect): boolean {
  return kind === "demand" || kind === "use";
}

/** Loading a protocol refuses a demand without a check. */
export function checkOf({ check }: Effect): string {
  return check as string;
}

export function operandOf(effect: Effect, call: CallInstruction, args: readonly TermId[]): TermId {
  const { operand } = effect;
  if (operand === null) return ZERO;
  const index = call.argSpans.findIndex(
    (span) => span.start <= operand.start && operand.end <= span.end,
  );
  return args[index] ?? ZERO;
}

/** A function not in reach that is given an object may return it, or another, locked. */
export function mayHandBack({ procedure }: Frame, { callee, args }: CallInstruction): boolean {
  if (callee === null || procedure.callee(callee) !== null) return false;
  return args.some((arg) => procedure.isTracked(arg));
}
