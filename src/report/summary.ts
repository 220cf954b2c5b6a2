/**
 * The closing line of a patch: what was looked at, and what came of it. A clean run prints this
 * line alone, so that silence never has to be read as "all is well".
 */
import type { FunctionCounts, JudgedFinding } from "../findings/finding.js";
import type { BaseUsed, Review, ReviewedPatch } from "../findings/review.js";
import type { ReportOptions } from "./options.js";
import { plain } from "./plain.js";
import { atShownLevel } from "./select.js";

type Choice = Pick<ReportOptions, "strict" | "all">;

/** Digits of a commit's id that are shown. */
const COMMIT_DIGITS = 12;

/** `x.patch: no VMA locking problems (4 functions proved, 0 undecided, 1 assumed; base: tree)`. */
export function patchSummary(review: Review, patch: number, options: Choice): string {
  const reviewed = review.patches[patch - 1] as ReviewedPatch;
  const findings = atShownLevel(review, options).filter((finding) => finding.patch === patch);
  const failed = review.errors.some((error) => error.file === reviewed.source);
  const bracket = `${functionCounts(reviewed.functions)}; base: ${baseUsed(reviewed.base)}`;
  return `${patchName(review, reviewed)}: ${result(findings, failed, options)} (${bracket})`;
}

/** The same for files checked whole, one line for all of them; null when none could be read. */
export function filesSummary(review: Review, options: Choice): string {
  const [first = ""] = review.wholeFiles;
  const name = review.wholeFiles.length === 1 ? plain(first) : `${review.wholeFiles.length} files`;
  const findings = atShownLevel(review, options);
  const failed = review.errors.length > 0;
  return `${name}: ${result(findings, failed, options)} (${functionCounts(review.functions)})`;
}

/** The input's name, with the number in the series when the input holds several patches. */
export function patchName(review: Review, reviewed: ReviewedPatch): string {
  const alike = review.patches.filter((patch) => patch.source === reviewed.source);
  if (alike.length === 1) return plain(reviewed.source);
  return `${plain(reviewed.source)} [${reviewed.index}/${reviewed.total}]`;
}

function result(findings: readonly JudgedFinding[], failed: boolean, options: Choice): string {
  const having = (status: string) => findings.filter((finding) => finding.status === status).length;
  const persisting = having("persisting");
  const reported = findings.filter(({ status }) => status === "introduced" || status === "present");
  const parts: string[] = [];
  if (reported.length > 0 || (options.all && persisting > 0)) {
    const level = (severity: string) =>
      reported.filter((finding) => finding.severity === severity).length;
    parts.push(counted(level("error"), "error"), counted(level("warning"), "warning"));
    if (options.strict) parts.push(counted(level("check"), "check"));
  } else if (failed) {
    parts.push("not all of it could be checked");
  } else {
    parts.push(persisting > 0 ? "no new VMA locking problems" : "no VMA locking problems");
  }
  if (having("fixed") > 0) parts.push(`fixes ${having("fixed")}`);
  if (persisting > 0) parts.push(`${persisting} persisting`);
  return parts.join(", ");
}

function functionCounts({ proved, undecided, assumed }: FunctionCounts): string {
  return `${counted(proved, "function")} proved, ${undecided} undecided, ${assumed} assumed`;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? "" : "s"}`;
}

function baseUsed(base: BaseUsed): string {
  const exact = base.files.every((file) => file.exact) ? "" : ", not exact";
  switch (base.how) {
    case "blob":
      return `${blobs(base)}${exact}`;
    case "commit":
      return `commit ${commit(base)}${exact}`;
    case "trailer":
      return `base-commit ${commit(base)}${exact}`;
    case "index":
      return "index";
    case "tree":
      return "tree as it stands";
    case "none":
      return "none";
  }
}

function blobs(base: BaseUsed): string {
  const [first, ...more] = base.files.flatMap((file) => (file.id === null ? [] : [plain(file.id)]));
  if (first === undefined) return "blob";
  return more.length === 0 ? `blob ${first}` : `blob ${first} and ${more.length} more`;
}

function commit(base: BaseUsed): string {
  return plain(base.commit ?? "").slice(0, COMMIT_DIGITS);
}
