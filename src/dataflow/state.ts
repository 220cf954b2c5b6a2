/**
 * One abstract state: what memory holds, which conditions are known, and a set of marks per
 * object whose meaning is the client's (`locks/`). States are mutable and owned by one path;
 * a fork clones.
 *
 * Marks are bits; `replace` joins the marks of two objects found to be one by OR-ing them.
 */

import { Memory } from "./memory.js";
import { rootOf, type Terms, ZERO } from "./term.js";
import type { Location, TermId } from "./term-kinds.js";
import type { Witness } from "./witness.js";

/** The mark of a summary of several objects, kept apart from the client's marks. */
export const BLURRED = 1 << 30;

export class State extends Memory {
  readonly facts: Map<TermId, boolean>;
  readonly marks: Map<TermId, number>;
  witness: Witness | null;
  /** Facts were given up in a join: a path through here may not exist. */
  isJoined: boolean;

  constructor(terms: Terms, from?: State) {
    super(terms, from);
    this.facts = new Map(from?.facts);
    this.marks = new Map(from?.marks);
    this.witness = from?.witness ?? null;
    this.isJoined = from?.isJoined ?? false;
  }

  clone(): State {
    return new State(this.terms, this);
  }

  marksOf(object: TermId): number {
    return this.marks.get(object) ?? 0;
  }

  mark(object: TermId, set: number, clear = 0): void {
    const marks = (this.marksOf(object) & ~clear) | set;
    if (marks === 0) this.marks.delete(object);
    else this.marks.set(object, marks);
  }

  /** Whether a value is known to be non-zero (true), zero (false) or neither (null). */
  truth(id: TermId): boolean | null {
    const term = this.terms.get(id);
    if (term.kind === "int") return term.value !== 0;
    if (term.kind === "address" || (term.kind === "atom" && term.origin.kind === "constant"))
      return true;
    const known = this.facts.get(id);
    if (known !== undefined) return known;
    if (term.kind !== "op") return null;
    if (term.op === "!") {
      const inner = this.truth(term.args[0] as TermId);
      return inner === null ? null : !inner;
    }
    if (term.op === "-") return this.truth(term.args[0] as TermId);
    if (term.op === "<<" && this.terms.isTruth(term.args[0] as TermId))
      return this.truth(term.args[0] as TermId);
    if (term.op === "==" && term.args.every((arg) => this.terms.isTruth(arg))) {
      const [one, other] = term.args.map((arg) => this.truth(arg)) as [
        boolean | null,
        boolean | null,
      ];
      if (one !== null && other !== null) return one === other;
    }
    if (term.op === "==" && this.#equalsAnother(term.args)) return false;
    if (term.op === "|" && term.args.some((arg) => this.truth(arg) === true)) return true;
    const sign = this.terms.sign(id);
    if (sign !== null) return sign !== 0;
    return this.terms.words.holds(id, (flag) => this.truth(flag));
  }

  /** Whether one of the two is a number and the other is known to be another number. */
  #equalsAnother(args: readonly TermId[]): boolean {
    const isNumber = (id: TermId) => this.terms.intValue(id) !== null;
    const number = args.find(isNumber);
    const value = args.find((id) => !isNumber(id));
    if (number === undefined || value === undefined) return false;
    for (const [fact, holds] of this.facts) {
      const term = this.terms.get(fact);
      if (!holds || term.kind !== "op" || term.op !== "==" || !term.args.includes(value)) continue;
      if (term.args.some((id) => isNumber(id) && id !== number)) return true;
    }
    return false;
  }

