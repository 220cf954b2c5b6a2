/**
 * The meaning of effects: how each changes what is known of an object, and which obligations
 * fall due. Knows no syntax and no patch; rules are those of the kernel's process_addrs
 * document and of mm/'s own headers.
 *
 * A lock has no unlock of its own: all locks of an mm fall together with the mmap lock, so a
 * mark is enough and no pairs are looked for. An assertion discharges nothing.
 */
import type { Explorer } from "../dataflow/explore.js";
import type {
  AssignInstruction,
  CallInstruction,
  Client,
  Frame,
  Limit,
  Outcome,
} from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import { ZERO } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import { applyContract, type ContractRun } from "./apply-contract.js";
import { entryFlag } from "./assumed-flag.js";
import { ClassLocks } from "./class-locks.js";
import { accessPath, valueAt } from "./contract.js";
import { commit, demand, insert } from "./demands.js";
import { mayHandBack, operandOf, withoutDemands } from "./effect-at-call.js";
import { handBack } from "./hand-back.js";
import { Ledger } from "./ledger.js";
import {
  ASSERTED,
  DETACHED,
  DROPPED,
  FAILED,
  FRESH,
  LOCKED,
  READ_LOCKED,
  RETURNED,
  somebody,
  UNSURE,
} from "./marks.js";
import { free, lockOf, use } from "./mistakes.js";
import { note } from "./note.js";
import { assignMember, givenAway, handOver, leave } from "./open-container.js";
import type { Rules } from "./rules.js";
import { noteObject, RunRecord } from "./run-record.js";
import { releaseAll } from "./standing.js";

