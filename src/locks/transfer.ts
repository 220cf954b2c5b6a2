/**
 * The meaning of effects: how each changes what is known of an object, and which obligations
 * fall due. Knows no syntax and no patch; rules are those of the kernel's process_addrs
 * document and of mm/'s own headers.
 *
 * A lock has no unlock of its own: all locks of an mm fall together with the mmap lock, so a
 * mark is enough and no pairs are looked for. An assertion discharges nothing.
 */
import type { Effect } from "../protocol/effect.js";
import type { AssignInstruction, CallInstruction, Client, Explorer, Frame, Limit, Outcome } from "../dataflow/explore.js";
import type { Procedure } from "../dataflow/procedure.js";
import { BLURRED, type State } from "../dataflow/state.js";
import { type TermId, ZERO } from "../dataflow/term.js";
import { eventsOf, extend } from "../dataflow/witness.js";
import type { Span } from "../text/source-file.js";
import { ASSERTED, DETACHED, DROPPED, FRESH, LATE, LOCKED } from "./marks.js";
import type { AccessPath, Contract } from "./contract.js";
import type { Assumption, Link, Obligation } from "./obligation.js";

/** What the transfer asks of the rules. */
export interface Rules {
  effectsAt(procedure: Procedure, span: Span): readonly Effect[];
  /** Members of the container that hold tracked objects, in the struct's order. */
  readonly members: readonly string[];
  readonly inserted: string;
  /** A callee's contract when its body need not be run; null to run it. */
  contract(callee: Procedure): Contract | null;
}

export class LockTransfer implements Client {
  readonly obligations = new Map<string, Obligation>();
  readonly assumptions = new Map<string, Assumption>();
  readonly limits = new Set<Limit>();
  releases = false;
  /** Callees whose bodies were not run because their contract was met. */
  skipped = 0;
  readonly #rules: Rules;
  #explorer: Explorer | null = null;

  constructor(rules: Rules) {
    this.#rules = rules;
  }

  attach(explorer: Explorer): void {
    this.#explorer = explorer;
  }

