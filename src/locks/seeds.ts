/** What the effects and contracts of one function make relevant for the slice. */
import type { Instruction, Value } from "../cfg/cfg.js";
import type { CallInstruction } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Seed } from "../dataflow/slice.js";
import type { Effect } from "../protocol/effect.js";
import type { AccessPath, Contract } from "./contract.js";

function seedOfEffects(instruction: Instruction, effects: readonly Effect[]): Seed | null {
  if (effects.length === 0) return null;
  const values = effects.flatMap(({ operand, value, lock, when }) => {
    if (value !== undefined) return [value];
    if (instruction.op !== "call") return [];
    const given = argumentAt(instruction, operand) ?? [];
    return lock === null || when === "always" ? given : [given, resultOf(instruction)].flat();
  });
  return values.length > 0 || instruction.op === "call" ? { values, members: [] } : null;
}

/** All that a call is given. */
export function seedOfArguments(instruction: Instruction): Seed | null {
  return instruction.op === "call" ? { values: instruction.args, members: [] } : null;
}

/** What one instruction makes relevant: by its effects, by a contract that stands for its callee. */
export function seedOf(
  procedure: Procedure,
  instruction: Instruction,
  effects: readonly Effect[],
  contract: Contract | null,
): Seed | null {
  const a = seedOfEffects(instruction, effects);
  const b = seedOfContract(procedure, instruction, contract);
  if (a === null || b === null) return a ?? b;
  return { values: [...a.values, ...b.values], members: [...a.members, ...b.members] };
}

/** What a call returns: a lock that was tried is held or not, and what asks for it tells. */
function resultOf({ result }: CallInstruction): Value {
  return { kind: "read", place: { base: { kind: "variable", name: result }, path: [] } };
}

function argumentAt(call: CallInstruction, operand: Effect["operand"]): Value | null {
  if (operand === null) return null;
  const index = call.argSpans.findIndex(
    (span) => span.start <= operand.start && operand.end <= span.end,
  );
  return call.args[index] ?? null;
}

function seedOfContract(
  procedure: Procedure,
  instruction: Instruction,
  contract: Contract | null,
): Seed | null {
  if (contract === null || instruction.op !== "call") return null;
  const callee = procedure.callee(instruction.callee ?? "");
  const paths = pathsAskedFor(contract);
  const names = new Set(paths.map(({ param }) => param));
  const values = (callee?.cfg.params ?? []).flatMap((name, index) =>
    names.has(name) ? (instruction.args[index] ?? []) : [],
  );
  return { values, members: membersOf(paths) };
}

/** Members that access paths lead through. */
export function membersOf(paths: readonly AccessPath[]): string[] {
  return paths.flatMap(({ path }) =>
    path.map((member) => member.slice(member.lastIndexOf(".") + 1)),
  );
}

/** What a contract asks about. */
export function pathsAskedFor(contract: Contract | null): AccessPath[] {
  if (contract === null) return [];
  const { requires, assumes, locks, inserts } = contract;
  return [...requires.map(({ object }) => object), ...assumes, ...locks, ...inserts];
}
