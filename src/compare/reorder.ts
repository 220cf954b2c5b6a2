/**
 * Whether a series that does not bisect would, with each fix moved to just before the patch that
 * needs it. One order is tried, in memory; a patch is never split, and nothing else is moved, so
 * a series that could be put right in another way is missed.
 */
import { type AppliedPatch, applyWhole } from "../base/apply-patch.js";
import type { PreparedPatch } from "../base/prepare-patch.js";
import type { Tree } from "../base/tree.js";
import type { JudgedFinding } from "../findings/finding.js";
import { InputError } from "../findings/input-error.js";
import type { Move, Reordering } from "../findings/review.js";
import type { Judged } from "./judge.js";

/** Patches judged a second time; a longer stretch is left alone. */
const MOST_PATCHES = 24;

export interface ReorderOptions {
  readonly fuzz: number;
  /** Judges a patch on what those before it left; `patch` counts from 1 in the run. */
  judge(applied: AppliedPatch, patch: number): Judged;
}

/**
 * `prepared` holds the run's patches, null for one that did not apply. Null when no later patch
 * fixes what an earlier one introduced, or when the stretch between them is no series or lacks a hunk. Patches
 * that do not apply as the series has them are left out.
 */
export function tryReordering(
  findings: readonly JudgedFinding[],
  prepared: readonly (PreparedPatch | null)[],
  options: ReorderOptions,
): Reordering | null {
  const moves = movesFor(findings);
  if (moves.length === 0) return null;
  const first = Math.min(...moves.map(({ before }) => before));
  const last = Math.max(...moves.map(({ patch }) => patch));
  const stretch = prepared.flatMap((one, index) =>
    one === null || index + 1 < first || index + 1 > last ? [] : [{ ...one, number: index + 1 }],
  );
  if (stretch.length > MOST_PATCHES || !isSeries(stretch)) return null;
  if (stretch.some(({ lost }) => lost.length > 0)) return null;
  const order = newOrder(stretch, moves);
  const applied = applyInOrder(order, (stretch[0] as Numbered).before, options.fuzz);
  if (applied === null) return { moves, outcome: "does-not-apply", introduced: [] };
  if (!leavesTheSame(applied, stretch)) return { moves, outcome: "other-result", introduced: [] };
  const introduced = applied.flatMap(
    (one, index) => options.judge(one, (order[index] as Numbered).number).introduced,
  );
  return { moves, outcome: "applies", introduced };
}

/** With its number in the run, from 1. */
interface Numbered extends PreparedPatch {
  readonly number: number;
}

/** Each fixing patch once, to before the first patch that needs it; in the order of the fixes. */
function movesFor(findings: readonly JudgedFinding[]): Move[] {
  const moves = new Map<number, number>();
  for (const { patch, fixedIn } of findings) {
    if (fixedIn === undefined) continue;
    moves.set(fixedIn, Math.min(patch, moves.get(fixedIn) ?? patch));
  }
  return [...moves].map(([patch, before]) => ({ patch, before })).sort((a, b) => a.patch - b.patch);
}

/** Every patch stands on what the one before it left. */
function isSeries(stretch: readonly Numbered[]): boolean {
  return stretch.every((one, index) => index === 0 || one.before === stretch[index - 1]?.after);
}

function newOrder(stretch: readonly Numbered[], moves: readonly Move[]): Numbered[] {
  const order = [...stretch];
  const place = (patch: number) => order.findIndex(({ number }) => number === patch);
  for (const { patch, before } of moves) {
    const [from, to] = [place(patch), place(before)];
    if (from > to) order.splice(to, 0, ...order.splice(from, 1));
  }
  return order;
}

/** Null when one of the patches does not apply. */
function applyInOrder(order: readonly Numbered[], base: Tree, fuzz: number): AppliedPatch[] | null {
  const applied: AppliedPatch[] = [];
  try {
    for (const { patch } of order) {
      applied.push(applyWhole(applied.at(-1)?.after ?? base, patch, { fuzz }));
    }
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return null;
  }
  return applied;
}

/** A hunk that finds its place by an offset may find another one in another order. */
function leavesTheSame(
  applied: readonly AppliedPatch[],
  stretch: readonly PreparedPatch[],
): boolean {
  const paths = new Set(
    stretch.flatMap(({ files }) => files.flatMap(({ oldPath, newPath }) => [oldPath, newPath])),
  );
  const [now, was] = [applied.at(-1)?.after, stretch.at(-1)?.after];
  return [...paths].every((path) => path === null || now?.read(path) === was?.read(path));
}
