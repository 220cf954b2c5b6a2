/** One line for each finding, for editors and scripts: the form of `checkpatch.pl --terse`. */
import type { JudgedFinding } from "../findings/finding.js";
import type { Review } from "../findings/review.js";
import { assumptionsTerse, gapsTerse } from "./lists.js";
import type { ReportOptions } from "./options.js";
import { plain } from "./plain.js";
import { printed } from "./select.js";

/** Findings only; a clean run gives the empty text. Lists when they are asked for by name. */
export function terseReport(review: Review, options: ReportOptions): string {
  const lines = printed(review, options).map(terseLine);
  if (options.gaps) lines.push(...gapsTerse(review.gaps));
  if (options.assumptions) lines.push(...assumptionsTerse(review.assumptions));
  return lines.map((line) => `${line}\n`).join("");
}

/** `mm/vma.c:1043: ERROR:VMA_COMPLETE_UNLOCKED: next is removed without its ... (vma_expand)`. */
export function terseLine(finding: JudgedFinding): string {
  const place = `${plain(finding.file)}:${finding.line}`;
  const level = finding.severity.toUpperCase();
  return `${place}: ${level}:${finding.type}: ${plain(finding.message)} (${plain(finding.function)})`;
}
