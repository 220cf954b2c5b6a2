/**
 * Whether a series that does not bisect would, with each fix moved to just before the patch that
 * needs it. One order is tried, in memory; a patch is never split, and nothing else is moved, so
 * a series that could be put right in another way is missed.
 */
import { type AppliedPatch, applyPatch } from "../base/apply-patch.js";
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
 * fixes what an earlier one introduced, or when the stretch between them is no series.
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
  const stretch = prepared.slice(first - 1, last);
  if (stretch.length > MOST_PATCHES || !isSeries(stretch)) return null;
  const order = newOrder(first, last, moves);
  const applied = applyInOrder(order, prepared, (stretch[0] as PreparedPatch).before, options.fuzz);
  if (applied === null) return { moves, outcome: "does-not-apply", introduced: [] };
  if (!leavesTheSame(applied, stretch as readonly PreparedPatch[])) {
    return { moves, outcome: "other-result", introduced: [] };
  }
  const introduced = applied.flatMap(
    (one, index) => options.judge(one, order[index] as number).introduced,
  );
  return { moves, outcome: "applies", introduced };
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
function isSeries(stretch: readonly (PreparedPatch | null)[]): boolean {
  return stretch.every(
    (one, index) => one !== null && (index === 0 || one.before === stretch[index - 1]?.after),
  );
}

function newOrder(first: number, last: number, moves: readonly Move[]): number[] {
  const order = Array.from({ length: last - first + 1 }, (_, index) => first + index);
  for (const { patch, before } of moves) {
    const from = order.indexOf(patch);
    const to = order.indexOf(before);
    if (from > to) order.splice(to, 0, ...order.splice(from, 1));
  }
  return order;
}

function applyInOrder(
  order: readonly number[],
  prepared: readonly (PreparedPatch | null)[],
  base: Tree,
  fuzz: number,
): AppliedPatch[] | null {
  const applied: AppliedPatch[] = [];
  try {
    for (const number of order) {
      const { patch } = prepared[number - 1] as PreparedPatch;
      applied.push(applyPatch(applied.at(-1)?.after ?? base, patch, { fuzz }));
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
