/**
 * The memory of one state: which location holds which value. A location that nobody wrote to
 * holds what its aggregate was set to, else what it held on entry.
 */
import { type Terms, ZERO } from "./term.js";
import type { Location, TermId } from "./term-kinds.js";

/**
 * What an aggregate's members hold that have no entry of their own; of a copy, what the source
 * held on entry: what was written to it by then was copied.
 */
export type Default =
  | { readonly kind: "zero" }
  | { readonly kind: "copy"; readonly from: Location };

export class Memory {
  readonly store: Map<Location, TermId>;
  readonly defaults: Map<Location, Default>;
  /** Where a callee last may have written a member of any object, by member name. */
  readonly epochs: Map<string, string>;
  readonly terms: Terms;

  constructor(terms: Terms, from?: Memory) {
    this.terms = terms;
    this.store = new Map(from?.store);
    this.defaults = new Map(from?.defaults);
    this.epochs = new Map(from?.epochs);
  }

  read(location: Location): TermId {
    if (location[0] === "G") {
      const [root = "", member, ...more] = location.split(".");
      const fixed = more.length > 0 ? null : this.terms.fixedMember(root, member ?? "");
      if (fixed !== null) return this.terms.int(fixed);
    }
    const stored = this.store.get(location);
    if (stored !== undefined) return stored;
    return this.#readDefault(location) ?? this.#onEntry(location);
  }

  #onEntry(location: Location): TermId {
    const dot = location.indexOf(".");
    const root = dot === -1 ? location : location.slice(0, dot);
    const path = dot === -1 ? "" : location.slice(dot);
    if (root[0] === "H") {
      const field = path.slice(path.lastIndexOf(".") + 1);
      return this.terms.entry(Number(root.slice(1)), path, this.epochs.get(field) ?? "");
    }
    const colon = root.indexOf(":");
    const name = root.slice(colon + 1) + path;
    if (root[0] === "G") {
      return this.terms.atom(`g${name}`, { kind: "entry", base: null, path: name });
    }
    const frame = Number(root.slice(1, colon));
    return this.terms.atom(`u${location}`, { kind: "uninitialised", name, frame });
  }

  write(location: Location, value: TermId): void {
    this.store.set(location, value);
  }

  /** The location, an aggregate or a scalar, becomes all zero. */
  zero(location: Location): void {
    this.drop(location);
    this.defaults.set(location, { kind: "zero" });
  }

  /** The location holds something unknown, and so do its members. */
  forget(location: Location, unknown: TermId): void {
    const isPart = this.#defaultOf(location) !== null;
    this.drop(location);
    this.store.set(location, unknown);
    if (isPart) this.defaults.set(location, { kind: "copy", from: `H${unknown}` });
  }

  /** Struct assignment: every member of `to` is what `from` holds now. */
  copy(to: Location, from: Location): void {
    if (to === from) return;
    this.drop(to);
    const value = this.store.get(from);
    if (value !== undefined) this.store.set(to, value);
    const prefix = `${from}.`;
    for (const [location, held] of [...this.store]) {
      if (location.startsWith(prefix)) this.store.set(to + location.slice(from.length), held);
    }
    for (const [location, held] of [...this.defaults]) {
      if (location.startsWith(prefix)) this.defaults.set(to + location.slice(from.length), held);
    }
    this.defaults.set(to, this.#defaultOf(from) ?? { kind: "copy", from });
  }

  /** Whether members of the location are known one by one: it is an aggregate. */
  isAggregate(location: Location): boolean {
    if (this.store.has(location)) return false;
    if (this.defaults.has(location)) return true;
    const prefix = `${location}.`;
    for (const key of this.store.keys()) if (key.startsWith(prefix)) return true;
    return false;
  }

  /** Removes everything known of a location and its members. */
  drop(location: Location): void {
    this.store.delete(location);
    this.defaults.delete(location);
    const prefix = `${location}.`;
    for (const key of this.store.keys()) if (key.startsWith(prefix)) this.store.delete(key);
    for (const key of this.defaults.keys()) if (key.startsWith(prefix)) this.defaults.delete(key);
  }

  #readDefault(location: Location): TermId | null {
    const held = this.#defaultOf(location);
    if (held === null) return null;
    return held.kind === "zero" ? ZERO : this.#onEntry(held.from);
  }

  /** The default a location inherits from the nearest enclosing aggregate. */
  #defaultOf(location: Location): Default | null {
    if (this.defaults.size === 0) return null;
    for (let end = location.length; end > 0; end = location.lastIndexOf(".", end - 1)) {
      const held = this.defaults.get(location.slice(0, end));
      if (held === undefined) continue;
      return held.kind === "zero" ? held : { kind: "copy", from: held.from + location.slice(end) };
    }
    return null;
  }
}
