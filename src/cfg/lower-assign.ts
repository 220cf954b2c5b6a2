/**
 * Assignments and `++`/`--`. The value is evaluated before the place it goes to; C leaves
 * the order open.
 */
import type { Expr } from "../syntax/ast.js";
import type { Place, Value } from "./cfg.js";
import { lowerPlace } from "./lower-place.js";
import { lowerValue } from "./lower-value.js";
import type { Lowering } from "./lowering.js";
import { binary, int, read } from "./make-value.js";
import { settle } from "./settle.js";

/** The place assigned to: reading it gives the value of the assignment. */
export function lowerAssign(lowering: Lowering, expr: Extract<Expr, { kind: "assign" }>): Place {
  const source = lowerValue(lowering, expr.value);
  const settled = settle(lowering, source, expr.value.span, [expr.target]);
  const target = lowerPlace(lowering, expr.target);
  const value = expr.op === "=" ? settled : binary(expr.op.slice(0, -1), read(target), settled);
  lowering.graph.emit({ op: "assign", target, value, span: expr.span });
  return target;
}

export function lowerDiscardedUpdate(
  lowering: Lowering,
  expr: Extract<Expr, { kind: "update" }>,
): void {
  step(lowering, expr, lowerPlace(lowering, expr.operand));
}

export function lowerUpdate(lowering: Lowering, expr: Extract<Expr, { kind: "update" }>): Value {
  const target = lowerPlace(lowering, expr.operand);
  const before = expr.prefix ? null : lowering.keep(read(target), expr.operand.span);
  step(lowering, expr, target);
  return before ?? read(target);
}

function step(lowering: Lowering, expr: Extract<Expr, { kind: "update" }>, target: Place): void {
  const value = binary(expr.op === "++" ? "+" : "-", read(target), int(1));
  lowering.graph.emit({ op: "assign", target, value, span: expr.span });
}
