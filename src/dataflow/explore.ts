/**
 * The path-sensitive abstract execution of a function, callees inlined: property simulation
 * (Das, Lerner, Seigle: ESP, PLDI 2002). States that agree are merged where paths meet, states
 * that differ are kept apart up to a cap, above which facts that differ are given up and the
 * function is reported as undecided. Knows values and paths; what a call means for a lock is
 * the client's.
 *
 * Assumed throughout: a callee whose body is not in reach writes only to what it is handed the
 * address of (locals and their members), never to objects it reaches through other pointers.
 */
import type { Instruction, Place, Terminator, Value } from "../cfg/cfg.js";
import type { Span } from "../text/source-file.js";
import { collectGarbage, dropDeadLocals } from "./garbage.js";
import { CallSites } from "./call-sites.js";
import { join, STATES_PER_BLOCK } from "./join.js";
import type { Procedure } from "./procedure.js";
import { passesStop, type Slice } from "./slice.js";
import { ReadLater } from "./read-later.js";
import { State } from "./state.js";
import { type Location, ONE, type Origin, type TermId, type Terms, ZERO } from "./term.js";
import { extend } from "./witness.js";
import type { Writes } from "./writes.js";

export type CallInstruction = Extract<Instruction, { op: "call" }>;
export type AssignInstruction = Extract<Instruction, { op: "assign" }>;

/** One activation of a procedure. `context` is equal for the same chain of call sites. */
export interface Frame {
  readonly procedure: Procedure;
  readonly context: number;
  readonly depth: number;
  readonly caller: Frame | null;
  /** The call instruction's span in the caller; null in the root. */
  readonly site: Span | null;
}

export type Limit = "state-limit" | "depth-limit" | "recursion";

export interface Client {
  /** The configuration symbol that is known to be set. */
  readonly configured: string;
  /** Whether a constant of that name is an error code: not zero. */
  isErrorCode(name: string): boolean;
  /**
   * Meaning of a call before its body runs. `states` null: run the body (or, without one,
   * forget what it is handed); otherwise the outcome, one result per state.
   */
  call(state: State, frame: Frame, call: CallInstruction, args: readonly TermId[]): Outcome[] | null;
  /** Whether a call without a body in reach is known to write nothing it is handed. */
  isKnown(frame: Frame, call: CallInstruction): boolean;
  /** After a call's body ran (or was skipped). */
  called(state: State, frame: Frame, call: CallInstruction, args: readonly TermId[]): void;
  /** Before a write to memory that carries an effect. */
  assigned(state: State, frame: Frame, assign: AssignInstruction, pointer: TermId | null): void;
  /** A value to take for granted when a branch depends on it, else null. */
  takenForGranted(state: State, frame: Frame, condition: TermId): boolean | null;
  limit(frame: Frame, limit: Limit): void;
}

export interface Outcome {
  readonly state: State;
  readonly result: TermId;
}

/** States executed in one function, callees included, before it is given up: about a second. */
const MAX_STATES = 20_000;
const MAX_DEPTH = 12;

export class Explorer {
  readonly terms: Terms;
  readonly #slice: Slice;
  readonly #client: Client;
  readonly #contexts = new Map<string, number>();
  readonly #parents: number[] = [];
  readonly #sites = new CallSites();
  readonly #later: ReadLater;
  /** Start of the instruction or condition being executed: names unknown values. */
  #at = 0;
  /** The call being executed, while nothing of it was carried out yet. */
  #executing: CallInstruction | null = null;
  states = 0;

  constructor(terms: Terms, slice: Slice, client: Client) {
    this.terms = terms;
    this.#slice = slice;
    this.#client = client;
    this.#later = new ReadLater(slice);
  }

  /** Runs a function in its most general context: nothing known of its parameters. */
  run(procedure: Procedure): void {
    this.states = 0;
    const frame: Frame = { procedure, context: 0, depth: 0, caller: null, site: null };
    const state = new State(this.terms);
    for (const name of procedure.cfg.params) {
      if (name !== "") state.write(`L0:${name}`, this.terms.atom(`p${name}`, { kind: "param", name }));
    }
    this.#execute(frame, state);
  }

