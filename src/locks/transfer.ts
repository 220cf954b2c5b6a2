/**
 * The meaning of effects: how each changes what is known of an object, and which obligations
 * fall due. Knows no syntax and no patch; rules are those of the kernel's process_addrs
 * document and of mm/'s own headers.
 *
 * A lock has no unlock of its own: all locks of an mm fall together with the mmap lock, so a
 * mark is enough and no pairs are looked for. An assertion discharges nothing.
 */
import type { AssignInstruction, CallInstruction, Client, Explorer, Frame, Limit, Outcome } from "../dataflow/explore.js";
import type { Procedure } from "../dataflow/procedure.js";
import { BLURRED, type State } from "../dataflow/state.js";
import { type Location, rootOf, type TermId, ZERO } from "../dataflow/term.js";
import { extend } from "../dataflow/witness.js";
import type { Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import { entryFlag } from "./assumed-flag.js";
import { type AccessPath, accessPath, type Contract } from "./contract.js";
import { Ledger } from "./ledger.js";
import { ASSERTED, DETACHED, DROPPED, FRESH, LATE, LOCKED, somebody, UNSURE } from "./marks.js";
import type { Assumption } from "./obligation.js";

/** What the transfer asks of the rules. */
export interface Rules {
  effectsAt(procedure: Procedure, span: Span): readonly Effect[];
  /** Members of the container that hold tracked objects, in the struct's order. */
  readonly members: readonly string[];
  readonly inserted: string;
  /** The configuration symbol that switches the locks on. */
  readonly configured: string;
  isErrorCode(name: string): boolean;
  /** A callee's contract when its body need not be run; null to run it. */
  contract(callee: Procedure): Contract | null;
}

export class LockTransfer implements Client {
  readonly assumptions = new Map<string, Assumption>();
  readonly limits = new Set<Limit>();
  /** Objects locked on some path. */
  readonly locked = new Map<string, AccessPath>();
  releases = false;
  /** Callees whose bodies were not run. */
  skipped = 0;
  /** A contract could not be weighed against a state. */
  needsBodies = false;
  readonly #rules: Rules;
  #attached: { explorer: Explorer; ledger: Ledger } | null = null;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  get configured(): string {
    return this.#rules.configured;
  }

  isErrorCode(name: string): boolean {
    return this.#rules.isErrorCode(name);
  }

  attach(explorer: Explorer): Ledger {
    const ledger = new Ledger(explorer);
    this.#attached = { explorer, ledger };
    return ledger;
  }

  call(state: State, frame: Frame, call: CallInstruction, args: readonly TermId[]): Outcome[] | null {
    const effects = this.#rules.effectsAt(frame.procedure, call.span);
    if (effects.length === 0) return this.#skip(state, frame, call, args);
    let outcomes: Outcome[] | null = null;
    for (const effect of effects) {
      outcomes = this.#apply(effect, state, frame, call, operandOf(effect, call, args));
      if (outcomes === null) return null;
    }
    return outcomes;
  }

  isKnown(frame: Frame, call: CallInstruction): boolean {
    return this.#rules.effectsAt(frame.procedure, call.span).length > 0;
  }

  called(state: State, frame: Frame, call: CallInstruction, args: readonly TermId[]): void {
    for (const effect of this.#rules.effectsAt(frame.procedure, call.span)) {
      if (effect.kind === "hand-over") this.#handOver(state, frame, call, operandOf(effect, call, args));
    }
  }

  assigned(_state: State, _frame: Frame, _assign: AssignInstruction, _pointer: TermId | null): void {}

  takenForGranted(_state: State, frame: Frame, condition: TermId): boolean | null {
    const flag = entryFlag(this.#explorer.terms, frame, condition);
    if (flag === null) return null;
    const { param, path } = flag;
    const text = `${param}->${path[0]?.slice(1)} is false on entry`;
    this.assumptions.set(text, { text, flag: { param, path } });
    return flag.conditionHolds;
  }

  limit(_frame: Frame, limit: Limit): void {
    this.limits.add(limit);
  }

  get #explorer(): Explorer {
    return (this.#attached as { explorer: Explorer }).explorer;
  }

  get #ledger(): Ledger {
    return (this.#attached as { ledger: Ledger }).ledger;
  }

  #apply(effect: Effect, state: State, frame: Frame, call: CallInstruction, object: TermId): Outcome[] | null {
    const done = [{ state, result: ZERO }];
    switch (effect.kind) {
      case "acquire":
        if (effect.when === "zero") return this.#acquireWhenZero(state, frame, call, object);
        return this.#acquire(state, frame, call, object) ? done : [];
      case "require":
        if (!state.assume(object, true)) return [];
        state.mark(object, ASSERTED);
        return done;
      case "release-all":
        this.#releaseAll(state);
        return done;
      case "fresh": {
        const made = this.#explorer.result(frame, state, call, true);
        state.mark(made, FRESH);
        return [{ state, result: made }];
      }
      case "free":
      case "detach":
        state.mark(object, DETACHED, FRESH);
        return done;
      case "commit":
        this.#commit(state, frame, call, object);
        return done;
      case "hand-over":
      case "write":
      case "insert":
        return null;
    }
  }

  #acquire(state: State, frame: Frame, call: CallInstruction, object: TermId): boolean {
    if (!state.assume(object, true)) return false;
    const term = this.#explorer.terms.get(object);
    // Locking something that cannot be told from others: from here on anything may be locked.
    if (term.kind !== "atom" || term.origin.kind === "unknown") state.mark(somebody(this.#explorer.terms), LOCKED);
    state.mark(object, LOCKED, ASSERTED | DROPPED | UNSURE);
    this.#noteLocked(accessPath(this.#explorer.terms, object));
    this.#note(state, frame, call, "lock", object);
    return true;
  }

  #noteLocked(path: AccessPath | null): void {
    if (path !== null) this.locked.set(`${path.param}${path.path.join("")}`, path);
  }

  /** The killable lock: 0 is locked; anything else is negative, and is not. */
  #acquireWhenZero(state: State, frame: Frame, call: CallInstruction, object: TermId): Outcome[] {
    const explorer = this.#explorer;
    const failed = state.clone();
    const error = explorer.result(frame, failed, call, false);
    const outcomes: Outcome[] = [];
    const negative = explorer.terms.binary("<", error, ZERO);
    if (failed.assume(error, true) && failed.assume(negative, true)) outcomes.push({ state: failed, result: error });
    if (this.#acquire(state, frame, call, object)) outcomes.unshift({ state, result: ZERO });
    return outcomes;
  }

  #releaseAll(state: State): void {
    this.releases = true;
    for (const [locked, marks] of state.marks) if (marks & LOCKED) state.mark(locked, DROPPED, LOCKED);
  }

  #handOver(state: State, frame: Frame, call: CallInstruction, container: TermId): void {
    for (const { object } of this.#membersOf(state, container)) {
      if ((state.marksOf(object) & (LOCKED | BLURRED | UNSURE)) === 0) state.mark(object, LATE);
    }
    this.#note(state, frame, call, "hand-over", container);
  }

  #commit(state: State, frame: Frame, call: CallInstruction, container: TermId): void {
    const members = this.#membersOf(state, container);
    for (const { member, object, isGiven } of members) {
      const inserted = member === this.#rules.inserted;
      const marks = state.marksOf(object);
      if (!inserted && (marks & (FRESH | DETACHED)) !== 0) continue;
      const isLocked = (marks & LOCKED) !== 0;
      const late = isLocked && (marks & LATE) !== 0;
      const isUnknown = (marks & (BLURRED | UNSURE)) !== 0 || (!isLocked && state.marksOf(somebody(this.#explorer.terms)) !== 0);
      this.#ledger.owe(state, frame, call.span, {
        check: late ? "VMA_LOCK_AFTER_PREPARE" : "VMA_COMPLETE_UNLOCKED",
        member,
        object,
        inserted: inserted && (marks & FRESH) !== 0,
        inContainer: isGiven,
        standing: isUnknown ? "unknown" : isLocked && !late ? "locked" : "unlocked",
      });
    }
    for (const { object } of members) state.mark(object, 0, LATE | FRESH);
  }

  /** The container's members that may hold an object; `isGiven`: as the caller handed it in. */
  #membersOf(state: State, container: TermId): { member: string; object: TermId; isGiven: boolean }[] {
    const { terms } = this.#explorer;
    const location = terms.pointee(container);
    const held: { member: string; object: TermId; isGiven: boolean }[] = [];
    for (const member of this.#rules.members) {
      const at: Location = `${location}.${member}`;
      const object = state.read(at);
      if (state.truth(object) === false) continue;
      const term = terms.get(object);
      const isGiven =
        at[0] === "H" && term.kind === "atom" && term.origin.kind === "entry" && term.origin.base === rootOf(at);
      held.push({ member, object, isGiven });
    }
    return held;
  }

  /**
   * A callee is not run where its contract is enough: what it may write is forgotten, what it
   * may lock is unsure, and what it demands is noted.
   */
  #skip(state: State, frame: Frame, call: CallInstruction, args: readonly TermId[]): Outcome[] | null {
    const callee = call.callee === null ? null : frame.procedure.callee(call.callee);
    const contract = callee === null ? null : this.#rules.contract(callee);
    if (callee === null || contract === null) return null;
    const explorer = this.#explorer;
    const valueOf = ({ param, path }: AccessPath): TermId | null => {
      const argument = args[callee.cfg.params.indexOf(param)];
      if (argument === undefined) return null;
      return path.reduce((base, member) => state.read(explorer.terms.pointee(base) + member), argument);
    };
    for (const flag of contract.assumes) {
      const value = valueOf(flag);
      if (value === null || !this.#isZero(state, frame, value)) this.needsBodies = true;
    }
    for (const { object: path, obligation } of contract.requires) {
      const object = valueOf(path);
      if (object === null) this.needsBodies = true;
      if (object === null || state.truth(object) === false) continue;
      const inContainer = obligation.inContainer && this.#isEntryValue(object);
      const marks = state.marksOf(object);
      const isVague = (marks & (BLURRED | UNSURE | FRESH | DETACHED)) !== 0;
      const standing = isVague ? "unknown" : (marks & (LOCKED | LATE)) === LOCKED ? "locked" : "unlocked";
      this.#ledger.oweByContract(state, frame, call.span, { ...obligation, object, inContainer, standing });
    }
    this.skipped++;
    for (const limit of contract.limits) this.limits.add(limit);
    if (contract.releases) this.#releaseAll(state);
    for (const path of contract.locks) {
      const object = valueOf(path);
      if (object === null) continue;
      if ((state.marksOf(object) & LOCKED) === 0) state.mark(object, UNSURE);
      this.#noteLocked(accessPath(explorer.terms, object));
    }
    for (const made of explorer.forgetWrites(frame, state, call, args, contract.writes)) state.mark(made, UNSURE);
    const result = explorer.result(frame, state, call, false);
    state.mark(result, UNSURE);
    return [{ state, result }];
  }

  /** Whether a value is what memory held on entry. */
  #isEntryValue(value: TermId): boolean {
    const term = this.#explorer.terms.get(value);
    return term.kind === "atom" && term.origin.kind === "entry";
  }

  /** Whether a flag is known to be zero, or may be taken to be on entry, as a branch on it would. */
  #isZero(state: State, frame: Frame, flag: TermId): boolean {
    const known = state.truth(flag);
    if (known !== null) return !known;
    const inner: Frame = { ...frame, depth: frame.depth + 1, caller: frame };
    return this.takenForGranted(state, inner, flag) !== null;
  }

  #note(state: State, frame: Frame, call: CallInstruction, kind: "lock" | "hand-over", term: TermId): void {
    state.witness = extend(state.witness, {
      kind,
      procedure: frame.procedure,
      depth: frame.depth,
      span: call.span,
      holds: true,
      term,
      name: "",
    });
  }
}

function operandOf(effect: Effect, call: CallInstruction, args: readonly TermId[]): TermId {
  const { operand } = effect;
  if (operand === null) return ZERO;
  const index = call.argSpans.findIndex((span) => span.start <= operand.start && operand.end <= span.end);
  return args[index] ?? ZERO;
}
