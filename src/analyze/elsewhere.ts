/**
 * Where else in the tree a name is used: by its visibility. A function declared in a header
 * below include/ may be used anywhere, one declared in mm/'s own headers in that folder; a
 * static one is looked for in its file alone and never here.
 */
import type { FunctionRun } from "../locks/obligation.js";
import { itemText } from "../syntax/item-tokens.js";
import type { FunctionItem } from "../syntax/outline.js";
import { Mentions } from "./mentions.js";
import type { Definitions, Program, Unit } from "./program.js";

/** More files than this are not looked into; what they do stays unknown. */
export const MOST_FILES = 200;

/** Paths of the other .c files in which one of the names stands. */
export function usersElsewhere(program: Program, unit: Unit, names: readonly string[]): string[] {
  return program.tree
    .find(names, foldersInSight(unit, names))
    .filter((path) => path.endsWith(".c") && path !== unit.file.path && !program.isExcluded(path))
    .slice(0, MOST_FILES);
}

/** Folders whose files can see what a unit declares or defines; undefined: all of the tree. */
export function foldersInSight(unit: Unit, names: readonly string[]): string[] | undefined {
  const folders = new Set<string>();
  for (const name of names) {
    const declaration = new RegExp(`\\b${name}\\b`);
    const headers = unit.scope
      .map(({ file }) => file)
      .filter((file) => file.path.endsWith(".h") && declaration.test(file.text));
    const places = headers.length === 0 ? [unit.file.path] : headers.map((file) => file.path);
    for (const path of places) folders.add(path.startsWith("include/") ? "" : folderOf(path));
    if (folders.has("")) return undefined;
  }
  return [...folders];
}

/**
 * Runs a file's functions that call functions of other files, and their callers, as long as the
 * object is one that the caller was handed itself.
 */
export function runOutward(
  program: Program,
  unit: Unit,
  names: readonly string[],
  run: (names: readonly string[]) => readonly FunctionRun[],
): FunctionRun[] {
  const own = unit.scope[0]?.functions;
  const seen = new Set<string>();
  const all: FunctionRun[] = [];
  let wave = names.filter((name) => program.find(unit, name) === null);
  while (wave.length > 0) {
    const users = [...program.mentions(unit).users(wave)].filter((name) => !seen.has(name));
    for (const name of users) seen.add(name);
    const runs = run(users.filter((name) => own?.has(name)));
    all.push(...runs);
    const macros = users.filter((name) => program.macro(unit, name) !== undefined);
    wave = [...macros, ...runs.filter(isHandedOn).map(({ procedure }) => procedure.name)];
  }
  return all;
}

/** Whether a function demands something of its own callers, or may. */
function isHandedOn({ obligations }: FunctionRun): boolean {
  return obligations.some(
    ({ unlocked, unknown, fromParameter }) => fromParameter && (unlocked !== null || unknown),
  );
}

/** A function, and the file that defines it. */
export interface Helper {
  readonly name: string;
  readonly path: string;
}

/**
 * A function of another file that may take locks on what it finds itself, and that the named
 * function, one of its callers here, or what those call here calls; null when there is none. Asked only before
 * something is reported: it looks at every file of the folder that takes locks.
 */
export function lockerElsewhere(program: Program, unit: Unit, name: string): Helper | null {
  const { acquires } = program.protocol;
  const callers = program.mentions(unit).reaching([name]);
  return calleeElsewhere(program, unit, withCallees(unit, callers), [...acquires], (definitions) =>
    new Mentions([definitions]).reaching(acquires),
  );
}

/** Functions of a unit, and those of it that they call, directly or not. */
function withCallees(unit: Unit, names: Iterable<string>): Set<string> {
  const own = unit.scope[0]?.functions;
  const found = new Set(names);
  for (const name of found)
    for (const called of own?.get(name)?.identifiers ?? []) if (own?.has(called)) found.add(called);
  return found;
}

/** The same for what the named function itself calls, if that takes a lock in its own body. */
export function helperElsewhere(program: Program, unit: Unit, name: string): Helper | null {
  const acquires = [...program.protocol.acquires];
  return calleeElsewhere(program, unit, [name], acquires, ({ functions }) =>
    namesOf(functions, ({ identifiers }) => acquires.some((lock) => identifiers.has(lock))),
  );
}

/**
 * A function of another file that may fill a container for one that commits it, where nobody here
 * is seen to.
 */
export function fillerElsewhere(
  program: Program,
  unit: Unit,
  runs: readonly FunctionRun[],
): Helper | null {
  const { container } = program.protocol;
  const unfilled = runs.filter(({ obligations }) =>
    obligations.some(({ unknown, fromContract }) => unknown && !fromContract),
  );
  const names = unfilled.map(({ procedure }) => procedure.name);
  return calleeElsewhere(program, unit, names, [container], ({ file, functions }) =>
    namesOf(functions, (item) => itemText(file, item).includes(container)),
  );
}

function namesOf(
  functions: Definitions["functions"],
  isWanted: (item: FunctionItem) => boolean,
): Set<string> {
  return new Set([...functions.values()].filter(isWanted).map(({ name }) => name));
}

/** `words` stand in the files to look into, `wantedIn` says which of their functions are meant. */
function calleeElsewhere(
  program: Program,
  unit: Unit,
  callers: Iterable<string>,
  words: readonly string[],
  wantedIn: (definitions: Definitions) => ReadonlySet<string>,
): Helper | null {
  const called = calledElsewhere(program, unit, callers);
  if (called.size === 0) return null;
  const isDefined = new RegExp(`^[a-z_][^;{}=]*?\\b(?:${[...called].join("|")})\\s*\\(`, "m");
  for (const path of program.tree.find(words, [folderOf(unit.file.path)])) {
    if (path === unit.file.path || !path.endsWith(".c")) continue;
    if (program.isExcluded(path) || !isDefined.test(program.tree.read(path) ?? "")) continue;
    const definitions = program.cache.definitions(program.tree, path);
    if (definitions === null) continue;
    const wanted = wantedIn(definitions);
    for (const { name, isStatic } of definitions.functions.values()) {
      if (isStatic || !wanted.has(name) || !called.has(name)) continue;
      // A callee whose body is in reach was run, or its contract was met.
      if (program.callee(unit, name) === null) return { name, path };
    }
  }
  return null;
}

/** What functions of a unit call that the unit does not define; names in capitals are macros. */
function calledElsewhere(program: Program, unit: Unit, callers: Iterable<string>): Set<string> {
  const called = new Set<string>();
  for (const caller of callers) {
    const item = unit.scope[0]?.functions.get(caller);
    if (item === undefined) continue;
    const body = unit.file.text.slice(item.body.start, item.body.end);
    for (const [, name = ""] of body.matchAll(/\b([A-Za-z_]\w*)\s*\(/g)) {
      if (!/[a-z]/.test(name) || CONTROL.has(name) || program.protocol.names.has(name)) continue;
      if (program.find(unit, name) === null && program.macro(unit, name) === undefined)
        called.add(name);
    }
  }
  return called;
}

const CONTROL: ReadonlySet<string> = new Set(["if", "while", "for", "switch", "return", "sizeof"]);

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
