/** What a new version of a series changes: resolved, new, and still there since the older one. */
import type { JudgedFinding } from "../findings/finding.js";
import type { VersionComparison } from "../findings/review.js";
import type { ReportOptions } from "./options.js";
import { plain } from "./plain.js";
import { isShown } from "./select.js";
import { renderTable } from "./table.js";

type Level = Pick<ReportOptions, "strict">;

/** `since v1.mbox: 1 resolved, 0 new, 2 still there`, then each of them. */
export function sinceText(since: VersionComparison, options: Level): string[] {
  const { resolved, new: added, persisting } = shown(since, options);
  const counts = `${resolved.length} resolved, ${added.length} new, ${persisting.length} still there`;
  const rows = [
    ...resolved.map((finding) => row("resolved", finding)),
    ...added.map((finding) => row("new", finding)),
    ...persisting.map((finding) => row("still there", finding)),
  ];
  return [`since ${plain(since.name)}: ${counts}`, ...renderTable(rows)];
}

/** The three lists for JSON: identity, and enough to be read by people. */
export function sinceJson(since: VersionComparison, options: Level): object {
  const { resolved, new: added, persisting } = shown(since, options);
  const identity = ({ fingerprint, type, function: name, object }: JudgedFinding) => ({
    fingerprint,
    type,
    function: name,
    object,
  });
  return {
    resolved: resolved.map(identity),
    new: added.map(identity),
    persisting: persisting.map(identity),
  };
}

function shown(since: VersionComparison, options: Level): Omit<VersionComparison, "name"> {
  const visible = (findings: readonly JudgedFinding[]) =>
    findings.filter((finding) => isShown(finding, options));
  return {
    resolved: visible(since.resolved),
    new: visible(since.new),
    persisting: visible(since.persisting),
  };
}

function row(what: string, { type, object, function: name, file }: JudgedFinding): string[] {
  return [what, type, `${plain(object)} in ${plain(name)}()`, plain(file)];
}
