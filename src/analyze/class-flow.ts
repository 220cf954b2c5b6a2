/**
 * In which functions locks of other classes can matter at all: those in which one that is given
 * up, held for reading only, or of a class that comes later can still be so where the protocol's
 * lock is taken or a member is written. Found without values, by one pass over the graphs of the
 * function and of what it calls; the few that are left are executed with these locks in view.
 */
import type { Instruction } from "../cfg/cfg.js";
import { callsIn } from "../dataflow/calls-in.js";
import type { CallInstruction } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import { withoutDemands } from "../locks/effect-at-call.js";
import type { ClassLock, Effect } from "../protocol/effect.js";
import type { FunctionItem } from "../syntax/outline.js";
import type { DemandIndex } from "./demand-index.js";
import { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";

/** The lock that is needed for writing: as the callers left it, not held so, held so. */
const NEEDED = { given: 1, missing: 2, held: 4 };
/** Locks that come later: as the callers left them, held. */
const LATER = { given: 8, held: 16 };
/** The protocol's locks fell, and the lock that is needed was not given up since. */
const ENDED = 32;
const ON_ENTRY = NEEDED.given | LATER.given;

/** What is done to an object. */
const TAKES = 1;
const WRITES = 2;

interface Summary {
  /** How the locks may be when it returns. */
  readonly leaves: number;
  /** Whether it may take the protocol's lock, or write, with the locks as the callers left them. */
  readonly does: number;
  readonly matters: boolean;
  /** The same of locks that come later alone. */
  readonly laterMatters: boolean;
}

export class ClassFlow {
  readonly #program: Program;
  readonly #demands: DemandIndex;
  readonly #summaries = new Map<Procedure, Summary>();
  readonly #mayMatch = new Map<FunctionItem, boolean>();
  readonly #touching = new Map<Unit, ReadonlySet<string>>();
  readonly #taking = new Map<Unit, ReadonlySet<string>>();
  readonly #writing = new Map<Unit, ReadonlySet<string>>();

  constructor(program: Program, demands: DemandIndex) {
    this.#program = program;
    this.#demands = demands;
  }

  /** Whether a function is to be executed with locks of other classes in view. */
  matters(procedure: Procedure): boolean {
    return this.#summary(procedure).matters;
  }

  /** The same for those that come after the protocol's own. */
  laterMatters(procedure: Procedure): boolean {
    return this.#summary(procedure).laterMatters;
  }

  /** Whether a function's text names such a lock. */
  mentions(item: FunctionItem): boolean {
    let known = this.#mayMatch.get(item);
    if (known === undefined) {
      known = this.#program.protocol.classes.queries.mayMatch(item.identifiers);
      this.#mayMatch.set(item, known);
    }
    return known;
  }

  /** Whether a function is worth running for such locks alone. */
  isWorthRunning(unit: Unit, item: FunctionItem): boolean {
    if (!this.mentions(item)) return false;
    const { ends } = this.#program.protocol.classes;
    return this.#takesLock(unit, item.name) || [...ends].some((name) => item.identifiers.has(name));
  }

  /** Whether a function, or one that it calls, may take or give up such a lock. */
  touches(procedure: Procedure): boolean {
    if (!(procedure instanceof KernelProcedure)) return false;
    const { unit } = procedure;
    let names = this.#touching.get(unit);
    if (names === undefined) {
      const own = unit.scope.flatMap(({ functions }) =>
        [...functions.values()].filter((item) => this.mentions(item)).map(({ name }) => name),
      );
      names = this.#program.mentions(unit).reaching(own);
      this.#touching.set(unit, names);
    }
    return names.has(procedure.name);
  }

  #summary(procedure: Procedure): Summary {
    const known = this.#summaries.get(procedure);
    if (known !== undefined) return known;
    // A function that calls itself changes nothing by that.
    this.#summaries.set(procedure, this.#untouched(procedure));
    const summary = this.#isConcerned(procedure)
      ? this.#flow(procedure)
      : this.#untouched(procedure);
    this.#summaries.set(procedure, summary);
    return summary;
  }

  #untouched(procedure: Procedure): Summary {
    return { leaves: ON_ENTRY, does: this.#mayDo(procedure), matters: false, laterMatters: false };
  }

  /** Whether its own text, or that of a function it calls, names such a lock. */
  #isConcerned(procedure: Procedure): procedure is KernelProcedure {
    if (!(procedure instanceof KernelProcedure)) return false;
    if (this.mentions(procedure.item)) return true;
    return callsIn(procedure).some(({ call }) => this.#concernedCallee(procedure, call) !== null);
  }

  #concernedCallee(procedure: Procedure, { callee }: CallInstruction): KernelProcedure | null {
    const body = callee === null ? null : procedure.callee(callee);
    return body instanceof KernelProcedure && this.mentions(body.item) ? body : null;
  }

  #flow(procedure: KernelProcedure): Summary {
    const { blocks } = procedure.cfg;
    const before = blocks.map((_, index) => (index === 0 ? ON_ENTRY : 0));
    const pending = new Set([0]);
    let leaves = 0;
    let does = 0;
    let matters = false;
    let laterMatters = false;
    for (const index of pending) {
      pending.delete(index);
      const block = blocks[index] as (typeof blocks)[number];
      let locks = before[index] as number;
      for (const one of block.instructions) {
        const done = this.#done(procedure, one);
        if ((locks & ON_ENTRY) === ON_ENTRY) does |= done;
        matters ||= done !== 0 && (locks & NEEDED.missing) !== 0;
        laterMatters ||= (done & TAKES) !== 0 && (locks & LATER.held) !== 0;
        const effects = procedure.classEffectsAt(one.span);
        if (one.op === "call" && effects.length === 0) {
          const body = this.#concernedCallee(procedure, one);
          if (body !== null) locks = through(this.#summary(body).leaves, locks);
        }
        if (this.#isCommit(procedure, one)) locks = (locks & ~LATER.held) | LATER.given;
        for (const effect of effects) {
          locks = this.#after(effect, locks);
        }
      }
      const end = block.terminator;
      if (end.op === "return") leaves |= locks;
      matters ||= (locks & ENDED) !== 0;
      const next =
        end.op === "goto" ? [end.to] : end.op === "branch" ? [end.then, end.otherwise] : [];
      for (const to of next) {
        const joined = (before[to] as number) | locks;
        if (joined === before[to]) continue;
        before[to] = joined;
        pending.add(to);
      }
    }
    return { leaves, does, matters: matters || laterMatters, laterMatters };
  }

  #isCommit(procedure: KernelProcedure, { span }: Instruction): boolean {
    const effects = procedure.effects.get(`${span.start}:${span.end}`) ?? [];
    return effects.some(({ kind }) => kind === "commit");
  }

  /** Whether the protocol's lock is taken, or a member written, here or in what is called. */
  #done(procedure: KernelProcedure, instruction: Instruction): number {
    const key = `${instruction.span.start}:${instruction.span.end}`;
    const effects = procedure.effects.get(key) ?? [];
    if (effects.some(({ kind }) => kind === "acquire")) return TAKES;
    if (effects.some(({ kind }) => kind === "write")) return WRITES;
    if (
      withoutDemands(effects).length > 0 ||
      instruction.op !== "call" ||
      instruction.callee === null
    )
      return 0;
    const body = procedure.callee(instruction.callee);
    if (body === null) return 0;
    return this.#concernedCallee(procedure, instruction) === null
      ? this.#mayDo(body)
      : this.#summary(body).does;
  }

  /** By its name alone. */
  #mayDo(procedure: Procedure): number {
    if (!(procedure instanceof KernelProcedure)) return 0;
    const { unit, name } = procedure;
    let writing = this.#writing.get(unit);
    if (writing === undefined) {
      writing = this.#program.mentions(unit).reaching(this.#demands.writers(unit));
      this.#writing.set(unit, writing);
    }
    return (this.#takesLock(unit, name) ? TAKES : 0) | (writing.has(name) ? WRITES : 0);
  }

  /** Whether a name leads to the protocol's lock. */
  #takesLock(unit: Unit, name: string): boolean {
    let taking = this.#taking.get(unit);
    if (taking === undefined) {
      taking = this.#program.mentions(unit).reaching(this.#program.protocol.acquires);
      this.#taking.set(unit, taking);
    }
    return taking.has(name);
  }

  #after({ kind, lock, when }: Effect, locks: number): number {
    const rule = this.#program.protocol.classes.rules.get((lock as ClassLock).name);
    if (kind === "ends") return locks | ENDED;
    if (rule === undefined) return locks;
    const isNeeded = rule.kind === "needed";
    const all = isNeeded
      ? NEEDED.given | NEEDED.missing | NEEDED.held | ENDED
      : LATER.given | LATER.held;
    const isHeld = kind === "hold" && !(isNeeded && lock?.mode === "read");
    const set = isNeeded
      ? isHeld
        ? NEEDED.held
        : NEEDED.missing
      : isHeld
        ? LATER.held
        : LATER.given;
    return when === "always" ? (locks & ~all) | set : locks | set;
  }
}

/** What a callee leaves of the locks it was called with. */
function through(leaves: number, locks: number): number {
  const needed = NEEDED.given | NEEDED.missing | NEEDED.held;
  const later = LATER.given | LATER.held;
  const part = (all: number, given: number) =>
    (leaves & given) === 0 ? leaves & all : (leaves & all & ~given) | (locks & all);
  const ended = (leaves | locks) & ENDED;
  return part(needed, NEEDED.given) | part(later, LATER.given) | ended;
}
