/**
 * `({ …; last; })`: statements in a scope of their own, then the last expression, whose use
 * the caller decides.
 */
import type { Expr, Stmt } from "../syntax/ast.js";
import { lowerStatements } from "./lower-statement.js";
import type { Lowering } from "./lowering.js";

/** `useLast` gets null when the last statement is no expression: there is no value. */
export function lowerStatementExpression<T>(
  lowering: Lowering,
  body: readonly Stmt[],
  useLast: (last: Expr | null) => T,
): T {
  lowering.scopes.open();
  const end = lastStatement(body);
  const last = body[end];
  lowerStatements(lowering, last?.kind === "expression" ? body.slice(0, end) : body);
  const result = useLast(last?.kind === "expression" ? last.expr : null);
  lowering.scopes.close();
  return result;
}

function lastStatement(body: readonly Stmt[]): number {
  let end = body.length - 1;
  while (end > 0 && body[end]?.kind === "empty") end--;
  return end;
}
