/** One line for each finding, for editors and scripts: the form of `checkpatch.pl --terse`. */
import type { JudgedFinding } from "../findings/finding.js";
import type { Review } from "../findings/review.js";
import { assumptionsTerse, gapsTerse } from "./lists.js";
import type { ReportOptions } from "./options.js";
import { bisectText } from "./patch-name.js";
import { plain } from "./plain.js";
import { printed } from "./select.js";

/** Findings only; a clean run gives the empty text. Lists when they are asked for by name. */
export function terseReport(review: Review, options: ReportOptions): string {
  const lines = [
    ...printed(review, options).map((finding) => terseLine(finding, review)),
    ...(options.gaps ? gapsTerse(review.gaps) : []),
    ...(options.assumptions ? assumptionsTerse(review.assumptions) : []),
  ];
  return lines.map((line) => `${plain(line)}\n`).join("");
}

/** `mm/vma.c:1043: ERROR:VMA_COMPLETE_UNLOCKED: next is removed without its ... (vma_expand)`. */
function terseLine(finding: JudgedFinding, review: Review): string {
  const place = `${finding.file}:${finding.line}`;
  const level = finding.severity.toUpperCase();
  const bisect = bisectText(finding, review);
  const message = finding.message + (bisect === null ? "" : `; ${bisect}`);
  return `${place}: ${level}:${finding.type}: ${message} (${finding.function})`;
}
