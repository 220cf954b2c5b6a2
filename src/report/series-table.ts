/**
 * The end of a report on several patches: one row each, then what became of the whole, and whether
 * the fixes can be moved to where they are needed.
 */
import type { JudgedFinding } from "../findings/finding.js";
import type { Move, Review, ReviewedPatch } from "../findings/review.js";
import type { ReportOptions } from "./options.js";
import { bisectText, patchNumber } from "./patch-name.js";
import { plain } from "./plain.js";
import {
  type OrderVerdict,
  type PatchRow,
  type SeriesVerdict,
  seriesVerdict,
} from "./series-verdict.js";
import { counted } from "./summary.js";
import { renderTable } from "./table.js";
import { WIDTH, wrap } from "./wrap.js";

const HEAD = ["patch", "subject", "introduces", "fixes", "tree after"];
/** Columns a subject gets at least. */
const LEAST_SUBJECT = 16;
const DOTS = "...";
/** Findings that come and go, named one by one. */
const MOST_PASSING = 8;

export function seriesTable(review: Review, options: Pick<ReportOptions, "strict">): string[] {
  const verdict = seriesVerdict(review, options);
  return [
    `${counted(review.patches.length, "patch", "patches")}: ${outcome(verdict)}`,
    ...table(verdict.rows, review),
    ...passingLines(verdict.passing, review),
    ...wrap(orderSentence(verdict, review), "  order: ", "         "),
  ];
}

function outcome({ rows, passing, left, cleanThroughout }: SeriesVerdict): string {
  const failed = rows.filter((row) => !row.applied).length;
  const parts: string[] = [];
  if (cleanThroughout) parts.push("clean throughout");
  else if (left > 0) parts.push(`${counted(left, "problem")} left at the end`);
  else if (passing.length > 0) parts.push("clean at the end, not throughout");
  else parts.push("clean as far as checked");
  if (failed > 0) parts.push(`${failed} not applied`);
  return parts.join(", ");
}

function table(rows: readonly PatchRow[], review: Review): string[] {
  const cells = rows.map((row) => [
    patchNumber(review, row.patch),
    "",
    row.applied ? amount(row.introduces) : "",
    row.applied ? amount(row.fixes) : "",
    treeAfter(row),
  ]);
  const others = [0, 2, 3, 4].map((column) =>
    Math.max(...[HEAD, ...cells].map((row) => (row[column] as string).length)),
  );
  const used = others.reduce((sum, width) => sum + width, 2 + 2 * others.length);
  const room = Math.max(LEAST_SUBJECT, WIDTH - used);
  const titled = cells.map((row, index) => row.with(1, title(review.patches[index], room)));
  return renderTable([HEAD, ...titled]);
}

function amount(count: number): string {
  return count === 0 ? "-" : String(count);
}

function treeAfter({ applied, standing }: PatchRow): string {
  if (!applied) return "does not apply";
  return standing === 0 ? "clean" : counted(standing, "problem");
}

/** The subject, or the name of the file, cut to fit. */
function title(patch: ReviewedPatch | undefined, room: number): string {
  const { subject = "", source = "" } = patch ?? {};
  const text = [...plain(subject === "" ? (source.split("/").at(-1) ?? "") : subject)];
  if (text.length <= room) return text.join("");
  return `${text
    .slice(0, room - DOTS.length)
    .join("")
    .trimEnd()}${DOTS}`;
}

function passingLines(passing: readonly JudgedFinding[], review: Review): string[] {
  const lines = passing
    .slice(0, MOST_PASSING)
    .flatMap((finding) =>
      wrap(
        `${bisectText(finding, review)}: ${plain(finding.object)} in ${plain(finding.function)}()`,
        "  ",
        "      ",
      ),
    );
  const more = passing.length - MOST_PASSING;
  return more > 0 ? [...lines, `  and ${more} more that come and go`] : lines;
}

/** Empty when there is nothing to reorder. */
function orderSentence({ passing, left, order }: SeriesVerdict, review: Review): string {
  if (passing.length === 0) return "";
  if (order === null) return "no other one was tried";
  const moves = order.moves.map((move) => moved(move, review)).join(" and ");
  return `${moves} ${becomes(order, left)}`;
}

function moved({ patch, before }: Move, review: Review): string {
  return `${patchNumber(review, patch)} moved to just before ${patchNumber(review, before)}`;
}

function becomes({ outcome, introduced, cleanThroughout }: OrderVerdict, left: number): string {
  if (outcome === "does-not-apply") return "does not apply";
  if (outcome === "other-result") return "applies, but leaves other code at the end";
  if (cleanThroughout) return "still applies, and is clean throughout";
  if (introduced === 0) return "still applies, and is clean as far as checked";
  if (introduced === left) {
    return `still applies, and only what is left at the end stays: ${counted(left, "problem")}`;
  }
  return `still applies, but is not clean throughout: ${counted(introduced, "problem")}`;
}
