/**
 * Left-to-right evaluation: a value that later operands might change is copied to a temporary
 * first. A value that only reads variables which those operands do not assign stays as it is,
 * which keeps graphs readable.
 *
 * Misses: a local changed through a pointer taken earlier (C leaves the order open there).
 */
import type { Expr } from "../syntax/ast.js";
import type { Span } from "../text/source-file.js";
import type { Place, Value } from "./cfg.js";
import type { Lowering } from "./lowering.js";

export function settle(
  lowering: Lowering,
  value: Value,
  span: Span,
  later: readonly Expr[],
): Value {
  const writes: Writes = { names: new Set(), addresses: new Set(), memory: false };
  for (const expr of later) collect(expr, writes, 0);
  if (writes.names.size === 0 && !writes.memory) return value;
  return isChanged(lowering, value, writes) ? lowering.keep(value, span) : value;
}

interface Writes {
  /** Variables assigned. */
  readonly names: Set<string>;
  /** Variables whose address is taken: a call may change them. */
  readonly addresses: Set<string>;
  /** A call, or an assignment to anything but a variable. */
  memory: boolean;
}

const DEEPEST = 100;

function collect(expr: Expr, writes: Writes, depth: number): void {
  const inside = (part: Expr | null) => {
    if (part !== null) collect(part, writes, depth + 1);
  };
  if (depth > DEEPEST) {
    writes.memory = true;
    return;
  }
  switch (expr.kind) {
    case "name":
    case "number":
    case "string":
    case "constant":
      return;
    case "member":
      return inside(expr.base);
    case "index":
      inside(expr.base);
      return inside(expr.index);
    case "unary":
    case "deref":
    case "cast":
      return inside(expr.operand);
    case "address":
      if (expr.operand.kind === "name") writes.addresses.add(expr.operand.name);
      return inside(expr.operand);
    case "update":
      assigned(expr.operand, writes);
      return inside(expr.operand);
    case "assign":
      assigned(expr.target, writes);
      inside(expr.target);
      return inside(expr.value);
    case "binary":
    case "comma":
      inside(expr.left);
      return inside(expr.right);
    case "conditional":
      inside(expr.test);
      inside(expr.then);
      return inside(expr.otherwise);
    case "call":
      writes.memory = true;
      return expr.args.forEach(inside);
    case "initializer":
      return expr.entries.forEach((entry) => inside(entry.value));
    case "unknown":
      return expr.parts.forEach(inside);
    case "statement-expression":
      writes.memory = true;
      writes.names.add(ANY);
      return;
  }
}

/** Stands for every variable: the statements inside are not looked through. */
const ANY = "*";

function assigned(target: Expr, writes: Writes): void {
  if (target.kind === "name") writes.names.add(target.name);
  else if (target.kind === "member" && !target.arrow) assigned(target.base, writes);
  else writes.memory = true;
}

function isChanged(lowering: Lowering, value: Value, writes: Writes): boolean {
  switch (value.kind) {
    case "read":
      return (
        isPlaceChanged(lowering, value.place, writes) ||
        isAddressChanged(lowering, value.place, writes)
      );
    case "address":
      return isAddressChanged(lowering, value.place, writes);
    case "unary":
      return isChanged(lowering, value.operand, writes);
    case "binary":
      return isChanged(lowering, value.left, writes) || isChanged(lowering, value.right, writes);
    default:
      return false;
  }
}

function isPlaceChanged(lowering: Lowering, place: Place, writes: Writes): boolean {
  if (place.base.kind === "pointee") return writes.memory;
  const { name } = place.base;
  if (name.startsWith("%")) return false;
  if (!lowering.scopes.types.has(name) && writes.memory) return true;
  const source = name.replace(/@\d+$/, "");
  return (
    writes.names.has(ANY) ||
    writes.names.has(source) ||
    (writes.memory && writes.addresses.has(source))
  );
}

function isAddressChanged(lowering: Lowering, place: Place, writes: Writes): boolean {
  return place.base.kind === "pointee" && isChanged(lowering, place.base.pointer, writes);
}
