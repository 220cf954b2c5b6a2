/**
 * Which findings are shown, and which decide the exit code. The one place that knows what
 * `--strict` and `--all` mean, so that text, terse form, JSON and exit code agree.
 */
import type { JudgedFinding } from "../findings/finding.js";
import type { Review } from "../findings/review.js";
import type { ReportOptions } from "./options.js";

type Level = Pick<ReportOptions, "strict">;
type Choice = Pick<ReportOptions, "strict" | "all">;

/** Findings at a level that is shown, whatever their verdict. */
export function atShownLevel(review: Review, options: Level): readonly JudgedFinding[] {
  return review.findings.filter((finding) => isShown(finding, options));
}

export function isShown({ severity }: JudgedFinding, options: Level): boolean {
  return options.strict || severity !== "check";
}

/** Findings that make the exit code 1: introduced, or present in a file checked whole. */
export function decisive(review: Review, options: Level): readonly JudgedFinding[] {
  return atShownLevel(review, options).filter(isDecisive);
}

/** Findings that text and terse form print, by patch, then file, line and column. */
export function printed(review: Review, options: Choice): readonly JudgedFinding[] {
  return atShownLevel(review, options)
    .filter((finding) => isDecisive(finding) || (options.all && finding.status === "persisting"))
    .sort(byPlace);
}

function isDecisive(finding: JudgedFinding): boolean {
  return finding.status === "introduced" || finding.status === "present";
}

/** Order of reports: patch, file, line, column, check, object. Total, so output is stable. */
export function byPlace(a: JudgedFinding, b: JudgedFinding): number {
  return (
    a.patch - b.patch ||
    compareText(a.file, b.file) ||
    a.line - b.line ||
    a.column - b.column ||
    compareText(a.type, b.type) ||
    compareText(a.fingerprint, b.fingerprint)
  );
}

/** By code unit: the same order in every locale. */
function compareText(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