  /** The location of a place; null when it cannot be told (an unknown index). */
  locate(state: State, frame: Frame, place: Place): Location | null {
    let base: Location;
    if (place.base.kind === "variable") {
      base = this.#variable(frame, place.base.name);
    } else {
      const pointer = this.evaluate(state, frame, place.base.pointer);
      base = this.terms.pointee(pointer);
    }
    if (place.path.length === 0) return base;
    const path = place.path.map((step) => this.#index(state, frame, step));
    if (path.includes("[?]")) return null;
    if (place.base.kind === "pointee") {
      // What p points to is p[0]; with p = &a[2], p[1] is a[3].
      const from = /^(.*)\.\[(\d+)\]$/.exec(base);
      const by = /^\[(\d+)\]$/.exec(path[0] as string);
      if (by !== null && from !== null) {
        base = from[1] as string;
        path[0] = `[${Number(from[2]) + Number(by[1])}]`;
      } else if (path[0] === "[0]") path.shift();
    }
    return path.length === 0 ? base : `${base}.${path.join(".")}`;
  }

  /** A path step with the value of the variable that is its index; `[?]` when that is not known. */
  #index(state: State, frame: Frame, step: string): string {
    if (!/^\[[^?\d]/.test(step)) return step;
    const value = this.terms.intValue(state.read(this.#variable(frame, step.slice(1, -1))));
    return value === null ? "[?]" : `[${value}]`;
  }

  evaluate(state: State, frame: Frame, value: Value): TermId {
    switch (value.kind) {
      case "int":
        return this.terms.int(value.value);
      case "read": {
        const { base, path } = value.place;
        if (base.kind === "variable" && path.length === 0) {
          const constant = this.#constant(frame, base.name);
          if (constant !== null) return constant;
        }
        const location = this.locate(state, frame, value.place);
        return location === null ? this.#unknown(state, frame, `index ${value.place.path.join(".")}`) : state.read(location);
      }
      case "address": {
        const location = this.locate(state, frame, value.place);
        if (location === null) return this.#unknown(state, frame, "address");
        // The address of what a pointer points to is the pointer.
        if (location[0] === "H" && !location.includes(".")) return Number(location.slice(1));
        return this.terms.address(location);
      }
      case "unary":
        return this.terms.unary(value.op, this.evaluate(state, frame, value.operand));
      case "binary":
        return this.terms.binary(
          value.op,
          this.evaluate(state, frame, value.left),
          this.evaluate(state, frame, value.right),
        );
      case "config":
        if (value.symbol === this.#client.configured) return ONE;
        return this.terms.atom(`config ${value.symbol}`, { kind: "config", symbol: value.symbol });
      case "opaque":
        return this.#unknown(state, frame, "opaque");
    }
  }

  /** An enumerator, a macro that is a number, an error code: nothing that can be written. */
  #constant(frame: Frame, name: string): TermId | null {
    if (name[0] === "%" || frame.procedure.cfg.types.has(name)) return null;
    const value = frame.procedure.constant(name);
    if (value !== null) return this.terms.int(value);
    if (!this.#client.isErrorCode(name)) return null;
    return this.terms.atom(`error ${name}`, { kind: "constant", name });
  }

  #variable(frame: Frame, name: string): Location {
    return frame.procedure.cfg.types.has(name) || name.startsWith("%") ? `L${frame.context}:${name}` : `G:${name}`;
  }

  #unknown(state: State, frame: Frame, what: string): TermId {
    const site = `${what} ${this.#at}`;
    return this.#new(frame, state, `?${frame.context} ${site}`, { kind: "unknown", frame: frame.context, site });
  }

  #execute(frame: Frame, entry: State): Outcome[] {
    const { procedure } = frame;
    const pending = new Map<number, State[]>([[0, [entry]]]);
    const seen = new Map<number, Set<string>>();
    const exits: Outcome[] = [];
    while (pending.size > 0) {
      const block = this.#next(procedure, pending);
      let states = pending.get(block) as State[];
      pending.delete(block);
      if (this.states > MAX_STATES) {
        this.#client.limit(frame, "state-limit");
        break;
      }
      if (procedure.isJoin[block]) states = this.#admit(frame, block, states, seen);
      this.states += states.length;
      const body = procedure.cfg.blocks[block] as Procedure["cfg"]["blocks"][number];
      for (const instruction of body.instructions) {
        if (states.length === 0) break;
        if (this.#slice.isRelevant(instruction)) states = this.#step(frame, states, instruction);
      }
      for (const state of states) {
        this.#leave(frame, block, body.terminator, state, pending, exits);
      }
    }
    return this.#returns(frame, exits);
  }

  #next(procedure: Procedure, pending: Map<number, State[]>): number {
    let best = -1;
    for (const block of pending.keys()) {
      if (best === -1 || (procedure.rank[block] as number) < (procedure.rank[best] as number)) best = block;
    }
    return best;
  }

  /** Lets in the states a block has not seen, collecting garbage, joining above the cap. */
  #admit(frame: Frame, block: number, states: State[], seen: Map<number, Set<string>>): State[] {
    let known = seen.get(block);
    if (known === undefined) {
      known = new Set();
      seen.set(block, known);
    }
    const admitted: State[] = [];
    for (const state of states) {
      dropDeadLocals(state, frame, frame.procedure.liveIn[block] as ReadonlySet<string>);
      collectGarbage(state, this.terms, this.#later.at(frame, block));
      const key = state.key();
      if (known.has(key)) continue;
      known.add(key);
      admitted.push(state);
    }
    if (known.size <= STATES_PER_BLOCK || admitted.length < 2) return admitted;
    const joined = join(admitted, this.terms);
    if (joined.isLossy) this.#client.limit(frame, "state-limit");
    return joined.states;
  }

  #leave(
    frame: Frame,
    block: number,
    end: Terminator,
    state: State,
    pending: Map<number, State[]>,
    exits: Outcome[],
  ): void {
    const go = (to: number, next: State) => {
      const waiting = pending.get(to);
      if (waiting === undefined) pending.set(to, [next]);
      else waiting.push(next);
    };
    switch (end.op) {
      case "goto":
        go(end.to, state);
        return;
      case "stop":
        return;
      case "return": {
        const relevant = end.value !== null && this.#slice.returnsRelevant(frame.procedure);
        exits.push({ state, result: relevant && end.value !== null ? this.evaluate(state, frame, end.value) : ZERO });
        return;
      }
      case "branch": {
        if (!this.#slice.branches(frame.procedure, block)) {
          const meeting = passesStop(frame.procedure.cfg, end) ?? frame.procedure.postdominator[block] ?? null;
          if (meeting !== null) go(meeting, state);
          else exits.push({ state, result: ZERO });
          return;
        }
        this.#branch(frame, end, state, go);
      }
    }
  }

