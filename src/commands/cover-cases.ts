/**
 * Folds the paths of one function that commit into cases: paths that hand over the same objects
 * and have locked the same of them are one.
 */
import type { Observation } from "../analyze/observe-function.js";
import type { Link } from "../locks/obligation.js";
import { type CommitRecord, type HeldMember, pathKey } from "../locks/path-record.js";
import type { CellState, CoverCase, CoverCell, CoverTable, Place } from "../report/cover-table.js";
import { distinguish } from "./contract-conditions.js";
import { labelOf, labelsIn } from "./cover-labels.js";

export interface CaseRules {
  /** Members of the container in the struct's order. */
  readonly members: readonly string[];
  /** Whether what a caller hands in is for the callers to lock. */
  readonly leftToCallers: boolean;
}

/** A table for each place at which the function commits, in the order of lines. */
export function coverTables(
  observation: Observation,
  commits: readonly CommitRecord[],
  rules: CaseRules,
): CoverTable[] {
  const byPlace = new Map<string, CommitRecord[]>();
  for (const record of commits) {
    const place = record.chain
      .map(({ procedure, site }) => `${procedure.name}:${site.start}`)
      .join(" ");
    byPlace.set(place, [...(byPlace.get(place) ?? []), record]);
  }
  const tables = [...byPlace.values()].map((records) => coverTable(observation, records, rules));
  return tables.sort((a, b) => (a.commit[0]?.line ?? 0) - (b.commit[0]?.line ?? 0));
}

export function placeOf({ procedure, site }: Link): Place {
  return { file: procedure.file, line: procedure.place(site).line, function: procedure.name };
}

function coverTable(
  observation: Observation,
  records: readonly CommitRecord[],
  rules: CaseRules,
): CoverTable {
  const { procedure, run } = observation;
  const [first] = records as [CommitRecord];
  const used = new Set(records.flatMap(({ members }) => members.map(({ member }) => member)));
  return {
    function: procedure.name,
    file: procedure.file,
    line: procedure.syntax.file.position(procedure.item.span.start).line,
    commit: first.chain.map(placeOf),
    members: rules.members.filter((member) => used.has(member)),
    cases: casesOf(observation, records, rules),
    notes: [
      ...(run.assumptions.length > 0
        ? [`taken for granted: ${run.assumptions.map(({ text }) => text).join("; ")}`]
        : []),
      ...(run.limits.length > 0
        ? [`not every path was followed (${run.limits.join(", ")}): cases may be missing`]
        : []),
    ],
  };
}

function casesOf(
  observation: Observation,
  records: readonly CommitRecord[],
  rules: CaseRules,
): CoverCase[] {
  const { procedure, hasConditions } = observation;
  const labels = labelsIn(procedure.syntax.file, procedure.item.body);
  const groups = new Map<string, CommitRecord[]>();
  for (const record of records) {
    const key = record.members
      .map((held) => `${held.member} ${nameOf(held, rules)} ${stateOf(held, rules)}`)
      .join(", ");
    groups.set(key, [...(groups.get(key) ?? []), record]);
  }
  const unnamed = [...groups.values()].map((group) => {
    const others = records.filter((record) => !group.includes(record));
    const found = group.flatMap(({ events }) => labelOf(labels, events) ?? []);
    const { text } = distinguish(decisionsOf(group), decisionsOf(others));
    return {
      label: [...new Set(found)].sort(byNumber).join(", "),
      when: hasConditions ? text : "",
      cells: cellsOf(group, rules),
    };
  });
  // Cases that the comments number come first.
  return named(
    unnamed.sort(
      (a, b) => Number(a.label === "") - Number(b.label === "") || byNumber(a.label, b.label),
    ),
  );
}

function decisionsOf(records: readonly CommitRecord[]): CommitRecord["decisions"][] {
  return records.map(({ decisions }) => decisions);
}

/** Cases that no comment names get letters, and so do those that share a comment. */
function named(
  unnamed: readonly (Omit<CoverCase, "name"> & { readonly label: string })[],
): CoverCase[] {
  if (unnamed.length === 1)
    return unnamed.map(({ label, when, cells }) => ({ name: label || "always", when, cells }));
  return unnamed.map(({ label, when, cells }) => {
    const alike = unnamed.filter((other) => other.label === label);
    const mark = letter(alike.findIndex((other) => other.cells === cells));
    if (label === "") return { name: mark, when, cells };
    return { name: alike.length > 1 ? `${label}${mark}` : label, when, cells };
  });
}

/** a to z, then aa to zz. */
function letter(index: number): string {
  return String.fromCharCode(97 + (index % 26)).repeat(1 + Math.floor(index / 26));
}

function cellsOf(group: readonly CommitRecord[], rules: CaseRules): CoverCell[] {
  const [first] = group as [CommitRecord];
  return first.members.map((held): CoverCell => {
    const chains = group.flatMap(
      ({ members }) => members.find(({ member }) => member === held.member)?.locks ?? [],
    );
    const places = chains.map((chain) => placeOf(chain.at(-1) as Link));
    const distinct = new Map(places.map((place) => [`${place.file}:${place.line}`, place]));
    return {
      member: held.member,
      object: nameOf(held, rules),
      state: stateOf(held, rules),
      locks: [...distinct.values()].sort((a, b) => a.line - b.line),
    };
  });
}

/** What the callers have to lock is named as they know it. */
function nameOf(held: HeldMember, rules: CaseRules): string {
  return stateOf(held, rules) === "callers" && held.path !== null ? pathKey(held.path) : held.name;
}

function stateOf({ standing, path }: HeldMember, { leftToCallers }: CaseRules): CellState {
  if (standing !== "unlocked") return standing;
  return path !== null && leftToCallers ? "callers" : "missing";
}

function byNumber(a: string, b: string): number {
  return a.localeCompare(b, "en", { numeric: true });
}
