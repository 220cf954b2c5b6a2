/** What an edit of one lock is, and the pieces every kind of edit is made of. */
import { type Edit, insertion } from "./edit.js";
import type { Flow } from "./flow.js";
import type { LockSite } from "./lock-site.js";

/** A kind of edit: what it does to a lock, and what the tool has to say of it. */
export interface Kind {
  readonly name: string;
  readonly expects: "hole" | "harmless";
  /** The edits of one lock, or why this kind does not apply to it. */
  make(site: LockSite, context: Context): readonly Edit[] | string;
}

export interface Context {
  readonly flow: Flow;
  /** Tag of the tracked struct. */
  readonly type: string;
  /** A run-time check of the lock. */
  readonly assertion: string | null;
  /** Names from which all locks are dropped. */
  readonly releases: ReadonlySet<string>;
}

/** An undeclared variable: nobody knows its value. */
export const OPAQUE = "vmalint_selftest_opaque";

/** Names made here begin so; `original` finds the function that such a one was made from. */
const INNER = "vmalint_inner_";

export function innerName(name: string): string {
  return INNER + name;
}

export function original(name: string): string {
  return name.startsWith(INNER) ? name.slice(INNER.length) : name;
}

/** The lock replaced; the second form where its result is used. */
export function replaced(site: LockSite, statement: string, value: string): Edit {
  return site.statement === null
    ? { ...site.call, text: value }
    : { ...site.statement, text: statement };
}

export function removed(site: LockSite): Edit {
  return replaced(site, ";", site.when === "zero" ? "0" : "(void)0");
}

/** A statement that locks, whatever the lock returns. */
export function lockOf(site: LockSite, object: string): string {
  return `${site.callee}(${object});`;
}

export function guardedLockOf(site: LockSite, object: string): string {
  return `if (${object}) ${lockOf(site, object)}`;
}

/** Taken by a new function above, after `first`. */
export function inHelper(
  { when, callee, call, procedure }: LockSite,
  { type }: Context,
  first: string,
): Edit[] {
  const [result, start] = when === "zero" ? ["int", "return "] : ["void", ""];
  const body = `${first} ${start}${callee}(object);`.trim();
  return [
    insertion(
      procedure.item.span.start,
      `static ${result} vmalint_lock(struct ${type} *object) { ${body} } `,
    ),
    { start: call.start, end: call.start + callee.length, text: "vmalint_lock" },
  ];
}

/** Reached on every way through the function that does not leave it first. */
export function isUnconditional({ path }: LockSite): boolean {
  return path.length === 1 && path[0]?.list !== null;
}
