/**
 * Symbolic values: hash-consed terms, so that equal values have equal ids. An atom is a value
 * about which nothing is known but where it came from; reading the same unwritten memory
 * twice gives the same atom, which is what makes two mentions of `vmg->next` one object.
 *
 * A location is a string: a root (`L3:vp` a local of frame 3, `G:jiffies` a global, `H17` what
 * term 17 points to) followed by a path of members (`L3:vp.remove`, `H17.mas.index`).
 *
 * Not represented: floating point, overflow, sizes; two unknown pointers are taken to point to
 * different objects until a test says they are equal.
 */

import { FlagWords } from "./flag-word.js";
import { fold } from "./fold.js";
import type { Location, Origin, Term, TermId } from "./term-kinds.js";

/** Deeper terms than this are replaced by unknowns: `x + 1 + 1 + …` must end. */
const MAX_TERM_DEPTH = 8;
/** Pointers followed from what was handed in: `a->b->c` is two. */
const MAX_CHAIN = 8;
/** Loop counters beyond this are unknown: small constant loops unroll, others converge. */
const MAX_COUNT = 8;
const BEYOND = "beyond";
const COUNTS = ["+", "-", "*"];

export const ZERO: TermId = 0;
export const ONE: TermId = 1;

/** The table of all terms of one analysis. */
export class Terms {
  readonly #terms: Term[] = [];
  readonly #ids = new Map<string, TermId>();
  readonly #atoms = new Map<TermId, readonly TermId[]>();
  readonly #leaves = new Map<TermId, readonly TermId[]>();
  readonly words = new FlagWords(this);
  /** Of entry values, how many pointers were followed to them. */
  readonly #globals = new Map<Location, (member: string) => number | null>();
  readonly #chains = new Map<TermId, number>();
  /** Atoms that are known to be 0 or 1. */
  readonly #flags = new Set<TermId>();

  readonly #sites = new Map<TermId, string>();

  constructor() {
    this.int(0);
    this.int(1);
  }

  get(id: TermId): Term {
    return this.#terms[id] as Term;
  }

  int(value: number): TermId {
    return this.#intern(`i${value}`, () => ({ kind: "int", value }));
  }

  /** A known small integer's value, else null. */
  intValue(id: TermId): number | null {
    const term = this.get(id);
    return term.kind === "int" ? term.value : null;
  }

  atom(key: string, origin: Origin, generation = 0): TermId {
    return this.#intern(`a${key}#${generation}`, () => ({ kind: "atom", key, origin, generation }));
  }

  /** The same atom, `by` generations older: a loop made a new value where this one was made. */
  older(id: TermId): TermId {
    const term = this.get(id);
    if (term.kind !== "atom") return id;
    return this.atom(term.key, term.origin, Math.min(term.generation + 1, 2));
  }

  address(of: Location): TermId {
    return this.#intern(`&${of}`, () => ({ kind: "address", of }));
  }

  /** An atom was read where the declared type holds nothing but 0 and 1. */
  noteFlag(id: TermId): void {
    this.#flags.add(id);
  }

  /** Whether a value is 0 or 1. */
  isTruth(id: TermId): boolean {
    const term = this.get(id);
    if (term.kind === "int") return term.value === 0 || term.value === 1;
    if (term.kind === "op")
      return (
        isTruthValued(term.op) ||
        (isBitwise(term.op) && term.args.every((arg) => this.isTruth(arg)))
      );
    return this.#flags.has(id) || (term.kind === "atom" && term.origin.kind === "config");
  }

  /** The value as 0 or 1: what assigning it to a `bool` makes of it. */
  asTruth(id: TermId): TermId {
    return this.isTruth(id) ? id : this.not(this.not(id));
  }

