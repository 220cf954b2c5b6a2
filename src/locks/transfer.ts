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
import { type Due, Ledger } from "./ledger.js";
import { ASSERTED, DETACHED, DROPPED, FRESH, LATE, LOCKED, somebody, UNSURE } from "./marks.js";
import type { Assumption, Obligation } from "./obligation.js";

/** What the transfer asks of the rules. */
export interface Rules {
  effectsAt(procedure: Procedure, span: Span): readonly Effect[];
  /** Members of the container that hold tracked objects, in the struct's order. */
  readonly members: readonly string[];
  readonly inserted: string;
  /** The member of an object that tells whose locks fall together. */
  readonly owner: string;
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
  /** Of those, the ones the function that is run locks in its own code. */
  readonly lockedHere = new Map<string, AccessPath>();
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

  assigned(state: State, frame: Frame, assign: AssignInstruction, pointer: TermId | null): void {
    if (pointer === null) return;
    const writes = this.#rules.effectsAt(frame.procedure, assign.span).some(({ kind }) => kind === "write");
    if (writes) this.#demand(state, frame, assign.span, "VMA_FIELD_UNLOCKED", pointer);
  }

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
        this.#releaseAll(state, object);
        return done;
      case "fresh": {
        const made = this.#explorer.result(frame, state, call, true);
        state.mark(made, FRESH);
        if (effect.operand !== null) state.write(`H${made}.${this.#rules.owner}`, object);
        return [{ state, result: made }];
      }
      case "free":
        return done;
      case "detach":
        this.#demand(state, frame, call.span, "VMA_DETACH_UNLOCKED", object);
        state.mark(object, DETACHED, FRESH);
        return done;
      case "insert":
        this.#insert(state, frame, call, object);
        return [{ state, result: this.#explorer.result(frame, state, call, false) }];
      case "commit":
        this.#commit(state, frame, call, object);
        return done;
      case "hand-over":
      case "write":
        return null;
    }
  }

