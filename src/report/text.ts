/**
 * The report a person reads: the findings of each patch, then its closing line; then what is to be
 * said of several patches together, and the lists that were asked for. 80 columns, plain ASCII but for names that are not.
 */
import type { JudgedFinding } from "../findings/finding.js";
import type { Review, ReviewedPatch } from "../findings/review.js";
import { findingText } from "./finding-text.js";
import { assumptionsText, gapsText } from "./lists.js";
import type { ReportOptions } from "./options.js";
import { type Paint, painter } from "./paint.js";
import { patchName } from "./patch-name.js";
import { plain, plainLine } from "./plain.js";
import { printed } from "./select.js";
import { seriesTable } from "./series-table.js";
import { sinceText } from "./since.js";
import { filesSummary, patchSummary } from "./summary.js";
import { causeTable, groupByCause } from "./table.js";

export function textReport(review: Review, options: ReportOptions): string {
  const paint = painter(options);
  const findings = printed(review, options);
  const closing = options.summary && !options.quiet;
  const sections = review.patches.map((reviewed, index) => [
    ...findingsText(ofPatch(findings, index + 1), review, paint),
    ...(closing ? closingLines(review, reviewed, index + 1, options) : []),
  ]);
  if (review.wholeFiles.length > 0) {
    sections.push([
      ...findingsText(ofPatch(findings, 0), review, paint),
      ...(closing ? [filesSummary(review, options)] : []),
    ]);
  }
  if (closing && review.patches.length > 1) sections.push(seriesTable(review, options));
  if (closing && review.since !== null) sections.push(sinceText(review.since, options));
  if (options.gaps) sections.push(gapsText(review.gaps, paint));
  if (options.assumptions) sections.push(assumptionsText(review.assumptions, paint));
  return sections
    .flatMap((section, index) => [...between(sections.slice(0, index), section), ...section])
    .map((line) => `${plainLine(line, options)}\n`)
    .join("");
}

/** A report of several lines is set off from what stands above it. */
function between(above: readonly (readonly string[])[], section: readonly string[]): string[] {
  const last = above.flat().at(-1) ?? "";
  return last !== "" && section.length > 1 ? [""] : [];
}

/** Each finding, or each table of findings with one cause, followed by an empty line. */
function findingsText(findings: readonly JudgedFinding[], review: Review, paint: Paint): string[] {
  return groupByCause(findings).flatMap((group) => {
    const [only, ...others] = group as [JudgedFinding];
    const lines =
      others.length === 0 ? findingText(only, review, paint) : causeTable(group, review, paint);
    return [...lines, ""];
  });
}

function ofPatch(findings: readonly JudgedFinding[], patch: number): readonly JudgedFinding[] {
  return findings.filter((finding) => finding.patch === patch);
}

/** Remarks, then what came of the patch. Of one that does not apply the error tells. */
function closingLines(
  review: Review,
  { notes, applied }: ReviewedPatch,
  patch: number,
  options: ReportOptions,
): string[] {
  const name = patchName(review, patch);
  return [
    ...notes.map((note) => `${name}: note: ${plain(note)}`),
    ...(applied ? [patchSummary(review, patch, options)] : []),
  ];
}
