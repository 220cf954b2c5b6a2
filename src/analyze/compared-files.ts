/** The files of a patch on both sides, and what their functions are called on the other one. */
import type { Procedure } from "../dataflow/procedure.js";
import { changedNames, renames } from "./changes.js";
import { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";
import type { Paths } from "./users-of-headers.js";

/** A function by its file and name. */
export type Named = Pick<Procedure, "file" | "name">;

/** One file on both sides, and what of it differs. */
export interface ComparedFile {
  readonly paths: Paths;
  readonly old: Unit | null;
  readonly now: Unit | null;
  /** Functions, macros and structs, those of its headers included. */
  readonly changed: ReadonlySet<string>;
  /** Names before, by names after. */
  readonly oldNames: ReadonlyMap<string, string>;
}

export function comparedFile(
  before: Program,
  after: Program,
  paths: Paths,
  toAfter: (path: string | null, line: number) => number | null,
  alsoChanged: readonly string[],
): ComparedFile {
  const unitOf = (program: Program, path: string | null) =>
    path === null || program.isExcluded(path) ? null : program.unit(path);
  const [old, now] = [unitOf(before, paths.oldPath), unitOf(after, paths.newPath)];
  const changed = changedNames(old, now);
  for (const name of alsoChanged) changed.add(name);
  const renamed =
    old === null || now === null
      ? new Map<string, string>()
      : renames(old, now, (line) => toAfter(paths.oldPath, line));
  const oldNames = new Map([...renamed].map(([from, to]) => [to, from]));
  return { paths, old, now, changed, oldNames };
}

/** What functions are called on the other side, as `file:name`. */
export class NamesThere {
  readonly #before = new Map<string, string>();
  readonly #after = new Map<string, string>();
  readonly #oldPaths = new Map<string, string>();
  readonly #newPaths = new Map<string, string>();

  constructor(files: readonly ComparedFile[]) {
    for (const { paths, oldNames } of files) {
      const { oldPath, newPath } = paths;
      if (oldPath === null || newPath === null) continue;
      if (oldPath !== newPath) {
        this.#oldPaths.set(newPath, oldPath);
        this.#newPaths.set(oldPath, newPath);
      }
      for (const [to, from] of oldNames) {
        this.#before.set(`${newPath}:${to}`, `${oldPath}:${from}`);
        this.#after.set(`${oldPath}:${from}`, `${newPath}:${to}`);
      }
    }
  }

  before(key: string): string {
    return this.#before.get(key) ?? inFile(key, this.#oldPaths);
  }

  after(key: string): string {
    return this.#after.get(key) ?? inFile(key, this.#newPaths);
  }
}

function inFile(key: string, paths: ReadonlyMap<string, string>): string {
  const colon = key.lastIndexOf(":");
  const path = paths.get(key.slice(0, colon));
  return path === undefined ? key : path + key.slice(colon);
}

export function keyOf({ file, name }: Named): string {
  return `${file}:${name}`;
}

/** The file that a function was made ready for, as `file:`: one in a header is, for its users. */
export function userOf(one: Named): string {
  return `${one instanceof KernelProcedure ? one.unit.file.path : one.file}:`;
}

/** A function by `file:name`, if that file defines it, as it is for a user (`file:`). */
export function lookUp(program: Program, key: string, user: string): KernelProcedure[] {
  const [file, name] = [key.slice(0, key.lastIndexOf(":")), key.slice(key.lastIndexOf(":") + 1)];
  for (const path of [user.slice(0, -1), file]) {
    const unit = program.unit(path);
    if (unit === null || program.find(unit, name)?.definitions.file.path !== file) continue;
    return [program.procedure(unit, name) ?? []].flat();
  }
  return [];
}
