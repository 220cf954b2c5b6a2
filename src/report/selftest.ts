/** What the mutation test found, and how it is told. Pure. */
import { jsonText } from "./json-text.js";
import { plain } from "./plain.js";
import { renderTable } from "./table.js";
import { wrap } from "./wrap.js";

export interface SelftestPlace {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly object: string;
}

export interface SelftestLock extends SelftestPlace {
  /**
   * `redundant`: another lock of the same object makes it superfluous; `not-demanded`: no check
   * needs it; `not-understood`: found by its name only, a failure.
   */
  readonly state: "tested" | "redundant" | "not-demanded" | "not-understood";
  /** Why it is not understood. */
  readonly text?: string;
}

export interface SelftestEdit extends SelftestPlace {
  readonly kind: string;
  /**
   * `reported`: an error in the function and on the object edited; `elsewhere`: in or on
   * another; `silent`: none; `undecided`: none, but a new gap; `skipped`: this kind does not
   * apply to this lock; `broken`: the edit makes no C, a failure of the test itself.
   */
  readonly outcome: "reported" | "elsewhere" | "silent" | "undecided" | "skipped" | "broken";
  /** What was reported, or why it was skipped. */
  readonly text: string;
}

export interface SelftestReport {
  /** `6.12.117`; null when the tree does not say. */
  readonly kernel: string | null;
  readonly kinds: readonly { readonly name: string; readonly expects: "hole" | "harmless" }[];
  readonly locks: readonly SelftestLock[];
  readonly edits: readonly SelftestEdit[];
}

/** Edits the tool judged wrongly, and what the test could not do. */
export function selftestFailures(report: SelftestReport): { place: SelftestPlace; text: string }[] {
  const expects = new Map(report.kinds.map((kind) => [kind.name, kind.expects]));
  const locks = report.locks
    .filter(({ state }) => state === "not-understood")
    .map((lock) => ({ place: lock, text: `skipped: ${lock.text}` }));
  const edits = report.edits.flatMap((edit) => {
    const text = failureOf(edit, expects.get(edit.kind) === "hole");
    return text === null ? [] : [{ place: edit, text: `${edit.kind}: ${text}` }];
  });
  const untested = report.locks
    .filter(
      (lock) =>
        lock.state === "tested" && !report.edits.some((edit) => isMade(edit) && isSame(edit, lock)),
    )
    .map((lock) => ({ place: lock, text: "skipped: no edit applies" }));
  return [...locks, ...untested, ...edits];
}

export function selftestText(report: SelftestReport): string {
  const failures = selftestFailures(report).map(({ place, text }) => `  ${where(place)}: ${text}`);
  return `${[
    ...table(report, "hole", ["found", "exact", "silent", "undecided"]),
    "",
    ...table(report, "harmless", ["silent", "reported", "undecided"]),
    "",
    ...section("failures", failures),
    ...section("reported elsewhere than where the lock stood", elsewhere(report)),
    ...section("skipped: the edit does not apply", skipped(report)),
    ...section("locks left out", leftOut(report)),
    lastLine(report),
  ]
    .map(plain)
    .join("\n")}\n`;
}

export function selftestJson(report: SelftestReport): string {
  const failures = selftestFailures(report).map(({ place, text }) => {
    const { file, line, function: name, object } = place;
    return { file, line, function: name, object, text };
  });
  return jsonText({ version: 1, ...report, failures });
}

function failureOf({ outcome, text }: SelftestEdit, isHole: boolean): string | null {
  if (outcome === "skipped") return null;
  if (outcome === "broken") return `not tested: ${text}`;
  if (outcome === "undecided") return `left undecided: ${text}`;
  if (isHole) return outcome === "silent" ? "missed" : null;
  return outcome === "silent" ? null : `wrongly reported: ${text}`;
}

type Column = "found" | "exact" | "silent" | "reported" | "undecided";

function table(
  report: SelftestReport,
  expects: "hole" | "harmless",
  columns: readonly Column[],
): string[] {
  const title = expects === "hole" ? "holes" : "harmless";
  const rows = report.kinds
    .filter((kind) => kind.expects === expects)
    .map(({ name }) => {
      const edits = report.edits.filter((edit) => edit.kind === name);
      const cells = columns.map((column) => edits.filter((edit) => isIn(edit, column)).length);
      const isSkipped = (edit: SelftestEdit) => !isMade(edit);
      return [name, edits.filter(isMade).length, ...cells, edits.filter(isSkipped).length].map(
        String,
      );
    });
  return renderTable([[title, "made", ...columns, "skipped"], ...rows]);
}

function isIn({ outcome }: SelftestEdit, column: Column): boolean {
  if (column === "found") return outcome === "reported" || outcome === "elsewhere";
  return outcome === (column === "exact" ? "reported" : column);
}

function isMade({ outcome }: SelftestEdit): boolean {
  return outcome !== "skipped" && outcome !== "broken";
}

function elsewhere({ edits }: SelftestReport): string[] {
  return edits
    .filter(({ outcome }) => outcome === "elsewhere")
    .map((edit) => `  ${where(edit)}: ${edit.kind}: ${edit.text}`);
}

/** One entry for each kind and reason, with the lines it concerns. */
function skipped({ edits }: SelftestReport): string[] {
  const places = new Map<string, Map<string, number[]>>();
  for (const { kind, text, file, line } of edits.filter(({ outcome }) => outcome === "skipped")) {
    const key = `${kind}: ${text}`;
    const files = places.get(key) ?? new Map<string, number[]>();
    files.set(file, [...(files.get(file) ?? []), line]);
    places.set(key, files);
  }
  return [...places].flatMap(([key, files]) => {
    const found = [...files].map(([file, lines]) => `${file}:${lines.join(", ")}`);
    return wrap(`${key}: ${found.join("; ")}`, "  ", "      ");
  });
}

function leftOut({ locks }: SelftestReport): string[] {
  const texts = {
    redundant: "another lock covers it",
    "not-demanded": "no check needs it",
  } as const;
  return locks.flatMap((lock) =>
    lock.state === "redundant" || lock.state === "not-demanded"
      ? [`  ${where(lock)}: ${texts[lock.state]}`]
      : [],
  );
}

function lastLine(report: SelftestReport): string {
  const count = (expects: string, outcomes: readonly SelftestEdit["outcome"][]) =>
    report.edits.filter(
      ({ kind, outcome }) =>
        report.kinds.some(({ name, expects: wanted }) => name === kind && wanted === expects) &&
        outcomes.includes(outcome),
    ).length;
  const all = ["reported", "elsewhere", "silent", "undecided"] as const;
  const kernel = report.kernel === null ? "" : ` (Linux ${report.kernel})`;
  return (
    `selftest: ${count("hole", all)} holes, ${count("hole", ["reported", "elsewhere"])} found; ` +
    `${count("harmless", all)} harmless edits, ${count("harmless", ["silent"])} silent${kernel}`
  );
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : [`${title}:`, ...lines, ""];
}

function where({ file, line, function: name, object }: SelftestPlace): string {
  return `${file}:${line}: ${object} (${name})`;
}

function isSame(a: SelftestPlace, b: SelftestPlace): boolean {
  return (
    a.file === b.file && a.line === b.line && a.function === b.function && a.object === b.object
  );
}
