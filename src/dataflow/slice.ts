/**
 * The relevance slice: which instructions and branches can influence a tracked object, an
 * effect on one, or a flag that guards one. All else is skipped by the interpreter; without
 * this the paths explode.
 *
 * A fixpoint over relevant variables per procedure and relevant member names. Members are
 * told apart by name only: `end` of one struct makes `end` of every struct relevant, which
 * costs time and never a verdict.
 */
import type { Cfg, Instruction, Place, Value } from "../cfg/cfg.js";
import { indexVariables } from "../cfg/make-value.js";
import { isOfArgumentsAlone } from "./arguments-alone.js";
import type { Procedure } from "./procedure.js";
import { Variables } from "./variables.js";

/** What an instruction's effect makes relevant. */
export interface Seed {
  readonly values: readonly Value[];
  /** Members that are read through the values. */
  readonly members: readonly string[];
}

/** Members an instruction reads besides those its values name: a commit reads the container's. */
export type HandedOver = (procedure: Procedure, instruction: Instruction) => readonly string[];

export interface SliceInput {
  readonly procedures: readonly Procedure[];
  /** Members that are relevant from the start: those of the container. */
  readonly fields: readonly string[];
  seed(procedure: Procedure, instruction: Instruction): Seed | null;
  readonly handedOver: HandedOver;
  /** A procedure of which the result is asked for, too. */
  readonly resultOf?: Procedure;
  /** Also predicates are entered that would else be values named by their arguments. */
  readonly entersPredicates: boolean;
  /** Whether a callee's contract stands for its body at this call. */
  byContract(procedure: Procedure, instruction: Instruction): boolean;
}

export interface Slice {
  isRelevant(instruction: Instruction): boolean;
  /** Whether what a relevant assignment writes is ever asked for; else only its effect counts. */
  keeps(instruction: Instruction): boolean;
  branches(procedure: Procedure, block: number): boolean;
  /** Whether a procedure has anything relevant in it. */
  matters(procedure: Procedure): boolean;
  returnsRelevant(procedure: Procedure): boolean;
  readonly fields: ReadonlySet<string>;
  /** Relevant variables that are no function's own. */
  readonly globals: ReadonlySet<string>;
  readonly handedOver: HandedOver;
}

/** The way past a branch of which the other side only ends the path; null when there is none. */
export function passesStop(
  cfg: Cfg,
  branch: { readonly then: number; readonly otherwise: number },
): number | null {
  const stops = (index: number) => {
    const block = cfg.blocks[index];
    return block?.terminator.op === "stop" && block.instructions.length === 0;
  };
  if (stops(branch.then)) return branch.otherwise;
  return stops(branch.otherwise) ? branch.then : null;
}

class Relevance {
  readonly variables: Variables;
  /** Variables that may hold the address of something relevant. */
  readonly carriers = new Set<string>();
  readonly blocks = new Set<number>();
  readonly branches = new Set<number>();
  returns: boolean;
  /** It may return the address of something relevant. */
  returnsAddress = false;

  constructor(returns: boolean, variables: Variables) {
    this.returns = returns;
    this.variables = variables;
  }
}

export function computeSlice(input: SliceInput): Slice {
  return new Slicer(input).run();
}

class Slicer {
  readonly #input: SliceInput;
  readonly #of = new Map<Procedure, Relevance>();
  readonly #fields: Set<string>;
  readonly #globals = new Set<string>();
  /** Members that may hold the address of something relevant. */
  readonly #carriers = new Set<string>();
  /** Members that are structs of which a member is relevant: all of one may be written at once. */
  readonly #structs = new Set<string>();
  readonly #instructions = new Set<Instruction>();
  /** Assignments that are relevant for their effects alone. */
  readonly #effectsOnly = new Set<Instruction>();
  #changed = true;

  constructor(input: SliceInput) {
    this.#input = input;
    this.#fields = new Set(input.fields);
    for (const procedure of input.procedures)
      this.#of.set(
        procedure,
        new Relevance(
          procedure === input.resultOf,
          new Variables(procedure.cfg.types, this.#globals),
        ),
      );
  }

