/** The tree of a commit, or the index, read from the repository without a checkout. */
import { join } from "node:path";
import { pathTrouble } from "../patch/check-path.js";
import { openTree } from "./folder-tree.js";
import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";
import { wordSearch } from "./search-words.js";
import { TextCache } from "./text-cache.js";
import type { Tree } from "./tree.js";
import { type CommittedFiles, committedFiles, isUnchanged, pathspec } from "./work-copy.js";

/** `commit`: a full id. */
export function commitTree(repository: Repository, commit: string): Tree {
  return new GitTree(repository, commit);
}

/** What `git add` has staged. */
export function indexTree(repository: Repository): Tree {
  return new GitTree(repository, null);
}

/** With more differences, git searches faster than blobs are read one by one. */
const MOST_CHANGED = 2000;

class GitTree implements Tree {
  readonly #repository: Repository;
  readonly #commit: string | null;
  readonly #texts = new TextCache();
  readonly #listed = new Map<string, CommittedFiles>();
  #folder: Tree | null = null;

  constructor(repository: Repository, commit: string | null) {
    this.#repository = repository;
    this.#commit = commit;
  }

  read(path: string): string | null {
    if (pathTrouble(path) !== null) return null;
    return this.#texts.get(path, () => this.#readFile(path));
  }

  /**
   * Git reads a kernel's blobs three times slower than the files of the work tree are read, so
   * what is the same there is read and searched there.
   */
  #readFile(path: string): string | null {
    const folder = /^(\w+)\/.*\.[ch]$/.exec(path)?.[1];
    if (folder !== undefined && isUnchanged(this.#workTree(), this.#files(folder), path))
      return this.#workTree().read(path);
    return this.#repository.fileAt(this.#commit ?? "", path)?.text ?? null;
  }

  find(names: readonly string[], within: readonly string[] = [""]): readonly string[] {
    const words = names.filter((name) => /^\w+$/.test(name));
    const found = within.flatMap((folder) => {
      const path = folder.replace(/\/+$/, "");
      if (words.length === 0 || (path !== "" && pathTrouble(path) !== null)) return [];
      return this.#findBelow(path, words);
    });
    return [...new Set(found)].sort();
  }

  #findBelow(folder: string, words: readonly string[]): readonly string[] {
    const files = this.#files(folder);
    const workTree = this.#workTree();
    const changed = [...files.keys()].filter((path) => !isUnchanged(workTree, files, path));
    if (changed.length > MOST_CHANGED) return this.#grep(folder, words);
    const matches = wordSearch(words);
    const apart = new Set(changed);
    const found = workTree.find(words, [folder]);
    return [
      ...found.filter((path) => files.has(path) && !apart.has(path)),
      ...changed.filter((path) => matches(Buffer.from(this.read(path) ?? ""))),
    ];
  }

  #workTree(): Tree {
    this.#folder ??= openTree(join(this.#repository.top, this.#repository.prefix));
    return this.#folder;
  }

  #files(folder: string): CommittedFiles {
    let files = this.#listed.get(folder);
    if (files === undefined) {
      files = committedFiles(this.#repository, this.#commit, folder);
      this.#listed.set(folder, files);
    }
    return files;
  }

  #grep(folder: string, words: readonly string[]): string[] {
    const options = [
      "-lwFz",
      "--full-name",
      "--no-textconv",
      ...words.flatMap((word) => ["-e", word]),
    ];
    const side = this.#commit === null ? "--cached" : this.#commit;
    const run = runGit(this.#repository.top, [
      "grep",
      ...options,
      side,
      "--",
      pathspec(this.#repository, folder),
    ]);
    const paths = run.stdout
      .toString()
      .split("\0")
      .map((line) => this.#treePath(line));
    return paths.filter((path) => /\.[ch]$/.test(path));
  }

  /** `<commit>:<path in the repository>` to the path in the tree. */
  #treePath(line: string): string {
    const path = this.#commit === null ? line : line.slice(this.#commit.length + 1);
    return path.startsWith(this.#repository.prefix)
      ? path.slice(this.#repository.prefix.length)
      : "";
  }
}
