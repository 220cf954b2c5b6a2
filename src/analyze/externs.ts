/**
 * Functions that one file calls and another defines, as far as they are followed: those that lead
 * to a demand in the file behind a header of the folder (`mm/vma.c` behind `mm/vma.h`), and those
 * in the folders where the protocol is at home that take a lock, demand one or fill a container in
 * their own body. What they only assert at run time is their own business. Read from
 * the text of the tree, so that who asks first makes no difference.
 */
import type { Tree } from "../base/tree.js";
import { itemText } from "../syntax/item-tokens.js";
import type { FunctionItem } from "../syntax/outline.js";
import type { DemandIndex } from "./demand-index.js";
import type { Definitions, Program, Unit } from "./program.js";

/** By name, the path of the file that defines it. */
type Homes = ReadonlyMap<string, string>;

export interface ExternIndex {
  /** Functions that demand a lock themselves, by their text. */
  readonly demanding: Homes;
  /** Those that take one, or fill a container. */
  readonly acting: Homes;
}

export class Externs {
  readonly #program: Program;
  readonly #demands: DemandIndex;
  readonly #exported = new Map<Unit, ReadonlySet<string>>();

  constructor(program: Program, demands: DemandIndex) {
    this.#program = program;
    this.#demands = demands;
  }

  /** The unit that defines a function which a unit does not; undefined where it is not followed. */
  home(unit: Unit, name: string): Unit | undefined {
    const sibling = this.#siblings(unit).find((one) => this.#exportedBy(one).has(name));
    if (sibling !== undefined) return sibling;
    for (const { demanding, acting } of this.#inSight(unit)) {
      const path = this.#demander(demanding, name) ?? acting.get(name);
      if (path !== undefined && path !== unit.file.path)
        return this.#program.unit(path) ?? undefined;
    }
    return undefined;
  }

  /** Functions of other files that lead to something that demands a lock, and are followed. */
  demanding(unit: Unit): string[] {
    return [
      ...this.#siblings(unit).flatMap((one) => [...this.#exportedBy(one)]),
      ...this.#inSight(unit).flatMap(({ demanding }) =>
        [...demanding.keys()].filter(
          (name) =>
            demanding.get(name) !== unit.file.path &&
            this.#program.mentions(unit).users([name]).size > 0 &&
            this.#demander(demanding, name) !== undefined,
        ),
      ),
    ];
  }

  /** Units that define what a unit may call. */
  *homes(unit: Unit): Iterable<Unit> {
    yield* this.#siblings(unit);
    const paths = this.#inSight(unit).flatMap(({ demanding, acting }) => [
      ...demanding.values(),
      ...acting.values(),
    ]);
    for (const path of new Set(paths)) yield* [this.#program.unit(path) ?? []].flat();
  }

  /** The path of a function, if what its text seems to write is a member of a tracked object. */
  #demander(demanding: Homes, name: string): string | undefined {
    const path = demanding.get(name);
    const unit = path === undefined ? null : this.#program.unit(path);
    const item = unit?.scope[0]?.functions.get(name);
    if (unit === null || item === undefined) return undefined;
    if (mentions(item, this.#program.protocol.outerSinks)) return path;
    return this.#demands.isWriter(unit, name) ? path : undefined;
  }

  #siblings(unit: Unit): Unit[] {
    const headers = unit.scope.slice(1).map(({ file }) => file.path);
    return headers
      .filter((path) => !path.startsWith("include/"))
      .map((path) => path.replace(/\.h$/, ".c"))
      .filter((path) => path !== unit.file.path && !this.#program.isExcluded(path))
      .flatMap((path) => this.#program.unit(path) ?? []);
  }

  /** Functions others can call that lead to a demand in their own file. */
  #exportedBy(unit: Unit): ReadonlySet<string> {
    let exported = this.#exported.get(unit);
    if (exported === undefined) {
      const demanding = this.#demands.demandingAlone(unit);
      const items = [...(unit.scope[0]?.functions.values() ?? [])];
      exported = new Set(
        items.filter((one) => !one.isStatic && demanding.has(one.name)).map(({ name }) => name),
      );
      this.#exported.set(unit, exported);
    }
    return exported;
  }

  /** A file that has nothing to do with the protocol sees none. */
  #inSight(unit: Unit): ExternIndex[] {
    const { protocol, cache, tree } = this.#program;
    const { file } = unit;
    if (!file.text.includes(protocol.type) && !protocol.needle.test(file.text)) return [];
    return protocol.home.map((folder) =>
      cache.externs(tree, folder, () => this.#read(tree, folder)),
    );
  }

  #read(tree: Tree, folder: string): ExternIndex {
    const { protocol, cache } = this.#program;
    const demanding = new Map<string, string>();
    const acting = new Map<string, string>();
    const add = (homes: Map<string, string>, name: string, path: string) => {
      if (!homes.has(name) && !protocol.names.has(name)) homes.set(name, path);
    };
    const paths = tree
      .find([...protocol.actors, ...protocol.written, protocol.container], [folder])
      .filter((path) => folderOf(path) === folder && path.endsWith(".c"));
    for (const path of paths.filter((one) => !this.#program.isExcluded(one))) {
      const definitions = cache.definitions(tree, path);
      for (const item of definitions?.functions.values() ?? []) {
        if (item.isStatic) continue;
        if (this.#seemsToDemand(definitions as Definitions, item)) add(demanding, item.name, path);
        else if (mentions(item, protocol.actors) || item.identifiers.has(protocol.container))
          add(acting, item.name, path);
      }
    }
    return { demanding, acting };
  }

  #seemsToDemand({ file }: Definitions, item: FunctionItem): boolean {
    const { outerSinks, writes } = this.#program.protocol;
    return mentions(item, outerSinks) || writes.test(itemText(file, item));
  }
}

function mentions({ identifiers }: FunctionItem, names: ReadonlySet<string>): boolean {
  for (const name of names) if (identifiers.has(name)) return true;
  return false;
}

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
