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
import type { Instruction, Terminator, Value } from "../cfg/cfg.js";
import type { Budget } from "./budget.js";
import { Contexts } from "./contexts.js";
import { Evaluator } from "./evaluator.js";
import { forgetArguments, forgetWrites, unknownResult } from "./forget.js";
import type { CallInstruction, Client, Frame, Outcome } from "./frame.js";
import { collectGarbage, dropDeadLocals } from "./garbage.js";
import { BOTH_WAYS, type Guide } from "./guide.js";
import { join, STATES_PER_BLOCK } from "./join.js";
import type { Procedure } from "./procedure.js";
import { keepReachable } from "./reachable.js";
import { executeSimple } from "./simple-step.js";
import { passesStop, type Slice } from "./slice.js";
import { State } from "./state.js";
import { stateKey } from "./state-key.js";
import { type Terms, ZERO } from "./term.js";
import type { TermId } from "./term-kinds.js";
import { extend } from "./witness.js";
import type { Writes } from "./writes.js";

/** States executed in one function, callees included, before it is given up: about a second. */
export const MOST_STATES = 20_000;
const MAX_DEPTH = 12;

export class Explorer {
  readonly terms: Terms;
  readonly #slice: Slice;
  readonly #client: Client;
  readonly contexts: Contexts;
  readonly #values: Evaluator;
  states = 0;
  /** The ways out of the function that was run last. */
  exits: readonly Outcome[] = [];
  readonly #guide: Guide | null;
  readonly #probed = new Set<string>();
  readonly #budget: Budget | null;
  readonly #mostStates: number;

  /** `contexts`: of an explorer with the same terms, for values of the same names. */
  constructor(
    terms: Terms,
    slice: Slice,
    client: Client,
    guide: Guide | null = null,
    contexts = new Contexts(),
    budget: Budget | null = null,
    mostStates = MOST_STATES,
  ) {
    this.terms = terms;
    this.#slice = slice;
    this.#client = client;
    this.#values = new Evaluator(terms, slice, client);
    this.contexts = contexts;
    this.#guide = guide;
    this.#budget = budget;
    this.#mostStates = mostStates;
  }

  /** Takes work from the run's budget; false when none is left. */
  spend(work: number): boolean {
    this.#budget?.spend(work);
    return this.#budget?.isSpent !== true;
  }

  /** Runs a function in its most general context: nothing known of its parameters. */
  run(procedure: Procedure): Frame {
    this.states = 0;
    const frame: Frame = { procedure, context: 0, depth: 0, caller: null, site: null, into: null };
    const state = new State(this.terms);
    for (const name of procedure.cfg.params) {
      if (name !== "")
        state.write(`L0:${name}`, this.terms.atom(`p${name}`, { kind: "param", name }));
    }
    this.#client.begin?.(state, frame);
    this.exits = this.#execute(frame, state);
    return frame;
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
      if (this.states > this.#mostStates) {
        this.#client.limit(frame, "state-limit", null);
        break;
      }
      if (this.#budget?.isSpent) {
        this.#client.limit(frame, "budget", null);
        break;
      }
      this.#budget?.spend(states.reduce((sum, { store }) => sum + 1 + store.size, 0));
      if (procedure.isJoin[block] && this.#guide === null)
        states = this.#admit(frame, block, states, seen);
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
      if (best === -1 || (procedure.rank[block] as number) < (procedure.rank[best] as number))
        best = block;
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
      collectGarbage(state, this.terms, this.#values.later.at(frame, block));
      const key = stateKey(state);
      if (known.has(key)) continue;
      known.add(key);
      admitted.push(state);
    }
    if (known.size <= STATES_PER_BLOCK || admitted.length < 2) return admitted;
    const joined = join(admitted, this.terms);
    if (joined.isLossy) this.#client.limit(frame, "state-limit", null);
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
        this.#client.leaving?.(state, frame, end.span);
        const isWanted = end.value !== null && this.#slice.returnsRelevant(frame.procedure);
        exits.push({ state, result: isWanted ? this.#returned(state, frame, end.value) : ZERO });
        return;
      }
      case "branch": {
        if (!this.#slice.branches(frame.procedure, block)) {
          const meeting =
            passesStop(frame.procedure.cfg, end) ?? frame.procedure.postdominator[block] ?? null;
          if (meeting !== null) go(meeting, state);
          else exits.push({ state, result: ZERO });
          return;
        }
        this.#branch(frame, end, state, go);
      }
    }
  }

  /** A struct goes to the caller's temporary member by member. */
  #returned(state: State, frame: Frame, value: Value): TermId {
    const source = value.kind === "read" ? this.#values.locate(state, frame, value.place) : null;
    if (source !== null && frame.into !== null && state.isAggregate(source))
      state.copy(frame.into, source);
    return this.#values.evaluate(state, frame, value);
  }

