/**
 * Locks of other classes on a path, as far as the function that is run, or a helper of its, takes
 * them or gives them up. What it did not do itself is its caller's business, and says nothing.
 *
 * A lock that must be held for writing (the one the protocol's own falls with) is known for each
 * owner; one that comes after the protocol's own only as held or not, whoever's it is.
 */

import type { Instruction } from "../cfg/cfg.js";
import type { CallInstruction, Frame, Outcome } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import { BLURRED, type State } from "../dataflow/state.js";
import { ONE, rootOf, ZERO } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Event } from "../dataflow/witness.js";
import type { ClassRule } from "../protocol/classes.js";
import type { ClassLock, Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import type { ContractRun } from "./apply-contract.js";
import { accessPath } from "./contract.js";
import { checkOf, operandOf } from "./effect-at-call.js";
import type { Due } from "./ledger.js";
import { DETACHED, ENDED, FRESH, GIVEN_UP, HELD, READ_HELD } from "./marks.js";
import { note } from "./note.js";
import { PLAIN } from "./obligation.js";
import type { Rules } from "./rules.js";
import { standingOf } from "./standing.js";

/** A lock of a class, as a state knows it: marks on an atom of its own. */
interface Known {
  readonly rule: ClassRule;
  /** Whose it is. */
  readonly owner: TermId;
  /** Where it ended the protocol's locks; null for what never did. */
  endedBy: Effect | null;
}

const ALL = HELD | READ_HELD | GIVEN_UP | ENDED;

export class ClassLocks {
  readonly #run: Omit<ContractRun, "classes">;
  readonly #known = new Map<TermId, Known>();

  constructor(run: Omit<ContractRun, "classes">) {
    this.#run = run;
  }

  /** Takes a lock, or gives it up. */
  apply(
    effect: Effect,
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
  ): Outcome[] {
    const lock = effect.lock as ClassLock;
    const operand = operandOf(effect, call, args);
    const atom = this.#atom(lock, operand);
    if (!state.assume(operand, true)) return [];
    const known = this.#known.get(atom) as Known;
    if (effect.kind === "ends") {
      known.endedBy = effect;
      state.mark(atom, ENDED);
      note(state, frame, call.span, "release", atom, { name: checkOf(effect) });
      return [{ state, result: ZERO }];
    }
    const { terms } = this.#run.explorer;
    // A lock that is tried and not asked for is an assertion that somebody else holds it.
    if (effect.when === "nonzero" && !this.#run.explorer.isResultRead(frame, call))
      return [{ state, result: ZERO }];
    const failed = effect.when === "always" ? null : state.clone();
    for (const other of state.marks.keys()) if (this.#known.has(other)) state.mark(other, 0, ENDED);
    if (effect.kind === "hold") state.mark(atom, lock.mode === "read" ? READ_HELD : HELD, ALL);
    else state.mark(atom, known.rule.kind === "needed" ? GIVEN_UP : 0, ALL);
    const kind = effect.kind === "hold" ? "hold" : "release";
    const more = { holds: lock.mode === "write", name: known.rule.check };
    note(state, frame, call.span, kind, atom, more);
    if (failed === null) return [{ state, result: ZERO }];
    if (effect.when === "nonzero")
      return [
        { state, result: ONE },
        { state: failed, result: ZERO },
      ];
    const error = terms.unary("-", terms.constant(effect.otherwise ?? "error"));
    return [
      { state, result: ZERO },
      { state: failed, result: error },
    ];
  }

  /** A function that nobody sees, and that is given the owner of a lock, may take it. */
  unseen(state: State, { procedure }: Frame, call: CallInstruction, args: readonly TermId[]): void {
    if (this.#known.size === 0 || !mayLockUnseen(procedure, call, this.#run.rules.classes)) return;
    for (const [atom, { rule, owner }] of this.#known) {
      if (rule.kind !== "needed") continue;
      const isGiven = args.some((arg) => arg === owner || this.#leadsTo(arg, owner));
      if (isGiven || args.length === 0) state.mark(atom, 0, ALL);
    }
  }

  /** Whether a value was read through a pointer. */
  #leadsTo(pointer: TermId, value: TermId): boolean {
    const term = this.#run.explorer.terms.get(value);
    if (term.kind !== "atom" || term.origin.kind !== "entry") return false;
    const { base } = term.origin;
    return base !== null && (base === pointer || this.#leadsTo(pointer, base));
  }

  /** Anything may have happened to the locks. */
  forget(state: State): void {
    for (const atom of this.#known.keys()) state.mark(atom, 0, ALL);
  }

  /** A commit gives up what the hand-over before it took. */
  committed(state: State): void {
    for (const [atom, { rule }] of this.#known) if (rule.kind === "after") state.mark(atom, 0, ALL);
  }

  /** Whether taking the protocol's lock, or writing, would be wrong in this state. */
  isRisky(state: State): boolean {
    return [...state.marks].some(([atom, marks]) => {
      const known = this.#known.get(atom);
      if (known === undefined) return false;
      return (marks & (known.rule.kind === "needed" ? READ_HELD | GIVEN_UP : HELD)) !== 0;
    });
  }

  /** The protocol's lock is taken. */
  atLock(state: State, frame: Frame, site: Span, object: TermId): void {
    this.#needed(state, frame, site, object);
    this.#inOrder(state, frame, site, object);
  }

  /** A member is written. */
  atWrite(state: State, frame: Frame, site: Span, object: TermId): void {
    this.#needed(state, frame, site, object);
  }

  /** The function that was run returns. */
  atExit(root: Frame, { state }: Outcome): void {
    for (const [atom, marks] of state.marks) {
      const known = this.#known.get(atom);
      if (known?.endedBy == null || (marks & (ENDED | BLURRED)) !== ENDED) continue;
      const event = this.#last(state, [atom]);
      // A helper may leave the rest to whoever called it.
      const { rules } = this.#run;
      if (event === null || rules.leavesToCallers(root.procedure)) continue;
      if (event.depth > 0 && !rules.leavesToCallers(event.procedure)) continue;
      this.#run.record.ledger.owe(state, root, event.span, {
        ...PLAIN,
        check: checkOf(known.endedBy),
        object: known.owner,
        isOwn: true,
        standing: "unlocked",
      });
    }
  }

  /** The one lock that must be held for writing. */
  #needed(state: State, frame: Frame, site: Span, object: TermId): void {
    const locks = this.#locks(state, "needed");
    const [first] = locks;
    if (first === undefined) return;
    const standing = this.#standing(state, frame, object, locks);
    const { check } = first.known.rule;
    this.#run.record.ledger.owe(state, frame, site, {
      ...PLAIN,
      check,
      object,
      isOwn: true,
      standing,
    });
  }

  #standing(
    state: State,
    frame: Frame,
    object: TermId,
    locks: readonly InState[],
  ): Due["standing"] {
    const { explorer, rules } = this.#run;
    const marks = state.marksOf(object);
    if ((marks & (FRESH | DETACHED)) !== 0) return "free";
    if ((marks & BLURRED) !== 0 || locks.some((lock) => (lock.marks & BLURRED) !== 0))
      return "unknown";
    if (locks.some((lock) => (lock.marks & HELD) !== 0)) return "free";
    const risky = locks.filter((lock) => (lock.marks & (READ_HELD | GIVEN_UP)) !== 0);
    const owner = state.read(`${explorer.terms.pointee(object)}.${rules.owner}`);
    const own = risky.filter(({ known }) => known.owner === owner);
    // What is found here is the mm's that is worked on here.
    const meant = own.length > 0 ? own : this.#isFound(object) ? risky : [];
    if (meant.length === 0) return "free";
    const atoms = meant.map(({ atom }) => atom);
    return this.#isOwn(state, frame, atoms) ? "unlocked" : "free";
  }

  /** Locks of a class that come after the protocol's own. */
  #inOrder(state: State, frame: Frame, site: Span, object: TermId): void {
    for (const { known, atom, marks } of this.#locks(state, "after")) {
      const { terms } = this.#run.explorer;
      const isOwn = accessPath(terms, object) === null;
      const isMeant = (marks & HELD) !== 0 && (!isOwn || this.#isOwn(state, frame, [atom]));
      const isUnsure = (marks & BLURRED) !== 0;
      const standing = isMeant && !isUnsure ? standingOf(state, terms, object) : "free";
      this.#run.record.ledger.owe(state, frame, site, {
        ...PLAIN,
        check: known.rule.check,
        object,
        isOwn,
        standing: isUnsure ? "unknown" : standing,
      });
    }
  }

  #locks(state: State, kind: ClassRule["kind"]): InState[] {
    return [...this.#known].flatMap(([atom, known]) =>
      known.rule.kind === kind ? [{ atom, known, marks: state.marksOf(atom) }] : [],
    );
  }

  /** Whether an object was found by the function that is run, or one it calls. */
  #isFound(object: TermId): boolean {
    const term = this.#run.explorer.terms.get(object);
    return term.kind === "atom" && term.origin.kind === "result";
  }

  /**
   * Whether what was done to the lock last and what is done now meet in the function that is run:
   * else they meet in one further in, and it is that one's fault.
   */
  #isOwn(state: State, frame: Frame, atoms: readonly TermId[]): boolean {
    let depth = frame.depth;
    for (let at = state.witness; at !== null; at = at.previous) {
      const { event } = at;
      depth = Math.min(depth, event.depth);
      if (isAbout(event, atoms)) return depth === 0;
    }
    return false;
  }

  #last({ witness }: State, atoms: readonly TermId[]): Event | null {
    for (let at = witness; at !== null; at = at.previous)
      if (isAbout(at.event, atoms)) return at.event;
    return null;
  }

  #atom({ name }: ClassLock, operand: TermId): TermId {
    const { rules, explorer } = this.#run;
    const rule = rules.classes.rules.get(name) as ClassRule;
    const term = explorer.terms.get(operand);
    const isMember = term.kind === "address" && term.of[0] === "H";
    const owner = isMember ? rootOf(term.of) : operand;
    const key = rule.kind === "needed" ? `class ${name} ${owner}` : `class ${name}`;
    const atom = explorer.terms.atom(key, { kind: "config", symbol: key });
    if (!this.#known.has(atom)) this.#known.set(atom, { rule, owner, endedBy: null });
    return atom;
  }
}

/** Whether a call is of a function out of reach that may take a lock of another class. */
export function mayLockUnseen(
  procedure: Procedure,
  call: Instruction,
  { unseen }: Rules["classes"],
): boolean {
  if (call.op !== "call") return false;
  const { callee } = call;
  return callee === null || (callee.includes(unseen) && procedure.callee(callee) === null);
}

interface InState {
  readonly atom: TermId;
  readonly known: Known;
  readonly marks: number;
}

function isAbout({ kind, term }: Event, atoms: readonly TermId[]): boolean {
  return (kind === "hold" || kind === "release") && term !== null && atoms.includes(term);
}
