/**
 * Many callers, one cause: when a hunk takes a lock out of a helper, every caller fails for the
 * same reason. One table says so, callers against members, where a report each would be a flood.
 */
import type { JudgedFinding, Severity } from "../findings/finding.js";
import type { RemovedLine, Review } from "../findings/review.js";
import { drawExcerpt } from "./excerpt.js";
import { bisectLine, block, headerText } from "./finding-text.js";
import type { Paint } from "./paint.js";
import { plain } from "./plain.js";
import { removedByCause } from "./removed-locks.js";
import { counted } from "./summary.js";
import { WIDTH, wrap } from "./wrap.js";

/** Fixes listed below a table. */
const MOST_FIXES = 12;
/** Lines drawn that the hunk removed. */
const MOST_REMOVED = 6;
/** Lines of one caller that are named. */
const MOST_PLACES = 3;

/** Findings one after the other, those with one cause gathered where the first of them stands. */
export function groupByCause(findings: readonly JudgedFinding[]): JudgedFinding[][] {
  const groups = new Map<string, JudgedFinding[]>();
  findings.forEach((finding, index) => {
    const { cause, patch, status, fixedIn } = finding;
    const key =
      cause === undefined
        ? String(index)
        : JSON.stringify([patch, status, fixedIn ?? 0, cause.file, cause.hunk, cause.function]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  });
  return [...groups.values()];
}

/** The report of findings with one cause; at least two of them. */
export function causeTable(
  findings: readonly JudgedFinding[],
  review: Review,
  paint: Paint,
): string[] {
  const [first] = findings as [JudgedFinding];
  const { cause, status } = first;
  if (cause === undefined) return [];
  const callers = new Set(findings.map(callerOf)).size;
  const types = [...new Set(findings.map((finding) => finding.type))].join(", ");
  const verb = callers === 1 ? "leaves" : "leave";
  const text = `${counted(callers, "caller")} of \`${plain(cause.function)}\` ${verb} a VMA unlocked`;
  const removed = removedByCause(findings, review.excerpts);
  const place =
    removed[0] === undefined
      ? `${plain(cause.file)}, hunk ${cause.hunk}  in ${plain(cause.function)}()`
      : `${plain(cause.file)}:${removed[0].above}  in ${plain(cause.function)}(), hunk ${cause.hunk}`;
  return [
    ...headerText(worst(findings), types, text, paint),
    ...bisectLine(first, review, paint),
    `  ${paint("frame", "-->")} ${place}${status === "persisting" ? "  (was there before)" : ""}`,
    "",
    ...removedLocks(removed, worst(findings), paint),
    ...tableOrList(findings),
    ...wrap(LEGEND, "  ", "  "),
    ...block("why:", agreedWhy(findings), paint),
    ...block("fix:", fixes(findings), paint),
  ];
}

function removedLocks(removed: readonly RemovedLine[], severity: Severity, paint: Paint): string[] {
  if (removed.length === 0) return [];
  const note = "<- removed by this patch";
  const lines = removed
    .slice(0, MOST_REMOVED)
    .map(({ text }) => ({ number: null, text, marks: [], note }));
  const more = removed.length - MOST_REMOVED;
  const rest = more > 0 ? [`      ... and ${more} more`] : [];
  return [...drawExcerpt(lines, severity, paint), ...rest, ""];
}

const LEGEND = "missing: handed over unlocked on some path; -: nothing found to be missing";

function callerOf(finding: JudgedFinding): string {
  return `${finding.file}:${finding.function}`;
}

function worst(findings: readonly JudgedFinding[]): Severity {
  const present = new Set(findings.map((finding) => finding.severity));
  if (present.has("error")) return "error";
  return present.has("warning") ? "warning" : "check";
}

/** A finding without a container stands in the column of its object. */
function columnsOf(finding: JudgedFinding): readonly string[] {
  return finding.members.length > 0 ? finding.members : [finding.object];
}

function tableOrList(findings: readonly JudgedFinding[]): string[] {
  const columns = [...new Set(findings.flatMap(columnsOf))];
  const byCaller = new Map<string, JudgedFinding[]>();
  for (const finding of findings) {
    byCaller.set(callerOf(finding), [...(byCaller.get(callerOf(finding)) ?? []), finding]);
  }
  const rows = [...byCaller.values()].map((group) => {
    const [first] = group as [JudgedFinding];
    const missing = new Set(group.flatMap(columnsOf));
    return {
      caller: plain(first.function),
      place: `${plain(first.file)}:${places(group)}`,
      missing,
    };
  });
  const table = renderTable([
    ["caller", "commits at", ...columns.map(plain)],
    ...rows.map((row) => [
      row.caller,
      row.place,
      ...columns.map((column) => (row.missing.has(column) ? "missing" : "-")),
    ]),
  ]);
  if (table.every((line) => line.length <= WIDTH)) return table;
  return rows.flatMap((row) =>
    wrap(
      `${row.caller}, ${row.place}: missing ${[...row.missing].map(plain).join(", ")}`,
      "  ",
      "      ",
    ),
  );
}

function places(group: readonly JudgedFinding[]): string {
  const lines = [...new Set(group.map((finding) => finding.line))].sort((a, b) => a - b);
  return lines.slice(0, MOST_PLACES).join(",") + (lines.length > MOST_PLACES ? ",..." : "");
}

/** Rows of cells, the first one the head, in columns as wide as their widest cell. */
export function renderTable(rows: readonly (readonly string[])[]): string[] {
  const widths: number[] = [];
  for (const row of rows) {
    row.forEach((cell, column) => {
      widths[column] = Math.max(widths[column] ?? 0, cell.length);
    });
  }
  return rows.map((row) =>
    `  ${row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join("  ")}`.trimEnd(),
  );
}

/** A reason is worth printing once, when all findings give the same. */
function agreedWhy(findings: readonly JudgedFinding[]): string[] {
  const reasons = new Set(findings.map((finding) => finding.why ?? ""));
  const [only = ""] = reasons;
  return reasons.size === 1 && only !== "" ? [plain(only)] : [];
}

/** Calls of one function at one place share a line. */
function fixes(findings: readonly JudgedFinding[]): string[] {
  const calls = new Map<string, Set<string>>();
  for (const { fix = "", function: name } of findings) {
    if (fix === "") continue;
    const [, callee, argument, where] = /^(\w+)\(([^()]*)\) (.*)$/.exec(fix) ?? [];
    const key = JSON.stringify(callee === undefined ? [fix, "", name] : [callee, where, name]);
    calls.set(key, (calls.get(key) ?? new Set()).add(argument ?? ""));
  }
  const all = [...calls].map(([key, found]) => {
    const [what, where, name] = JSON.parse(key) as [string, string, string];
    const [first = "", ...others] = found;
    if (where === "") return plain(`${what} in ${name}()`);
    if (others.length === 0) return plain(`${what}(${first}) ${where} in ${name}()`);
    return plain(`${what}() of ${[first, ...others].join(", ")} ${where} in ${name}()`);
  });
  if (all.length <= MOST_FIXES) return all;
  return [...all.slice(0, MOST_FIXES), `and ${all.length - MOST_FIXES} more (see --terse)`];
}