export class LockTransfer implements Client {
  readonly #rules: Rules;
  #attached: ContractRun | null = null;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  get configured(): string {
    return this.#rules.configured;
  }

  isErrorCode(name: string): boolean {
    return this.#rules.isErrorCode(name);
  }

  /** The interpreter this is the client of; the record of the run. */
  attach(explorer: Explorer, ledger = new Ledger(explorer)): RunRecord {
    const record = new RunRecord(ledger);
    const run: Omit<ContractRun, "classes"> = {
      rules: this.#rules,
      explorer,
      record,
      takenForGranted: (state, frame, condition) => this.takenForGranted(state, frame, condition),
    };
    this.#attached = { ...run, classes: new ClassLocks(run) };
    return record;
  }

  leaving(state: State, frame: Frame, site: Span): void {
    leave(this.#run, state, frame, site);
  }

  begin(state: State, frame: Frame): void {
    for (const path of this.#rules.readLocked(frame.procedure)) {
      const start = state.read(`L${frame.context}:${path.param}`);
      state.mark(valueAt(this.#explorer.terms, state, start, path), READ_LOCKED);
    }
  }

  call(
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
  ): Outcome[] | null {
    const all = this.#rules.effectsAt(frame.procedure, call.span);
    const effects = withoutDemands(all);
    if (effects.length < all.length) this.#demandAll(all, state, frame, call, args);
    let outcomes: Outcome[] | null = null;
    for (const effect of this.#rules.classEffectsAt(frame.procedure, call.span))
      outcomes = this.#run.classes.apply(effect, state, frame, call, args);
    if (effects.length === 0) {
      if (outcomes === null) this.#run.classes.unseen(state, frame, call, args);
      return outcomes ?? applyContract(this.#run, state, frame, call, args);
    }
    for (const effect of effects) {
      outcomes = this.#apply(effect, state, frame, call, args);
      if (outcomes === null) return null;
    }
    return outcomes;
  }

  isKnown(frame: Frame, call: CallInstruction): boolean {
    return withoutDemands(this.#rules.effectsAt(frame.procedure, call.span)).length > 0;
  }

  called(
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
    result: TermId,
  ): void {
    if (call.callee === null || frame.procedure.callee(call.callee) === null)
      givenAway(this.#run, state, args);
    if (mayHandBack(frame, call) && (state.marksOf(result) & LOCKED) === 0)
      state.mark(result, UNSURE);
    for (const effect of this.#rules.effectsAt(frame.procedure, call.span)) {
      if (effect.kind === "hand-over")
        handOver(this.#run, state, frame, call, operandOf(effect, call, args));
    }
  }

  assigned(state: State, frame: Frame, assign: AssignInstruction): void {
    assignMember(this.#run, state, frame, assign);
    for (const effect of this.#rules.effectsAt(frame.procedure, assign.span)) {
      const object = this.#valueOf(effect, state, frame);
      if (object === null) continue;
      if (effect.kind === "write") this.#run.classes.atWrite(state, frame, assign.span, object);
      this.#demand(effect, state, frame, assign.span, object);
    }
  }

  #demandAll(
    effects: readonly Effect[],
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
  ): void {
    for (const effect of effects) {
      if (effect.kind !== "demand" && effect.kind !== "use") continue;
      const object = this.#valueOf(effect, state, frame) ?? operandOf(effect, call, args);
      this.#demand(effect, state, frame, call.span, object);
    }
  }

  #demand(effect: Effect, state: State, frame: Frame, site: Span, object: TermId): void {
    if (effect.kind === "use") use(this.#run, state, frame, site, object);
    else demand(this.#run, effect, state, frame, site, object);
  }

  #valueOf({ value }: Effect, state: State, frame: Frame): TermId | null {
    return value === undefined ? null : this.#explorer.evaluate(state, frame, value);
  }

  takenForGranted(_state: State, frame: Frame, condition: TermId): boolean | null {
    const flag = entryFlag(this.#explorer.terms, frame, condition);
    if (flag === null) return null;
    const { param, path } = flag;
    const text = `${param}->${path[0]?.slice(1)} is ${flag.isTruth ? "false" : "zero"} on entry`;
    this.#record.assumptions.set(text, { text, flag: { param, path } });
    return flag.conditionHolds;
  }

  /** The function that was run has returned. */
  returned(root: Frame, exits: readonly Outcome[]): void {
    for (const exit of exits) this.#run.classes.atExit(root, exit);
  }

  limit(_frame: Frame, limit: Limit, skipped: State | null): void {
    this.#record.limits.add(limit);
    // Whatever the callee that was not entered locks: from here on anything may be locked.
    skipped?.mark(somebody(this.#explorer.terms), LOCKED);
  }

  get #run(): ContractRun {
    return this.#attached as ContractRun;
  }

  get #explorer(): Explorer {
    return this.#run.explorer;
  }

  get #record(): RunRecord {
    return this.#run.record;
  }

  #apply(
    effect: Effect,
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
  ): Outcome[] | null {
    const object = operandOf(effect, call, args);
    const done = [{ state, result: ZERO }];
    switch (effect.kind) {
      case "acquire":
        if (effect.when === "zero")
          return this.#acquireWhenZero(effect, state, frame, call, object);
        return this.#acquire(effect, state, frame, call, object) ? done : [];
      case "may-acquire":
        if ((state.marksOf(object) & LOCKED) === 0) state.mark(object, UNSURE);
        return done;
      case "require":
        if (!state.assume(object, true)) return [];
        demand(this.#run, effect, state, frame, call.span, object);
        state.mark(object, ASSERTED);
        return done;
      case "release-all":
        this.#record.releases = true;
        releaseAll(state, this.#rules.owner, object);
        return done;
      case "fresh": {
        const made = this.#explorer.result(frame, state, call, true);
        state.mark(made, FRESH);
        if (effect.operand !== null) state.write(`H${made}.${this.#rules.owner}`, object);
        return [{ state, result: made }];
      }
      case "free":
        use(this.#run, state, frame, call.span, object);
        free(this.#run, effect, state, frame, call.span, object);
        return done;
      case "content":
        return done;
      case "detach":
        demand(this.#run, effect, state, frame, call.span, object);
        state.mark(object, DETACHED, FRESH);
        return done;
      case "insert":
        insert(this.#run, effect, state, frame, call, object);
        return [{ state, result: this.#explorer.result(frame, state, call, false) }];
      case "commit":
        commit(this.#run, effect, state, frame, call, object);
        this.#run.classes.committed(state);
        return done;
      case "hand-back":
        return handBack(this.#run, state, frame, call, args, object);
      case "hand-over":
      case "write":
      case "demand":
      case "use":
      case "hold":
      case "let-go":
      case "ends":
        return null;
    }
  }

  #acquire(
    effect: Effect,
    state: State,
    frame: Frame,
    call: CallInstruction,
    object: TermId,
  ): boolean {
    if (!lockOf(this.#run, effect, state, frame, call, object)) return false;
    this.#run.classes.atLock(state, frame, call.span, object);
    const term = this.#explorer.terms.get(object);
    // Locking something that cannot be told from others: from here on anything may be locked.
    if (term.kind !== "atom" || term.origin.kind === "unknown")
      state.mark(somebody(this.#explorer.terms), LOCKED);
    state.mark(object, LOCKED, ASSERTED | DROPPED | UNSURE | FAILED | READ_LOCKED | RETURNED);
    const path = accessPath(this.#explorer.terms, object);
    noteObject(this.#record.locked, path);
    if (frame.depth === 0) noteObject(this.#record.lockedHere, path);
    note(state, frame, call.span, "lock", object);
    return true;
  }

  /** The killable lock: 0 is locked; anything else is a negative error code, and is not. */
  #acquireWhenZero(
    effect: Effect,
    state: State,
    frame: Frame,
    call: CallInstruction,
    object: TermId,
  ): Outcome[] {
    const { terms } = this.#explorer;
    const failed = state.clone();
    if ((state.marksOf(object) & LOCKED) === 0 && state.truth(object) !== false)
      failed.mark(object, FAILED);
    const error = terms.unary("-", terms.constant(effect.otherwise ?? "error"));
    const outcomes = [{ state: failed, result: error }];
    if (this.#acquire(effect, state, frame, call, object))
      outcomes.unshift({ state, result: ZERO });
    return outcomes;
  }
}
