/** Which files of a commit lie in the work tree as they are. */
import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";

/** Paths of .c and .h files in the tree. */
export interface WorkCopy {
  /** In the commit and in the work tree, with one text. */
  readonly same: ReadonlySet<string>;
  /** In the commit, but different or absent in the work tree. */
  readonly changed: readonly string[];
}

/** `commit` null: the index. `folder` is of the tree, empty for all of it. */
export function compareWorkTree(
  repository: Repository,
  commit: string | null,
  folder: string,
): WorkCopy {
  const where = ["--", pathspec(repository, folder)];
  const list = (args: readonly string[]) =>
    paths(repository, runGit(repository.top, [...args, ...where]).stdout);
  const all =
    commit === null
      ? ["ls-files", "-z"]
      : ["ls-tree", "-r", "-z", "--name-only", "--full-tree", commit];
  const difference = [
    "diff",
    "--name-only",
    "-z",
    "--no-ext-diff",
    "--no-relative",
    "--no-renames",
  ];
  const differing = new Set(list(commit === null ? difference : [...difference, commit]));
  const files = list(all);
  return {
    same: new Set(files.filter((path) => !differing.has(path))),
    changed: files.filter((path) => differing.has(path)),
  };
}

/** A folder of the tree as git takes it. */
export function pathspec(repository: Repository, folder: string): string {
  return `:(top,literal)${repository.prefix}${folder === "" ? "" : `${folder}/`}`;
}

function paths(repository: Repository, output: Buffer): string[] {
  const { prefix } = repository;
  const sources = output
    .toString()
    .split("\0")
    .filter((path) => path.startsWith(prefix) && /\.[ch]$/.test(path));
  return prefix === "" ? sources : sources.map((path) => path.slice(prefix.length));
}
