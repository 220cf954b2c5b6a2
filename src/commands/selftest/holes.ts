/**
 * Edits that leave an object unlocked where it must be locked. Each must be reported. All of
 * them take the lock from where it stands; what they put elsewhere does not help.
 */
import type { Stmt } from "../../syntax/ast.js";
import type { Edit } from "./edit.js";
import { baseVariable, expressionsIn, outcomes } from "./expression.js";
import { kindsAt } from "./flow.js";
import type { LockSite } from "./lock-site.js";
import {
  type Context,
  guardedLockOf,
  inHelper,
  type Kind,
  lockOf,
  OPAQUE,
  removed,
  replaced,
} from "./mutation.js";
import { after, allStatements, pathTo, type Step } from "./place.js";

export const HOLES: readonly Kind[] = [
  { name: "delete", expects: "hole", make: (site) => [removed(site)] },
  { name: "delay", expects: "hole", make: delay },
  { name: "late", expects: "hole", make: late },
  { name: "narrow", expects: "hole", make: narrow },
  { name: "forgetful", expects: "hole", make: forgetful },
  { name: "loop", expects: "hole", make: loop },
  { name: "misdirect", expects: "hole", make: misdirect },
  { name: "assert", expects: "hole", make: assertOnly },
];

/** Moved behind the last thing that needs it. */
function delay(site: LockSite, { flow }: Context): readonly Edit[] | string {
  const last = Math.max(...flow.demandsAhead(site).map(({ span }) => span.start));
  if (last < site.place.start) return "what needs it is not called behind it in this function";
  return moved(site, last);
}

/** Moved behind the hand-over, where the writes begin. */
function late(site: LockSite, { flow }: Context): readonly Edit[] | string {
  const handOver = flow
    .demandsAhead(site)
    .find((one) => kindsAt(site.procedure, one).includes("hand-over"));
  if (handOver === undefined) return "the hand-over is not in this function";
  return moved(site, handOver.span.start);
}

/** Taken only under a condition that nobody knows. */
function narrow(site: LockSite): readonly Edit[] {
  const call = `${site.callee}(${site.object})`;
  return [replaced(site, `{ if (${OPAQUE}) ${call}; }`, `(${OPAQUE} ? ${call} : 0)`)];
}

/** Taken by a function that sometimes does not. */
function forgetful(site: LockSite, context: Context): readonly Edit[] {
  return inHelper(site, context, `if (${OPAQUE}) return${site.when === "zero" ? " 0" : ""};`);
}

/** Taken in a loop that may not run at all. */
function loop(site: LockSite): readonly Edit[] | string {
  if (site.statement === null) return "its result is used";
  return [replaced(site, `while (${OPAQUE}) { ${lockOf(site, site.object)} break; }`, "")];
}

/** Taken on another object: one that is locked in the function too, or one that nobody knows. */
function misdirect(site: LockSite, { type }: Context): readonly Edit[] {
  const { body, params } = site.procedure.syntax;
  const own = baseVariable(site.operand);
  const isPointer = ({ type: text, pointers }: { type: string; pointers: number }) =>
    pointers === 1 && text.includes(type);
  const visible = [
    ...params.filter(isPointer),
    ...site.path.flatMap(({ list }) =>
      (list ?? []).filter((one) => one.span.end < site.place.start),
    ),
  ].flatMap((one) => ("kind" in one ? declaredPointer(one, isPointer) : [one.name]));
  const other = visible.find(
    (name) => name !== own && !mayBeSame(body, name, own) && isLockedIn(site, name),
  );
  return [{ ...site.argument, text: other ?? "vmalint_selftest_other" }];
}

/** Only checked, as if somebody else took it. */
function assertOnly(site: LockSite, { assertion }: Context): readonly Edit[] | string {
  if (assertion === null) return "the protocol has no assertion";
  const call = `${assertion}(${site.object})`;
  return [replaced(site, `${call};`, `(${call}, 0)`)];
}

/** Put behind the statement in which something stands, if its variable is known there. */
function moved(site: LockSite, start: number): readonly Edit[] | string {
  const { procedure } = site;
  const path = pathTo(procedure.syntax.body, { start, end: start + 1 });
  const variable = baseVariable(site.operand);
  if (variable !== null && !isVisible(site, variable, path))
    return "its variable is not known there";
  const edits = after(procedure, path, guardedLockOf(site, site.object));
  return edits === null ? "control does not get behind what needs it" : [removed(site), ...edits];
}

function isVisible({ procedure }: LockSite, variable: string, path: readonly Step[]): boolean {
  const { body, params } = procedure.syntax;
  if (params.some(({ name }) => name === variable)) return true;
  const isIt = (one: Stmt) => one.kind === "declaration" && one.name === variable;
  const declared = [...allStatements(body)].filter(isIt).length;
  if (declared === 0) return true;
  return declared === 1 && path.some(({ list }) => list?.some(isIt) ?? false);
}

function declaredPointer(
  statement: Stmt,
  isPointer: (one: { type: string; pointers: number }) => boolean,
): string[] {
  return statement.kind === "declaration" && !statement.array && isPointer(statement)
    ? [statement.name]
    : [];
}

/** Whether one variable is ever set to the other, in either direction or both to one place. */
function mayBeSame(body: readonly Stmt[], one: string, other: string | null): boolean {
  const sources = new Map<string, string[]>();
  const note = (name: string | null, value: Parameters<typeof outcomes>[0]) => {
    if (name === null) return;
    const names = outcomes(value).flatMap((outcome) => baseVariable(outcome) ?? []);
    sources.set(name, [...(sources.get(name) ?? []), ...names]);
  };
  for (const statement of allStatements(body)) {
    if (statement.kind === "declaration" && statement.init !== null)
      note(statement.name, statement.init);
  }
  for (const expr of expressionsIn(body)) {
    if (expr.kind === "assign" && expr.target.kind === "name") note(expr.target.name, expr.value);
  }
  const reaches = (from: string, to: string | null) =>
    sources.get(from)?.includes(to ?? "") ?? false;
  return reaches(one, other) || (other !== null && reaches(other, one));
}

/** A variable that another lock names is one that somebody thought about. */
function isLockedIn(site: LockSite, name: string): boolean {
  const { syntax } = site.procedure;
  if (syntax.params.some((param) => param.name === name)) return true;
  return new RegExp(`\\b${site.callee}\\s*\\(\\s*${name}\\s*\\)`).test(syntax.text);
}
