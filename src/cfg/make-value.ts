/**
 * Values and places built in their one normal form: `*&x` is `x`, `&*p` is `p`, constants
 * are computed. Comparing two places for equality is then comparing their parts.
 */
import type { Place, Value } from "./cfg.js";

export const OPAQUE: Value = { kind: "opaque" };

export function int(value: number): Value {
  return { kind: "int", value };
}

export function read(place: Place): Value {
  return { kind: "read", place };
}

export function addressOf(place: Place): Value {
  if (place.base.kind === "pointee" && place.path.length === 0) return place.base.pointer;
  return { kind: "address", place };
}

/** A temporary keeps its value from one evaluation to the next. */
export function isTemporary(place: Place): boolean {
  return place.base.kind === "variable" && place.base.name.startsWith("%");
}

/** What a pointer points to. */
export function pointee(pointer: Value): Place {
  if (pointer.kind === "address") return pointer.place;
  return { base: { kind: "pointee", pointer }, path: [] };
}

export function member(place: Place, field: string): Place {
  return { base: place.base, path: [...place.path, field] };
}

/** An index: a constant, the variable that holds it, or null when it is neither. */
export type Index = number | string | null;

/** Variables whose values a place's indices are. */
export function indexVariables({ path }: Place): string[] {
  return path.flatMap((step) => (/^\[[^?\d]/.test(step) ? [step.slice(1, -1)] : []));
}

/** `array[index]`. */
export function element(array: Place, index: Index): Place {
  return member(array, index === null ? "[?]" : `[${index}]`);
}

/** `pointer[index]`: element 0 is what `*pointer` is; from `&a[2]`, element 1 is `a[3]`. */
export function elementAt(pointer: Value, index: Index): Place {
  if (index === 0) return pointee(pointer);
  const target = pointee(pointer);
  const last = target.path.at(-1);
  if (pointer.kind !== "address" || last === undefined || !last.startsWith("["))
    return element(target, index);
  const array = { base: target.base, path: target.path.slice(0, -1) };
  const from = /^\[\d+\]$/.test(last) ? Number(last.slice(1, -1)) : null;
  if (from === 0) return element(array, index);
  return element(array, from === null || typeof index !== "number" ? null : from + index);
}

export function unary(op: "!" | "-" | "~", operand: Value): Value {
  if (operand.kind === "int" && op === "!") return int(operand.value === 0 ? 1 : 0);
  if (operand.kind === "int" && op === "-") return int(0 - operand.value);
  return { kind: "unary", op, operand };
}

export function binary(op: string, left: Value, right: Value): Value {
  if (left.kind === "int" && right.kind === "int") {
    const value = compute(op, left.value, right.value);
    if (value !== null) return int(value);
  }
  return { kind: "binary", op, left, right };
}

/** Null where the result depends on C's integer types (too large, or unsigned wrap-around). */
function compute(op: string, left: number, right: number): number | null {
  switch (op) {
    case "==":
      return left === right ? 1 : 0;
    case "!=":
      return left !== right ? 1 : 0;
    case "<":
      return left < right ? 1 : 0;
    case "<=":
      return left <= right ? 1 : 0;
    case ">":
      return left > right ? 1 : 0;
    case ">=":
      return left >= right ? 1 : 0;
    case "+":
      return small(left + right);
    case "-":
      return small(left - right);
    case "*":
      return small(left * right);
    case "&":
      return bits(left, right, left & right);
    case "|":
      return bits(left, right, left | right);
    case "^":
      return bits(left, right, left ^ right);
    case "<<":
      return bits(left, right, left * 2 ** right);
    case ">>":
      return bits(left, right, Math.floor(left / 2 ** right));
    default:
      return null;
  }
}

function small(value: number): number | null {
  return Math.abs(value) < 2 ** 31 ? value : null;
}

function bits(left: number, right: number, value: number): number | null {
  return left >= 0 && right >= 0 && left < 2 ** 31 && right < 2 ** 31 ? small(value) : null;
}
