/**
 * Which source a patch applies to: what `--base` says, else the blobs that its `index` lines
 * name, else the parent of the commit that it is, else its `base-commit:` trailer, else the tree
 * as it stands.
 */
import { InputError } from "../findings/input-error.js";
import type { BaseUsed } from "../findings/review.js";
import type { FilePatch } from "../patch/patch.js";
import { hasBlobId } from "./blob-id.js";
import { commitTree } from "./git-tree.js";
import { overlay } from "./overlay.js";
import { withPrerequisites } from "./prerequisites.js";
import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";
import type { Tree } from "./tree.js";

/** Where to look. */
export interface Places {
  /** As it stands. */
  readonly tree: Tree;
  readonly repository: Repository | null;
  /** `--base`: a revision, which then decides alone. */
  readonly base: string | null;
}

export interface ResolvedBase {
  readonly tree: Tree;
  readonly how: BaseUsed["how"];
  readonly commit: string | null;
  /** The files around the patch's own are known to fit, too. */
  readonly whole: boolean;
  readonly notes: readonly string[];
}

/** What a patch says about its base beside the ids of its files. */
export interface BaseHints {
  readonly baseCommit: string | null;
  readonly prerequisites: readonly string[];
  /** The commit that the patch was made from. */
  readonly commit: string | null;
}

/** More files of one patch are not looked up: some milliseconds each. */
const MOST_FILES = 5000;

/** Throws InputError when `--base` names no commit. */
export function resolveBase(
  files: readonly FilePatch[],
  hints: BaseHints,
  places: Places,
): ResolvedBase {
  if (places.base !== null) return givenBase(places.base, places.repository);
  const named = namedFiles(files);
  const blobs = findBlobs(named, places);
  if (named.length > 0 && blobs.size === named.length) return blobBase(named, blobs, hints, places);
  return (
    parentBase(hints, places.repository) ??
    trailerBase(hints, places.repository) ??
    treeBase(places, blobs, hints)
  );
}

/** Whether a tree has every file in the version that the patch names. */
export function holdsAll(tree: Tree, files: readonly FilePatch[]): boolean {
  return namedFiles(files).every((file) => holds(tree, file));
}

/** Files whose base has an id; of several parts on one file the first. */
function namedFiles(files: readonly FilePatch[]): FilePatch[] {
  const first = new Map<string, FilePatch>();
  for (const file of files.slice(0, MOST_FILES)) {
    if (file.oldPath !== null && !first.has(file.oldPath)) first.set(file.oldPath, file);
  }
  return [...first.values()].filter((file) => file.oldId !== null && file.kind !== "binary");
}

function holds(tree: Tree, file: FilePatch): boolean {
  const text = tree.read(file.oldPath ?? "");
  return text !== null && hasBlobId(text, file.oldId ?? "");
}

function givenBase(revision: string, repository: Repository | null): ResolvedBase {
  const commit = repository?.commit(revision) ?? null;
  if (repository === null || commit === null)
    throw new InputError(revision, 0, "--base names no commit of this repository");
  return { tree: commitTree(repository, commit), how: "commit", commit, whole: true, notes: [] };
}

/** Texts of the named blobs, from the tree or the repository. */
function findBlobs(files: readonly FilePatch[], places: Places): Map<string, string> {
  const texts = new Map<string, string>();
  for (const file of files) {
    const path = file.oldPath as string;
    const text = holds(places.tree, file)
      ? places.tree.read(path)
      : places.repository?.blobs.read(file.oldId as string)?.text;
    if (text !== null && text !== undefined && hasBlobId(text, file.oldId as string))
      texts.set(path, text);
  }
  return texts;
}

