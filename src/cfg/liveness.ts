/**
 * Which variables a block's future may still read: the rest need not be kept in a state.
 * Counts whole variables: reading a member reads the variable, writing one leaves it alive.
 */

import type { Block, Cfg, Instruction, Place, Value } from "./cfg.js";
import { indexVariables } from "./make-value.js";
import { predecessors, successors } from "./order.js";

export interface Liveness {
  /**
   * By block: parameters, locals and temporaries live on entry. A variable whose address is
   * taken anywhere is left out: see `addressTaken`. Globals and static locals are never listed.
   */
  readonly liveIn: readonly ReadonlySet<string>[];
  /** Variables that may be read through a pointer: to be kept from their declaration on. */
  readonly addressTaken: ReadonlySet<string>;
}

export function liveness(cfg: Cfg): Liveness {
  const addressTaken = new Set<string>();
  const isLocal = (name: string) => cfg.types.has(name) || name.startsWith("%");
  const collector = {
    read: () => {},
    write: () => {},
    take: (name: string) => addressTaken.add(name),
  };
  for (const block of cfg.blocks) visitBlock(block, collector);
  const tracked = (name: string) => isLocal(name) && !addressTaken.has(name);
  const summaries = cfg.blocks.map((block) => summarise(block, tracked));
  const liveIn = summaries.map(({ uses }) => new Set(uses));
  const work = cfg.blocks.map((_, number) => number);
  const leading = predecessors(cfg);
  for (let number = work.pop(); number !== undefined; number = work.pop()) {
    const live = liveIn[number] as Set<string>;
    const before = live.size;
    for (const next of successors(cfg.blocks[number] as Block)) {
      for (const name of liveIn[next] ?? [])
        if (!summaries[number]?.kills.has(name)) live.add(name);
    }
    if (live.size > before) work.push(...(leading[number] ?? []));
  }
  return { liveIn, addressTaken: new Set([...addressTaken].filter(isLocal)) };
}

interface Visitor {
  read(name: string): void;
  /** The whole variable gets a new value. */
  write(name: string): void;
  /** Its address is taken. */
  take(name: string): void;
}

function summarise(
  block: Block,
  tracked: (name: string) => boolean,
): { uses: Set<string>; kills: Set<string> } {
  const uses = new Set<string>();
  const kills = new Set<string>();
  visitBlock(block, {
    read: (name) => {
      if (tracked(name) && !kills.has(name)) uses.add(name);
    },
    write: (name) => kills.add(name),
    take: () => {},
  });
  return { uses, kills };
}

function visitBlock(block: Block, visitor: Visitor): void {
  for (const instruction of block.instructions) visitInstruction(instruction, visitor);
  const end = block.terminator;
  if (end.op === "branch") visitValue(end.condition, visitor);
  if (end.op === "return" && end.value !== null) visitValue(end.value, visitor);
}

function visitInstruction(instruction: Instruction, visitor: Visitor): void {
  switch (instruction.op) {
    case "assign":
      visitValue(instruction.value, visitor);
      return visitTarget(instruction.target, visitor);
    case "zero":
    case "forget":
      return visitTarget(instruction.target, visitor);
    case "declare":
      return visitor.write(instruction.name);
    case "call":
      for (const arg of instruction.args) visitValue(arg, visitor);
      return visitor.write(instruction.result);
  }
}

function visitTarget(place: Place, visitor: Visitor): void {
  for (const name of indexVariables(place)) visitor.read(name);
  if (place.base.kind === "pointee") visitValue(place.base.pointer, visitor);
  else if (place.path.length === 0) visitor.write(place.base.name);
}

function visitValue(value: Value, visitor: Visitor): void {
  switch (value.kind) {
    case "read":
      for (const name of indexVariables(value.place)) visitor.read(name);
      if (value.place.base.kind === "pointee") visitValue(value.place.base.pointer, visitor);
      else visitor.read(value.place.base.name);
      return;
    case "address":
      for (const name of indexVariables(value.place)) visitor.read(name);
      if (value.place.base.kind === "pointee") visitValue(value.place.base.pointer, visitor);
      else visitor.take(value.place.base.name);
      return;
    case "unary":
      return visitValue(value.operand, visitor);
    case "binary":
      visitValue(value.left, visitor);
      return visitValue(value.right, visitor);
    default:
      return;
  }
}