  #acquire(state: State, frame: Frame, call: CallInstruction, object: TermId): boolean {
    if (!state.assume(object, true)) return false;
    const term = this.#explorer.terms.get(object);
    // Locking something that cannot be told from others: from here on anything may be locked.
    if (term.kind !== "atom" || term.origin.kind === "unknown") state.mark(somebody(this.#explorer.terms), LOCKED);
    state.mark(object, LOCKED, ASSERTED | DROPPED | UNSURE);
    const path = accessPath(this.#explorer.terms, object);
    noteLocked(this.locked, path);
    if (frame.depth === 0) noteLocked(this.lockedHere, path);
    this.#note(state, frame, call, "lock", object);
    return true;
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

  /** The locks of one owner fall, of all when it is not known; an object's may be known to be another. */
  #releaseAll(state: State, owner: TermId | null): void {
    this.releases = true;
    for (const [locked, marks] of state.marks) {
      const own = state.store.get(`H${locked}.${this.#rules.owner}`);
      const isOthers = owner !== null && own !== undefined && own !== owner;
      if (marks & LOCKED && !isOthers) state.mark(locked, DROPPED, LOCKED);
    }
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
      const standing = this.#standing(state, object);
      const late = standing === "locked" && (marks & LATE) !== 0;
      this.#ledger.owe(state, frame, call.span, {
        check: late ? "VMA_LOCK_AFTER_PREPARE" : "VMA_COMPLETE_UNLOCKED",
        member,
        object,
        inserted: inserted && (marks & FRESH) !== 0,
        inContainer: isGiven,
        onlyIfNew: false,
        standing: late ? "unlocked" : standing,
      });
    }
    for (const { object } of members) state.mark(object, 0, LATE | FRESH);
  }

  /** Whether an object is locked on this path, private objects aside. */
  #standing(state: State, object: TermId): "locked" | "unlocked" | "unknown" {
    const marks = state.marksOf(object);
    if ((marks & (BLURRED | UNSURE)) !== 0) return "unknown";
    if ((marks & LOCKED) !== 0) return "locked";
    return state.marksOf(somebody(this.#explorer.terms)) !== 0 ? "unknown" : "unlocked";
  }

  /** A place demands that an object may be modified. */
  #demand(state: State, frame: Frame, site: Span, check: string, object: TermId): void {
    const { terms } = this.#explorer;
    // A struct of this function's own is nobody else's.
    if (terms.get(object).kind !== "atom" || state.truth(object) === false) return;
    const isPrivate = (state.marksOf(object) & (FRESH | DETACHED)) !== 0;
    const standing = isPrivate ? "private" : this.#standing(state, object);
    this.#ledger.owe(state, frame, site, { ...PLAIN, check, object, standing });
  }

  /** A new object becomes reachable; what was there before is looked at where it is changed. */
  #insert(state: State, frame: Frame, call: CallInstruction, object: TermId): void {
    const term = this.#explorer.terms.get(object);
    if (term.kind !== "atom" || state.truth(object) === false) return;
    const isNew = (state.marksOf(object) & FRESH) !== 0;
    const due = { ...PLAIN, check: "VMA_INSERT_UNLOCKED", object, standing: this.#standing(state, object) };
    if (isNew) this.#ledger.owe(state, frame, call.span, { ...due, inserted: true });
    else if (term.origin.kind === "param") this.#ledger.owe(state, frame, call.span, { ...due, onlyIfNew: true });
    state.mark(object, 0, FRESH);
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
    const inserted: TermId[] = [];
    for (const { object: path, obligation } of contract.requires) {
      const object = valueOf(path);
      if (object === null) this.needsBodies = true;
      if (object === null || state.truth(object) === false) continue;
      const inContainer = obligation.inContainer && this.#isEntryValue(object);
      const due = { ...obligation, object, inContainer, standing: this.#standingFor(obligation, state, object) };
      if (!obligation.onlyIfNew) this.#ledger.oweByContract(state, frame, call.span, due);
      else if ((state.marksOf(object) & FRESH) !== 0) {
        this.#ledger.oweByContract(state, frame, call.span, { ...due, inserted: true, onlyIfNew: false });
        inserted.push(object);
      } else if (this.#isParam(object)) this.#ledger.oweByContract(state, frame, call.span, due);
    }
    for (const object of inserted) state.mark(object, 0, FRESH);
    this.skipped++;
    for (const limit of contract.limits) this.limits.add(limit);
    if (contract.releases) this.#releaseAll(state, null);
    for (const path of contract.locks) {
      const object = valueOf(path);
      if (object === null) continue;
      if ((state.marksOf(object) & LOCKED) === 0) state.mark(object, UNSURE);
      noteLocked(this.locked, accessPath(explorer.terms, object));
    }
    for (const made of explorer.forgetWrites(frame, state, call, args, contract.writes)) state.mark(made, UNSURE);
    const result = explorer.result(frame, state, call, false);
    state.mark(result, UNSURE);
    return [{ state, result }];
  }

  #isParam(object: TermId): boolean {
    const term = this.#explorer.terms.get(object);
    return term.kind === "atom" && term.origin.kind === "param";
  }

  /** How an object stands to what a contract demands of it. */
  #standingFor(demanded: Obligation, state: State, object: TermId): Due["standing"] {
    const marks = state.marksOf(object);
    const isPrivate = (marks & (FRESH | DETACHED)) !== 0;
    if (demanded.onlyIfNew) return this.#standing(state, object);
    // Handed over in a container it may be the one that is inserted: the body tells.
    if (isPrivate) return demanded.member === null ? "private" : "unknown";
    return (marks & LATE) !== 0 ? "unlocked" : this.#standing(state, object);
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

function noteLocked(locked: Map<string, AccessPath>, path: AccessPath | null): void {
  if (path !== null) locked.set(`${path.param}${path.path.join("")}`, path);
}

const PLAIN = { member: null, inserted: false, inContainer: false, onlyIfNew: false } as const;

function operandOf(effect: Effect, call: CallInstruction, args: readonly TermId[]): TermId {
  const { operand } = effect;
  if (operand === null) return ZERO;
  const index = call.argSpans.findIndex((span) => span.start <= operand.start && operand.end <= span.end);
  return args[index] ?? ZERO;
}
