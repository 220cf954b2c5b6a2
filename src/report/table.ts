/**
 * Many callers, one cause: when a hunk takes a lock out of a helper, every caller fails for the
 * same reason. One table says so, callers against members, where a report each would be a flood.
 */
import type { JudgedFinding, Severity } from "../findings/finding.js";
import { block, headerText } from "./finding-text.js";
import type { Paint } from "./paint.js";
import { plain } from "./plain.js";
import { counted } from "./summary.js";
import { WIDTH, wrap } from "./wrap.js";

/** Fixes listed below a table. */
const MOST_FIXES = 12;

/** Findings one after the other, those with one cause gathered where the first of them stands. */
export function groupByCause(findings: readonly JudgedFinding[]): JudgedFinding[][] {
  const groups = new Map<string, JudgedFinding[]>();
  findings.forEach((finding, index) => {
    const { cause } = finding;
    const key =
      cause === undefined
        ? String(index)
        : JSON.stringify([finding.patch, finding.status, cause.file, cause.hunk, cause.function]);
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  });
  return [...groups.values()];
}

/** The report of findings with one cause; at least two of them. */
export function causeTable(findings: readonly JudgedFinding[], paint: Paint): string[] {
  const [{ cause, status }] = findings as [JudgedFinding];
  if (cause === undefined) return [];
  const callers = new Set(findings.map(callerOf)).size;
  const types = [...new Set(findings.map((finding) => finding.type))].join(", ");
  const verb = callers === 1 ? "leaves" : "leave";
  const text = `${counted(callers, "caller")} of \`${plain(cause.function)}\` ${verb} a VMA unlocked`;
  return [
    ...headerText(worst(findings), types, text, paint),
    `  ${paint("frame", "-->")} ${plain(cause.file)}, hunk ${cause.hunk}  in ${plain(cause.function)}()` +
      (status === "persisting" ? "  (was there before)" : ""),
    "",
    ...tableOrList(findings),
    ...wrap(LEGEND, "  ", "  "),
    ...block("why:", agreedWhy(findings), paint),
    ...block("fix:", fixes(findings), paint),
  ];
}

const LEGEND = "missing: handed over unlocked on some path; ok: locked or NULL on every path";

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
      place: `${plain(first.file)}:${Math.min(...group.map((finding) => finding.line))}`,
      missing,
    };
  });
  const table = renderTable([
    ["caller", "commits at", ...columns.map(plain)],
    ...rows.map((row) => [
      row.caller,
      row.place,
      ...columns.map((column) => (row.missing.has(column) ? "missing" : "ok")),
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

function fixes(findings: readonly JudgedFinding[]): string[] {
  const all = findings
    .filter((finding) => finding.fix !== undefined && finding.fix !== "")
    .map((finding) => plain(`${finding.fix} in ${finding.function}()`));
  const unique = [...new Set(all)];
  if (unique.length <= MOST_FIXES) return unique;
  return [...unique.slice(0, MOST_FIXES), `and ${unique.length - MOST_FIXES} more (see --terse)`];
}
