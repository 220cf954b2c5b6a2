/**
 * `({ …; last; })`: statements in a scope of their own, then the last expression, whose use
 * the caller decides. Its labels are its own too, for a macro used twice places them twice.
 */
import type { Expr, Stmt } from "../syntax/ast.js";
import { leaveScopes, lowerStatements } from "./lower-statement.js";
import type { Lowering } from "./lowering.js";

/** `useLast` gets null when the last statement is no expression: there is no value. */
export function lowerStatementExpression<T>(
  lowering: Lowering,
  body: readonly Stmt[],
  useLast: (last: Expr | null) => T,
): T {
  lowering.scopes.open();
  const labels = body.flatMap((statement) => (statement.kind === "label" ? [statement.name] : []));
  const outer = labels.map((name) => [name, lowering.labels.get(name)] as const);
  for (const name of labels) lowering.labels.delete(name);
  const end = lastStatement(body);
  const last = body[end];
  lowerStatements(lowering, last?.kind === "expression" ? body.slice(0, end) : body);
  const result = useLast(last?.kind === "expression" ? last.expr : null);
  for (const [name, block] of outer) {
    if (block === undefined) lowering.labels.delete(name);
    else lowering.labels.set(name, block);
  }
  leaveScopes(lowering, lowering.scopes.depth - 1);
  lowering.scopes.close();
  return result;
}

function lastStatement(body: readonly Stmt[]): number {
  let end = body.length - 1;
  while (end > 0 && body[end]?.kind === "empty") end--;
  return end;
}
