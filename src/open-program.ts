/**
 * Opens a tree and the rules for it: what every command that looks at source files begins with.
 */
import { readFileSync } from "node:fs";
import { isAbsolute, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { FileCache } from "./analyze/file-cache.js";
import { Program } from "./analyze/program.js";
import { findKernelTree } from "./base/find-kernel-tree.js";
import { openTree } from "./base/folder-tree.js";
import type { Tree } from "./base/tree.js";
import { InputError } from "./findings/input-error.js";
import { loadProtocol, type Protocol } from "./protocol/protocol.js";
import { type Dialect, loadDialect } from "./syntax/dialect.js";

/** dist/src/open-program.js lies two below the package. */
const QUERIES = fileURLToPath(new URL("../../queries/", import.meta.url));

/** The rules, loaded once for a run. */
export class Rulebook {
  readonly protocol: Protocol;
  readonly dialect: Dialect;
  readonly #cache: FileCache;

  constructor() {
    this.protocol = loadProtocol(join(QUERIES, "vma-write-lock"));
    const path = join(QUERIES, "kernel-c", "dialect.json");
    this.dialect = loadDialect(readFileSync(path, "utf8"), path);
    this.#cache = new FileCache(this.protocol, this.dialect);
  }

  program(tree: Tree): Program {
    return new Program(tree, this.protocol, this.dialect, this.#cache);
  }
}

/** The folder sources are looked up in. */
export function treeFolder(tree: string | null, cwd: string): string {
  return tree === null ? (findKernelTree(cwd) ?? cwd) : resolve(cwd, tree);
}

/** A file's path in the tree; relative names start at the tree's top when `tree` was given. */
export function pathInTree(file: string, folder: string, tree: string | null, cwd: string): string {
  const absolute = isAbsolute(file) ? file : resolve(tree === null ? cwd : folder, file);
  const path = relative(folder, absolute);
  if (path.startsWith("..") || isAbsolute(path)) throw new InputError(file, 0, "outside the tree");
  return path;
}

export function openProgram(
  tree: string | null,
  file: string,
  cwd: string,
): { program: Program; path: string } {
  const folder = treeFolder(tree, cwd);
  const path = pathInTree(file, folder, tree, cwd);
  return { program: new Rulebook().program(openTree(folder)), path };
}
