/**
 * The report a person reads: the findings of each patch, then its closing line; then the lists
 * that were asked for. 80 columns, plain ASCII but for names that are not.
 */
import type { JudgedFinding } from "../findings/finding.js";
import type { Review, ReviewedPatch } from "../findings/review.js";
import { findingText } from "./finding-text.js";
import { assumptionsText, gapsText } from "./lists.js";
import type { ReportOptions } from "./options.js";
import { type Paint, painter } from "./paint.js";
import { plain } from "./plain.js";
import { printed } from "./select.js";
import { filesSummary, patchName, patchSummary } from "./summary.js";
import { causeTable, groupByCause } from "./table.js";

export function textReport(review: Review, options: ReportOptions): string {
  const paint = painter(options);
  const findings = printed(review, options);
  const closing = options.summary && !options.quiet;
  const sections = review.patches.map((reviewed, index) => [
    ...findingsText(ofPatch(findings, index + 1), review, paint),
    ...(closing ? [...notes(review, reviewed), patchSummary(review, index + 1, options)] : []),
  ]);
  if (review.wholeFiles.length > 0) {
    sections.push([
      ...findingsText(ofPatch(findings, 0), review, paint),
      ...(closing ? [filesSummary(review, options)] : []),
    ]);
  }
  if (options.gaps) sections.push(gapsText(review.gaps, paint));
  if (options.assumptions) sections.push(assumptionsText(review.assumptions, paint));
  return sections
    .flat()
    .map((line) => `${line}\n`)
    .join("");
}

/** Each finding, or each table of findings with one cause, followed by an empty line. */
function findingsText(findings: readonly JudgedFinding[], review: Review, paint: Paint): string[] {
  return groupByCause(findings).flatMap((group) => {
    const [only, ...others] = group as [JudgedFinding];
    const lines =
      others.length === 0 ? findingText(only, review.excerpts, paint) : causeTable(group, paint);
    return [...lines, ""];
  });
}

function ofPatch(findings: readonly JudgedFinding[], patch: number): readonly JudgedFinding[] {
  return findings.filter((finding) => finding.patch === patch);
}

function notes(review: Review, reviewed: ReviewedPatch): string[] {
  return reviewed.notes.map((note) => `${patchName(review, reviewed)}: note: ${plain(note)}`);
}
