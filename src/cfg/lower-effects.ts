/**
 * Expressions whose value nobody wants: only their side effects become instructions.
 */
import type { Expr } from "../syntax/ast.js";
import { lowerAssign, lowerDiscardedUpdate } from "./lower-assign.js";
import { calledName, lowerCall } from "./lower-call.js";
import { lowerCondition } from "./lower-condition.js";
import { lowerStatementExpression } from "./lower-statement-expression.js";
import type { Lowering } from "./lowering.js";

export function lowerEffects(lowering: Lowering, expr: Expr): void {
  lowering.nested(expr.span, undefined, () => effectsOf(lowering, expr));
}

function effectsOf(lowering: Lowering, expr: Expr): void {
  switch (expr.kind) {
    case "name":
    case "number":
    case "string":
    case "constant":
      return;
    case "member":
      return lowerEffects(lowering, expr.base);
    case "unary":
    case "deref":
    case "address":
    case "cast":
      return lowerEffects(lowering, expr.operand);
    case "update":
      return lowerDiscardedUpdate(lowering, expr);
    case "assign":
      lowerAssign(lowering, expr);
      return;
    case "call":
      return callEffects(lowering, expr);
    case "index":
      return inOrder(lowering, [expr.base, expr.index]);
    case "comma":
      return inOrder(lowering, [expr.left, expr.right]);
    case "unknown":
      return inOrder(lowering, expr.parts);
    case "initializer":
      return inOrder(
        lowering,
        expr.entries.map((entry) => entry.value),
      );
    case "binary":
      return binaryEffects(lowering, expr);
    case "conditional":
      return forked(lowering, expr.test, expr.then, expr.otherwise);
    case "statement-expression":
      return lowerStatementExpression(lowering, expr.body, (last) => {
        if (last !== null) lowerEffects(lowering, last);
      });
  }
}

function inOrder(lowering: Lowering, parts: readonly Expr[]): void {
  for (const part of parts) lowerEffects(lowering, part);
}

function callEffects(lowering: Lowering, expr: Extract<Expr, { kind: "call" }>): void {
  const name = calledName(lowering, expr);
  if (name !== null && lowering.dialect.ignoredStatements.has(name)) return;
  lowerCall(lowering, expr);
}

function binaryEffects(lowering: Lowering, expr: Extract<Expr, { kind: "binary" }>): void {
  if (expr.op === "&&") forked(lowering, expr.left, expr.right, null);
  else if (expr.op === "||") forked(lowering, expr.left, null, expr.right);
  else inOrder(lowering, [expr.left, expr.right]);
}

function forked(lowering: Lowering, test: Expr, then: Expr | null, otherwise: Expr | null): void {
  const { graph } = lowering;
  const [whenTrue, whenFalse, join] = [graph.newBlock(), graph.newBlock(), graph.newBlock()];
  lowerCondition(lowering, test, whenTrue, whenFalse);
  for (const [block, arm] of [
    [whenTrue, then],
    [whenFalse, otherwise],
  ] as const) {
    graph.start(block);
    if (arm !== null) lowerEffects(lowering, arm);
    graph.goto(join, (arm ?? test).span);
  }
  graph.start(join);
}
