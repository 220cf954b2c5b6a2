/**
 * Expressions whose truth decides where control goes: `&&`, `||`, `!`, `?:` are edges, and
 * what is left, a leaf, is a branch with the leaf's own span.
 */
import type { Expr } from "../syntax/ast.js";
import type { Value } from "./cfg.js";
import type { OpenBlock } from "./graph-builder.js";
import { lowerEffects } from "./lower-effects.js";
import { lowerStatementExpression } from "./lower-statement-expression.js";
import { lowerValue } from "./lower-value.js";
import { type Lowering, variable } from "./lowering.js";
import { int, OPAQUE, read } from "./make-value.js";

/** Ends the current block: control goes to `then` when `expr` is not zero, else to `otherwise`. */
export function lowerCondition(
  lowering: Lowering,
  expr: Expr,
  then: OpenBlock,
  otherwise: OpenBlock,
): void {
  const deep = () => {
    branchOn(lowering, expr, then, otherwise);
    return true;
  };
  if (!lowering.nested(expr.span, false, deep))
    lowering.graph.branch(OPAQUE, then, otherwise, expr.span);
}

/** The truth of `expr` as a value: a temporary that is 0 or 1. */
export function lowerTruth(lowering: Lowering, expr: Expr): Value {
  const { graph } = lowering;
  const result = variable(lowering.scopes.temporary());
  const [then, otherwise, join] = [graph.newBlock(), graph.newBlock(), graph.newBlock()];
  lowerCondition(lowering, expr, then, otherwise);
  for (const [block, truth] of [
    [then, 1],
    [otherwise, 0],
  ] as const) {
    graph.start(block);
    graph.emit({ op: "assign", target: result, value: int(truth), span: expr.span });
    graph.goto(join, expr.span);
  }
  graph.start(join);
  return read(result);
}

/** Whether `expr` is `&&` or `||`, or the negation of such. */
export function isShortCircuit(expr: Expr): boolean {
  let at = expr;
  while ((at.kind === "unary" && at.op === "!") || (at.kind === "cast" && at !== expr))
    at = at.operand;
  return at.kind === "binary" && (at.op === "&&" || at.op === "||");
}

function branchOn(lowering: Lowering, expr: Expr, then: OpenBlock, otherwise: OpenBlock): void {
  switch (expr.kind) {
    case "unary":
      if (expr.op === "!") lowerCondition(lowering, expr.operand, otherwise, then);
      else leaf(lowering, expr, then, otherwise);
      return;
    case "binary":
      if (expr.op === "&&") both(lowering, expr, then, otherwise);
      else if (expr.op === "||") either(lowering, expr.left, expr.right, then, otherwise);
      else leaf(lowering, expr, then, otherwise);
      return;
    case "conditional":
      if (expr.then === null) either(lowering, expr.test, expr.otherwise, then, otherwise);
      else oneOfTwo(lowering, expr.test, expr.then, expr.otherwise, then, otherwise);
      return;
    case "comma":
      lowerEffects(lowering, expr.left);
      lowerCondition(lowering, expr.right, then, otherwise);
      return;
    case "cast":
      lowerCondition(lowering, expr.operand, then, otherwise);
      return;
    case "statement-expression":
      lowerStatementExpression(lowering, expr.body, (last) => {
        if (last === null) lowering.graph.branch(OPAQUE, then, otherwise, expr.span);
        else lowerCondition(lowering, last, then, otherwise);
      });
      return;
    default:
      leaf(lowering, expr, then, otherwise);
  }
}

function leaf(lowering: Lowering, expr: Expr, then: OpenBlock, otherwise: OpenBlock): void {
  lowering.graph.branch(lowerValue(lowering, expr), then, otherwise, expr.span);
}

function both(
  lowering: Lowering,
  expr: { readonly left: Expr; readonly right: Expr },
  then: OpenBlock,
  otherwise: OpenBlock,
): void {
  const second = lowering.graph.newBlock();
  lowerCondition(lowering, expr.left, second, otherwise);
  lowering.graph.start(second);
  lowerCondition(lowering, expr.right, then, otherwise);
}

function either(
  lowering: Lowering,
  left: Expr,
  right: Expr,
  then: OpenBlock,
  otherwise: OpenBlock,
): void {
  const second = lowering.graph.newBlock();
  lowerCondition(lowering, left, then, second);
  lowering.graph.start(second);
  lowerCondition(lowering, right, then, otherwise);
}

function oneOfTwo(
  lowering: Lowering,
  test: Expr,
  first: Expr,
  second: Expr,
  then: OpenBlock,
  otherwise: OpenBlock,
): void {
  const [whenTrue, whenFalse] = [lowering.graph.newBlock(), lowering.graph.newBlock()];
  lowerCondition(lowering, test, whenTrue, whenFalse);
  lowering.graph.start(whenTrue);
  lowerCondition(lowering, first, then, otherwise);
  lowering.graph.start(whenFalse);
  lowerCondition(lowering, second, then, otherwise);
}
