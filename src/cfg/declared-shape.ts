/**
 * How many times an expression can be dereferenced, as far as declarations of variables and
 * the text of casts tell. Struct members, typedefs and call results are not known: 0.
 */
import type { Expr } from "../syntax/ast.js";
import type { Lowering } from "./lowering.js";

export function pointerDepth(lowering: Lowering, expr: Expr): number {
  let below = 0;
  let at = expr;
  for (;;) {
    if (at.kind === "index") {
      at = at.base;
      below++;
    } else if (at.kind === "deref") {
      at = at.operand;
      below++;
    } else if (at.kind === "address") {
      at = at.operand;
      below--;
    } else if (at.kind === "binary" && (at.op === "+" || at.op === "-")) {
      at = at.left;
    } else {
      return Math.max(0, ownDepth(lowering, at) - below);
    }
  }
}

function ownDepth(lowering: Lowering, expr: Expr): number {
  if (expr.kind === "cast") return expr.type.split("*").length - 1;
  const local = expr.kind === "name" ? lowering.scopes.find(expr.name) : undefined;
  return local === undefined ? 0 : local.pointers + (local.array ? 1 : 0);
}