  run(): Slice {
    while (this.#changed) {
      this.#changed = false;
      for (const [procedure, relevance] of this.#of) this.#visit(procedure, relevance);
    }
    return {
      isRelevant: (instruction) => this.#instructions.has(instruction),
      keeps: (instruction) => !this.#effectsOnly.has(instruction),
      branches: (procedure, block) => this.#of.get(procedure)?.branches.has(block) ?? false,
      matters: (procedure) => (this.#of.get(procedure)?.blocks.size ?? 0) > 0,
      returnsRelevant: (procedure) => this.#of.get(procedure)?.returns ?? false,
      fields: this.#fields,
      globals: this.#globals,
      handedOver: this.#input.handedOver,
    };
  }

  #visit(procedure: Procedure, relevance: Relevance): void {
    const blocks = procedure.cfg.blocks;
    for (let b = blocks.length - 1; b >= 0; b--) {
      const block = blocks[b] as Cfg["blocks"][number];
      for (let i = block.instructions.length - 1; i >= 0; i--) {
        const instruction = block.instructions[i] as Instruction;
        const isDone = this.#instructions.has(instruction) && !this.#effectsOnly.has(instruction);
        if (isDone && instruction.op !== "call") continue;
        if (this.#influences(procedure, relevance, instruction)) {
          this.#add(this.#instructions, instruction);
          this.#add(relevance.blocks, b);
        }
      }
      const end = block.terminator;
      if (end.op === "return" && end.value !== null && this.#aliases(relevance, end.value)) {
        if (!relevance.returnsAddress) this.#changed = true;
        relevance.returnsAddress = true;
      }
      if (end.op === "return" && relevance.returns && end.value !== null) {
        this.#add(relevance.blocks, b);
        this.#use(relevance, end.value);
      }
      if (end.op === "branch" && this.#decides(procedure, relevance, b)) {
        this.#add(relevance.branches, b);
        this.#add(relevance.blocks, b);
        this.#use(relevance, end.condition);
      }
    }
  }

  /**
   * Whether a branch's outcome matters. `BUG_ON(x)` does where x is relevant already; it makes
   * nothing relevant by itself, though all that follows depends on it.
   */
  #decides(procedure: Procedure, relevance: Relevance, block: number): boolean {
    if (relevance.branches.has(block)) return true;
    const { terminator } = procedure.cfg.blocks[block] as Cfg["blocks"][number];
    if (terminator.op === "branch" && passesStop(procedure.cfg, terminator) !== null) {
      return this.#knows(relevance, terminator.condition);
    }
    return (procedure.controls[block] ?? []).some((other) => relevance.blocks.has(other));
  }

  #influences(procedure: Procedure, relevance: Relevance, instruction: Instruction): boolean {
    const seed = this.#input.seed(procedure, instruction);
    if (seed !== null) {
      for (const value of seed.values) this.#use(relevance, value);
      for (const member of seed.members) this.#add(this.#fields, member);
    }
    switch (instruction.op) {
      case "assign": {
        const changes =
          this.#touches(relevance, instruction.target) ||
          this.#aliases(relevance, instruction.value);
        if (!changes && seed === null) return false;
        this.#usePointer(relevance, instruction.target);
        if (!changes) {
          this.#effectsOnly.add(instruction);
          return true;
        }
        if (this.#effectsOnly.delete(instruction)) this.#changed = true;
        this.#use(relevance, instruction.value);
        this.#carry(relevance, instruction.target, this.#aliases(relevance, instruction.value));
        return true;
      }
      case "zero":
      case "forget": {
        const whole = instruction.target.base;
        const relevant =
          this.#touches(relevance, instruction.target) ||
          (instruction.op === "zero" &&
            whole.kind === "pointee" &&
            this.#mentions(relevance, whole.pointer));
        if (relevant) this.#usePointer(relevance, instruction.target);
        return relevant;
      }
      case "declare":
        return relevance.variables.has(instruction.name);
      case "call":
        return this.#call(procedure, relevance, instruction, seed !== null);
    }
  }

  /** The place is written; `isAddress`: with the address of something relevant. */
  #carry(relevance: Relevance, { base, path }: Place, isAddress: boolean): void {
    const member = path.at(-1);
    if (base.kind === "variable" && (member === undefined || isAddress))
      this.#add(relevance.variables, base.name);
    if (!isAddress) return;
    if (member === undefined && base.kind === "variable") this.#add(relevance.carriers, base.name);
    if (member === undefined || member.startsWith("[")) return;
    this.#add(this.#carriers, member);
    this.#add(this.#fields, member);
  }

