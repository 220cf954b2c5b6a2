/**
 * Tells assertions that demand a lock from those that ask whether there is any: what is asserted
 * only after some function was asked (is it read-locked?) is no demand of the callers. Looks at
 * the branches that decide whether the assertion runs: their conditions must be made of what
 * came in through parameters. Misses demands behind a test that has nothing to do with locks.
 */
import type { Value } from "../cfg/cfg.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Span } from "../text/source-file.js";

export function isOutright(procedure: Procedure, site: Span): boolean {
  const { cfg, controls } = procedure;
  const own = cfg.blocks.findIndex(({ instructions }) =>
    instructions.some(({ span }) => span === site),
  );
  const deciding = new Set<number>();
  const pending = [own];
  for (let block = pending.pop(); block !== undefined; block = pending.pop()) {
    for (const [number, controlled] of controls.entries()) {
      if (deciding.has(number) || !controlled.includes(block)) continue;
      deciding.add(number);
      pending.push(number);
    }
  }
  const given = givenVariables(procedure);
  return [...deciding].every((number) => {
    const end = cfg.blocks[number]?.terminator;
    return end?.op !== "branch" || isGiven(end.condition, given);
  });
}

/** Parameters, and locals that are only ever assigned what was given. */
function givenVariables({ cfg }: Procedure): Set<string> {
  const given = new Set([...cfg.types.keys(), ...cfg.params]);
  for (let changed = true; changed; ) {
    changed = false;
    for (const instruction of cfg.blocks.flatMap(({ instructions }) => instructions)) {
      const name = assignedVariable(instruction);
      if (name === null || !given.has(name)) continue;
      if (instruction.op === "assign" && isGiven(instruction.value, given)) continue;
      given.delete(name);
      changed = true;
    }
  }
  return given;
}

function assignedVariable(
  instruction: Procedure["cfg"]["blocks"][number]["instructions"][number],
): string | null {
  if (instruction.op !== "assign" && instruction.op !== "forget") return null;
  const { base, path } = instruction.target;
  return base.kind === "variable" && path.length === 0 ? base.name : null;
}

function isGiven(value: Value, given: ReadonlySet<string>): boolean {
  switch (value.kind) {
    case "read":
    case "address": {
      const { base } = value.place;
      return base.kind === "variable"
        ? given.has(base.name) || isConstant(base.name)
        : isGiven(base.pointer, given);
    }
    case "unary":
      return isGiven(value.operand, given);
    case "binary":
      return isGiven(value.left, given) && isGiven(value.right, given);
    case "opaque":
      return false;
    default:
      return true;
  }
}

function isConstant(name: string): boolean {
  return /^[A-Z][A-Z0-9_]*$/.test(name);
}
