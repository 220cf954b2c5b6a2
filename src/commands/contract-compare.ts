/**
 * Compares the contracts of two trees function by function. Functions are the same by name,
 * also when they moved to another file; one that is gone and one that is new are the same when
 * their bodies speak of the same things. That misses functions that were split or rewritten.
 */
import type { ContractChange, ContractComparison } from "../report/contract-changes.js";
import type { ContractPage, LockPromise, Requirement } from "../report/contract-page.js";

export interface KnownContract {
  readonly page: ContractPage;
  readonly params: readonly string[];
  /** Every identifier of its body. */
  readonly identifiers: ReadonlySet<string>;
  readonly isDecided: boolean;
  /** It also demands locks, or takes them, of which it is not known whose: they may be anybody's. */
  readonly asksMore: boolean;
  readonly locksMore: boolean;
}

/** Shared identifiers of two bodies, of all that either has: what makes them one function. */
const ALIKE = 0.6;

type Change = Pick<ContractChange, "kind" | "text">;

export function compareContracts(
  before: readonly KnownContract[],
  after: readonly KnownContract[],
): ContractComparison {
  const pairs = pair(before, after);
  const matched = new Set(pairs.map(([old]) => old));
  const changes = [
    ...pairs
      .filter(isDecided)
      .flatMap(([old, now]) => changesOf(old, now).map((change) => located(now, change))),
    ...after
      .filter((now) => !pairs.some(([, other]) => other === now))
      .flatMap((now) => summary(now, "new")),
    ...before.filter((old) => !matched.has(old)).flatMap((old) => summary(old, "gone")),
  ];
  return {
    changes: changes.sort((a, b) => compareText(a.file, b.file) || a.line - b.line),
    compared: pairs.length,
    undecided: [
      ...new Set(pairs.filter((both) => !isDecided(both)).map(([, { page }]) => page.function)),
    ],
  };
}

function pair(
  before: readonly KnownContract[],
  after: readonly KnownContract[],
): [KnownContract, KnownContract][] {
  const pairs: [KnownContract, KnownContract][] = [];
  const left = new Set(after);
  const take = (old: KnownContract, now: KnownContract | undefined) => {
    if (now === undefined) return false;
    left.delete(now);
    pairs.push([old, now]);
    return true;
  };
  const sameName = (old: KnownContract) =>
    [...left].filter(({ page }) => page.function === old.page.function);
  const inPlace = (old: KnownContract) =>
    sameName(old).find(({ page }) => page.file === old.page.file);
  const moved = (old: KnownContract) => (sameName(old).length === 1 ? sameName(old)[0] : undefined);
  const renamed = (old: KnownContract) =>
    [...left]
      .filter((now) => likeness(old, now) >= ALIKE)
      .sort((a, b) => likeness(old, b) - likeness(old, a))[0];
  const unmoved = before.filter((old) => !take(old, inPlace(old)));
  const unnamed = unmoved.filter((old) => !take(old, moved(old)));
  for (const old of unnamed) take(old, renamed(old));
  return pairs;
}

function likeness(old: KnownContract, now: KnownContract): number {
  const shared = [...old.identifiers].filter((name) => now.identifiers.has(name)).length;
  return shared / (old.identifiers.size + now.identifiers.size - shared);
}

function isDecided([old, now]: readonly [KnownContract, KnownContract]): boolean {
  return old.isDecided && now.isDecided;
}

function changesOf(old: KnownContract, now: KnownContract): Change[] {
  const changes: Change[] = [];
  if (old.page.function !== now.page.function)
    changes.push({ kind: "renamed", text: `was ${old.page.function}()` });
  if (old.page.file !== now.page.file)
    changes.push({ kind: "moved", text: `was in ${old.page.file}` });
  const was = inNewNames(old, now);
  const objects = <T extends { readonly object: string | null }>(items: readonly T[]) =>
    new Map(items.map((item) => [item.object ?? RESULT, item]));
  const [oldRequires, requires] = [objects(was.requires), objects(now.page.requires)];
  const [oldLocks, locks] = [objects(was.locks), objects(now.page.locks)];
  for (const object of new Set([
    ...oldRequires.keys(),
    ...requires.keys(),
    ...oldLocks.keys(),
    ...locks.keys(),
  ])) {
    const demand = demandChange(
      object,
      oldRequires.get(object),
      requires.get(object),
      oldLocks.has(object),
      locks.has(object),
    );
    const isOpen =
      demand?.kind === "stronger"
        ? old.asksMore && !oldLocks.has(object)
        : now.asksMore && !locks.has(object);
    const isSettled = demand !== null && (requires.has(object) || oldRequires.has(object));
    const promise = isSettled
      ? null
      : promiseChange(object, oldLocks.get(object), locks.get(object), now.page);
    const kept = promise?.kind === "less" ? now.locksMore : old.locksMore;
    changes.push(
      ...[isOpen ? null : demand, kept ? null : promise].filter((change) => change !== null),
    );
  }
  return changes;
}

