/** The tree of a commit, or the index, read from the repository without a checkout. */
import { pathTrouble } from "../patch/check-path.js";
import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";
import { TextCache } from "./text-cache.js";
import type { Tree } from "./tree.js";

/** `commit`: a full id. */
export function commitTree(repository: Repository, commit: string): Tree {
  return new GitTree(repository, commit);
}

/** What `git add` has staged. */
export function indexTree(repository: Repository): Tree {
  return new GitTree(repository, null);
}

class GitTree implements Tree {
  readonly #repository: Repository;
  readonly #commit: string | null;
  readonly #texts = new TextCache();

  constructor(repository: Repository, commit: string | null) {
    this.#repository = repository;
    this.#commit = commit;
  }

  read(path: string): string | null {
    if (pathTrouble(path) !== null) return null;
    return this.#texts.get(
      path,
      () => this.#repository.fileAt(this.#commit ?? "", path)?.text ?? null,
    );
  }

  find(names: readonly string[], within: readonly string[] = [""]): readonly string[] {
    const words = names.filter((name) => /^\w+$/.test(name)).flatMap((name) => ["-e", name]);
    const where = within.flatMap((folder) => this.#pathspec(folder));
    if (words.length === 0 || where.length === 0) return [];
    const side = this.#commit === null ? "--cached" : this.#commit;
    const options = ["-lwFz", "--full-name", ...words];
    const run = runGit(this.#repository.top, ["grep", ...options, side, "--", ...where]);
    const paths = run.stdout
      .toString()
      .split("\0")
      .map((line) => this.#treePath(line));
    return paths.filter((path) => /\.[ch]$/.test(path)).sort();
  }

  /** A folder of the tree as git takes it; empty when it lies outside. */
  #pathspec(folder: string): string[] {
    const path = folder.replace(/\/+$/, "");
    if (path !== "" && pathTrouble(path) !== null) return [];
    return [`:(top,literal)${this.#repository.prefix}${path === "" ? "" : `${path}/`}`];
  }

  /** `<commit>:<path in the repository>` to the path in the tree. */
  #treePath(line: string): string {
    const path = this.#commit === null ? line : line.slice(this.#commit.length + 1);
    return path.startsWith(this.#repository.prefix)
      ? path.slice(this.#repository.prefix.length)
      : "";
  }
}
