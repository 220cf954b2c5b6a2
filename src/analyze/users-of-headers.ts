/**
 * Files that a patch does not touch but must be looked at all the same: those that use what it
 * changed in a header, as far as that has to do with locks.
 */
import { changedNames } from "./changes.js";
import { foldersInSight, MOST_FILES } from "./elsewhere.js";
import type { Program } from "./program.js";

/** One file on the two sides of a patch; null where it does not exist. */
export interface Paths {
  readonly oldPath: string | null;
  readonly newPath: string | null;
}

export function usersOfHeaders(
  before: Program,
  after: Program,
  changed: readonly Paths[],
): Paths[] {
  const touched = new Set(changed.flatMap(({ oldPath, newPath }) => [oldPath, newPath]));
  const headers = changed.flatMap((paths) => headerOf(before, after, paths) ?? []);
  const users = new Set<string>();
  for (const program of [before, after]) {
    const own = headers.filter((header) => header.program === program);
    for (const path of usersOf(program, own)) if (!touched.has(path)) users.add(path);
  }
  return [...users].sort().map((path) => ({ oldPath: path, newPath: path }));
}

/** A changed header: what of it matters, and who can see it. */
interface Header {
  readonly program: Program;
  readonly names: readonly string[];
  /** Undefined: all of the tree. */
  readonly folders: readonly string[] | undefined;
}

function headerOf(before: Program, after: Program, { oldPath, newPath }: Paths): Header | null {
  if (!(newPath ?? oldPath ?? "").endsWith(".h")) return null;
  const old = oldPath === null ? null : before.unit(oldPath);
  const now = newPath === null ? null : after.unit(newPath);
  const unit = now ?? old;
  const names = unit === null ? [] : namesThatMatter(before, old, after, now);
  if (unit === null || names.length === 0) return null;
  return { program: now === null ? before : after, names, folders: foldersInSight(unit, names) };
}

/**
 * All headers of a patch share one search: first for what demands a lock, of which there is little
 * in a kernel, then among those files for the headers' names.
 */
function usersOf(program: Program, headers: readonly Header[]): string[] {
  if (headers.length === 0) return [];
  const { tree, protocol } = program;
  const isEverywhere = headers.some(({ folders }) => folders === undefined);
  const within = isEverywhere ? undefined : headers.flatMap(({ folders }) => folders ?? []);
  const paths = tree
    .find([...protocol.sinks, ...protocol.written], within)
    .filter((path) => path.endsWith(".c") && !program.isExcluded(path))
    .filter((path) => demandsSomething(program, path));
  return paths
    .filter((path) => {
      const names = new Set(headers.filter(canSee(path)).flatMap((header) => header.names));
      return names.size > 0 && mentionsAny(tree.read(path) ?? "", names);
    })
    .slice(0, MOST_FILES * headers.length);
}

function mentionsAny(text: string, names: ReadonlySet<string>): boolean {
  for (const [word] of text.matchAll(/[A-Za-z_]\w*/g)) if (names.has(word)) return true;
  return false;
}

function canSee(path: string): (header: Header) => boolean {
  return ({ folders }) =>
    folders === undefined || folders.some((folder) => path.startsWith(`${folder}/`));
}

/** Changed definitions, and what in the header uses them, if they lead to a lock or a demand. */
function namesThatMatter(
  before: Program,
  old: ReturnType<Program["unit"]>,
  after: Program,
  now: ReturnType<Program["unit"]>,
): string[] {
  const changed = changedNames(old, now);
  const matters = new Set<string>();
  for (const [program, unit] of [
    [before, old],
    [after, now],
  ] as const) {
    if (unit === null) continue;
    const reaching = program.reaching(unit);
    for (const name of program.mentions(unit).reaching(changed))
      if (reaching.has(name)) matters.add(name);
  }
  return [...matters];
}

/** A cheap look at a file's text: whether anything in it could demand a lock. */
function demandsSomething({ tree, protocol }: Program, path: string): boolean {
  const text = tree.read(path) ?? "";
  return protocol.writes.test(text) || [...protocol.sinks].some((name) => text.includes(name));
}
