/**
 * The table of `vmalint cover`: for one place at which a function commits, every case and every
 * member, locked, NULL or missing. Pure; knows nothing of how it was found.
 */
import { plain } from "./plain.js";
import { renderTable } from "./table.js";
import { WIDTH, wrap } from "./wrap.js";

/** `callers`: it is for them to lock it, and they are shown, too. `private`: nobody can reach it. */
export type CellState = "locked" | "late" | "missing" | "callers" | "private" | "unknown";

export interface Place {
  readonly file: string;
  readonly line: number;
  readonly function: string;
}

export interface CoverCell {
  readonly member: string;
  readonly object: string;
  readonly state: CellState;
  /** Where it is locked on the paths of this case. */
  readonly locks: readonly Place[];
}

export interface CoverCase {
  readonly name: string;
  /** In C; empty when nothing tells it from the others. */
  readonly when: string;
  /** Members that are not NULL. */
  readonly cells: readonly CoverCell[];
}

export interface CoverTable {
  readonly function: string;
  readonly file: string;
  /** Of the function. */
  readonly line: number;
  /** Calls from the function to the commit, the commit last. */
  readonly commit: readonly Place[];
  /** Members that hold an object in some case, in the struct's order. */
  readonly members: readonly string[];
  readonly cases: readonly CoverCase[];
  /** Why the table may not be the whole truth. */
  readonly notes: readonly string[];
}

export function coverText(tables: readonly CoverTable[]): string {
  return tables.map((table) => `${tableLines(table).map(plain).join("\n")}\n`).join("\n");
}

function tableLines(table: CoverTable): string[] {
  const remarks = [
    ...foreignLocks(table),
    ...table.notes.flatMap((note) => wrap(note, "  note: ", "        ")),
  ];
  return [
    ...wrap(heading(table), "", "    "),
    "",
    ...drawn(table),
    ...conditions(table),
    ...(remarks.length > 0 ? ["", ...remarks] : []),
  ];
}

/** One line for a case; two where that is too wide; a list where it still is. */
function drawn({ members, cases }: CoverTable): string[] {
  const cellOf = ({ cells }: CoverCase, member: string) =>
    cells.find((cell) => cell.member === member);
  const head = ["case", ...members];
  const low = renderTable([
    head,
    ...cases.map((one) => [
      one.name,
      ...members.map((member) => cellText(cellOf(one, member)).join(" ")),
    ]),
  ]);
  if (low.every((line) => line.length <= WIDTH)) return low;
  const high = renderTable([
    head,
    ...cases.flatMap((one) => {
      const texts = members.map((member) => cellText(cellOf(one, member)));
      return [
        [one.name, ...texts.map(([object]) => object)],
        ["", ...texts.map(([, state]) => state)],
      ];
    }),
  ]);
  if (high.every((line) => line.length <= WIDTH)) return high;
  const width = Math.max(...members.map((member) => member.length));
  return cases.flatMap((one) => [
    `  ${one.name}:`,
    ...members.map((member) =>
      `    ${member.padEnd(width)}  ${cellText(cellOf(one, member)).join(" ")}`.trimEnd(),
    ),
  ]);
}

function heading({ function: name, file, line, commit }: CoverTable): string {
  const [first, ...through] = commit;
  const way = through.map((place) => `${place.function}():${place.line}`).join(", ");
  return `${name}() ${file}:${line} commits at line ${first?.line}${way === "" ? "" : ` through ${way}`}`;
}

/** The object, and how it stands. */
function cellText(cell: CoverCell | undefined): [string, string] {
  if (cell === undefined) return ["NULL", ""];
  const lines = [...new Set(cell.locks.map(({ line }) => line))].join(",");
  switch (cell.state) {
    case "locked":
      return [cell.object, `locked ${lines}`.trimEnd()];
    case "late":
      return [cell.object, `too late ${lines}`.trimEnd()];
    case "callers":
      return [cell.object, "by callers"];
    default:
      return [cell.object, cell.state];
  }
}

function conditions({ cases }: CoverTable): string[] {
  const told = cases.filter(({ when }) => when !== "");
  if (told.length === 0) return [];
  return [
    "",
    ...told.flatMap(({ name, when }) => wrap(when, `  ${name}: `, " ".repeat(name.length + 4))),
  ];
}

/** Lines of the table that are not the function's own. */
function foreignLocks({ function: name, file, cases }: CoverTable): string[] {
  const byFunction = new Map<string, Set<number>>();
  for (const place of cases.flatMap(({ cells }) => cells.flatMap(({ locks }) => locks))) {
    if (place.function === name) continue;
    const where = `${place.function}()${place.file === file ? "" : `, ${place.file}`}`;
    byFunction.set(where, (byFunction.get(where) ?? new Set()).add(place.line));
  }
  return [...byFunction].flatMap(([where, lines]) => {
    const numbers = [...lines].sort((a, b) => a - b);
    return wrap(
      `${numbers.length === 1 ? "line" : "lines"} ${numbers.join(", ")}: in ${where}`,
      "  ",
      "    ",
    );
  });
}