  #branch(
    frame: Frame,
    end: Extract<Terminator, { op: "branch" }>,
    state: State,
    go: (to: number, next: State) => void,
  ): void {
    this.#at = end.span.start;
    this.#executing = null;
    if (!this.#dereferences(state, frame, end.condition)) return;
    const condition = this.evaluate(state, frame, end.condition);
    const known = state.truth(condition) ?? this.#client.takenForGranted(state, frame, condition);
    for (const holds of [true, false]) {
      if (known !== null && known !== holds) continue;
      const next = known === null && holds ? state.clone() : state;
      if (!next.assume(condition, holds)) continue;
      next.witness = extend(next.witness, {
        kind: "branch",
        procedure: frame.procedure,
        depth: frame.depth,
        span: end.span,
        holds,
        term: known === null ? condition : null,
        name: "",
      });
      go(holds ? end.then : end.otherwise, next);
    }
  }

  /** Reading through a pointer proves that it is not NULL; false when it is. */
  #dereferences(state: State, frame: Frame, value: Value): boolean {
    switch (value.kind) {
      case "read": {
        const { base } = value.place;
        if (base.kind === "variable") return true;
        if (!this.#dereferences(state, frame, base.pointer)) return false;
        return state.assume(this.evaluate(state, frame, base.pointer), true);
      }
      case "unary":
        return this.#dereferences(state, frame, value.operand);
      case "binary":
        return this.#dereferences(state, frame, value.left) && this.#dereferences(state, frame, value.right);
      default:
        return true;
    }
  }

  #step(frame: Frame, states: State[], instruction: Instruction): State[] {
    this.#at = instruction.span.start;
    this.#executing = null;
    if (instruction.op === "call") {
      const after: State[] = [];
      for (const state of states) {
        for (const { state: next, result } of this.#call(frame, state, instruction)) {
          next.write(`L${frame.context}:${instruction.result}`, result);
          after.push(next);
        }
      }
      return after.length > 8 ? this.#distinct(after) : after;
    }
    return states.filter((state) => this.#simple(frame, state, instruction));
  }

  #distinct(states: State[]): State[] {
    const byKey = new Map<string, State>();
    for (const state of states) {
      const key = state.key();
      if (!byKey.has(key)) byKey.set(key, state);
    }
    return [...byKey.values()];
  }

  /** Executes an instruction without calls; false when the path cannot be. */
  #simple(frame: Frame, state: State, instruction: Exclude<Instruction, { op: "call" }>): boolean {
    if (instruction.op === "declare") {
      state.drop(this.#variable(frame, instruction.name));
      return true;
    }
    const { base } = instruction.target;
    let pointer: TermId | null = null;
    if (base.kind === "pointee") {
      pointer = this.evaluate(state, frame, base.pointer);
      if (!state.assume(pointer, true)) return false;
      pointer = this.evaluate(state, frame, base.pointer);
    }
    const target = this.locate(state, frame, instruction.target);
    if (instruction.op === "assign") {
      this.#client.assigned(state, frame, instruction, pointer);
      if (!this.#dereferences(state, frame, instruction.value)) return false;
      this.#assign(frame, state, instruction, target);
    } else if (target !== null) {
      if (instruction.op === "zero") state.zero(target);
      else this.#forget(frame, state, target, instruction.span);
    }
    return true;
  }

  #assign(frame: Frame, state: State, instruction: AssignInstruction, target: Location | null): void {
    if (target === null) {
      // An element with an unknown index: any element may have changed.
      const known = instruction.target.path.findIndex((step) => step.startsWith("["));
      const place = { ...instruction.target, path: instruction.target.path.slice(0, known) };
      const whole = this.locate(state, frame, place);
      if (whole !== null) state.drop(whole);
      return;
    }
    if (instruction.value.kind === "read") {
      const source = this.locate(state, frame, instruction.value.place);
      if (source !== null && (state.isAggregate(source) || this.#isStruct(frame, instruction.target))) {
        state.copy(target, source);
        return;
      }
    }
    const value = this.evaluate(state, frame, instruction.value);
    state.write(target, value);
    if (target[0] === "H") state.forgetCallsOn(target, `${frame.context}.${instruction.span.start}`);
    if (instruction.target.path.length === 0 || value !== ZERO) {
      this.#note(frame, state, instruction.target, value, instruction.span);
    }
  }

  #note(frame: Frame, state: State, target: Place, value: TermId, span: Span): void {
    const name = target.path.at(-1) ?? (target.base.kind === "variable" ? target.base.name : "");
    if (name.startsWith("%")) return;
    state.witness = extend(state.witness, {
      kind: "assign",
      procedure: frame.procedure,
      depth: frame.depth,
      span,
      holds: target.path.length === 0,
      term: value,
      name,
    });
  }

  #isStruct(frame: Frame, place: Place): boolean {
    if (place.base.kind !== "variable" || place.path.length > 0) return false;
    const type = frame.procedure.cfg.types.get(place.base.name) ?? "";
    return /\b(struct|union)\b/.test(type) && !type.includes("*");
  }

  #forget(frame: Frame, state: State, target: Location, span: Span): void {
    state.drop(target);
    state.write(target, this.#fresh(frame, state, `forget ${span.start}`, { callee: "", fresh: false }));
  }

  /** A new value made at this place; what the last turn of a loop made here becomes older. */
  #fresh(frame: Frame, state: State, site: string, what: { callee: string; fresh: boolean }): TermId {
    return this.#new(frame, state, `r${frame.context} ${site}`, { kind: "result", frame: frame.context, site, ...what });
  }

  #new(frame: Frame, state: State, key: string, origin: Origin): TermId {
    const [newest, older, oldest] = [0, 1, 2].map((generation) => this.terms.atom(key, origin, generation)) as [
      TermId,
      TermId,
      TermId,
    ];
    if (!state.mentions(newest)) return newest;
    // What nobody reads any more need not be told from the new value.
    if (this.#executing !== null) {
      const { procedure } = frame;
      dropDeadLocals(state, frame, this.#sites.liveAfter(procedure, this.#executing));
      collectGarbage(state, this.terms, this.#later.at(frame, this.#sites.blockOf(procedure, this.#executing)));
      if (!state.mentions(newest)) return newest;
    }
    if (state.mentions(older)) state.blur(older, oldest);
    state.replace(newest, older);
    return newest;
  }

  /** A callee in reach that was not run: members it may write are unknown, by name. */
  forgetWrites(frame: Frame, state: State, call: CallInstruction, args: readonly TermId[], writes: Writes): TermId[] {
    const made: TermId[] = [];
    const forget = (location: Location, what: string) => {
      const value = this.#fresh(frame, state, `${call.span.start} ${what}`, { callee: call.callee ?? "", fresh: false });
      state.drop(location);
      state.write(location, value);
      made.push(value);
    };
    const members = [...writes.members].filter((member) => this.#slice.fields.has(member));
    for (const member of members) state.forgetField(member, `${frame.context}.${call.span.start}`);
    for (const [index, arg] of args.entries()) {
      const term = this.terms.get(arg);
      if (term.kind !== "address" || term.of[0] === "G") continue;
      for (const member of members) forget(`${term.of}.${member}`, member);
      if (writes.throughPointers && !state.isAggregate(term.of)) forget(term.of, `out ${index}`);
    }
    return made;
  }

  /** A call's result when its body is not run. */
  result(frame: Frame, state: State, call: CallInstruction, fresh: boolean): TermId {
    return this.#fresh(frame, state, `${call.span.start}`, { callee: call.callee ?? "", fresh });
  }

  #call(frame: Frame, state: State, call: CallInstruction): Outcome[] {
    const args = call.args.map((arg) => this.evaluate(state, frame, arg));
    this.#executing = call;
    const decided = this.#client.call(state, frame, call, args);
    if (decided !== null) return decided;
    const callee = call.callee === null ? null : frame.procedure.callee(call.callee);
    let outcomes: Outcome[];
    if (callee !== null && (this.#slice.matters(callee) || this.#slice.returnsRelevant(callee)) && this.#mayEnter(frame, callee)) {
      outcomes = this.#inline(frame, state, call, callee, args);
    } else {
      // A body in reach that was sliced away writes nothing relevant.
      if (callee === null && !this.#client.isKnown(frame, call)) this.#forgetArguments(frame, state, call, args);
      outcomes = [{ state, result: this.#unknownResult(frame, state, call, args) }];
    }
    for (const outcome of outcomes) this.#client.called(outcome.state, frame, call, args);
    return outcomes;
  }

  #mayEnter(frame: Frame, callee: Procedure): boolean {
    for (let at: Frame | null = frame; at !== null; at = at.caller) {
      if (at.procedure !== callee) continue;
      this.#client.limit(frame, "recursion");
      return false;
    }
    if (frame.depth < MAX_DEPTH) return true;
    this.#client.limit(frame, "depth-limit");
    return false;
  }

  /** A body not in reach: what it is handed the address of is unknown afterwards. */
  #forgetArguments(frame: Frame, state: State, call: CallInstruction, args: readonly TermId[]): void {
    for (const [index, arg] of args.entries()) {
      const term = this.terms.get(arg);
      if (term.kind !== "address" || term.of[0] === "G") continue;
      const scalar = state.store.has(term.of) || !state.isAggregate(term.of);
      state.drop(term.of);
      if (scalar) state.write(term.of, this.#fresh(frame, state, `${call.span.start} out ${index}`, { callee: call.callee ?? "", fresh: false }));
      else state.defaults.set(term.of, { kind: "copy", from: `H${this.#contents(term.of)}` });
    }
  }

  /** What an aggregate holds after somebody unknown wrote to it: one value, however often that was. */
  #contents(location: Location): TermId {
    return this.terms.atom(`contents ${location}`, { kind: "unknown", frame: 0, site: "contents" });
  }

  /** Equal arguments give equal numbers, where no loop and no address is involved. */
  #unknownResult(frame: Frame, state: State, call: CallInstruction, args: readonly TermId[]): TermId {
    const pure = call.callee !== null && args.length > 0 && this.#sites.isScalarOutsideLoops(frame.procedure, call);
    if (pure && args.every((arg) => this.terms.get(arg).kind !== "address")) {
      return this.terms.pureCall(call.callee as string, args, state.versionsOf(args));
    }
    return this.result(frame, state, call, false);
  }

  #inline(frame: Frame, state: State, call: CallInstruction, callee: Procedure, args: readonly TermId[]): Outcome[] {
    const inner: Frame = {
      procedure: callee,
      context: this.#context(frame, call),
      depth: frame.depth + 1,
      caller: frame,
      site: call.span,
    };
    for (const [index, name] of callee.cfg.params.entries()) {
      if (name === "") continue;
      const target = `L${inner.context}:${name}`;
      const given = call.args[index];
      const source = given?.kind === "read" ? this.locate(state, frame, given.place) : null;
      if (source !== null && state.isAggregate(source)) state.copy(target, source);
      else state.write(target, args[index] ?? this.#unknown(state, frame, `argument ${index}`));
    }
    dropDeadLocals(state, frame, this.#sites.liveAfter(frame.procedure, call));
    this.#later.enter(inner, call, this.#sites.blockOf(frame.procedure, call));
    this.#executing = null;
    state.witness = extend(state.witness, {
      kind: "call",
      procedure: frame.procedure,
      depth: frame.depth,
      span: call.span,
      holds: true,
      term: null,
      name: callee.name,
    });
    return this.#execute(inner, state);
  }

  #context(frame: Frame, call: CallInstruction): number {
    const key = `${frame.context} ${call.span.start} ${call.callee}`;
    let context = this.#contexts.get(key);
    if (context === undefined) {
      context = this.#contexts.size + 1;
      this.#contexts.set(key, context);
      this.#parents[context] = frame.context;
    }
    return context;
  }

  /**
   * Depth, on the stack that ends in `frame`, of the activation in which something appeared;
   * when that has returned, of the one it returned to.
   */
  depthOf(context: number, frame: Frame): number {
    for (let at: number | undefined = context; at !== undefined; at = this.#parents[at]) {
      for (let on: Frame | null = frame; on !== null; on = on.caller) if (on.context === at) return on.depth;
    }
    return 0;
  }

  /** Leaves a frame: its locals die, outcomes that agree become one. */
  #returns(frame: Frame, exits: Outcome[]): Outcome[] {
    const prefix = `L${frame.context}:`;
    const distinct = new Map<string, Outcome>();
    for (const exit of exits) {
      for (const location of exit.state.store.keys()) {
        if (location.startsWith(prefix)) exit.state.store.delete(location);
      }
      for (const location of exit.state.defaults.keys()) {
        if (location.startsWith(prefix)) exit.state.defaults.delete(location);
      }
      if (frame.caller !== null) {
        collectGarbage(exit.state, this.terms, this.#later.after(frame), exit.result);
      }
      const key = `${exit.result} ${exit.state.key()}`;
      if (!distinct.has(key)) distinct.set(key, exit);
    }
    return [...distinct.values()];
  }
}