  #branch(
    frame: Frame,
    end: Extract<Terminator, { op: "branch" }>,
    state: State,
    go: (to: number, next: State) => void,
  ): void {
    this.#values.startAt(end.span.start);
    if (!this.#values.dereferences(state, frame, end.condition)) return;
    const condition = this.#values.evaluate(state, frame, end.condition);
    const known = state.truth(condition) ?? this.#client.takenForGranted(state, frame, condition);
    const waysOn = this.#guide?.waysOn(state.witness, end.span) ?? BOTH_WAYS;
    for (const holds of waysOn) {
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
      this.#client.decided?.(next, frame, end, holds, condition);
      go(holds ? end.then : end.otherwise, next);
    }
  }

  #step(frame: Frame, states: State[], instruction: Instruction): State[] {
    this.#values.startAt(instruction.span.start);
    if (instruction.op === "call") {
      const after: State[] = [];
      for (const state of states) {
        const into = `L${frame.context}:${instruction.result}`;
        state.drop(into);
        for (const { state: next, result } of this.#call(frame, state, instruction)) {
          if (!next.isAggregate(into)) next.write(into, result);
          after.push(next);
        }
      }
      return after.length > 8 ? this.#distinct(after) : after;
    }
    return states.filter((state) =>
      executeSimple(
        this.#values,
        this.#client,
        frame,
        state,
        instruction,
        this.#slice.keeps(instruction),
      ),
    );
  }

  #distinct(states: State[]): State[] {
    const byKey = new Map<string, State>();
    for (const state of states) {
      const key = stateKey(state);
      if (!byKey.has(key)) byKey.set(key, state);
    }
    return [...byKey.values()];
  }

  evaluate(state: State, frame: Frame, value: Value): TermId {
    return this.#values.evaluate(state, frame, value);
  }

  /** A call's result when its body is not run. */
  result(frame: Frame, state: State, call: CallInstruction, fresh: boolean): TermId {
    return this.#values.result(frame, state, call, fresh);
  }

  /** What a callee without a body is handed the address of is unknown. */
  forgetArguments(
    frame: Frame,
    state: State,
    call: CallInstruction,
    args: readonly TermId[],
  ): void {
    forgetArguments(this.#values, frame, state, call, args);
  }

  /** Whether anybody looks at what a call returned. */
  isResultRead({ procedure }: Frame, call: CallInstruction): boolean {
    return this.#values.sites.liveAfter(procedure, call).has(call.result);
  }

  /** What a callee may write is unknown; the new values. */
  forgetWrites(
    frame: Frame,
    state: State,
    call: CallInstruction,
    args: readonly TermId[],
    writes: Writes,
  ): TermId[] {
    return forgetWrites(this.#values, this.#slice, frame, state, call, args, writes);
  }

  #call(frame: Frame, state: State, call: CallInstruction): Outcome[] {
    if (!call.args.every((arg) => this.#values.dereferences(state, frame, arg))) return [];
    const args = call.args.map((arg) => this.#values.evaluate(state, frame, arg));
    this.#values.startAt(call.span.start, call);
    const decided = this.#client.call(state, frame, call, args);
    if (decided !== null) return decided;
    const callee = call.callee === null ? null : frame.procedure.callee(call.callee);
    let outcomes: Outcome[];
    if (
      callee !== null &&
      (this.#slice.matters(callee) || this.#slice.returnsRelevant(callee)) &&
      this.#mayEnter(frame, state, callee)
    ) {
      outcomes = this.#inline(frame, state, call, callee, args);
    } else {
      // A body in reach that was sliced away writes nothing relevant.
      if (callee === null && !this.#client.isKnown(frame, call))
        forgetArguments(this.#values, frame, state, call, args);
      outcomes = [{ state, result: unknownResult(this.#values, frame, state, call, args) }];
    }
    for (const { state: after, result } of outcomes)
      this.#client.called(after, frame, call, args, result);
    return outcomes;
  }

  #mayEnter(frame: Frame, state: State, callee: Procedure): boolean {
    for (let at: Frame | null = frame; at !== null; at = at.caller) {
      if (at.procedure !== callee) continue;
      this.#client.limit(frame, "recursion", state);
      return false;
    }
    if (frame.depth < MAX_DEPTH) return true;
    this.#client.limit(frame, "depth-limit", state);
    return false;
  }

  /**
   * Runs a callee for what it demands, in a state that only what it can reach is left of; what
   * becomes of the caller's state is left to the client. States alike to the callee are one.
   */
  probe(
    frame: Frame,
    state: State,
    call: CallInstruction,
    callee: Procedure,
    args: readonly TermId[],
  ): void {
    if (!this.#slice.matters(callee) || !this.#mayEnter(frame, state, callee)) return;
    const probed = state.clone();
    const inner = this.#enter(frame, probed, call, callee, args);
    this.#values.later.enterLast(inner);
    keepReachable(probed, this.terms, `L${inner.context}:`);
    collectGarbage(probed, this.terms, this.#values.later.at(inner, 0));
    const key = `${inner.context} ${stateKey(probed)}`;
    if (this.#probed.has(key)) return;
    this.#probed.add(key);
    this.#execute(inner, probed);
  }

  #inline(
    frame: Frame,
    state: State,
    call: CallInstruction,
    callee: Procedure,
    args: readonly TermId[],
  ): Outcome[] {
    const inner = this.#enter(frame, state, call, callee, args);
    dropDeadLocals(state, frame, this.#values.sites.liveAfter(frame.procedure, call));
    this.#values.later.enter(inner, call, this.#values.sites.blockOf(frame.procedure, call));
    return this.#execute(inner, state);
  }

  /** A frame for a callee, with its parameters set. */
  #enter(
    frame: Frame,
    state: State,
    call: CallInstruction,
    callee: Procedure,
    args: readonly TermId[],
  ): Frame {
    const inner: Frame = {
      procedure: callee,
      context: this.contexts.enter(frame, call),
      depth: frame.depth + 1,
      caller: frame,
      site: call.span,
      into: `L${frame.context}:${call.result}`,
    };
    for (const [index, name] of callee.cfg.params.entries()) {
      if (name === "") continue;
      const target = `L${inner.context}:${name}`;
      const given = call.args[index];
      const source = given?.kind === "read" ? this.#values.locate(state, frame, given.place) : null;
      if (source !== null && state.isAggregate(source)) state.copy(target, source);
      else
        state.write(target, args[index] ?? this.#values.unknown(state, frame, `argument ${index}`));
    }
    this.#values.startAt(call.span.start);
    state.witness = extend(state.witness, {
      kind: "call",
      procedure: frame.procedure,
      depth: frame.depth,
      span: call.span,
      holds: true,
      term: null,
      name: callee.name,
    });
    return inner;
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
        collectGarbage(exit.state, this.terms, this.#values.later.after(frame), exit.result);
      }
      const key = `${exit.result} ${stateKey(exit.state)}`;
      if (!distinct.has(key)) distinct.set(key, exit);
    }
    return [...distinct.values()];
  }
}
