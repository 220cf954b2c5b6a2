/**
 * Expressions whose value is wanted: side effects become instructions, what remains is a
 * `Value`. Casts are transparent, so a value cut short by one is taken for the whole value.
 */
import type { Expr } from "../syntax/ast.js";
import type { Value } from "./cfg.js";
import { constantName } from "./constant-name.js";
import { lowerAssign, lowerUpdate } from "./lower-assign.js";
import { lowerCall } from "./lower-call.js";
import { isShortCircuit, lowerCondition, lowerTruth } from "./lower-condition.js";
import { lowerEffects } from "./lower-effects.js";
import { lowerCompoundLiteral } from "./lower-initializer.js";
import { lowerPlace } from "./lower-place.js";
import { lowerStatementExpression } from "./lower-statement-expression.js";
import { type Lowering, variable } from "./lowering.js";
import { addressOf, binary, element, int, OPAQUE, read, unary } from "./make-value.js";
import { settle } from "./settle.js";

export function lowerValue(lowering: Lowering, expr: Expr): Value {
  return lowering.nested(expr.span, OPAQUE, () => evaluate(lowering, expr));
}

/** The values of several operands, evaluated left to right. */
export function lowerOperands(lowering: Lowering, operands: readonly Expr[]): Value[] {
  return operands.map((operand, index) => {
    const value = lowerValue(lowering, operand);
    return settle(lowering, value, operand.span, operands.slice(index + 1));
  });
}

function evaluate(lowering: Lowering, expr: Expr): Value {
  switch (expr.kind) {
    case "name":
      return nameValue(lowering, expr.name);
    case "number":
      return expr.value === null ? OPAQUE : int(expr.value);
    case "member":
    case "index":
    case "deref":
      return read(lowerPlace(lowering, expr));
    case "unary":
      return unaryValue(lowering, expr);
    case "address":
      return addressOf(lowerPlace(lowering, expr.operand));
    case "update":
      return lowerUpdate(lowering, expr);
    case "binary":
      return binaryValue(lowering, expr);
    case "assign":
      return read(lowerAssign(lowering, expr));
    case "conditional":
      return conditionalValue(lowering, expr);
    case "call":
      return lowerCall(lowering, expr);
    case "comma":
      lowerEffects(lowering, expr.left);
      return lowerValue(lowering, expr.right);
    case "cast":
      return lowerValue(lowering, expr.operand);
    case "initializer":
      return lowerCompoundLiteral(lowering, expr);
    case "statement-expression":
      return statementExpressionValue(lowering, expr);
    case "string":
    case "constant":
      return OPAQUE;
    case "unknown":
      for (const part of expr.parts) lowerEffects(lowering, part);
      return OPAQUE;
  }
}

/** An array's name is the address of its first element. */
function nameValue(lowering: Lowering, name: string): Value {
  const local = lowering.scopes.find(name);
  if (local === undefined) return constantName(name) ?? read(variable(name));
  const place = variable(local.name);
  return local.array ? addressOf(element(place, 0)) : read(place);
}

function unaryValue(lowering: Lowering, expr: Extract<Expr, { kind: "unary" }>): Value {
  if (isShortCircuit(expr)) return lowerTruth(lowering, expr);
  const operand = lowerValue(lowering, expr.operand);
  return expr.op === "+" ? operand : unary(expr.op, operand);
}

function binaryValue(lowering: Lowering, expr: Extract<Expr, { kind: "binary" }>): Value {
  if (isShortCircuit(expr)) return lowerTruth(lowering, expr);
  const [left = OPAQUE, right = OPAQUE] = lowerOperands(lowering, [expr.left, expr.right]);
  return binary(expr.op, left, right);
}

function conditionalValue(lowering: Lowering, expr: Extract<Expr, { kind: "conditional" }>): Value {
  const { graph } = lowering;
  const result = variable(lowering.scopes.temporary());
  const [then, otherwise, join] = [graph.newBlock(), graph.newBlock(), graph.newBlock()];
  const arm = (value: Value, source: Expr) => {
    graph.emit({ op: "assign", target: result, value, span: source.span });
    graph.goto(join, source.span);
  };
  if (expr.then === null) {
    const test = lowerValue(lowering, expr.test);
    graph.emit({ op: "assign", target: result, value: test, span: expr.test.span });
    graph.branch(test.kind === "int" ? test : read(result), join, otherwise, expr.test.span);
  } else {
    lowerCondition(lowering, expr.test, then, otherwise);
    graph.start(then);
    arm(lowerValue(lowering, expr.then), expr.then);
  }
  graph.start(otherwise);
  arm(lowerValue(lowering, expr.otherwise), expr.otherwise);
  graph.start(join);
  return read(result);
}

/** Kept in a temporary: the variables it reads may start a new life in a later copy. */
function statementExpressionValue(
  lowering: Lowering,
  expr: Extract<Expr, { kind: "statement-expression" }>,
): Value {
  return lowerStatementExpression(lowering, expr.body, (last) => {
    if (last === null) return OPAQUE;
    const value = lowerValue(lowering, last);
    return value.kind === "int" || value.kind === "opaque"
      ? value
      : lowering.keep(value, last.span);
  });
}
