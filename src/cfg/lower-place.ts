/**
 * Expressions that stand for storage: variables, members, elements, what a pointer points to.
 *
 * Types are known of declared variables only. `v[i]` is an element of an array variable or of
 * what a pointer variable points to; `m[i]` of a member `m` is taken for an array's element,
 * which is wrong for a member that is a pointer: `m[0]` and `*m` are then two places.
 */
import type { Expr } from "../syntax/ast.js";
import type { Place } from "./cfg.js";
import { pointerDepth } from "./declared-shape.js";
import { lowerEffects } from "./lower-effects.js";
import { lowerValue } from "./lower-value.js";
import { type Lowering, variable } from "./lowering.js";
import { element, elementAt, type Index, member, OPAQUE, pointee } from "./make-value.js";
import { settle } from "./settle.js";

export function lowerPlace(lowering: Lowering, expr: Expr): Place {
  return lowering.nested(expr.span, pointee(OPAQUE), () => placeOf(lowering, expr));
}

function placeOf(lowering: Lowering, expr: Expr): Place {
  switch (expr.kind) {
    case "name":
      return variable(lowering.scopes.find(expr.name)?.name ?? expr.name);
    case "member":
      return member(baseOf(lowering, expr), expr.field);
    case "index":
      return elementPlace(lowering, expr.base, expr.index);
    case "deref":
      return targetOf(lowering, expr.operand);
    case "cast":
      return lowerPlace(lowering, expr.operand);
    case "comma":
      lowerEffects(lowering, expr.left);
      return lowerPlace(lowering, expr.right);
    default:
      return placeOfValue(lowering, expr);
  }
}

function baseOf(lowering: Lowering, expr: Extract<Expr, { kind: "member" }>): Place {
  return expr.arrow ? pointee(lowerValue(lowering, expr.base)) : lowerPlace(lowering, expr.base);
}

/** `*(p + i)` is `p[i]` where p is known to be a pointer. */
function targetOf(lowering: Lowering, operand: Expr): Place {
  if (operand.kind === "binary" && operand.op === "+" && pointerDepth(lowering, operand.left) > 0) {
    return elementPlace(lowering, operand.left, operand.right);
  }
  return pointee(lowerValue(lowering, operand));
}

function elementPlace(lowering: Lowering, base: Expr, index: Expr): Place {
  if (isPointer(lowering, base)) {
    const pointer = settle(lowering, lowerValue(lowering, base), base.span, [index]);
    return elementAt(pointer, indexOf(lowering, index));
  }
  const array = lowerPlace(lowering, base);
  return element(array, indexOf(lowering, index));
}

/** Array variables decay to pointers; members and elements of unknown type are arrays. */
function isPointer(lowering: Lowering, base: Expr): boolean {
  if (base.kind === "member") return false;
  if (base.kind === "index" || base.kind === "deref") return pointerDepth(lowering, base) > 0;
  return true;
}

export function indexOf(lowering: Lowering, index: Expr): Index {
  const value = lowerValue(lowering, index);
  if (value.kind === "int") return value.value;
  const isVariable =
    value.kind === "read" && value.place.base.kind === "variable" && value.place.path.length === 0;
  return isVariable && value.place.base.kind === "variable" ? value.place.base.name : null;
}

/** An expression that is no place itself: where its value is read from, or a temporary. */
function placeOfValue(lowering: Lowering, expr: Expr): Place {
  const value = lowerValue(lowering, expr);
  if (value.kind === "read") return value.place;
  const kept = lowering.keep(value, expr.span);
  return kept.kind === "read" ? kept.place : pointee(OPAQUE);
}