  call(state: State, frame: Frame, call: CallInstruction, args: readonly TermId[]): Outcome[] | null {
    const effects = this.#rules.effectsAt(frame.procedure, call.span);
    if (effects.length === 0) return this.#skip(state, frame, call, args);
    let outcomes: Outcome[] | null = null;
    for (const effect of effects) {
      const object = operandOf(effect, call, args);
      outcomes = this.#apply(effect, state, frame, call, object);
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

  /**
   * A flag in a struct handed in that the function itself never reads, but a callee does, is
   * taken to be zero on entry: the callers build the struct zeroed. Recorded as an assumption;
   * callers in reach are checked against it, because their run goes through the same callee.
   */
  takenForGranted(_state: State, frame: Frame, condition: TermId): boolean | null {
    if (frame.depth === 0) return null;
    const terms = (this.#explorer as Explorer).terms;
    let term = terms.get(condition);
    let holds = false;
    if (term.kind === "op" && term.op === "!") {
      term = terms.get(term.args[0] as TermId);
      holds = true;
    }
    if (term.kind !== "atom" || term.origin.kind !== "entry" || term.origin.base === null) return null;
    const base = terms.get(term.origin.base);
    if (base.kind !== "atom" || base.origin.kind !== "param") return null;
    const member = term.origin.path.slice(1);
    let root = frame;
    while (root.caller !== null) root = root.caller;
    const type = /\bstruct\s+(\w+)/.exec(root.procedure.cfg.types.get(base.origin.name) ?? "");
    if (type === null || !root.procedure.isFlag(type[1] as string, member)) return null;
    if (readsMember(root.procedure, member)) return null;
    const text = `${base.origin.name}->${member} is false on entry`;
    this.assumptions.set(text, { text, flag: { param: base.origin.name, path: [term.origin.path] } });
    return holds;
  }

  limit(_frame: Frame, limit: Limit): void {
    this.limits.add(limit);
  }

  #apply(effect: Effect, state: State, frame: Frame, call: CallInstruction, object: TermId): Outcome[] | null {
    const explorer = this.#explorer as Explorer;
    switch (effect.kind) {
      case "acquire":
        return effect.when === "zero"
          ? this.#acquireWhenZero(state, frame, call, object)
          : this.#acquire(state, frame, call, object)
            ? [{ state, result: ZERO }]
            : [];
      case "require":
        if (!state.assume(object, true)) return [];
        state.mark(object, ASSERTED);
        return [{ state, result: ZERO }];
      case "release-all":
        this.#releaseAll(state);
        return [{ state, result: ZERO }];
      case "fresh": {
        const made = explorer.result(frame, state, call, true);
        state.mark(made, FRESH);
        return [{ state, result: made }];
      }
      case "free":
      case "detach":
        state.mark(object, DETACHED, FRESH);
        return [{ state, result: ZERO }];
      case "commit":
        this.#commit(state, frame, call, object);
        return [{ state, result: ZERO }];
      case "hand-over":
      case "write":
      case "insert":
        return null;
    }
  }

  #releaseAll(state: State): void {
    this.releases = true;
    for (const [locked, marks] of state.marks) if (marks & LOCKED) state.mark(locked, DROPPED, LOCKED);
  }

  /** A callee whose contract this state meets is not run: what it may write is forgotten. */
  #skip(state: State, frame: Frame, call: CallInstruction, args: readonly TermId[]): Outcome[] | null {
    const callee = call.callee === null ? null : frame.procedure.callee(call.callee);
    const contract = callee === null ? null : this.#rules.contract(callee);
    if (callee === null || contract === null) return null;
    const explorer = this.#explorer as Explorer;
    const valueOf = ({ param, path }: AccessPath): TermId | null => {
      const argument = args[callee.cfg.params.indexOf(param)];
      if (argument === undefined) return null;
      return path.reduce((base, member) => state.read(explorer.terms.pointee(base) + member), argument);
    };
    for (const flag of contract.assumes) {
      const value = valueOf(flag);
      if (value === null || state.truth(value) !== false) return null;
    }
    const met: { object: TermId; obligation: Obligation }[] = [];
    for (const { object: path, obligation } of contract.requires) {
      const object = valueOf(path);
      if (object === null) return null;
      if (state.truth(object) === false) continue;
      if ((state.marksOf(object) & (LOCKED | LATE | BLURRED)) !== LOCKED) return null;
      met.push({ object, obligation });
    }
    for (const { object, obligation } of met) {
      this.#record(frame, [...chainOf(frame, call.span), ...obligation.chain], { ...obligation, object }).lockedAt = 0;
    }
    this.skipped++;
    for (const limit of contract.limits) this.limits.add(limit);
    if (contract.releases) this.#releaseAll(state);
    explorer.forgetWrites(frame, state, call, args, contract.writes);
    return [{ state, result: explorer.result(frame, state, call, false) }];
  }

