/**
 * Where a function that frees an object of a variable reads through that variable, writes through
 * it or hands it on, anywhere: of what was freed by then, each is a mistake. Misses what is read in
 * a condition.
 */
import type { Cfg, Instruction, Value } from "../cfg/cfg.js";
import type { Effect } from "../protocol/effect.js";
import type { Effects } from "../protocol/protocol.js";

export function usesOfFreed({ blocks }: Cfg, effects: Effects): Effects {
  const freed = new Set<string>();
  const frees = ({ span }: Instruction) =>
    (effects.get(`${span.start}:${span.end}`) ?? []).some(({ kind }) => kind === "free");
  const all = blocks.flatMap(({ instructions }) => instructions);
  for (const one of all) {
    if (one.op !== "call" || !frees(one)) continue;
    for (const name of one.args.map(variableOf)) if (name !== null) freed.add(name);
  }
  const uses = new Map<string, readonly Effect[]>();
  for (const one of freed.size === 0 ? [] : all) {
    const used = [...usedIn(one)].filter((name) => freed.has(name));
    if (used.length > 0 && !frees(one))
      uses.set(`${one.span.start}:${one.span.end}`, used.map(useOf));
  }
  return uses;
}

function useOf(name: string): Effect {
  return {
    kind: "use",
    operand: null,
    value: { kind: "read", place: { base: { kind: "variable", name }, path: [] } },
    when: "always",
    otherwise: null,
    check: null,
    late: null,
    lock: null,
  };
}

/** Variables that an instruction reads or writes through, or hands to a callee. */
function usedIn(instruction: Instruction): Set<string> {
  const names = new Set<string>();
  const through = (value: Value): void => {
    if (value.kind === "unary") through(value.operand);
    else if (value.kind === "binary") {
      through(value.left);
      through(value.right);
    } else if (value.kind === "read" && value.place.base.kind === "pointee")
      pointer(value.place.base.pointer);
  };
  const pointer = (value: Value): void => {
    const name = variableOf(value);
    if (name === null) through(value);
    else names.add(name);
  };
  if (instruction.op === "call") instruction.args.forEach(pointer);
  else if (instruction.op === "assign") {
    through(instruction.value);
    if (instruction.target.base.kind === "pointee") pointer(instruction.target.base.pointer);
  }
  return names;
}

function variableOf(value: Value): string | null {
  return value.kind === "read" &&
    value.place.base.kind === "variable" &&
    value.place.path.length === 0
    ? value.place.base.name
    : null;
}
