/**
 * What was read of files, by text: a file that is the same on both sides of a patch is read once,
 * a function that is, too.
 */

import type { Tree } from "../base/tree.js";
import type { Protocol } from "../protocol/protocol.js";
import type { Dialect } from "../syntax/dialect.js";
import { withSide } from "../syntax/item-tokens.js";
import { bothSides } from "../syntax/macro-definition.js";
import {
  type Condition,
  type FunctionItem,
  type Macro,
  type Outline,
  outline,
  type StructItem,
} from "../syntax/outline.js";
import { type ScopeClass, scopeClasses } from "../syntax/scope-class.js";
import { SourceFile } from "../text/source-file.js";
import { enumerators } from "./constants.js";
import type { ExternIndex } from "./externs.js";
import { BodyCache } from "./function-body.js";
import { type HeaderScan, includesIn } from "./headers.js";
import { indexMentions, type MentionIndex } from "./mentions.js";

export interface OutlinedFile {
  readonly file: SourceFile;
  readonly outline: Outline;
  readonly functions: ReadonlyMap<string, FunctionItem>;
  readonly macros: ReadonlyMap<string, Macro>;
  readonly classes: ReadonlyMap<string, ScopeClass>;
  readonly structs: ReadonlyMap<string, StructItem>;
  mentions(): MentionIndex;
  constants(): ReadonlyMap<string, number>;
}

export class FileCache {
  readonly #files = new Map<string, OutlinedFile>();
  readonly #scans = new Map<string, HeaderScan>();
  /** The configuration symbol that switches the locks on. */
  readonly #symbol: string;
  /** A header without a match has nothing to say about the protocol. */
  readonly #needle: RegExp;

  readonly #hints: readonly string[];
  readonly bodies: BodyCache;
  readonly #enumerators = new Map<
    string,
    { readonly text: string; readonly values: ReadonlyMap<string, number> }
  >();
  readonly #externs = new WeakMap<Tree, Map<string, ExternIndex>>();
  readonly #forEach = new Map<string, ReadonlySet<string>>();

  readonly #definers: readonly string[];

  constructor(protocol: Protocol, dialect: Dialect) {
    this.#definers = dialect.classes;
    this.#symbol = protocol.config;
    this.#needle = protocol.needle;
    this.#hints = protocol.hints;
    this.bodies = new BodyCache(protocol);
  }

  /** What the files of a tree's folder offer to others; read once. */
  externs(tree: Tree, folder: string, read: () => ExternIndex): ExternIndex {
    const known = this.#externs.get(tree) ?? new Map<string, ExternIndex>();
    this.#externs.set(tree, known);
    const index = known.get(folder) ?? read();
    known.set(folder, index);
    return index;
  }

  /** Names of the tree's for-each macros, from its `.clang-format`. */
  forEachNames(tree: Tree): ReadonlySet<string> {
    const text = tree.read(".clang-format") ?? "";
    let names = this.#forEach.get(text);
    if (names === undefined) {
      const section = /^ForEachMacros:\n((?:\s*-.*\n?)*)/m.exec(text)?.[1] ?? "";
      names = new Set([...section.matchAll(/-\s*'?(\w+)'?/g)].map((match) => match[1] as string));
      this.#forEach.set(text, names);
    }
    return names;
  }

  /** The needle is slow on megabytes of headers: what it matches holds one of these. */
  #isMentioned(text: string): boolean {
    return this.#hints.some((hint) => text.includes(hint)) && this.#needle.test(text);
  }

  scan(tree: Tree, path: string): HeaderScan | null {
    const text = tree.read(path);
    if (text === null) return null;
    const known = this.#scans.get(path);
    if (known !== undefined && known.text === text) return known;
    const scan = { text, includes: includesIn(text), matters: this.#isMentioned(text) };
    this.#scans.set(path, scan);
    return scan;
  }

  /** The named numbers of a header, whether or not it matters. */
  enumerators(tree: Tree, path: string): ReadonlyMap<string, number> {
    const text = tree.read(path) ?? "";
    const known = this.#enumerators.get(path);
    if (known !== undefined && known.text === text) return known.values;
    const values = text.includes("enum") ? enumerators(text) : new Map<string, number>();
    this.#enumerators.set(path, { text, values });
    return values;
  }

  definitions(tree: Tree, path: string): OutlinedFile | null {
    const text = tree.read(path);
    return text === null ? null : this.outlined(path, text);
  }

  outlined(path: string, text: string): OutlinedFile {
    const known = this.#files.get(path);
    if (known !== undefined && known.file.text === text) return known;
    const other = this.#files.get(`${path}\0`);
    if (other !== undefined && other.file.text === text) return other;
    const file = new SourceFile(path, text);
    const made = outline(file);
    const functions = this.#functions(text, made.functions);
    const macros = this.#macros(made.macros);
    const classes = scopeClasses(text, this.#definers);
    let mentions: MentionIndex | undefined;
    let constants: ReadonlyMap<string, number> | undefined;
    const outlined: OutlinedFile = {
      file,
      outline: made,
      functions,
      macros,
      classes,
      structs: this.#byName(made.structs, (item) => item.tag),
      mentions: () => {
        mentions ??= indexMentions({ functions, macros, classes });
        return mentions;
      },
      constants: () => {
        constants ??= enumerators(text);
        return constants;
      },
    };
    this.#files.set(known === undefined ? path : `${path}\0`, outlined);
    return outlined;
  }

  #functions(text: string, items: readonly FunctionItem[]): Map<string, FunctionItem> {
    const functions = this.#byName(items, (item) => item.name);
    for (const item of items) {
      const first = functions.get(item.name);
      if (first === undefined || first === item || this.#isOff(item)) continue;
      const both = withSide(text, first, item);
      if (both !== null) functions.set(item.name, both);
    }
    return functions;
  }

  #macros(items: readonly Macro[]): Map<string, Macro> {
    const macros = this.#byName(items, (item) => item.name);
    for (const item of items) {
      const first = macros.get(item.name);
      if (first === undefined || first === item || this.#isOff(item)) continue;
      const both = bothSides(first, item);
      if (both !== null) macros.set(item.name, both);
    }
    return macros;
  }

  /** The first definition of each name that is not switched off with the locks. */
  #byName<T extends { readonly conditions: readonly Condition[] }>(
    items: readonly T[],
    nameOf: (item: T) => string,
  ): Map<string, T> {
    const map = new Map<string, T>();
    for (const item of items) {
      const known = map.get(nameOf(item));
      if (known === undefined || (this.#isOff(known) && !this.#isOff(item)))
        map.set(nameOf(item), item);
    }
    return map;
  }

  #isOff({ conditions }: { readonly conditions: readonly Condition[] }): boolean {
    return conditions.some(({ symbol, holds }) => symbol === this.#symbol && !holds);
  }
}