const RESULT = "the VMA it returns";

function demandChange(
  object: string,
  was: Requirement | undefined,
  is: Requirement | undefined,
  lockedBefore: boolean,
  locksNow: boolean,
): Change | null {
  if (was === undefined && is !== undefined) {
    const before = lockedBefore ? ", which it locked itself" : "";
    return {
      kind: "stronger",
      text: `requires @${object} write-locked${conditionText(is)}${before}`,
    };
  }
  if (was !== undefined && is === undefined) {
    return {
      kind: "weaker",
      text: locksNow
        ? `locks @${object} itself, which it required`
        : `no longer requires @${object} write-locked`,
    };
  }
  // A condition that is told was found; one that is not told may be there all the same.
  return null;
}

function conditionText({ onlyIf, onlyIfNew }: Requirement): string {
  const conditions = [...(onlyIfNew ? ["it is new"] : []), ...(onlyIf === "" ? [] : [onlyIf])];
  return conditions.length === 0 ? "" : `, only if ${conditions.join(" and ")}`;
}

function promiseChange(
  object: string,
  was: LockPromise | undefined,
  is: LockPromise | undefined,
  page: ContractPage,
): Change | null {
  const [before, after] = [strength(was), strength(is)];
  if (before === after) return null;
  const name = object === RESULT ? object : `@${object}`;
  if (is === undefined) return { kind: "less", text: `no longer locks ${name}` };
  const kind = after < before ? "less" : "more";
  const now =
    after === 3
      ? "on every return"
      : after === 2
        ? onResult(is, page)
        : after === 1
          ? `if ${is.condition}`
          : "on some paths";
  return {
    kind,
    text: `locks ${name} ${now}${was === undefined ? "" : `; was ${STRENGTHS[before]}`}`,
  };
}

const STRENGTHS: Readonly<Record<number, string>> = {
  0: "on some paths",
  1: "on a condition",
  2: "by its result",
  3: "on every return",
};

/** -1: not at all; 0: on some paths; 1: on a condition; 2: by the result; 3: on every return. */
function strength(promise: LockPromise | undefined): number {
  if (promise === undefined) return -1;
  if (promise.when === "some") return 0;
  if (promise.condition !== "") return 1;
  return promise.when === "every" ? 3 : 2;
}

function onResult({ when }: LockPromise, { result }: ContractPage): string {
  const isZero = (when === "success") === (result === "number");
  return `when its result is ${isZero ? "" : "not "}0`;
}

/** The old contract in the new one's names: of renamed parameters, of what moved into a struct. */
function inNewNames(old: KnownContract, now: KnownContract): ContractPage {
  const parameters = renamedParameters(old.params, now.params);
  const objects = [...now.page.requires, ...now.page.locks].flatMap(({ object }) => object ?? []);
  const rename = (text: string) => {
    const renamed = text.replace(/\w+/, (name) => parameters.get(name) ?? name);
    if (now.params.includes(/\w+/.exec(renamed)?.[0] ?? "")) return renamed;
    const [moved, ...others] = new Set(objects.filter((object) => object.endsWith(`->${text}`)));
    return moved === undefined || others.length > 0 ? renamed : moved;
  };
  return {
    ...old.page,
    requires: old.page.requires.map((one) => ({ ...one, object: rename(one.object) })),
    locks: old.page.locks.map((one) => ({
      ...one,
      object: one.object === null ? null : rename(one.object),
    })),
  };
}

/** Where as many parameters are left, one that is gone is the one that came in its place. */
function renamedParameters(
  before: readonly string[],
  after: readonly string[],
): Map<string, string> {
  if (before.length !== after.length) return new Map();
  return new Map(
    before.flatMap((name, index) => {
      const other = after[index] as string;
      return after.includes(name) || before.includes(other) ? [] : [[name, other] as const];
    }),
  );
}

/** One line on a function that only one tree has; none when there is nothing to say. */
function summary(known: KnownContract, kind: "new" | "gone"): ContractChange[] {
  const { requires, locks } = known.page;
  const list = (items: readonly { readonly object: string | null }[]) =>
    items.map(({ object }) => (object === null ? RESULT : `@${object}`)).join(", ");
  const parts = [
    ...(requires.length > 0 ? [`requires ${list(requires)}`] : []),
    ...(locks.length > 0 ? [`locks ${list(locks)}`] : []),
  ];
  return known.isDecided && parts.length > 0
    ? [located(known, { kind, text: parts.join("; ") })]
    : [];
}

function located(
  { page: { file, line, function: name } }: KnownContract,
  change: Change,
): ContractChange {
  return { file, line, function: name, ...change };
}

function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
