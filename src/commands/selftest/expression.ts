/** Questions about expressions that need no flow: what is called, written, mentioned. */
import type { Expr, Stmt } from "../../syntax/ast.js";
import { allStatements, expressionsOf } from "./place.js";

export type CallExpr = Extract<Expr, { kind: "call" }>;

/** An expression and everything inside it, outside in. */
export function* allExpressions(expr: Expr): Generator<Expr> {
  yield expr;
  if (expr.kind === "statement-expression") {
    for (const statement of allStatements(expr.body)) {
      for (const one of expressionsOf(statement)) yield* allExpressions(one);
    }
  }
  for (const part of partsOf(expr)) yield* allExpressions(part);
}

/** All expressions of all statements. */
export function* expressionsIn(body: readonly Stmt[]): Generator<Expr> {
  for (const statement of allStatements(body)) {
    for (const expr of expressionsOf(statement)) yield* allExpressions(expr);
  }
}

/** Calls of functions by name. */
export function* callsIn(
  body: readonly Stmt[],
): Generator<{ readonly name: string; readonly call: CallExpr }> {
  for (const expr of expressionsIn(body)) {
    if (expr.kind === "call" && expr.callee.kind === "name")
      yield { name: expr.callee.name, call: expr };
  }
}

/** Evaluating it twice does what evaluating it once does. */
export function isPure(expr: Expr): boolean {
  return [...allExpressions(expr)].every(
    ({ kind }) => !["call", "assign", "update", "statement-expression", "unknown"].includes(kind),
  );
}

/** Whether a variable gets a new value, or its address goes somewhere. */
export function writes(expr: Expr, variable: string): boolean {
  const isIt = (one: Expr) => one.kind === "name" && one.name === variable;
  return [...allExpressions(expr)].some(
    (one) =>
      (one.kind === "assign" && isIt(one.target)) ||
      ((one.kind === "update" || one.kind === "address") && isIt(one.operand)),
  );
}

/** The variable an access begins at: `vp` of `vp->vma`, `&vp`; null for other expressions. */
export function baseVariable(expr: Expr): string | null {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "member":
    case "index":
      return baseVariable(expr.base);
    case "deref":
    case "address":
    case "cast":
      return baseVariable(expr.operand);
    default:
      return null;
  }
}

/** The values an expression may have: both sides of `?:`, the last of a comma. */
export function outcomes(expr: Expr): Expr[] {
  switch (expr.kind) {
    case "conditional":
      return [expr.then ?? expr.test, expr.otherwise].flatMap(outcomes);
    case "comma":
      return outcomes(expr.right);
    case "assign":
      return outcomes(expr.value);
    case "cast":
      return outcomes(expr.operand);
    default:
      return [expr];
  }
}

function partsOf(expr: Expr): readonly Expr[] {
  switch (expr.kind) {
    case "member":
      return [expr.base];
    case "index":
      return [expr.base, expr.index];
    case "unary":
    case "deref":
    case "address":
    case "update":
    case "cast":
      return [expr.operand];
    case "binary":
    case "comma":
      return [expr.left, expr.right];
    case "assign":
      return [expr.target, expr.value];
    case "conditional":
      return [expr.test, ...(expr.then === null ? [] : [expr.then]), expr.otherwise];
    case "call":
      return [expr.callee, ...expr.args];
    case "initializer":
      return expr.entries.map(({ value }) => value);
    case "unknown":
      return expr.parts;
    default:
      return [];
  }
}
