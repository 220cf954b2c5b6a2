/**
 * The report a program reads, version 1. Keys are stable: new ones may be added, none changes
 * its meaning. Lines and columns count from 1, columns in UTF-16 units.
 */
import type { JudgedFinding } from "../findings/finding.js";
import type { Review, ReviewedPatch } from "../findings/review.js";
import { jsonText } from "./json-text.js";
import type { ReportOptions } from "./options.js";
import { atShownLevel, byPlace, decisive } from "./select.js";
import { seriesVerdict } from "./series-verdict.js";
import { sinceJson } from "./since.js";

export function jsonReport(review: Review, options: ReportOptions): string {
  const shown = atShownLevel(review, options);
  const report = {
    version: 1,
    tool: { name: options.tool.name, version: options.tool.version },
    patches: review.patches.map(patchJson),
    findings: shown
      .filter((finding) => options.all || finding.status !== "persisting")
      .sort(byPlace)
      .map(findingJson),
    gaps: review.gaps.map(({ file, line, function: name, reason, text }) => ({
      file,
      line,
      function: name,
      reason,
      text,
    })),
    assumptions: review.assumptions.map(({ function: name, text, callers }) => ({
      function: name,
      text,
      callers,
    })),
    errors: review.errors.map(({ file, line, text }) => ({ file, line, text })),
    ...(review.patches.length > 1 ? { series: seriesJson(review, options) } : {}),
    ...(review.since === null ? {} : { since: sinceJson(review.since, options) }),
    summary: summaryJson(review, options),
  };
  return jsonText(report);
}

function patchJson(patch: ReviewedPatch): object {
  const { subject, messageId, index, total, hunks, missing, base, applied, notes } = patch;
  return {
    subject,
    messageId,
    index,
    total,
    hunks,
    base: {
      how: base.how,
      commit: base.commit,
      files: base.files.map(({ path, id, exact }) => ({ path, id, exact })),
    },
    applied,
    notes,
    missing: missing.map(({ path, number, inputLine }) => ({
      file: path,
      hunk: number,
      line: inputLine,
    })),
  };
}

function findingJson(finding: JudgedFinding): object {
  const { cause, fixedIn } = finding;
  return {
    type: finding.type,
    severity: finding.severity,
    status: finding.status,
    side: finding.side,
    patch: finding.patch,
    file: finding.file,
    line: finding.line,
    column: finding.column,
    function: finding.function,
    object: finding.object,
    member: finding.members[0] ?? null,
    members: finding.members,
    message: finding.message,
    ...(cause === undefined
      ? {}
      : { cause: { function: cause.function, file: cause.file, hunk: cause.hunk } }),
    ...(fixedIn === undefined ? {} : { fixedIn }),
    path: finding.path.map(({ file, line, event, text }) => ({ file, line, event, text })),
    fingerprint: finding.fingerprint,
  };
}

/** Only with two patches or more. Patches count from 1 in the run. */
function seriesJson(review: Review, options: ReportOptions): object {
  const { passing, left, cleanThroughout, order } = seriesVerdict(review, options);
  return {
    cleanThroughout,
    introducedAndFixed: passing.length,
    left,
    reordering:
      order === null
        ? null
        : {
            moves: order.moves.map(({ patch, before }) => ({ patch, before })),
            outcome: order.outcome,
            cleanThroughout: order.cleanThroughout,
          },
  };
}

/** `errors`, `warnings` and `checks` count what decides the exit code. */
function summaryJson(review: Review, options: ReportOptions): object {
  const decided = decisive(review, options);
  const level = (severity: string) =>
    decided.filter((finding) => finding.severity === severity).length;
  const shown = atShownLevel(review, options);
  const verdict = (status: string) => shown.filter((finding) => finding.status === status).length;
  const { proved, undecided, assumed } = review.functions;
  return {
    errors: level("error"),
    warnings: level("warning"),
    checks: level("check"),
    introduced: verdict("introduced"),
    fixed: verdict("fixed"),
    persisting: verdict("persisting"),
    functions: { proved, undecided, assumed },
  };
}
