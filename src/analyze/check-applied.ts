/**
 * Everything one applied patch concerns: the files it touches, and those that use what it
 * changed in a header.
 */
import type { AppliedPatch, LostHunk } from "../base/apply-patch.js";
import type { Finding, FunctionCounts, Gap } from "../findings/finding.js";
import {
  changedFunctions,
  checkFile,
  oneEach,
  type PatchLines,
  type SideFindings,
} from "./check-patch.js";
import { lockBalance } from "./lock-balance.js";
import { MissingHunks } from "./missing-hunks.js";
import type { Program } from "./program.js";
import { type Paths, usersOfHeaders } from "./users-of-headers.js";

const NO_FUNCTIONS: FunctionCounts = { proved: 0, undecided: 0, assumed: 0 };

/** `earlier`: hunks that patches before this one lack. */
export function checkApplied(
  applied: AppliedPatch,
  before: Program,
  after: Program,
  earlier: readonly LostHunk[] = [],
): Omit<SideFindings, "proved"> & { readonly notes: readonly string[] } {
  const paths = applied.files.map(({ newPath }) => newPath);
  const missing = new MissingHunks(applied.lost, earlier, after, paths);
  const touched = applied.files.map(({ oldPath, newPath }) => ({ oldPath, newPath }));
  const pairs = [...touched, ...usersOfHeaders(before, after, touched)].filter(isSource);
  const sides = (paths: Paths) =>
    [
      { program: before, path: paths.oldPath },
      { program: after, path: paths.newPath },
    ] as const;
  const changed = new Set(pairs.flatMap((paths) => changedFunctions(...sides(paths))));
  const parts = pairs.map((paths) =>
    checkFile(...sides(paths), { ...linesOf(applied, paths.oldPath), changed, missing }),
  );
  const told = {
    before: parts.flatMap((part) => part.before),
    after: parts.flatMap((part) => part.after),
  };
  const files = touched.map(({ oldPath, newPath }) => ({
    before: oldPath,
    after: newPath,
    toAfter: linesOf(applied, oldPath).toAfter,
  }));
  const locks = lockBalance(before, after, files, told, missing);
  const provedInVain = (told: readonly (Finding | Gap)[]) =>
    pairs.flatMap(({ newPath }, index) => {
      const there = told.filter(({ file }) => file === newPath);
      const names = new Set(there.map((one) => one.function));
      return [...names].filter((name) => parts[index]?.proved.has(name));
    }).length;
  const decided = parts.flatMap((part) => part.gaps);
  const open = oneEach([...decided, ...locks.gaps]).filter((gap) => !decided.includes(gap));
  const supposed = parts.flatMap((part) => part.assumptions);
  const inVain = open.filter((gap) =>
    supposed.some(({ file, function: name }) => file === gap.file && name === gap.function),
  );
  const inHeaders = missing.gaps().filter(({ file }) => file.endsWith(".h"));
  const counts = {
    ...NO_FUNCTIONS,
    undecided: inHeaders.length + open.length,
    assumed: -inVain.length,
    proved: -provedInVain([...open, ...locks.after]),
  };
  return {
    before: [...told.before, ...locks.before],
    after: [...told.after, ...locks.after],
    gaps: [...inHeaders, ...decided, ...open],
    assumptions: supposed,
    functions: parts.map((part) => part.functions).reduce(addCounts, counts),
    notes: missing.notes(),
  };
}

export function addCounts(a: FunctionCounts, b: FunctionCounts): FunctionCounts {
  return {
    proved: a.proved + b.proved,
    undecided: a.undecided + b.undecided,
    assumed: a.assumed + b.assumed,
  };
}

function isSource({ oldPath, newPath }: Paths): boolean {
  return (newPath ?? oldPath ?? "").endsWith(".c");
}

function linesOf(
  { files }: AppliedPatch,
  path: string | null,
): Omit<PatchLines, "changed" | "missing"> {
  const map = files.find((file) => file.oldPath === path)?.lineMap;
  return {
    toAfter: (line) => (map === undefined ? line : map.toAfter(line)),
    hunkAt: (file, line) => {
      const hunks = files.find((changed) => changed.oldPath === file)?.hunks ?? [];
      const hunk = hunks.find(
        ({ beforeStart, beforeCount }) => line >= beforeStart && line < beforeStart + beforeCount,
      );
      return hunk?.number ?? null;
    },
  };
}
