/**
 * A kernel function made ready for the interpreter: its graph with the orders the interpreter
 * needs, its effects, and its ways to callees and structs of its unit.
 */
import type { Cfg, Value } from "../cfg/cfg.js";
import { controlDependence, postdominators } from "../cfg/dominators.js";
import { liveness } from "../cfg/liveness.js";
import { predecessors, successors } from "../cfg/order.js";
import type { Procedure } from "../dataflow/procedure.js";
import { type Effects, effectsOf } from "../protocol/protocol.js";
import type { FunctionSyntax } from "../syntax/ast.js";
import type { FunctionItem } from "../syntax/outline.js";
import type { Span } from "../text/source-file.js";
import type { Program, Unit } from "./program.js";

export class KernelProcedure implements Procedure {
  readonly name: string;
  readonly file: string;
  readonly unit: Unit;
  readonly item: FunctionItem;
  readonly syntax: FunctionSyntax;
  readonly cfg: Cfg;
  readonly rank: readonly number[];
  readonly isJoin: readonly boolean[];
  readonly inLoop: readonly boolean[];
  readonly controls: readonly (readonly number[])[];
  readonly postdominator: readonly (number | null)[];
  readonly liveIn: readonly ReadonlySet<string>[];
  readonly addressTaken: ReadonlySet<string>;
  readonly membersRead: ReadonlySet<string>;
  readonly returnsTracked: boolean;
  readonly effects: Effects;
  readonly #program: Program;
  readonly #constants = new Map<string, number | null>();
  readonly #callees = new Map<string, Procedure | null>();

  constructor(program: Program, unit: Unit, item: FunctionItem, syntax: FunctionSyntax, cfg: Cfg) {
    this.#program = program;
    this.unit = unit;
    this.item = item;
    this.syntax = syntax;
    this.cfg = cfg;
    this.name = syntax.name;
    this.file = syntax.file.path;
    this.rank = cfg.blocks.map((_, index) => index);
    const before = predecessors(cfg);
    this.isJoin = before.map((blocks) => blocks.length > 1);
    this.inLoop = blocksOnCycles(cfg);
    this.controls = controlDependence(cfg).map((blocks) => [...blocks]);
    const { exit, immediate } = postdominators(cfg);
    this.postdominator = immediate.map((block) => (block === exit ? null : block));
    const live = liveness(cfg);
    this.liveIn = live.liveIn;
    this.addressTaken = live.addressTaken;
    this.membersRead = membersRead(cfg);
    this.returnsTracked = new RegExp(`\\b${program.protocol.type}\\s*\\*`).test(head(syntax, item));
    const { protocol } = program;
    const hasEffects = mentions(item, protocol.names, syntax) || protocol.writes.test(syntax.text);
    this.effects = hasEffects
      ? withoutOtherStructs(effectsOf(protocol, syntax), cfg, protocol.type)
      : new Map();
  }

  callee(name: string): Procedure | null {
    let callee = this.#callees.get(name);
    if (callee === undefined) {
      callee = this.#program.callee(this.unit, name);
      this.#callees.set(name, callee);
    }
    return callee;
  }

  isFlag(structTag: string, member: string): boolean {
    const found = this.#program
      .struct(this.unit, structTag)
      ?.members.find(({ name }) => name === member);
    return found !== undefined && found.pointers === 0 && /\b(_?bool|bool)\b|:/.test(found.type);
  }

  isPointer(path: string): boolean {
    const declared = this.cfg.types.get(path);
    if (declared !== undefined) return declared.includes("*");
    const member = /(?:->|\.)(\w+)$/.exec(path)?.[1];
    return member !== undefined && this.#program.isPointerMember(this.unit, member);
  }

  constant(name: string): number | null {
    let value = this.#constants.get(name);
    if (value === undefined) {
      value = this.#program.constant(this.unit, name);
      this.#constants.set(name, value);
    }
    return value;
  }

  text(span: Span): string {
    return this.syntax.text.slice(span.start, span.end).replace(/\s+/g, " ").trim();
  }

  place(span: Span): { line: number; column: number; length: number } {
    const origin = this.syntax.origin(span);
    const { line, column } = this.syntax.file.position(origin.start);
    const rest = this.syntax.file.line(line).length - column + 1;
    return { line, column, length: Math.max(1, Math.min(origin.end - origin.start, rest)) };
  }
}

function head(syntax: FunctionSyntax, item: FunctionItem): string {
  return syntax.file.text.slice(item.span.start, item.body.start).split("(")[0] ?? "";
}

/** Members are matched by name: a pointer declared to point to another struct is not meant. */
function withoutOtherStructs(effects: Effects, cfg: Cfg, type: string): Effects {
  const others = new Set<string>();
  for (const { instructions } of cfg.blocks) {
    for (const instruction of instructions) {
      if (instruction.op !== "assign" || instruction.target.base.kind !== "pointee") continue;
      const { pointer } = instruction.target.base;
      const isVariable =
        pointer.kind === "read" &&
        pointer.place.base.kind === "variable" &&
        pointer.place.path.length === 0;
      const declared =
        isVariable && pointer.place.base.kind === "variable"
          ? cfg.types.get(pointer.place.base.name)
          : undefined;
      if (
        declared === undefined ||
        new RegExp(`\\b${type}\\b`).test(declared) ||
        !/\bstruct\b/.test(declared)
      )
        continue;
      others.add(`${instruction.span.start}:${instruction.span.end}`);
    }
  }
  return new Map([...effects].filter(([key]) => !others.has(key)));
}

/** Macro expansion may bring names in that the body does not show. */
function mentions(item: FunctionItem, names: ReadonlySet<string>, syntax: FunctionSyntax): boolean {
  for (const name of names)
    if (item.identifiers.has(name) || syntax.text.includes(name)) return true;
  return false;
}

function blocksOnCycles(cfg: Cfg): boolean[] {
  // A block is on a cycle when it can reach itself; graphs are small enough to walk.
  const before = predecessors(cfg);
  const onCycle = cfg.blocks.map(() => false);
  cfg.blocks.forEach((block, from) => {
    for (const to of successors(block)) {
      if (to > from) continue;
      // Back edge from -> to: everything between on paths to `from` is in the loop.
      const stack = [from];
      const seen = new Set([to, from]);
      for (let at = stack.pop(); at !== undefined; at = stack.pop()) {
        for (const previous of at === to ? [] : (before[at] ?? [])) {
          if (!seen.has(previous)) {
            seen.add(previous);
            stack.push(previous);
          }
        }
      }
      for (const member of seen) onCycle[member] = true;
    }
  });
  return onCycle;
}

function membersRead(cfg: Cfg): Set<string> {
  const members = new Set<string>();
  const read = (value: Value): void => {
    switch (value.kind) {
      case "read":
      case "address":
        if (value.kind === "read") for (const member of value.place.path) members.add(member);
        if (value.place.base.kind === "pointee") read(value.place.base.pointer);
        return;
      case "unary":
        read(value.operand);
        return;
      case "binary":
        read(value.left);
        read(value.right);
        return;
      default:
        return;
    }
  };
  for (const { instructions, terminator } of cfg.blocks) {
    for (const instruction of instructions) {
      if (instruction.op === "assign") read(instruction.value);
      if (instruction.op === "call") for (const arg of instruction.args) read(arg);
    }
    if (terminator.op === "branch") read(terminator.condition);
    if (terminator.op === "return" && terminator.value !== null) read(terminator.value);
  }
  return members;
}
