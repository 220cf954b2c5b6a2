/**
 * Where else in the tree a name is used: by its visibility. A function declared in a header
 * below include/ may be used anywhere, one declared in mm/'s own headers in that folder; a
 * static one is looked for in its file alone and never here.
 */
import type { FunctionRun } from "../locks/obligation.js";
import type { Program, Unit } from "./program.js";

/** More files than this are not looked into; what they do stays unknown. */
export const MOST_FILES = 200;

/** Paths of the other .c files in which one of the names stands, in some folders. */
export function usersElsewhere(
  program: Program,
  unit: Unit,
  names: readonly string[],
  within: readonly string[] | undefined = foldersInSight(unit, names),
): string[] {
  return program.tree
    .find(names, within)
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

function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf("/")));
}