  /** Restricts the state to the runs in which the value is (not) zero; false: there are none. */
  assume(id: TermId, holds: boolean): boolean {
    const known = this.truth(id);
    if (known !== null) return known === holds;
    const term = this.terms.get(id);
    if (term.kind === "op") {
      const [a, b] = term.args as [TermId, TermId];
      if (term.op === "!") return this.assume(a, !holds);
      if (term.op === "<<" && this.terms.isTruth(a)) return this.assume(a, holds);
      if (term.op === "==") {
        const truths = this.terms.isTruth(a) && this.terms.isTruth(b);
        const [one, other] = truths ? [this.truth(a), this.truth(b)] : [null, null];
        if (one !== null) return this.assume(b, one === holds);
        if (other !== null) return this.assume(a, other === holds);
        if (holds) return this.#unify(id, a, b) && this.#settleFlags(id);
      }
      this.facts.set(id, holds);
      if (term.op === "<" || term.op === "==") {
        if (!this.#compare(term.op, a, b, holds)) return false;
      }
      if (term.op === "|" && !holds) return term.args.every((arg) => this.assume(arg, false));
      if (term.op === "|" && this.truth(a) === false) return this.assume(b, true);
      if (term.op === "|" && this.truth(b) === false) return this.assume(a, true);
      if (term.op === "&" && holds) return term.args.every((arg) => this.assume(arg, true));
      return this.#follow(id) && this.#settleFlags(id);
    }
    if (this.terms.isBeyond(id)) return true;
    // A symbol is asked anew each time: only a fact can answer.
    const isSymbol = term.kind === "atom" && term.origin.kind === "config";
    if (!holds && !isSymbol) return this.replace(id, ZERO);
    this.facts.set(id, holds);
    for (const fact of this.terms.isTruth(id) ? [...this.facts.keys()] : []) {
      if (this.terms.operands(fact).length === 2 && !this.#follow(fact)) return false;
    }
    return this.#settleFlags(id);
  }

  /** Of two values one is less, or they are equal: what does not hold leaves the others. */
  #compare(op: string, a: TermId, b: TermId, holds: boolean): boolean {
    const others =
      op === "<"
        ? [this.terms.binary("<", b, a), this.terms.binary("==", a, b)]
        : [this.terms.binary("<", a, b), this.terms.binary("<", b, a)];
    if (holds) return others.every((other) => this.assume(other, false));
    const [one, other] = others as [TermId, TermId];
    if (this.truth(one) === false) return this.assume(other, true);
    return this.truth(other) !== false || this.assume(one, true);
  }

  /** Numbers made of flags: what is known now of one tells of the other. */
  #settleFlags(id: TermId): boolean {
    const { words } = this.terms;
    const settle = (condition: TermId, holds: boolean) => {
      const truth = (flag: TermId) => this.truth(flag);
      const implied = words.implied(condition, holds, truth);
      if (!(implied?.every(({ flag, isSet }) => this.assume(flag, isSet)) ?? false)) return false;
      // What the flags say already need not be remembered.
      if (words.holds(condition, truth) !== null) this.facts.delete(condition);
      return true;
    };
    const known = this.facts.get(id);
    if (known !== undefined && !settle(id, known)) return false;
    if (!words.isFlag(id)) return true;
    return [...this.facts].every(([fact, holds]) => fact === id || settle(fact, holds));
  }

