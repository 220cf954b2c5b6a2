/**
 * One side of a patch as a program: outlines of files, functions made ready for the
 * interpreter on demand, callees and structs found by name. Asks a `Tree` for texts and keeps
 * what it read; nothing is parsed that nobody asks for.
 *
 * A name is looked up in the file itself, then in the headers the file includes. Of a name that is
 * defined twice under `#if`, a definition without per-VMA locks is left out; of a function both
 * sides are taken, of all else the first.
 */
import type { Tree } from "../base/tree.js";
import { Budget } from "../dataflow/budget.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Protocol } from "../protocol/protocol.js";
import type { Dialect } from "../syntax/dialect.js";
import type { FunctionItem, Macro, Outline, StructItem } from "../syntax/outline.js";
import type { ScopeClass } from "../syntax/scope-class.js";
import type { SourceFile } from "../text/source-file.js";
import { Acts } from "./acts.js";
import { ClassFlow } from "./class-flow.js";
import { macroValue } from "./constants.js";
import { DemandIndex } from "./demand-index.js";
import { Externs } from "./externs.js";
import type { FileCache } from "./file-cache.js";
import { findClass, whereElse } from "./find-class.js";
import { directHeaders, type HeaderScan, reachableHeaders } from "./headers.js";
import { KernelProcedure } from "./kernel-procedure.js";
import { handlesObjects, hidesCode, truthMembers, writersAmong } from "./lexical-looks.js";
import { type MentionIndex, Mentions } from "./mentions.js";
import { membersInOrder } from "./struct-order.js";

/** A file with what it can see: its own definitions and those of its headers. */
export interface Unit {
  readonly file: SourceFile;
  readonly outline: Outline;
  /** The file itself first, then the headers that matter. */
  readonly scope: readonly Definitions[];
}

/** Definitions of one file by name. */
export interface Definitions {
  readonly file: SourceFile;
  readonly functions: ReadonlyMap<string, FunctionItem>;
  readonly macros: ReadonlyMap<string, Macro>;
  readonly structs: ReadonlyMap<string, StructItem>;
  readonly classes: ReadonlyMap<string, ScopeClass>;
  /** Made on first use, as are the enumerators. */
  mentions(): MentionIndex;
  constants(): ReadonlyMap<string, number>;
}

