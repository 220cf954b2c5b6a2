/**
 * The locks that one patch takes away, and those that it adds again, in the files it touches:
 * told where no other check tells of them.
 */
import type { Finding, Gap } from "../findings/finding.js";
import type { Protocol } from "../protocol/protocol.js";
import { changedNames, renames } from "./changes.js";
import { lockSites } from "./guarded.js";
import type { MissingHunks } from "./missing-hunks.js";
import type { Program, Unit } from "./program.js";
import { type RemovedLock, removedLocks, type UnitSide } from "./removed-lock.js";

/** A file on both sides of a patch, and where its lines went: null for one that is gone. */
export interface Touched {
  readonly before: string | null;
  readonly after: string | null;
  toAfter(line: number): number | null;
}

export interface LockBalance {
  /** Missing before, there after. */
  readonly before: readonly Finding[];
  /** There before, missing after. */
  readonly after: readonly Finding[];
  /** Whose lock may be in a hunk that does not apply; then nothing else is said. */
  readonly gaps: readonly Gap[];
}

/** `told`: what the other checks say of the two sides. */
export function lockBalance(
  before: Program,
  after: Program,
  files: readonly Touched[],
  told: Omit<LockBalance, "gaps">,
  missing: MissingHunks,
): LockBalance {
  const pairs = files.flatMap((file) => pairOf(before, after, file) ?? []);
  const onlyIn = (some: readonly Finding[], others: readonly Finding[]) =>
    some.filter((one) => !others.some(({ fingerprint }) => fingerprint === one.fingerprint));
  const gone = untold(
    pairs.flatMap(({ old, now, names, oldName, toAfter }) =>
      removedLocks(old, now, names, {
        nameThere: oldName,
        addsLocks: pairs.some(({ gained }) => gained > 0),
        lineHere: (line) => lineAfter(line, toAfter),
      }),
    ),
    onlyIn(told.after, told.before),
    after.protocol,
  );
  const come = untold(
    pairs.flatMap(({ old, now, names, oldName }) => {
      const newNames = new Map(names.map((name) => [oldName(name), name]));
      return removedLocks(now, old, newNames.keys(), {
        nameThere: (name) => newNames.get(name) ?? name,
        addsLocks: pairs.some(({ lost }) => lost > 0),
        lineHere: (line) => Math.min(line, old.unit.file.position(old.unit.file.text.length).line),
      });
    }),
    onlyIn(told.before, told.after),
    after.protocol,
  );
  const open = gone.flatMap((finding) => missing.doubtOfLock(finding) ?? []);
  if (open.length > 0) return { after: [], before: [], gaps: open };
  return { after: gone, before: onlyIn(come, gone), gaps: [] };
}

/**
 * Without what another check says of the object, or of a lock of nothing in its place, of callers
 * that lack the lock, or of the hunk.
 */
function untold(
  removed: readonly RemovedLock[],
  told: readonly (Finding & { readonly cause?: { readonly function: string } })[],
  { instead }: Protocol,
): Finding[] {
  const isTold = ({ finding: { function: name, object }, callers }: RemovedLock) =>
    told.some(
      (other) =>
        other.cause?.function === name ||
        callers.includes(other.function) ||
        (other.function === name
          ? other.object === object || instead.nothing.has(other.type)
          : other.chain.some((link) => link.function === name)),
    );
  return removed.filter((one) => !isTold(one)).map(({ finding }) => finding);
}

interface Pair {
  readonly old: UnitSide;
  readonly now: UnitSide;
  /** Functions that changed and lock something on a side, by their names after the patch. */
  readonly names: readonly string[];
  oldName(name: string): string;
  toAfter(line: number): number | null;
  /** Functions that take more locks than before, or fewer. */
  readonly gained: number;
  readonly lost: number;
}

function pairOf(before: Program, after: Program, file: Touched): Pair | null {
  const [old, now] = [
    file.before === null || before.isExcluded(file.before) ? null : before.unit(file.before),
    file.after === null || after.isExcluded(file.after) ? null : after.unit(file.after),
  ];
  if (old === null || now === null) return null;
  const renamed = renames(old, now, (line) => file.toAfter(line));
  const oldNames = new Map([...renamed].map(([from, to]) => [to, from]));
  const oldName = (name: string) => oldNames.get(name) ?? name;
  const changed = [...changedNames(old, now)].filter(
    (name) => isLocking(before, old, oldName(name)) || isLocking(after, now, name),
  );
  const growth = changed.map(
    (name) => locksIn(after, now, name) - locksIn(before, old, oldName(name)),
  );
  return {
    old: { program: before, unit: old },
    now: { program: after, unit: now },
    names: changed,
    oldName,
    toAfter: (line) => file.toAfter(line),
    gained: growth.filter((count) => count > 0).length,
    lost: growth.filter((count) => count < 0).length,
  };
}

/** By its text: whether a function of the file itself takes a lock. */
function isLocking({ protocol }: Program, unit: Unit, name: string): boolean {
  const item = unit.scope[0]?.functions.get(name);
  return [...protocol.acquires].some((acquire) => item?.identifiers.has(acquire) === true);
}

function locksIn(program: Program, unit: Unit, name: string): number {
  if (!isLocking(program, unit, name)) return 0;
  const procedure = program.procedure(unit, name);
  return procedure === null ? 0 : lockSites(procedure).length;
}

/** The line that stands where a line was, or follows it. */
function lineAfter(line: number, toAfter: (line: number) => number | null): number {
  for (let above = line; above > 0; above--) {
    const there = toAfter(above);
    if (there !== null) return above === line ? there : there + 1;
  }
  return 1;
}
