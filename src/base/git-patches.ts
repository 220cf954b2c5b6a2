/** Patches out of a repository: commits, the index, the work tree. */
import { InputError } from "../findings/input-error.js";
import { decodeLines, rawLines } from "../mail/decode-text.js";
import { numberLines } from "../mail/numbered-lines.js";
import type { PatchText } from "../mail/patch-text.js";
import { readPatches } from "../mail/read-patches.js";
import type { DiffText } from "../patch/diff-text.js";
import type { Repository } from "./repository.js";
import { type GitRun, runGit } from "./run-git.js";
import { diffWorkTree } from "./work-tree-diff.js";

/** Files are named from the tree's top; what lies outside the tree is left out. */
const diffOptions = ({ prefix }: Repository) => [
  "--patch",
  "--full-index",
  "--find-renames",
  "--no-color",
  "--no-ext-diff",
  "--no-textconv",
  prefix === "" ? "--no-relative" : `--relative=${prefix}`,
  "--src-prefix=a/",
  "--dst-prefix=b/",
  "--unified=3",
  "--inter-hunk-context=0",
  "--submodule=short",
];

/** A range of more commits is a mistake, or a job for several runs. */
const MAX_COMMITS = 1000;

/**
 * The commits of a range (`a..b`), or one commit, or `commit-<count>` as in checkpatch; oldest
 * first, merges left out. Throws InputError when git does not know them.
 */
export async function commitPatches(
  repository: Repository,
  revisions: string,
): Promise<PatchText[]> {
  const patches: PatchText[] = [];
  for (const commit of listCommits(repository, revisions)) {
    const bytes = printCommit(repository, commit, ["--pretty=email"]);
    const name = commit.slice(0, 12);
    const read = await readPatches({ name, bytes });
    patches.push(...read.map((patch) => ({ ...patch, commit, source: name })));
  }
  return patches;
}

/** What one commit changed, and nothing of what it says. Throws InputError. */
export function commitDiff(repository: Repository, commit: string): DiffText {
  const raw = numberLines(rawLines(printCommit(repository, commit, ["--no-commit-id"])));
  return { source: commit.slice(0, 12), ...decodeLines(raw, null) };
}

function printCommit(
  repository: Repository,
  commit: string,
  options: readonly string[],
): Uint8Array {
  const run = runGit(repository.top, [
    "diff-tree",
    "--root",
    ...options,
    ...diffOptions(repository),
    "--end-of-options",
    commit,
  ]);
  if (!run.ok) throw new InputError(commit.slice(0, 12), 0, `git: ${run.complaint}`);
  return run.stdout;
}

/** What `git commit` would commit. Empty when nothing is staged. */
export async function indexPatches(repository: Repository): Promise<PatchText[]> {
  const options = diffOptions(repository);
  const run = runGit(repository.top, ["diff-index", "--cached", ...options, "HEAD", "--"]);
  return patchesOf(run, "--cached");
}

/** The work tree against HEAD. */
export async function workTreePatches(repository: Repository): Promise<PatchText[]> {
  return patchesOf(diffWorkTree(repository, diffOptions(repository)), "work tree");
}

async function patchesOf(run: GitRun, name: string): Promise<PatchText[]> {
  if (!run.ok) throw new InputError(name, 0, `git: ${run.complaint}`);
  return run.stdout.length === 0 ? [] : readPatches({ name, bytes: run.stdout });
}

function listCommits(repository: Repository, revisions: string): string[] {
  const counted = /^(.+)-(\d{1,4})$/.exec(revisions);
  if (counted !== null && repository.commit(revisions) === null) {
    return revisionList(repository, revisions, [`--max-count=${counted[2]}`], counted[1] as string);
  }
  if (/\.\.|^\^|\^[!@]|\^-\d*$/.test(revisions))
    return revisionList(repository, revisions, [], revisions);
  const commit = repository.commit(revisions);
  if (commit === null) throw new InputError(revisions, 0, "no such commit");
  return revisionList(repository, revisions, ["--max-count=1", "--no-walk"], commit);
}

function revisionList(
  repository: Repository,
  name: string,
  limits: readonly string[],
  revisions: string,
): string[] {
  const args = [
    "rev-list",
    "--no-merges",
    "--topo-order",
    "--reverse",
    ...limits,
    "--end-of-options",
    ...revisions.split(/\s+/),
  ];
  const run = runGit(repository.top, args);
  if (!run.ok) throw new InputError(name, 0, `git: ${run.complaint}`);
  const commits = run.stdout
    .toString()
    .split("\n")
    .filter((line) => line !== "");
  if (commits.length > MAX_COMMITS)
    throw new InputError(name, 0, `${commits.length} commits, more than ${MAX_COMMITS}`);
  return commits;
}
