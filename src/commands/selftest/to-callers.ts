/**
 * A lock moved out of its function: into everybody who calls it, or into a new function that
 * takes the old one's name, locks, and calls the rest.
 */
import type { KernelProcedure } from "../../analyze/kernel-procedure.js";
import type { Expr } from "../../syntax/ast.js";
import { type Edit, insertion } from "./edit.js";
import { allExpressions, callsIn, expressionsIn, isPure, writes } from "./expression.js";
import { codeOf, type LockSite } from "./lock-site.js";
import {
  type Context,
  guardedLockOf,
  innerName,
  isUnconditional,
  lockOf,
  removed,
} from "./mutation.js";
import { before, expressionsOf, isLoop, pathTo } from "./place.js";

/** Before every call, with the argument: all of them must be in the file. */
export function toCallers(site: LockSite, context: Context): readonly Edit[] | string {
  const entry = valueAtEntry(site, context);
  if (typeof entry === "string") return entry;
  if (entry.kind !== "name") return "its object is not a parameter";
  if (!site.procedure.syntax.isStatic) return "its callers may be in other files";
  const locks = beforeCalls(site, entry.name, context);
  return typeof locks === "string" ? locks : [removed(site), ...locks];
}

/** `f(x) { ...; lock(x); ... }` becomes `f_inner(x) { ...; ... } f(x) { lock(x); f_inner(x); }`. */
export function split(site: LockSite, context: Context): readonly Edit[] | string {
  const entry = valueAtEntry(site, context);
  if (typeof entry === "string") return entry;
  const { item, name, syntax } = site.procedure;
  const head = syntax.file.text.slice(item.span.start, item.body.start);
  const names = syntax.params.map((param) => param.name);
  if (/[#"]|\/[*/]|\.\.\./.test(head) || names.includes(""))
    return "its head cannot be written twice";
  const inner = head
    .replace(/\b(?:static|extern|inline|__always_inline|asmlinkage)\b/g, "")
    .replace(new RegExp(`\\b${name}\\b`), innerName(name));
  const call = `${innerName(name)}(${names.join(", ")});`;
  const result = new RegExp(`\\bvoid\\s+${name}\\b`).test(head) ? call : `return ${call}`;
  const object = site.procedure.text(entry.span);
  const lock = isUnconditional(site) ? lockOf(site, object) : guardedLockOf(site, object);
  return [
    { start: item.span.start, end: item.body.start, text: `static ${inner.trim()} ` },
    removed(site),
    insertion(item.body.end, ` ${head.trim()} { ${lock} ${result} }`),
  ];
}

/** The object in terms of the parameters, as it is on entry; or why it is not that. */
function valueAtEntry(site: LockSite, { releases }: Context): Expr | string {
  const { body } = site.procedure.syntax;
  if (site.statement === null) return "its result is used";
  const mayFall = [...callsIn(body)].some(
    ({ name, call }) => call.span.start < site.place.start && releases.has(name),
  );
  if (mayFall) return "locks may fall before it";
  return valueOf(site) ?? "its object is not what a caller passes";
}

function valueOf({ operand, procedure }: LockSite): Expr | null {
  if (operand.kind !== "name") return null;
  const { body, params } = procedure.syntax;
  if ([...expressionsIn(body)].some((expr) => writes(expr, operand.name))) return null;
  const isParam = (name: string) => params.some((param) => param.name === name);
  if (isParam(operand.name)) return operand;
  const at = body.findIndex((one) => one.kind === "declaration" && one.name === operand.name);
  const declaration = body[at];
  if (declaration?.kind !== "declaration" || declaration.init?.kind !== "member") return null;
  const { base } = declaration.init;
  const isFirst = body
    .slice(0, at)
    .every((one) => one.kind === "declaration" && (one.init === null || isPure(one.init)));
  return isFirst && base.kind === "name" && isParam(base.name) ? declaration.init : null;
}

function beforeCalls(site: LockSite, param: string, { flow }: Context): Edit[] | string {
  const { name, syntax } = site.procedure;
  const index = syntax.params.findIndex((one) => one.name === param);
  const edits: Edit[] = [];
  let calls = 0;
  for (const caller of flow.callers(name)) {
    for (const { name: callee, call } of callsIn(caller.syntax.body)) {
      const argument = call.args[index];
      if (callee !== name || argument === undefined) continue;
      const lock = lockBefore(caller, call, argument, site);
      if (lock === null) return "a call has no place before it";
      edits.push(...lock);
      calls++;
    }
  }
  const code = codeOf(flow.unit.file.text);
  const count = (pattern: string) => code.match(new RegExp(pattern, "gm"))?.length ?? 0;
  const prototypes = count(`^\\w[^;{}()=]*\\b${name}\\s*\\([^;{}]*\\)[^;{}()]*;`);
  if (calls === 0 || count(`\\b${name}\\b`) !== calls + prototypes + 1)
    return "not all who mention it call it";
  return edits;
}

function lockBefore(
  caller: KernelProcedure,
  call: Expr,
  argument: Expr,
  site: LockSite,
): Edit[] | null {
  const path = pathTo(caller.syntax.body, call.span);
  const innermost = path.at(-1)?.statement;
  if (innermost === undefined || isLoop(innermost) || !isPure(argument)) return null;
  if (!isInFile(caller, argument)) return null;
  const names = [...allExpressions(argument)].flatMap((one) =>
    one.kind === "name" ? [one.name] : [],
  );
  const own = expressionsOf(innermost).flatMap((expr) => [...allExpressions(expr)]);
  if (own.some((expr) => names.some((variable) => writes(expr, variable)))) return null;
  const object = caller.text(argument.span);
  const isPlain = argument.kind === "name" && isUnconditional(site);
  return before(caller, path, isPlain ? lockOf(site, object) : guardedLockOf(site, object));
}

/** Not made by a macro. */
function isInFile(procedure: KernelProcedure, expr: Expr): boolean {
  const { start, end } = procedure.syntax.origin(expr.span);
  const text = procedure.syntax.file.text.slice(start, end).replace(/\s+/g, " ");
  return text === procedure.text(expr.span);
}
