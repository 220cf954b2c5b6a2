/**
 * Facts about call instructions that the interpreter asks for again and again: which variables
 * are read after a call, and whether its result is a number made outside any loop.
 */
import type { Instruction, Place, Value } from "../cfg/cfg.js";
import { indexVariables } from "../cfg/make-value.js";
import type { CallInstruction } from "./frame.js";
import type { Procedure } from "./procedure.js";

interface Site {
  readonly block: number;
  readonly index: number;
}

export class CallSites {
  readonly #places = new Map<Procedure, Map<Instruction, Site>>();
  readonly #liveAfter = new Map<CallInstruction, ReadonlySet<string>>();
  readonly #pointers = new Map<Procedure, ReadonlySet<string>>();

  /** Variables that may be read after the call returned. */
  liveAfter(procedure: Procedure, call: CallInstruction): ReadonlySet<string> {
    let live = this.#liveAfter.get(call);
    if (live === undefined) {
      live = this.#computeLiveAfter(procedure, call);
      this.#liveAfter.set(call, live);
    }
    return live;
  }

  /**
   * Whether a call of an unknown function may be named by its arguments: the result is not
   * used as a pointer, and no loop repeats the call (two turns must be free to differ).
   */
  isScalarOutsideLoops(procedure: Procedure, call: CallInstruction): boolean {
    const site = this.#site(procedure, call);
    if (site === undefined || procedure.inLoop[site.block]) return false;
    return !this.#pointerVariables(procedure).has(call.result);
  }

  blockOf(procedure: Procedure, call: CallInstruction): number {
    return this.#site(procedure, call)?.block ?? 0;
  }

  #site(procedure: Procedure, call: CallInstruction): Site | undefined {
    let places = this.#places.get(procedure);
    if (places === undefined) {
      places = new Map();
      for (const [block, { instructions }] of procedure.cfg.blocks.entries()) {
        for (const [index, instruction] of instructions.entries())
          places.set(instruction, { block, index });
      }
      this.#places.set(procedure, places);
    }
    return places.get(call);
  }

  #computeLiveAfter(procedure: Procedure, call: CallInstruction): ReadonlySet<string> {
    const live = new Set<string>();
    const site = this.#site(procedure, call);
    const block = site === undefined ? undefined : procedure.cfg.blocks[site.block];
    if (site === undefined || block === undefined) return live;
    const successors = successorsOf(block.terminator);
    for (const next of successors) for (const name of procedure.liveIn[next] ?? []) live.add(name);
    const use = (value: Value) => forEachVariable(value, (name) => live.add(name));
    for (const later of block.instructions.slice(site.index + 1)) {
      if (later.op === "assign") use(later.value);
      if (later.op === "call") for (const arg of later.args) use(arg);
      if (later.op !== "call" && later.op !== "declare") useTarget(later.target, use);
    }
    const end = block.terminator;
    if (end.op === "branch") use(end.condition);
    if (end.op === "return" && end.value !== null) use(end.value);
    return live;
  }

  /** Variables whose value goes anywhere but into a condition or a local that is a number. */
  #pointerVariables(procedure: Procedure): ReadonlySet<string> {
    let found = this.#pointers.get(procedure);
    if (found === undefined) {
      const pointers = new Set<string>();
      const add = (name: string) => pointers.add(name);
      for (const { instructions, terminator } of procedure.cfg.blocks) {
        for (const instruction of instructions) {
          if (instruction.op === "call")
            for (const arg of instruction.args) forEachVariable(arg, add);
          if (instruction.op !== "assign") continue;
          const { base, path } = instruction.target;
          const type =
            base.kind === "variable" && path.length === 0
              ? procedure.cfg.types.get(base.name)
              : undefined;
          if (type === undefined || type.includes("*")) forEachVariable(instruction.value, add);
          else forEachPointer(instruction.value, add);
        }
        if (terminator.op === "branch") forEachPointer(terminator.condition, add);
        if (terminator.op === "return" && terminator.value !== null && procedure.returnsTracked) {
          forEachVariable(terminator.value, add);
        }
      }
      found = pointers;
      this.#pointers.set(procedure, found);
    }
    return found;
  }
}

function successorsOf(end: Procedure["cfg"]["blocks"][number]["terminator"]): number[] {
  if (end.op === "goto") return [end.to];
  return end.op === "branch" ? [end.then, end.otherwise] : [];
}

function useTarget(target: Place, use: (value: Value) => void): void {
  for (const name of indexVariables(target))
    use({ kind: "read", place: { base: { kind: "variable", name }, path: [] } });
  if (target.base.kind === "pointee") use(target.base.pointer);
}

function forEachVariable(value: Value, visit: (name: string) => void): void {
  switch (value.kind) {
    case "read":
    case "address":
      for (const name of indexVariables(value.place)) visit(name);
      if (value.place.base.kind === "variable") visit(value.place.base.name);
      else forEachVariable(value.place.base.pointer, visit);
      return;
    case "unary":
      forEachVariable(value.operand, visit);
      return;
    case "binary":
      forEachVariable(value.left, visit);
      forEachVariable(value.right, visit);
      return;
    default:
      return;
  }
}

/** Variables a value dereferences. */
function forEachPointer(value: Value, visit: (name: string) => void): void {
  switch (value.kind) {
    case "read":
    case "address":
      if (value.place.base.kind === "pointee") forEachVariable(value.place.base.pointer, visit);
      return;
    case "unary":
      forEachPointer(value.operand, visit);
      return;
    case "binary":
      forEachPointer(value.left, visit);
      forEachPointer(value.right, visit);
      return;
    default:
      return;
  }
}
