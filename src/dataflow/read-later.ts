/**
 * Which members may still be read from a place on: by the rest of the function, by what it
 * calls, and by the functions that wait for it to return. Facts on anything else are garbage.
 */
import type { Instruction, Place, Value } from "../cfg/cfg.js";
import type { CallInstruction, Frame } from "./frame.js";
import type { Procedure } from "./procedure.js";
import type { Slice } from "./slice.js";

export class ReadLater {
  readonly #slice: Slice;
  readonly #own = new Map<Procedure, readonly ReadonlySet<string>[]>();
  readonly #whole = new Map<Procedure, Set<string>>();
  readonly #atBlock = new Map<string, ReadonlySet<string>>();
  readonly #afterCall = new Map<number, ReadonlySet<string>>();

  constructor(slice: Slice) {
    this.#slice = slice;
  }

  /** Members read from the start of a block of a frame on. */
  at(frame: Frame, block: number): ReadonlySet<string> {
    const key = `${frame.context}:${block}`;
    let later = this.#atBlock.get(key);
    if (later === undefined) {
      const outer = frame.caller === null ? none : this.#ofContext(frame);
      later = new Set([...(this.#blocks(frame.procedure)[block] ?? none), ...outer]);
      this.#atBlock.set(key, later);
    }
    return later;
  }

  /** A frame is about to be entered by a call: remember what its caller reads afterwards. */
  enter(inner: Frame, call: CallInstruction, block: number): void {
    if (this.#afterCall.has(inner.context) || inner.caller === null) return;
    const { caller } = inner;
    const later = new Set(caller.caller === null ? none : this.#ofContext(caller));
    const body = caller.procedure.cfg.blocks[block];
    if (body !== undefined) {
      const rest = body.instructions.slice(body.instructions.indexOf(call) + 1);
      this.#readBy(caller.procedure, block, rest, later);
      const end = body.terminator;
      const successors =
        end.op === "goto" ? [end.to] : end.op === "branch" ? [end.then, end.otherwise] : [];
      for (const next of successors)
        for (const field of this.#blocks(caller.procedure)[next] ?? none) later.add(field);
    }
    this.#afterCall.set(inner.context, later);
  }

  /** A frame is about to be entered of which the caller sees nothing. */
  enterLast(inner: Frame): void {
    this.#afterCall.set(inner.context, none);
  }

  /** Members the callers of a frame read after it returned. */
  after(frame: Frame): ReadonlySet<string> {
    return this.#ofContext(frame);
  }

  #ofContext(frame: Frame): ReadonlySet<string> {
    return this.#afterCall.get(frame.context) ?? none;
  }

  #blocks(procedure: Procedure): readonly ReadonlySet<string>[] {
    let blocks = this.#own.get(procedure);
    if (blocks === undefined) {
      blocks = this.#solve(procedure);
      this.#own.set(procedure, blocks);
    }
    return blocks;
  }

  #solve(procedure: Procedure): ReadonlySet<string>[] {
    const { blocks } = procedure.cfg;
    const later = blocks.map((block, index) => {
      const fields = new Set<string>();
      this.#readBy(procedure, index, block.instructions, fields);
      return fields;
    });
    for (let changed = true; changed; ) {
      changed = false;
      for (let index = blocks.length - 1; index >= 0; index--) {
        const end = blocks[index]?.terminator;
        const fields = later[index] as Set<string>;
        const successors =
          end?.op === "goto" ? [end.to] : end?.op === "branch" ? [end.then, end.otherwise] : [];
        const before = fields.size;
        for (const next of successors) for (const field of later[next] ?? none) fields.add(field);
        if (fields.size > before) changed = true;
      }
    }
    return later;
  }

  #readBy(
    procedure: Procedure,
    block: number,
    instructions: readonly Instruction[],
    into: Set<string>,
  ): void {
    for (const instruction of instructions) {
      if (!this.#slice.isRelevant(instruction)) continue;
      if (instruction.op === "assign") {
        addReads(instruction.value, into, instruction.target);
        if (instruction.target.base.kind === "pointee")
          addReads(instruction.target.base.pointer, into);
      }
      if (instruction.op !== "call") continue;
      for (const arg of instruction.args) addReads(arg, into);
      const callee = instruction.callee === null ? null : procedure.callee(instruction.callee);
      if (callee !== null) for (const field of this.#wholeOf(callee)) into.add(field);
      for (const member of this.#slice.handedOver(procedure, instruction)) into.add(member);
    }
    const end = procedure.cfg.blocks[block]?.terminator;
    if (end?.op === "branch" && this.#slice.branches(procedure, block))
      addReads(end.condition, into);
    if (end?.op === "return" && end.value !== null && this.#slice.returnsRelevant(procedure))
      addReads(end.value, into);
  }

  /** Everything a procedure and its callees read; recursion adds nothing new. */
  #wholeOf(procedure: Procedure): ReadonlySet<string> {
    const known = this.#whole.get(procedure);
    if (known !== undefined) return known;
    const whole = new Set<string>();
    this.#whole.set(procedure, whole);
    for (const [block, { instructions }] of procedure.cfg.blocks.entries()) {
      this.#readBy(procedure, block, instructions, whole);
    }
    return whole;
  }
}

const none: ReadonlySet<string> = new Set();

/** A counter's own old value is no reason to keep it: `itself` is the place being written. */
function addReads(value: Value, into: Set<string>, itself: Place | null = null): void {
  switch (value.kind) {
    case "read":
    case "address": {
      if (itself !== null && samePlace(value.place, itself)) return;
      const last = value.place.path.at(-1);
      if (last !== undefined && value.kind === "read") into.add(last);
      if (value.place.base.kind === "pointee") addReads(value.place.base.pointer, into);
      return;
    }
    case "unary":
      addReads(value.operand, into, itself);
      return;
    case "binary":
      addReads(value.left, into, itself);
      addReads(value.right, into, itself);
      return;
    default:
      return;
  }
}

function samePlace(a: Place, b: Place): boolean {
  if (a.path.length !== b.path.length || a.path.some((member, index) => member !== b.path[index]))
    return false;
  if (a.base.kind === "variable") return b.base.kind === "variable" && a.base.name === b.base.name;
  if (
    b.base.kind === "variable" ||
    a.base.pointer.kind !== "read" ||
    b.base.pointer.kind !== "read"
  )
    return false;
  return samePlace(a.base.pointer.place, b.base.pointer.place);
}
