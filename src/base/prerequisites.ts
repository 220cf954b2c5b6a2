/**
 * Patches that a base lacks, as `git format-patch --base` names them: by patch id. They are
 * looked for among the commits of the repository that the base does not have.
 */
import { InputError } from "../findings/input-error.js";
import { parsePatch } from "../patch/parse-patch.js";
import { applyWhole } from "./apply-patch.js";
import { commitDiff } from "./git-patches.js";
import type { Repository } from "./repository.js";
import { runGit } from "./run-git.js";
import type { Tree } from "./tree.js";

/** So many commits beside the base are looked at, the newest first. */
const MOST_COMMITS = 2000;
/** How long git may take for it, in milliseconds. */
const SEARCH_TIME = 10_000;

/** The tree with the patches applied; null with the reason where one is unknown or does not fit. */
export function withPrerequisites(
  tree: Tree,
  base: string,
  ids: readonly string[],
  repository: Repository,
): { readonly tree: Tree } | { readonly missing: string } {
  const commits = commitsByPatchId(base, repository);
  let current = tree;
  for (const id of ids) {
    const commit = commits.get(id);
    if (commit === undefined) return { missing: `${id.slice(0, 12)} is in no commit here` };
    try {
      current = applyWhole(current, parsePatch(commitDiff(repository, commit))).after;
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      return { missing: `${id.slice(0, 12)} (commit ${commit.slice(0, 12)}) does not apply` };
    }
  }
  return { tree: current };
}

function commitsByPatchId(base: string, repository: Repository): Map<string, string> {
  const list = runGit(
    repository.top,
    ["rev-list", "--all", "--no-merges", `--max-count=${MOST_COMMITS}`, "--not", base],
    { timeout: SEARCH_TIME },
  );
  const patches = runGit(
    repository.top,
    ["diff-tree", "--stdin", "--root", "--patch", "--no-ext-diff", "--no-textconv"],
    { timeout: SEARCH_TIME, input: list.stdout },
  );
  const ids = runGit(repository.top, ["patch-id", "--stable"], {
    timeout: SEARCH_TIME,
    input: patches.stdout,
  });
  const pairs = ids.stdout
    .toString()
    .split("\n")
    .map((line) => line.split(" ") as [string, string]);
  return new Map(pairs.filter((pair) => pair.length === 2));
}
