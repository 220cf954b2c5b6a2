/** Names that stand for a small constant in every kernel source. */
import type { Expr } from "../syntax/ast.js";
import type { Value } from "./cfg.js";
import { int } from "./make-value.js";

const CONSTANTS: ReadonlyMap<string, number> = new Map([
  ["NULL", 0],
  ["false", 0],
  ["true", 1],
]);

export function constantName(name: string): Value | null {
  const value = CONSTANTS.get(name);
  return value === undefined ? null : int(value);
}

/** Whether an expression is plainly zero: `0`, `NULL`, `{}`, `{ 0 }`. */
export function isZero(expr: Expr): boolean {
  return isZeroWithin(expr, DEEPEST);
}

const DEEPEST = 20;

function isZeroWithin(expr: Expr, levels: number): boolean {
  if (levels === 0) return false;
  switch (expr.kind) {
    case "number":
      return expr.value === 0;
    case "name":
      return CONSTANTS.get(expr.name) === 0;
    case "cast":
      return isZeroWithin(expr.operand, levels - 1);
    case "initializer":
      return expr.entries.every((entry) => isZeroWithin(entry.value, levels - 1));
    default:
      return false;
  }
}
