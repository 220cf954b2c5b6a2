/**
 * Everything one applied patch concerns: the files it touches, and those that use what it
 * changed in a header.
 */
import type { LostHunk } from "../base/apply-patch.js";
import type { Change } from "../base/net-change.js";
import type { Finding, FunctionCounts, Gap } from "../findings/finding.js";
import { checkSides, oneEach, type PatchLines, type SideFindings } from "./check-patch.js";
import { lockBalance } from "./lock-balance.js";
import { MissingHunks } from "./missing-hunks.js";
import type { Program } from "./program.js";
import { type Paths, usersOfHeaders } from "./users-of-headers.js";

const NO_FUNCTIONS: FunctionCounts = { proved: 0, undecided: 0, assumed: 0 };

/** `earlier`: hunks that patches before this one lack. */
export function checkApplied(
  applied: Change,
  before: Program,
  after: Program,
  earlier: readonly LostHunk[] = [],
): Omit<SideFindings, "proved"> & { readonly notes: readonly string[] } {
  const paths = applied.files.map(({ newPath }) => newPath);
  const missing = new MissingHunks(applied.lost, earlier, after, paths);
  const touched = applied.files.map(({ oldPath, newPath }) => ({ oldPath, newPath }));
  const pairs = [...touched, ...usersOfHeaders(before, after, touched)].filter(isSource);
  const lines = linesOf(applied);
  const part = checkSides(before, after, pairs, { ...lines, missing });
  const told = { before: part.before, after: part.after };
  const files = touched.map(({ oldPath, newPath }) => ({
    before: oldPath,
    after: newPath,
    toAfter: (line: number) => lines.toAfter(oldPath, line),
  }));
  const locks = lockBalance(before, after, files, told, missing);
  const proved = (all: readonly (Finding | Gap)[]) =>
    [...new Set(all.map((one) => `${one.file}:${one.function}`))].filter((key) =>
      part.proved.has(key),
    ).length;
  const open = oneEach([...part.gaps, ...locks.gaps]).filter((gap) => !part.gaps.includes(gap));
  const inVain = open.filter((gap) =>
    part.assumptions.some(({ file, function: name }) => file === gap.file && name === gap.function),
  );
  const inHeaders = missing.gaps().filter(({ file }) => file.endsWith(".h"));
  const counts = {
    ...NO_FUNCTIONS,
    undecided: inHeaders.length + open.length,
    assumed: -inVain.length,
    proved: -proved([...open, ...locks.after]),
  };
  return {
    before: [...told.before, ...locks.before],
    after: [...told.after, ...locks.after],
    gaps: [...inHeaders, ...part.gaps, ...open],
    assumptions: part.assumptions,
    functions: addCounts(part.functions, counts),
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

function linesOf({ files }: Change): Omit<PatchLines, "missing"> {
  return {
    toAfter: (path, line) => {
      const map = files.find(({ oldPath }) => oldPath === path)?.lineMap;
      return map === undefined ? line : map.toAfter(line);
    },
    hunkAt: (path, line) => {
      const hunks = files.find(({ oldPath }) => oldPath === path)?.hunks ?? [];
      const hunk = hunks.find(
        ({ beforeStart, beforeCount }) => line >= beforeStart && line < beforeStart + beforeCount,
      );
      return hunk?.number ?? null;
    },
  };
}
