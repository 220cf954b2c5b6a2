/**
 * Which files of a commit or of the index lie in the work tree as they are. The files are hashed
 * here: `git diff` would run the filters that the checkout's configuration names.
 */
import { hasBlobId } from "./blob-id.js";
import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";
import type { Tree } from "./tree.js";

/** The .c and .h files below a folder, by their path in the tree, with the ids of their blobs. */
export type CommittedFiles = ReadonlyMap<string, string>;

/** `commit` null: the index. `folder` is of the tree, empty for all of it. */
export function committedFiles(
  repository: Repository,
  commit: string | null,
  folder: string,
): CommittedFiles {
  const list =
    commit === null
      ? ["ls-files", "--stage", "-z", "--"]
      : ["ls-tree", "-r", "-z", "--full-tree", "--", commit];
  const where = commit === null ? pathspec(repository, folder) : fullPath(repository, folder);
  const run = runGit(repository.top, [...list, ...(where === "" ? [] : [where])]);
  const { prefix } = repository;
  const files = new Map<string, string>();
  for (const entry of run.stdout.toString().split("\0")) {
    // `<mode> blob <id>` of a commit, `<mode> <id> <stage>` of the index, a tab, the path.
    const parts = /^100\d{3} (?:blob )?([0-9a-f]{40,64})(?: 0)?\t(.*)$/s.exec(entry);
    const path = parts?.[2] ?? "";
    if (parts !== null && path.startsWith(prefix) && /\.[ch]$/.test(path))
      files.set(path.slice(prefix.length), parts[1] as string);
  }
  return files;
}

/** Whether the work tree has a file byte for byte. */
export function isUnchanged(workTree: Tree, files: CommittedFiles, path: string): boolean {
  const id = files.get(path);
  const text = id === undefined ? null : workTree.read(path);
  return id !== undefined && text !== null && hasBlobId(text, id);
}

/** A folder of the tree as git takes it. */
export function pathspec(repository: Repository, folder: string): string {
  return `:(top,literal)${fullPath(repository, folder)}`;
}

function fullPath({ prefix }: Repository, folder: string): string {
  return `${prefix}${folder === "" ? "" : `${folder}/`}`;
}
