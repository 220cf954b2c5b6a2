/**
 * The page of `vmalint contract`: what a function asks of its callers and does for them, as
 * lines that fit into a kernel-doc comment. Pure; knows nothing of how it was found.
 */
import type { Place } from "./cover-table.js";
import { plain } from "./plain.js";
import { wrap } from "./wrap.js";

export interface Requirement {
  /** As the callers name it, `vmg->next`. */
  readonly object: string;
  /** In C: without this it is not required. Empty when there is no condition. */
  readonly onlyIf: string;
  /** Required of new objects only. */
  readonly onlyIfNew: boolean;
  /** What for: "it is removed". */
  readonly reasons: readonly { readonly text: string; readonly places: readonly Place[] }[];
}

/** On which of its ways out an object is locked. `success`: what the type of the result suggests. */
export type LockedWhen = "every" | "success" | "failure" | "some";

export interface LockPromise {
  /** As the callers name it; null for what the function returns. */
  readonly object: string | null;
  readonly when: LockedWhen;
  /** In C, in addition; empty when there is no condition or none can be told. */
  readonly condition: string;
  /** It may be NULL instead. */
  readonly mayBeNull: boolean;
  readonly places: readonly Place[];
}

export interface HandOver {
  readonly place: Place;
  readonly through: readonly Place[];
  readonly members: readonly { readonly member: string; readonly objects: readonly string[] }[];
}

export interface RunTimeCheck {
  readonly object: string;
  /** The assertion as written. */
  readonly source: string;
  readonly place: Place;
}

export type ResultKind = "none" | "number" | "pointer" | "truth";

export interface ContractPage {
  readonly function: string;
  readonly file: string;
  readonly line: number;
  readonly result: ResultKind;
  /** What calls of it mean is a rule of the protocol; the page tells only what its body shows. */
  readonly isPrimitive: boolean;
  readonly requires: readonly Requirement[];
  readonly locks: readonly LockPromise[];
  /** Objects that no caller can name, by the function's own names. */
  readonly locksItsOwn: readonly { readonly object: string; readonly places: readonly Place[] }[];
  readonly handsOver: readonly HandOver[];
  readonly checks: readonly RunTimeCheck[];
  readonly assumes: readonly string[];
  /** All locks may have fallen when it returns. */
  readonly releases: boolean;
  /** Why the page may not be the whole truth. */
  readonly notes: readonly string[];
}

export function contractText(page: ContractPage): string {
  const body = [
    ...requirements(page),
    ...section("Write-locks:", promises(page)),
    ...page.handsOver.flatMap(handOver),
    ...section(
      "Run-time checks:",
      page.checks.map((check) => checkText(check, page)),
    ),
    ...section("Assumes:", page.assumes),
    ...(page.releases
      ? ["", ...wrap("All VMA write locks may have fallen when it returns.", "", "")]
      : []),
  ];
  const lines = [
    `${page.file}:${page.line}: ${page.function}()`,
    "",
    ...body.map((line) => ` * ${line}`.trimEnd()),
    ...(page.notes.length > 0
      ? ["", ...page.notes.flatMap((note) => wrap(note, "note: ", "      "))]
      : []),
  ];
  return lines.map((line) => `${plain(line)}\n`).join("");
}

function requirements(page: ContractPage): string[] {
  if (page.requires.length === 0 && page.isPrimitive)
    return item("Context: a primitive; what it requires is a rule, not read from its body.", "");
  if (page.requires.length === 0)
    return item("Context: no VMA needs to be write-locked on entry.", "");
  return [
    ...item("Context: these VMAs must be write-locked on entry, where not NULL:", ""),
    ...page.requires.flatMap(({ object, onlyIf, onlyIfNew, reasons }) => {
      const conditions = [...(onlyIfNew ? ["it is new"] : []), ...(onlyIf === "" ? [] : [onlyIf])];
      const why = reasons
        .map(({ text, places }) => `${text} (${whereAll(places, page)})`)
        .join("; ");
      return item(
        `@${object}${conditions.length > 0 ? `, only if ${conditions.join(" and ")}` : ""}: ${why}`,
        "- ",
      );
    }),
  ];
}

function promises({ locks, locksItsOwn, ...page }: ContractPage): string[] {
  return [
    ...locks.map(({ object, when, condition, mayBeNull, places }) => {
      const name = object === null ? "the VMA it returns" : `@${object}`;
      const lines = places.length > 0 ? ` (${whereAll(places, page)})` : "";
      return `${name}, ${promiseText(when, condition, page.result)}${mayBeNull ? ", unless it is NULL" : ""}${lines}`;
    }),
    ...locksItsOwn.map(
      ({ object, places }) => `its own ${object}, on some paths (${whereAll(places, page)})`,
    ),
  ];
}

function promiseText(when: LockedWhen, condition: string, result: ResultKind): string {
  const on = { every: "", success: SUCCESS[result], failure: FAILURE[result], some: "" }[when];
  if (condition !== "") return `${on === "" ? "" : `${on}, `}if ${condition}`;
  if (when === "every") return "on every return";
  return on === "" ? "on some paths" : on;
}

const SUCCESS: Record<ResultKind, string> = {
  none: "",
  number: "when it returns 0",
  pointer: "when it does not return NULL",
  truth: "when it returns true",
};

const FAILURE: Record<ResultKind, string> = {
  none: "",
  number: "when it does not return 0",
  pointer: "when it returns NULL",
  truth: "when it returns false",
};

function checkText({ object, source, place }: RunTimeCheck, page: ContractPage): string {
  return `${object}: ${source}${place.function === page.function ? "," : " in"} ${whereIn([place], page)}`;
}

function handOver({ place, through, members }: HandOver): string[] {
  const way = through.map((one) => `, ${one.function}():${one.line}`).join("");
  return section(
    `Hands over (line ${place.line}${way}):`,
    members.map(({ member, objects }) => `${member}: ${objects.join(" or ")}`),
  );
}

function section(title: string, items: readonly string[]): string[] {
  return items.length === 0
    ? []
    : ["", ...item(title, ""), ...items.flatMap((text) => item(text, "- "))];
}

/** Wrapped for ` * ` to stand before it. */
function item(text: string, mark: string): string[] {
  return wrap(text, `   ${mark}`, `   ${" ".repeat(mark.length)}`).map((line) => line.slice(3));
}

type Home = Pick<ContractPage, "function" | "file">;

/** Places function by function, the page's own first. */
function whereAll(places: readonly Place[], page: Home): string {
  const byFunction = new Map<string, Place[]>();
  for (const place of places) {
    const key = `${place.file} ${place.function}`;
    byFunction.set(key, [...(byFunction.get(key) ?? []), place]);
  }
  const isOwn = ([first]: readonly Place[]) => first?.function === page.function;
  const groups = [...byFunction.values()].sort((a, b) => Number(isOwn(b)) - Number(isOwn(a)));
  return groups.map((group) => whereIn(group, page)).join("; ");
}

/** Lines of one function. */
function whereIn(places: readonly Place[], page: Home): string {
  const [{ function: name, file }] = places as [Place];
  const lines = places.map(({ line }) => line).join(", ");
  if (file !== page.file) return `${name}(), ${file}:${lines}`;
  const numbered = `${places.length === 1 ? "line" : "lines"} ${lines}`;
  return name === page.function ? numbered : `${name}(), ${numbered}`;
}