export class Program {
  readonly tree: Tree;
  readonly protocol: Protocol;
  readonly dialect: Dialect;
  readonly cache: FileCache;
  /** Of this side alone: what was judged before it takes nothing from it. */
  readonly budget = new Budget();
  readonly #units = new Map<string, Unit | null>();
  readonly #procedures = new Map<string, KernelProcedure>();
  readonly #mentions = new Map<Unit, Mentions>();
  readonly #demands = new DemandIndex(this);
  readonly classFlow = new ClassFlow(this, this.#demands);
  readonly #externs = new Externs(this, this.#demands);
  readonly #reaching = new Map<Unit, ReadonlySet<string>>();
  readonly #truthMembers = new Map<Unit, ReadonlySet<string>>();
  readonly #acts = new Map<Unit, Acts>();
  #forEach: ReadonlySet<string> | undefined;

  constructor(tree: Tree, protocol: Protocol, dialect: Dialect, cache: FileCache) {
    this.tree = tree;
    this.protocol = protocol;
    this.dialect = dialect;
    this.cache = cache;
  }

  /** The unit of a .c (or .h) file; null when the tree does not have it. */
  unit(path: string): Unit | null {
    let unit = this.#units.get(path);
    if (unit === undefined) {
      const own = this.cache.definitions(this.tree, path);
      unit =
        own === null
          ? null
          : {
              file: own.file,
              outline: own.outline,
              scope: [own, ...this.#headers(own)],
            };
      this.#units.set(path, unit);
    }
    return unit;
  }

  /** A function of a unit by name, and the file that defines it. */
  find(
    unit: Unit,
    name: string,
  ): { readonly definitions: Definitions; readonly item: FunctionItem } | null {
    for (const definitions of unit.scope) {
      const item = definitions.functions.get(name);
      if (item !== undefined) return { definitions, item };
    }
    return null;
  }

  macro(unit: Unit, name: string): Macro | undefined {
    for (const definitions of unit.scope) {
      const macro = definitions.macros.get(name);
      if (macro !== undefined) return macro;
    }
    return undefined;
  }

  /** Value of an enumerator or a macro that is a number. */
  constant(unit: Unit, name: string): number | null {
    for (const definitions of unit.scope) {
      const value = definitions.constants().get(name);
      if (value !== undefined) return value;
      const macro = definitions.macros.get(name);
      if (macro !== undefined) return macroValue(macro);
    }
    return /^[A-Z][A-Z\d_]+$/.test(name) ? this.#enumerator(unit, name) : null;
  }

  /** Of a header that the file includes itself, whether or not it has to do with the protocol. */
  #enumerator({ file }: Unit, name: string): number | null {
    const isThere = (path: string) => this.tree.read(path) !== null;
    for (const path of directHeaders(file.path, file.text, isThere)) {
      const value = this.cache.enumerators(this.tree, path).get(name);
      if (value !== undefined) return value;
    }
    return null;
  }

  struct(unit: Unit, tag: string): StructItem | undefined {
    for (const definitions of unit.scope) {
      const struct = definitions.structs.get(tag);
      if (struct !== undefined) return struct;
    }
    return undefined;
  }

  /** Whether a member of that name is a `bool` or one bit, whatever struct in sight it is of. */
  isTruthMember(unit: Unit, name: string): boolean {
    let known = this.#truthMembers.get(unit);
    if (known === undefined) {
      known = truthMembers(unit);
      this.#truthMembers.set(unit, known);
    }
    return known.has(name);
  }

  /** Whether a function, called again with the same arguments, may answer otherwise. */
  acts(unit: Unit, name: string): boolean {
    let acts = this.#acts.get(unit);
    if (acts === undefined) {
      acts = new Acts(this.#texts(unit));
      this.#acts.set(unit, acts);
    }
    return acts.has(name);
  }

  /** Members of the container that hold tracked objects, in the struct's order. */
  members(unit: Unit): readonly string[] {
    const { container } = this.protocol;
    let struct = this.struct(unit, container);
    // A caller elsewhere need not see the container that its callee fills.
    if (struct === undefined)
      for (const home of this.#externs.homes(unit)) struct ??= this.struct(home, container);
    const pattern = new RegExp(`\\bstruct\\s+${this.protocol.type}\\b`);
    return (struct?.members ?? [])
      .filter((member) => member.pointers === 1 && pattern.test(member.type))
      .map((member) => member.name);
  }

  /** Whether the tree's own primitive asserts the lock on what becomes reachable. */
  assertsInsertion(unit: Unit): boolean {
    const procedure = this.procedure(unit, this.protocol.insertionAsserts);
    return (
      procedure !== null &&
      [...procedure.effects.values()].flat().some(({ kind }) => kind === "require")
    );
  }

  /** Whether a file has no locks to speak of: stubs, tests in user space. */
  isExcluded(path: string): boolean {
    return this.protocol.excluded.some(
      (prefix) => path === prefix || path.startsWith(prefix.endsWith("/") ? prefix : `${prefix}/`),
    );
  }

  /** A function ready for the interpreter; made once. Null also where the budget does not allow it. */
  procedure(unit: Unit, name: string): KernelProcedure | null {
    const found = this.find(unit, name);
    if (found === null) return null;
    const key = `${unit.file.path} ${found.definitions.file.path} ${name}`;
    let procedure = this.#procedures.get(key);
    if (procedure === undefined) {
      const { start, end } = found.item.span;
      if (!this.budget.parse(name, end - start)) return null;
      const place = { file: found.definitions.file, item: found.item };
      const body = this.cache.bodies.body(place.file, place.item, {
        dialect: this.dialect,
        macro: (macro) => this.macro(unit, macro),
        expand: (macro) => this.#isWorthExpanding(unit, macro),
        membersOf: (tag) => membersInOrder(unit, tag),
        scopeClass: (one) =>
          findClass(unit.scope, one, (word) => this.reaches(unit, word)) ??
          whereElse(one, this.#texts(unit)),
        forEachNames: this.forEachNames(),
      });
      procedure = new KernelProcedure(this, unit, place, body);
      this.#procedures.set(key, procedure);
    }
    return procedure;
  }

  /** A callee's body, when it could matter to a caller in this unit. */
  callee(unit: Unit, name: string): Procedure | null {
    const found = this.find(unit, name);
    if (found === null) {
      const home =
        this.macro(unit, name) === undefined ? this.#externs.home(unit, name) : undefined;
      return home === undefined ? null : this.procedure(home, name);
    }
    if (this.protocol.names.has(name) && !this.protocol.entered.has(name)) return null;
    const matters =
      found.definitions.file === unit.file ||
      this.reaches(unit, name) ||
      this.classFlow.mentions(found.item) ||
      handlesObjects(found, this.protocol);
    return matters ? this.procedure(unit, name) : null;
  }

  /** Folders where a unit's functions are at home: its own, and those of the protocol. */
  foldersOf({ file }: Unit): string[] {
    const own = file.path.slice(0, Math.max(0, file.path.lastIndexOf("/")));
    return [...new Set([own, ...this.protocol.home])];
  }

  /** Whether a name leads to anything the protocol names. */
  reaches(unit: Unit, name: string): boolean {
    return this.reaching(unit).has(name);
  }

  /** Every name in the unit that leads to something the protocol names. */
  reaching(unit: Unit): ReadonlySet<string> {
    let reaching = this.#reaching.get(unit);
    if (reaching === undefined) {
      reaching = this.mentions(unit).reaching([
        ...this.protocol.names,
        ...writersAmong(unit.scope, this.protocol),
      ]);
      this.#reaching.set(unit, reaching);
    }
    return reaching;
  }

  /** Every name in the unit that leads to something that demands a lock. */
  demanding(unit: Unit): ReadonlySet<string> {
    return this.#demands.demanding(unit, this.#externs);
  }

  mentions(unit: Unit): Mentions {
    let mentions = this.#mentions.get(unit);
    if (mentions === undefined) {
      mentions = new Mentions(unit.scope);
      this.#mentions.set(unit, mentions);
    }
    return mentions;
  }

  /** Names of the tree's for-each macros. */
  forEachNames(): ReadonlySet<string> {
    this.#forEach ??= this.cache.forEachNames(this.tree);
    return this.#forEach;
  }

  #headers(own: Definitions): Definitions[] {
    return this.#headerPaths(own.file, ({ matters }) => matters).flatMap(
      (path) => this.cache.definitions(this.tree, path) ?? [],
    );
  }

  #headerPaths({ path, text }: SourceFile, isWanted: (header: HeaderScan) => boolean): string[] {
    return reachableHeaders(path, text, (one) => this.cache.scan(this.tree, one), isWanted);
  }

  /** All that a file sees, as far as the tree has it. */
  #texts(unit: Unit): readonly string[] {
    const headers = this.#headerPaths(unit.file, () => true);
    return [unit.file.text, ...headers.map((path) => this.tree.read(path) ?? "")];
  }

  /** Other macros are values. */
  #isWorthExpanding(unit: Unit, macro: Macro): boolean {
    return hidesCode(macro, this.protocol) || this.reaches(unit, macro.name);
  }
}
