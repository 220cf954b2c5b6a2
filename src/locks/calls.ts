/** Which calls a contract may stand for. */
import type { Instruction } from "../cfg/cfg.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Contract } from "./contract.js";
import { withoutDemands } from "./effect-at-call.js";
import type { Rules } from "./rules.js";

export function contractOfCall(
  procedure: Procedure,
  instruction: Instruction,
  rules: Pick<Rules, "effectsAt">,
  contract: Rules["contract"],
): Contract | null {
  if (instruction.op !== "call" || instruction.callee === null) return null;
  if (!hasNoDemands(procedure, instruction, rules)) return null;
  const callee = procedure.callee(instruction.callee);
  return callee === null ? null : contract(callee, procedure);
}

export function hasNoDemands(
  procedure: Procedure,
  call: Instruction,
  { effectsAt }: Pick<Rules, "effectsAt">,
): boolean {
  return withoutDemands(effectsAt(procedure, call.span)).length === 0;
}
