/**
 * Files that a patch does not touch but must be looked at all the same: those that use what it
 * changed in a header, as far as that has to do with locks.
 */
import { changedNames } from "./changes.js";
import { usersElsewhere } from "./elsewhere.js";
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
  const users = new Set<string>();
  for (const { oldPath, newPath } of changed) {
    if (!(newPath ?? oldPath ?? "").endsWith(".h")) continue;
    const old = oldPath === null ? null : before.unit(oldPath);
    const now = newPath === null ? null : after.unit(newPath);
    const unit = now ?? old;
    if (unit === null) continue;
    const program = now === null ? before : after;
    const names = namesThatMatter(before, old, after, now);
    if (names.length === 0) continue;
    for (const path of usersElsewhere(program, unit, names)) {
      if (!touched.has(path) && demandsSomething(program, path)) users.add(path);
    }
  }
  return [...users].sort().map((path) => ({ oldPath: path, newPath: path }));
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
