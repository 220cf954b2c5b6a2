/**
 * The closing line of a patch: what was looked at, and what came of it. A clean run prints this
 * line alone, so that silence never has to be read as "all is well".
 */
import type { FunctionCounts, JudgedFinding } from "../findings/finding.js";
import type { BaseUsed, Review, ReviewedPatch } from "../findings/review.js";
import type { ReportOptions } from "./options.js";
import { isAlone, patchName, patchNumber } from "./patch-name.js";
import { plain } from "./plain.js";
import { atShownLevel } from "./select.js";

type Choice = Pick<ReportOptions, "strict" | "all">;

/** Digits of a commit's id that are shown. */
const COMMIT_DIGITS = 12;

/** `x.patch: no VMA locking problems (4 functions proved, 0 undecided, 1 assumed; base: tree)`. */
export function patchSummary(review: Review, patch: number, options: Choice): string {
  const reviewed = review.patches[patch - 1] as ReviewedPatch;
  const findings = atShownLevel(review, options).filter((finding) => finding.patch === patch);
  // Errors of a mailbox say nothing about one patch of several in it.
  const failed =
    reviewed.missing.length > 0 ||
    (isAlone(review, patch) && review.errors.some((error) => error.file === reviewed.source));
  const bracket = `${functionCounts(reviewed.functions)}${cutShort(review)}${incomplete(reviewed)}; base: ${baseUsed(reviewed, after(review, patch))}`;
  return `${patchName(review, patch)}: ${result(findings, failed, options)} (${bracket})`;
}

/** The same for files checked whole, one line for all of them; null when none could be read. */
export function filesSummary(review: Review, options: Choice): string {
  const [first = ""] = review.wholeFiles;
  const name = review.wholeFiles.length === 1 ? plain(first) : `${review.wholeFiles.length} files`;
  const findings = atShownLevel(review, options);
  const failed = review.errors.length > 0;
  return `${name}: ${result(findings, failed, options)} (${functionCounts(review.functions)}${cutShort(review)})`;
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

/** Said of the whole run, as the budget is the run's. */
function cutShort({ gaps }: Review): string {
  return gaps.some(({ reason }) => reason === "budget") ? "; the budget was spent" : "";
}

function incomplete({ hunks, missing }: ReviewedPatch): string {
  return missing.length === 0 ? "" : `; ${missing.length} of ${hunks} hunks missing`;
}

function functionCounts({ proved, undecided, assumed }: FunctionCounts): string {
  return `${counted(proved, "function")} proved, ${undecided} undecided, ${assumed} assumed`;
}

/** `1 error`, `2 errors`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

/** The patch of the series that a patch stands on. */
function after(review: Review, patch: number): string {
  if (review.patches[patch - 1]?.follows !== true) return "";
  const previous = review.patches.slice(0, patch - 1).findLastIndex(({ applied }) => applied);
  return ` after ${patchNumber(review, previous + 1)}`;
}

/** Which source, how it was found, and whether all of it is known to be the author's. */
function baseUsed({ base, follows }: ReviewedPatch, after: string): string {
  const exact = base.files.every((file) => file.exact) ? "" : ", not exact";
  switch (base.how) {
    case "blob":
      return `${blobs(base)}${follows ? after : ofCommit(base)}${exact}`;
    case "commit":
      return `commit ${commit(base)} (--base)${after}${exact}`;
    case "trailer":
      return `trailer ${commit(base)}${after}${exact}`;
    case "index":
      return `index${after}`;
    case "tree":
      return `the tree as it stands${after}`;
    case "none":
      return "none";
  }
}

function blobs(base: BaseUsed): string {
  const [first, ...more] = base.files.flatMap((file) => (file.id === null ? [] : [plain(file.id)]));
  if (first === undefined) return "blob";
  return more.length === 0 ? `blob ${first}` : `blob ${first} and ${more.length} more`;
}

/** Where the rest of the tree was taken from. */
function ofCommit(base: BaseUsed): string {
  return base.commit === null ? "" : ` of commit ${commit(base)}`;
}

function commit(base: BaseUsed): string {
  return plain(base.commit ?? "").slice(0, COMMIT_DIGITS);
}
