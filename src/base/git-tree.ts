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
    const { top, prefix } = this.#repository;
    const words = names
      .filter((name) => name !== "" && !name.includes("\n"))
      .flatMap((name) => ["-e", name]);
    if (words.length === 0) return [];
    const folders = within.filter((folder) => folder === "" || pathTrouble(folder) === null);
    const paths = folders.flatMap((folder) => {
      const start = `:(top,literal)`;
      return folder === ""
        ? [`${prefix}`]
        : [`${prefix}${folder.replace(/\/+$/, "")}/`].map((path) => path && `${start}${path}`);
    });
    const where = paths
      .filter((path) => path !== "")
      .map((path) => (path.startsWith(":") ? path : `:(top,literal)${path}`));
    if (folders.length === 0) return [];
    const side = this.#commit === null ? ["--cached"] : [];
    const commit = this.#commit === null ? [] : [this.#commit];
    const run = runGit(top, [
      "grep",
      "-lwFz",
      "--full-name",
      ...side,
      ...words,
      ...commit,
      "--",
      ...where,
    ]);
    return run.stdout
      .toString()
      .split("\0")
      .map((line) => this.#treePath(line))
      .filter((path) => /\.[ch]$/.test(path))
      .sort();
  }

  /** `<commit>:<path in the repository>` to the path in the tree. */
  #treePath(line: string): string {
    const path = this.#commit === null ? line : line.slice(this.#commit.length + 1);
    return path.startsWith(this.#repository.prefix)
      ? path.slice(this.#repository.prefix.length)
      : "";
  }
}