function blobBase(
  files: readonly FilePatch[],
  blobs: ReadonlyMap<string, string>,
  hints: BaseHints,
  places: Places,
): ResolvedBase {
  if (holdsAll(places.tree, files))
    return { tree: places.tree, how: "blob", commit: null, whole: true, notes: [] };
  const { repository } = places;
  const commit = repository === null ? null : findCommit(repository, files, hints);
  if (repository !== null && commit !== null) {
    return { tree: commitTree(repository, commit), how: "blob", commit, whole: true, notes: [] };
  }
  const notes = [
    "no commit has the patch's files in these versions: the rest of the tree is taken as it stands",
  ];
  return { tree: overlay(places.tree, blobs), how: "blob", commit: null, whole: false, notes };
}

/** How long git may search the history for a commit, in milliseconds. */
const SEARCH_TIME = 4000;

function findCommit(
  repository: Repository,
  files: readonly FilePatch[],
  hints: BaseHints,
): string | null {
  const fits = (commit: string) =>
    files.every(
      (file) =>
        repository.fileAt(commit, file.oldPath as string)?.id.startsWith(file.oldId as string) ??
        false,
    );
  const named = [hints.baseCommit, hints.commit === null ? null : `${hints.commit}^`, "HEAD"];
  for (const revision of named) {
    const commit = revision === null ? null : repository.commit(revision);
    if (commit !== null && fits(commit)) return commit;
  }
  for (const file of files.slice(0, 4)) {
    for (const commit of commitsWith(repository, file)) if (fits(commit)) return commit;
  }
  return null;
}

/** Commits that brought or removed a blob, and their parents: one of them has it. */
function commitsWith(repository: Repository, file: FilePatch): string[] {
  const id = repository.blobs.read(file.oldId as string)?.id;
  if (id === undefined) return [];
  const args = [
    "log",
    "--all",
    "--max-count=4",
    "--format=%H %P",
    "--no-ext-diff",
    "--no-textconv",
    `--find-object=${id}`,
  ];
  const run = runGit(
    repository.top,
    [...args, "--", `:(top,literal)${repository.prefix}${file.oldPath}`],
    { timeout: SEARCH_TIME },
  );
  return run.stdout
    .toString()
    .split(/\s+/)
    .filter((commit) => /^[0-9a-f]{40,64}$/.test(commit));
}

/** The patch is a commit of this very repository, whose files have no ids to look for (all new). */
function parentBase({ commit }: BaseHints, repository: Repository | null): ResolvedBase | null {
  if (commit === null || repository === null || repository.commit(commit) === null) return null;
  const parent = repository.commit(`${commit}^`);
  const tree = parent === null ? EMPTY_TREE : commitTree(repository, parent);
  return { tree, how: "commit", commit: parent, whole: true, notes: [] };
}

/** What the first commit of a history stands on. */
const EMPTY_TREE: Tree = { read: () => null, find: () => [] };

function trailerBase(hints: BaseHints, repository: Repository | null): ResolvedBase | null {
  if (hints.baseCommit === null || repository === null) return null;
  const commit = repository.commit(hints.baseCommit);
  if (commit === null) return null;
  const tree = commitTree(repository, commit);
  const trailer = { tree, how: "trailer", commit, whole: true, notes: [] } as const;
  const count = hints.prerequisites.length;
  if (count === 0) return trailer;
  const made = withPrerequisites(tree, commit, hints.prerequisites, repository);
  const patches = count === 1 ? "1 prerequisite patch" : `${count} prerequisite patches`;
  if ("tree" in made) {
    return { ...trailer, tree: made.tree, notes: [`${patches} of the base applied`] };
  }
  const notes = [`the patch asks for ${patches}, which cannot be applied: ${made.missing}`];
  return { ...trailer, whole: false, notes };
}

function treeBase(
  places: Places,
  blobs: ReadonlyMap<string, string>,
  hints: BaseHints,
): ResolvedBase {
  const notes =
    hints.baseCommit === null
      ? []
      : [`base-commit ${hints.baseCommit.slice(0, 12)} is not in the repository`];
  return { tree: overlay(places.tree, blobs), how: "tree", commit: null, whole: false, notes };
}