  /** Of two flags not both are set, or one is: what is known of one tells of the other. */
  #follow(fact: TermId): boolean {
    const term = this.terms.get(fact);
    if (term.kind !== "op" || this.facts.get(fact) !== (term.op === "|")) return true;
    if (term.op !== "|" && term.op !== "&") return true;
    const [a, b] = term.args as [TermId, TermId];
    if (!this.terms.isTruth(a) || !this.terms.isTruth(b)) return true;
    const decisive = term.op === "&";
    if (this.truth(a) === decisive) return this.assume(b, !decisive);
    if (this.truth(b) === decisive) return this.assume(a, !decisive);
    return true;
  }

  /** Puts one term in the place of an atom everywhere; false: the state contradicts itself. */
  replace(from: TermId, to: TermId): boolean {
    const terms = this.terms;
    this.#pin(from);
    const marks = this.marks.get(from);
    for (const map of [this.store, this.defaults] as Map<Location, unknown>[]) {
      for (const [key, value] of [...map]) {
        const moved = terms.replaceInLocation(key, from, to);
        if (moved === key) continue;
        map.delete(key);
        if (!map.has(moved)) map.set(moved, value);
      }
    }
    for (const [key, value] of this.store) {
      const replaced = terms.replace(value, from, to);
      if (replaced !== value) this.store.set(key, replaced);
    }
    for (const [key, value] of this.defaults) {
      if (value.kind !== "copy") continue;
      const moved = terms.replaceInLocation(value.from, from, to);
      if (moved !== value.from) this.defaults.set(key, { kind: "copy", from: moved });
    }
    for (const [object, bits] of [...this.marks]) {
      if (object === from) continue;
      const replaced = terms.replace(object, from, to);
      if (replaced === object) continue;
      this.marks.delete(object);
      this.mark(replaced, bits);
    }
    if (marks !== undefined) {
      this.marks.delete(from);
      if (terms.get(to).kind !== "int") this.mark(to, marks);
    }
    const changed: [TermId, boolean][] = [];
    for (const [fact, holds] of [...this.facts]) {
      const replaced = terms.replace(fact, from, to);
      if (replaced === fact) continue;
      this.facts.delete(fact);
      changed.push([replaced, holds]);
    }
    return changed.every(([fact, holds]) => this.assume(fact, holds));
  }

  /** Whether the atom occurs in anything the state holds. */
  mentions(atom: TermId): boolean {
    const terms = this.terms;
    for (const value of this.store.values())
      if (value === atom || terms.atoms(value).includes(atom)) return true;
    for (const object of this.marks.keys()) if (terms.atoms(object).includes(atom)) return true;
    for (const fact of this.facts.keys()) if (terms.atoms(fact).includes(atom)) return true;
    for (const location of this.store.keys()) {
      if (location[0] === "H" && terms.atoms(rootOf(location)).includes(atom)) return true;
    }
    return false;
  }

  /** Several objects become one summary: nothing is known of it but that it is blurred. */
  blur(from: TermId, summary: TermId): void {
    for (const fact of [...this.facts.keys()]) {
      const atoms = this.terms.atoms(fact);
      if (atoms.includes(from) || atoms.includes(summary)) this.facts.delete(fact);
    }
    this.replace(from, summary);
    this.marks.set(summary, BLURRED);
  }

  #unify(equality: TermId, a: TermId, b: TermId): boolean {
    if (this.terms.isBeyond(a) || this.terms.isBeyond(b)) return true;
    const left = this.terms.get(a);
    const right = this.terms.get(b);
    if (left.kind === "atom" && right.kind === "atom") {
      // Keep the one that was there first, so that names stay what the reader knows.
      const [kept, gone] = a < b ? [a, b] : [b, a];
      if (this.terms.atoms(kept).includes(gone)) return this.#note(equality);
      const nonZero = this.truth(gone);
      return this.replace(gone, kept) && (nonZero === null || this.assume(kept, nonZero));
    }
    if (left.kind === "atom" && right.kind !== "op") return this.replace(a, b);
    if (right.kind === "atom" && left.kind !== "op") return this.replace(b, a);
    return this.#note(equality);
  }

  /** Reading the location again would make the atom again: from now on the store says what it holds. */
  #pin(atom: TermId): void {
    const term = this.terms.get(atom);
    if (term.kind !== "atom" || term.origin.kind !== "entry") return;
    const { base, path } = term.origin;
    const location = base === null ? `G:${path}` : `${this.terms.pointee(base)}${path}`;
    const copies = [...this.defaults].flatMap(([to, held]) =>
      held.kind === "copy" && location.startsWith(`${held.from}.`)
        ? [to + location.slice(held.from.length)]
        : [],
    );
    for (const place of [location, ...copies])
      if (!this.store.has(place) && this.read(place) === atom) this.store.set(place, atom);
  }

  #note(fact: TermId): boolean {
    this.facts.set(fact, true);
    return true;
  }
}