  /** A variable of a file was met; `member`: what a member of it always holds, if that is known. */
  noteGlobal(root: Location, member: (name: string) => number | null): void {
    if (!this.#globals.has(root)) this.#globals.set(root, member);
  }

  fixedMember(root: Location, member: string): number | null {
    return /^\w+$/.test(member) ? (this.#globals.get(root)?.(member) ?? null) : null;
  }

  /** A named constant that is not zero. */
  constant(name: string): TermId {
    return this.atom(`constant ${name}`, { kind: "constant", name });
  }

  /** What a location under a pointer held before this function wrote to it. */
  entry(base: TermId, path: string, epoch: string): TermId {
    // A walk along a list must end.
    const length = (this.#chains.get(base) ?? 0) + 1;
    if (length > MAX_CHAIN) return this.#beyond("->", MAX_CHAIN);
    const id = this.#onEntry(base, path, epoch);
    this.#chains.set(id, length);
    return id;
  }

  #onEntry(base: TermId, path: string, epoch: string): TermId {
    return this.atom(`e${base}${path}@${epoch}`, { kind: "entry", base, path });
  }

  /** The memory a pointer points to: the location itself for a known address. */
  pointee(pointer: TermId): Location {
    const term = this.get(pointer);
    return term.kind === "address" ? term.of : `H${pointer}`;
  }

  not(id: TermId): TermId {
    const term = this.get(id);
    if (term.kind === "int") return term.value === 0 ? ONE : ZERO;
    if (term.kind === "address") return ZERO;
    if (term.kind === "op" && term.op === "!") {
      if (this.isTruth(term.args[0] as TermId)) return term.args[0] as TermId;
    }
    return this.#op("!", [id]);
  }

  unary(op: "!" | "-" | "~", operand: TermId): TermId {
    if (op === "!") return this.not(operand);
    const value = this.intValue(operand);
    if (value !== null) return this.int(op === "-" ? -value : ~value);
    return this.#op(op, [operand]);
  }

  binary(op: string, left: TermId, right: TermId): TermId {
    switch (op) {
      case "==":
        return this.#equal(left, right);
      case "!=":
        return this.not(this.#equal(left, right));
      case "<":
        return this.#less(left, right);
      case ">":
        return this.#less(right, left);
      case "<=":
        return this.not(this.#less(right, left));
      case ">=":
        return this.not(this.#less(left, right));
      default:
        return this.#arithmetic(op, left, right);
    }
  }

  /** A call of a function whose result depends on its arguments, and on the version of what they point to. */
  pureCall(callee: string, args: readonly TermId[], version: string): TermId {
    return this.#op(`call ${callee} ${version}`, args);
  }

  /** Where a call was met first, as far as one asked; `site` where that is now. */
  firstSite(call: TermId, site: string): string {
    const first = this.#sites.get(call);
    if (first === undefined) this.#sites.set(call, site);
    return first ?? site;
  }

  operands(id: TermId): readonly TermId[] {
    const term = this.get(id);
    return term.kind === "op" ? term.args : [];
  }

  /** Atoms a term is made of; what an entry atom hangs on is not part of it. */
  leaves(id: TermId): readonly TermId[] {
    let leaves = this.#leaves.get(id);
    if (leaves === undefined) {
      const term = this.get(id);
      if (term.kind === "atom") leaves = [id];
      else if (term.kind === "op")
        leaves = [...new Set(term.args.flatMap((arg) => this.leaves(arg)))];
      else if (term.kind === "address" && term.of[0] === "H") leaves = this.leaves(rootOf(term.of));
      else leaves = [];
      this.#leaves.set(id, leaves);
    }
    return leaves;
  }

  /** Atoms inside a term, pointers that entry atoms hang on included. */
  atoms(id: TermId): readonly TermId[] {
    let atoms = this.#atoms.get(id);
    if (atoms === undefined) {
      atoms = [...this.#collectAtoms(id, new Set())];
      this.#atoms.set(id, atoms);
    }
    return atoms;
  }

  /** The term with one atom replaced throughout. */
  replace(id: TermId, from: TermId, to: TermId): TermId {
    if (id === from) return to;
    if (!this.atoms(id).includes(from)) return id;
    const term = this.get(id);
    switch (term.kind) {
      case "atom": {
        if (term.origin.kind !== "entry" || term.origin.base === null) return id;
        const base = this.replace(term.origin.base, from, to);
        if (base === term.origin.base) return id;
        const epoch = term.key.slice(term.key.lastIndexOf("@") + 1);
        return this.atom(
          `e${base}${term.origin.path}@${epoch}`,
          { ...term.origin, base },
          term.generation,
        );
      }
      case "address":
        return this.address(this.replaceInLocation(term.of, from, to));
      case "op": {
        const args = term.args.map((arg) => this.replace(arg, from, to));
        if (term.op === "!") return this.not(args[0] as TermId);
        if (args.length === 2 && !term.op.startsWith("call ")) {
          return this.binary(term.op, args[0] as TermId, args[1] as TermId);
        }
        return this.#op(term.op, args);
      }
      default:
        return id;
    }
  }

  replaceInLocation(location: Location, from: TermId, to: TermId): Location {
    if (location[0] !== "H") return location;
    const base = rootOf(location);
    const replaced = this.replace(base, from, to);
    if (replaced === base) return location;
    const dot = location.indexOf(".");
    return this.pointee(replaced) + (dot === -1 ? "" : location.slice(dot));
  }

  #equal(left: TermId, right: TermId): TermId {
    if (left === right) return ONE;
    const a = this.get(left);
    const b = this.get(right);
    if (a.kind === "int" && b.kind === "int") return a.value === b.value ? ONE : ZERO;
    if (a.kind === "address" && (b.kind === "address" || b.kind === "int")) return ZERO;
    if (b.kind === "address" && a.kind === "int") return ZERO;
    if (right === ZERO) return this.not(left);
    if (left === ZERO) return this.not(right);
    if (this.#distinctObjects(a, b) || this.#distinctObjects(b, a)) return ZERO;
    if (b.kind === "int" && this.isTruth(left)) return b.value === 1 ? left : ZERO;
    if (a.kind === "int" && this.isTruth(right)) return a.value === 1 ? right : ZERO;
    return left < right ? this.#op("==", [left, right]) : this.#op("==", [right, left]);
  }

  /** A new object differs from everything that was there before it. */
  #distinctObjects(a: Term, b: Term): boolean {
    if (a.kind !== "atom" || a.origin.kind !== "result" || !a.origin.fresh) return false;
    if (b.kind === "address") return true;
    return b.kind === "atom" && b.key !== a.key;
  }

  #less(left: TermId, right: TermId): TermId {
    if (left === right) return ZERO;
    const a = this.intValue(left);
    const b = this.intValue(right);
    if (a !== null && b !== null) return a < b ? ONE : ZERO;
    const [from, to] = [this.#elementOf(left), this.#elementOf(right)];
    if (from !== null && to !== null && from.array === to.array)
      return from.index < to.index ? ONE : ZERO;
    const [one, other] = [this.sign(left), this.sign(right)];
    if (one !== null && other !== null && one !== other) return one < other ? ONE : ZERO;
    if (a !== null && this.isTruth(right)) return a < 0 ? ONE : a === 0 ? right : ZERO;
    if (b !== null && this.isTruth(left)) return b > 1 ? ONE : b === 1 ? this.not(left) : ZERO;
    return this.#op("<", [left, right]);
  }

  /** Sign of a value where it can be told: of numbers, addresses, error codes and their sums. */
  sign(id: TermId): number | null {
    const term = this.get(id);
    if (term.kind === "int") return Math.sign(term.value);
    if (term.kind === "address") return 1;
    if (term.kind === "atom") return term.origin.kind === "constant" ? 1 : null;
    const [one, other] = term.args.map((arg) => this.sign(arg));
    if (term.op === "+") return one === other ? (one as number | null) : null;
    return term.op === "-" && term.args.length === 1 && typeof one === "number" ? -one : null;
  }

  #arithmetic(op: string, left: TermId, right: TermId): TermId {
    const a = this.intValue(left);
    const b = this.intValue(right);
    if (a !== null && b !== null) {
      const value = fold(op, a, b);
      if (
        value !== null &&
        (!COUNTS.includes(op) || Math.abs(value) <= Math.max(MAX_COUNT, Math.abs(a), Math.abs(b)))
      ) {
        return this.int(value);
      }
      return value === null ? this.#op(op, [left, right]) : this.#beyond(op);
    }
    if (op === "^" && this.isTruth(left) && this.isTruth(right))
      return this.not(this.#equal(left, right));
    const moved = op === "+" && b !== null ? this.#element(left, b) : null;
    if (moved !== null) return moved;
    if (b === 0 && (op === "+" || op === "-" || op === "|" || op === "<<" || op === ">>"))
      return left;
    if (a === 0 && (op === "+" || op === "|")) return right;
    if ((a === 0 || b === 0) && (op === "&" || op === "*")) return ZERO;
    if (op === "&" && b !== null) return this.#masked(left, b);
    if (op === "&" && a !== null) return this.#masked(right, a);
    return this.#op(op, [left, right]);
  }

  /** The element that an address is of. */
  #elementOf(id: TermId): { readonly array: Location; readonly index: number } | null {
    const term = this.get(id);
    const at = term.kind === "address" ? /^(.*\.)\[(\d+)\]$/.exec(term.of) : null;
    return at === null ? null : { array: at[1] as string, index: Number(at[2]) };
  }

  /** The address of the element that is so many further on. */
  #element(id: TermId, by: number): TermId | null {
    const from = this.#elementOf(id);
    const index = (from?.index ?? -1) + by;
    return from !== null && index >= 0 && index <= MAX_COUNT
      ? this.address(`${from.array}[${index}]`)
      : null;
  }

  /** `(first | second << 1) & 2` is about `second` alone. */
  #masked(id: TermId, mask: number): TermId {
    if (this.isTruth(id)) return mask & 1 ? id : ZERO;
    const term = this.get(id);
    const [left, right] = this.operands(id) as [TermId, TermId];
    if (term.kind === "op" && term.op === "|")
      return this.#arithmetic(
        "|",
        this.#arithmetic("&", left, this.int(mask)),
        this.#arithmetic("&", right, this.int(mask)),
      );
    const inner = term.kind === "op" && term.op === "&" ? this.intValue(right) : null;
    if (inner !== null) return this.#arithmetic("&", left, this.int(inner & mask));
    const by = term.kind === "op" && term.op === "<<" ? this.intValue(right) : null;
    if (by !== null && by >= 0 && by < 31 && this.isTruth(left))
      return mask & (1 << by) ? id : ZERO;
    return this.#op("&", [id, this.int(mask)]);
  }

  #op(op: string, args: readonly TermId[]): TermId {
    let depth = 0;
    for (const arg of args) {
      const term = this.get(arg);
      if (term.kind === "op" && term.depth > depth) depth = term.depth;
    }
    if (depth >= MAX_TERM_DEPTH) {
      return this.#beyond(op);
    }
    return this.#intern(`${op}(${args.join(",")})`, () => ({
      kind: "op",
      op,
      args,
      depth: depth + 1,
    }));
  }

  /** A value too large or too deep to be told from others like it. */
  #beyond(op: string, chain = 0): TermId {
    const id = this.atom(`beyond ${op}`, { kind: "unknown", frame: 0, site: BEYOND }, 2);
    if (chain > 0) this.#chains.set(id, chain);
    return id;
  }

  /** Whether a value stands for all that went beyond a bound: nothing known of one holds for all. */
  isBeyond(id: TermId): boolean {
    const term = this.get(id);
    return term.kind === "atom" && term.origin.kind === "unknown" && term.origin.site === BEYOND;
  }

  #collectAtoms(id: TermId, into: Set<TermId>): Set<TermId> {
    const term = this.get(id);
    if (term.kind === "atom") {
      into.add(id);
      if (term.origin.kind === "entry" && term.origin.base !== null) {
        for (const atom of this.atoms(term.origin.base)) into.add(atom);
      }
    } else if (term.kind === "op") {
      for (const arg of term.args) for (const atom of this.atoms(arg)) into.add(atom);
    } else if (term.kind === "address" && term.of[0] === "H") {
      for (const atom of this.atoms(rootOf(term.of))) into.add(atom);
    }
    return into;
  }

  #intern(key: string, make: () => Term): TermId {
    const known = this.#ids.get(key);
    if (known !== undefined) return known;
    const id = this.#terms.length;
    this.#terms.push(make());
    this.#ids.set(key, id);
    return id;
  }
}

/** The pointer a heap location hangs on. */
export function rootOf(location: Location): TermId {
  const dot = location.indexOf(".");
  return Number(location.slice(1, dot === -1 ? undefined : dot));
}

function isBitwise(op: string): boolean {
  return op === "&" || op === "|" || op === "^";
}

/** Whether an operator's value is 0 or 1. */
export function isTruthValued(op: string): boolean {
  return op === "==" || op === "<" || op === "!";
}