  #acquire(state: State, frame: Frame, call: CallInstruction, object: TermId): boolean {
    if (!state.assume(object, true)) return false;
    state.mark(object, LOCKED, ASSERTED | DROPPED);
    this.#note(state, frame, call, "lock", object);
    return true;
  }

  /** The killable lock: 0 is locked; anything else is negative, and is not. */
  #acquireWhenZero(state: State, frame: Frame, call: CallInstruction, object: TermId): Outcome[] {
    const explorer = this.#explorer as Explorer;
    const failed = state.clone();
    const error = explorer.result(frame, failed, call, false);
    const outcomes: Outcome[] = [];
    const negative = explorer.terms.binary("<", error, ZERO);
    if (failed.assume(error, true) && failed.assume(negative, true)) outcomes.push({ state: failed, result: error });
    if (this.#acquire(state, frame, call, object)) outcomes.unshift({ state, result: ZERO });
    return outcomes;
  }

  #handOver(state: State, frame: Frame, call: CallInstruction, container: TermId): void {
    for (const { object } of this.#membersOf(state, container)) {
      const marks = state.marksOf(object);
      if ((marks & (LOCKED | BLURRED)) === 0) state.mark(object, LATE);
    }
    this.#note(state, frame, call, "hand-over", container);
  }

  #commit(state: State, frame: Frame, call: CallInstruction, container: TermId): void {
    for (const { member, object } of this.#membersOf(state, container)) {
      const inserted = member === this.#rules.inserted;
      const marks = state.marksOf(object);
      const reachable = inserted || (marks & (FRESH | DETACHED)) === 0;
      if (!reachable) continue;
      const late = (marks & LATE) !== 0 && (marks & LOCKED) !== 0;
      this.#owe(state, frame, call, {
        check: late ? "VMA_LOCK_AFTER_PREPARE" : "VMA_COMPLETE_UNLOCKED",
        member,
        object,
        inserted: inserted && (marks & FRESH) !== 0,
        isLocked: (marks & LOCKED) !== 0 && !late,
        isUnknown: (marks & BLURRED) !== 0,
      });
    }
    for (const { object } of this.#membersOf(state, container)) state.mark(object, 0, LATE | FRESH);
  }

  /** The container's members that may hold an object. */
  #membersOf(state: State, container: TermId): { member: string; object: TermId }[] {
    const location = (this.#explorer as Explorer).terms.pointee(container);
    const held: { member: string; object: TermId }[] = [];
    for (const member of this.#rules.members) {
      const object = state.read(`${location}.${member}`);
      if (state.truth(object) !== false) held.push({ member, object });
    }
    return held;
  }

  /** Records what a place demands of an object and how this path stands to it. */
  #owe(
    state: State,
    frame: Frame,
    call: { readonly span: Span },
    due: {
      readonly check: string;
      readonly member: string | null;
      readonly object: TermId;
      readonly inserted: boolean;
      readonly isLocked: boolean;
      readonly isUnknown: boolean;
    },
  ): void {
    const record = this.#record(frame, chainOf(frame, call.span), due);
    if (due.isUnknown || this.#ownerOf(due.object, frame) === null) {
      record.unknown = true;
    } else if (due.isLocked) {
      if (record.lockedAt !== 0) record.lockedAt = Math.min(record.lockedAt ?? 99, lockDepth(state, due.object));
    } else if (record.unlocked === null || (state.witness?.length ?? 0) < record.unlocked.length) {
      record.unlocked = extend(state.witness, {
        kind: "call",
        procedure: frame.procedure,
        depth: frame.depth,
        span: call.span,
        holds: false,
        term: due.object,
        name: due.member ?? "",
      });
    }
  }

  #record(
    frame: Frame,
    chain: readonly Link[],
    due: Pick<Obligation, "check" | "member" | "object" | "inserted">,
  ): Obligation {
    const sites = chain.map((link) => `${link.procedure.file}:${link.procedure.name}:${link.site.start}`).join(" ");
    const key = `${due.check} ${due.member} ${due.object} ${sites}`;
    let record = this.obligations.get(key);
    if (record === undefined) {
      const owner = this.#ownerOf(due.object, frame);
      record = {
        check: due.check,
        chain,
        member: due.member,
        object: due.object,
        owner: owner?.depth ?? 0,
        fromParameter: owner?.parameter ?? false,
        inserted: due.inserted,
        unlocked: null,
        lockedAt: null,
        unknown: false,
      };
      this.obligations.set(key, record);
    }
    return record;
  }

  /** Where an object came from; null when that cannot be told. */
  #ownerOf(object: TermId, frame: Frame): { depth: number; parameter: boolean } | null {
    const explorer = this.#explorer as Explorer;
    const term = explorer.terms.get(object);
    if (term.kind !== "atom") return null;
    const { origin } = term;
    switch (origin.kind) {
      case "param":
        return { depth: 0, parameter: true };
      case "entry":
        return origin.base === null ? { depth: frame.depth, parameter: false } : this.#ownerOf(origin.base, frame);
      case "result":
        return { depth: explorer.depthOf(origin.frame, frame), parameter: false };
      default:
        return null;
    }
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

function chainOf(frame: Frame, site: Span): Link[] {
  const chain: Link[] = [];
  let at: Frame | null = frame;
  let span: Span | null = site;
  while (at !== null && span !== null) {
    chain.unshift({ procedure: at.procedure, site: span });
    span = at.site;
    at = at.caller;
  }
  return chain;
}

/** Depth of the outermost frame that locked the object on this path. */
function lockDepth(state: State, object: TermId): number {
  let depth = 0;
  let found = false;
  for (const event of eventsOf(state.witness)) {
    if (event.kind !== "lock" || event.term !== object) continue;
    depth = found ? Math.min(depth, event.depth) : event.depth;
    found = true;
  }
  return depth;
}

/** Whether the function's own code reads a member of that name. */
function readsMember(procedure: Procedure, member: string): boolean {
  return procedure.membersRead.has(member);
}
