/**
 * What is to be said of several patches together: what each brings and leaves, whether the tree is
 * clean all the way, and what another order would change. Text and JSON tell the same.
 */
import { standingAfter } from "../compare/series.js";
import type { JudgedFinding } from "../findings/finding.js";
import type { Move, Reordering, Review } from "../findings/review.js";
import type { ReportOptions } from "./options.js";
import { atShownLevel, isShown } from "./select.js";

export interface SeriesVerdict {
  readonly rows: readonly PatchRow[];
  /** Introduced and fixed by a later patch, by patch. */
  readonly passing: readonly JudgedFinding[];
  /** Introduced and there at the end. */
  readonly left: number;
  /** Nothing was introduced, and all patches were checked. */
  readonly cleanThroughout: boolean;
  readonly order: OrderVerdict | null;
}

export interface PatchRow {
  /** From 1 in the run. */
  readonly patch: number;
  readonly applied: boolean;
  readonly introduces: number;
  readonly fixes: number;
  /** What the series introduced and the tree after this patch still has. */
  readonly standing: number;
}

export interface OrderVerdict {
  readonly moves: readonly Move[];
  readonly outcome: Reordering["outcome"];
  /** What would be introduced in that order, in the whole run. */
  readonly introduced: number;
  readonly cleanThroughout: boolean;
}

type Level = Pick<ReportOptions, "strict">;

export function seriesVerdict(review: Review, options: Level): SeriesVerdict {
  const findings = atShownLevel(review, options);
  const follows = review.patches.map((patch) => patch.follows);
  const standing = standingAfter(findings, follows);
  const count = (patch: number, status: string) =>
    findings.filter((finding) => finding.patch === patch && finding.status === status).length;
  const rows = review.patches.map(({ applied }, index) => ({
    patch: index + 1,
    applied,
    introduces: count(index + 1, "introduced"),
    fixes: count(index + 1, "fixed"),
    standing: standing[index] ?? 0,
  }));
  const allApplied = rows.every((row) => row.applied);
  const isLast = (index: number) => follows[index + 1] !== true;
  const left = rows.filter((_, index) => isLast(index)).map((row) => row.standing);
  return {
    rows,
    passing: findings.filter((finding) => finding.fixedIn !== undefined),
    left: left.reduce((sum, one) => sum + one, 0),
    cleanThroughout: allApplied && rows.every((row) => row.introduces === 0),
    order: orderVerdict(review.reordering, rows, options),
  };
}

function orderVerdict(
  reordering: Reordering | null,
  rows: readonly PatchRow[],
  options: Level,
): OrderVerdict | null {
  if (reordering === null) return null;
  const { moves, outcome } = reordering;
  const first = Math.min(...moves.map(({ before }) => before));
  const last = Math.max(...moves.map(({ patch }) => patch));
  const outside = rows
    .filter(({ patch }) => patch < first || patch > last)
    .reduce((sum, row) => sum + row.introduces, 0);
  const inside = reordering.introduced.filter((finding) => isShown(finding, options)).length;
  const introduced = inside + outside;
  const cleanThroughout =
    outcome === "applies" && introduced === 0 && rows.every((row) => row.applied);
  return { moves, outcome, introduced, cleanThroughout };
}