  #call(
    procedure: Procedure,
    relevance: Relevance,
    call: Extract<Instruction, { op: "call" }>,
    seeded: boolean,
  ): boolean {
    const callee = call.callee === null ? null : procedure.callee(call.callee);
    const inner = callee === null ? undefined : this.#of.get(callee);
    const resultUsed = relevance.variables.has(call.result);
    let relevant = seeded || resultUsed;
    const isNamedByArguments = resultUsed && !this.#input.byContract(procedure, call);
    for (const [index, value] of call.args.entries()) {
      const handed = this.#aliases(relevance, value);
      if (inner === undefined) {
        relevant ||= handed;
        if (isNamedByArguments) this.#use(relevance, value);
        continue;
      }
      if (resultUsed && !inner.returns) this.#use(relevance, value);
      const parameter = callee?.cfg.params[index];
      if (parameter === undefined) continue;
      if (handed) this.#add(inner.variables, parameter);
      if (inner.variables.has(parameter)) this.#use(relevance, value);
    }
    if (inner?.returnsAddress) {
      this.#add(relevance.variables, call.result);
      this.#add(relevance.carriers, call.result);
    }
    if (inner !== undefined) {
      if (resultUsed && !inner.returns && callee !== null) {
        if (this.#isWorthEntering(callee, inner)) {
          inner.returns = true;
          this.#changed = true;
        } else {
          // Named by its arguments, until what it reads through them is written.
          for (const member of callee.membersRead) this.#add(this.#fields, member);
        }
      }
      if (inner.blocks.size > 0) relevant = true;
    }
    return relevant;
  }

  /**
   * A predicate with branches of its own is a value named by its arguments: entering it would
   * split every path in ways that matter to nobody. What it says of a lock it takes, or which
   * object it picks, does matter; and what it makes of the values of its arguments alone, as
   * `return left && right;` does, the caller may have asked them as well.
   */
  #isWorthEntering(callee: Procedure, inner: Relevance): boolean {
    return (
      inner.returnsAddress ||
      this.#input.entersPredicates ||
      callee.returnsTracked ||
      inner.blocks.size > 0 ||
      callee.cfg.blocks.length === 1 ||
      isOfArgumentsAlone(callee.cfg)
    );
  }

  /** Whether writing the place changes something relevant. */
  #touches(relevance: Relevance, place: Place): boolean {
    const last = place.path.at(-1);
    if (place.path.some((step) => this.#fields.has(step))) return true;
    if (last !== undefined && this.#structs.has(last)) return true;
    if (place.base.kind === "variable") {
      if (!relevance.variables.has(place.base.name)) return false;
      // A member nobody reads does not matter even when the variable does.
      return last === undefined || last.startsWith("[");
    }
    return last === undefined && this.#mentions(relevance, place.base.pointer);
  }

  /** Whether the value is the address of something relevant: writes through it matter. */
  #aliases(relevance: Relevance, value: Value): boolean {
    if (value.kind !== "address" && value.kind !== "read") return false;
    const { base, path } = value.place;
    const last = path.at(-1);
    if (value.kind === "read" && last !== undefined) return this.#carriers.has(last);
    if (value.kind === "read") return base.kind === "variable" && relevance.carriers.has(base.name);
    if (last !== undefined && this.#fields.has(last)) return true;
    return base.kind === "variable" && relevance.variables.has(base.name);
  }

  #mentions(relevance: Relevance, value: Value): boolean {
    switch (value.kind) {
      case "read":
      case "address":
        if (value.kind === "read" && this.#carriers.has(value.place.path.at(-1) ?? "")) return true;
        return value.place.base.kind === "variable"
          ? relevance.variables.has(value.place.base.name)
          : this.#mentions(relevance, value.place.base.pointer);
      default:
        return false;
    }
  }

  /** Whether everything a value reads is relevant already. */
  #knows(relevance: Relevance, value: Value): boolean {
    switch (value.kind) {
      case "read":
      case "address": {
        const { base, path } = value.place;
        const last = path.at(-1);
        if (last !== undefined && value.kind === "read" && !this.#fields.has(last)) return false;
        return base.kind === "variable"
          ? relevance.variables.has(base.name)
          : this.#knows(relevance, base.pointer);
      }
      case "unary":
        return this.#knows(relevance, value.operand);
      case "binary":
        return this.#knows(relevance, value.left) && this.#knows(relevance, value.right);
      default:
        return true;
    }
  }

  #usePointer(relevance: Relevance, place: Place): void {
    for (const name of indexVariables(place)) this.#add(relevance.variables, name);
    if (place.base.kind === "pointee") this.#use(relevance, place.base.pointer);
  }

  #use(relevance: Relevance, value: Value): void {
    switch (value.kind) {
      case "read":
      case "address": {
        const { base, path } = value.place;
        for (const name of indexVariables(value.place)) this.#add(relevance.variables, name);
        if (base.kind === "variable") this.#add(relevance.variables, base.name);
        else this.#use(relevance, base.pointer);
        const last = path.at(-1);
        if (last !== undefined && value.kind === "read") this.#add(this.#fields, last);
        for (const step of path.slice(0, -1)) this.#add(this.#structs, step);
        return;
      }
      case "unary":
        this.#use(relevance, value.operand);
        return;
      case "binary":
        this.#use(relevance, value.left);
        this.#use(relevance, value.right);
        return;
      default:
        return;
    }
  }

  #add<T>(set: { has(item: T): boolean; add(item: T): void }, item: T): void {
    if (set.has(item)) return;
    set.add(item);
    this.#changed = true;
  }
}
