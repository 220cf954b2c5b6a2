/**
 * Calls, and the macros that look like calls but steer control. Transparent and opaque macros
 * are gone from the syntax tree already.
 */
import type { Expr } from "../syntax/ast.js";
import type { Place, Value } from "./cfg.js";
import { isZero } from "./constant-name.js";
import { lowerCondition } from "./lower-condition.js";
import { lowerEffects } from "./lower-effects.js";
import { lowerOperands, lowerValue } from "./lower-value.js";
import { type Lowering, variable } from "./lowering.js";
import { int, OPAQUE, pointee, read } from "./make-value.js";

type Call = Extract<Expr, { kind: "call" }>;

export function lowerCall(lowering: Lowering, call: Call): Value {
  const name = calledName(lowering, call);
  return (name === null ? null : special(lowering, call, name)) ?? plainCall(lowering, call, name);
}

/** The function or macro called by name; null for a call through a pointer. */
export function calledName(lowering: Lowering, call: Call): string | null {
  let callee = call.callee;
  while (callee.kind === "deref" || callee.kind === "address" || callee.kind === "cast")
    callee = callee.operand;
  if (callee.kind !== "name" || lowering.scopes.find(callee.name) !== undefined) return null;
  return callee.name;
}

function special(lowering: Lowering, call: Call, name: string): Value | null {
  const { dialect } = lowering;
  const first = call.args[0];
  if (name === "memset") return fill(lowering, call);
  if (name === "memcpy" || name === "memmove") return copy(lowering, call);
  if (dialect.stops.has(name)) return stop(lowering, call);
  if (first === undefined) return null;
  if (dialect.stopsIf.has(name)) return stopIf(lowering, first, call);
  if (dialect.lengths.has(name))
    return (first.kind === "name" && lowering.scopes.find(first.name)?.length) || OPAQUE;
  if (dialect.configTests.has(name) && first.kind === "name")
    return { kind: "config", symbol: first.name };
  return null;
}

function plainCall(lowering: Lowering, call: Call, name: string | null): Value {
  if (name === null) lowerEffects(lowering, call.callee);
  const args = lowerOperands(lowering, call.args);
  const result = lowering.scopes.temporary();
  const argSpans = call.args.map((arg) => arg.span);
  lowering.graph.emit({ op: "call", result, callee: name, args, argSpans, span: call.span });
  if (name !== null && lowering.dialect.zeroed.has(name)) zeroTarget(lowering, result, call);
  return read(variable(result));
}

function zeroTarget({ graph }: Lowering, result: string, { span }: Call): void {
  const pointer = read(variable(result));
  const [given, onward] = [graph.newBlock(), graph.newBlock()];
  graph.branch(pointer, given, onward, span);
  graph.start(given);
  graph.emit({ op: "zero", target: pointee(pointer), span });
  graph.enter(onward, span);
}

function stop(lowering: Lowering, call: Call): Value {
  for (const arg of call.args) lowerEffects(lowering, arg);
  lowering.graph.stop(call.span);
  return OPAQUE;
}

function stopIf(lowering: Lowering, condition: Expr, call: Call): Value {
  const { graph } = lowering;
  const [stopping, onward] = [graph.newBlock(), graph.newBlock()];
  lowerCondition(lowering, condition, stopping, onward);
  graph.start(stopping);
  graph.stop(call.span);
  graph.start(onward);
  return int(0);
}

/** Only a fill with zero is known; the length is taken to be all of what the pointer points to. */
function fill(lowering: Lowering, call: Call): Value | null {
  const [destination, byte, ...rest] = call.args;
  if (destination === undefined || byte === undefined) return null;
  const pointer = lowerValue(lowering, destination);
  for (const arg of [byte, ...rest]) lowerEffects(lowering, arg);
  const target = wholeArray(lowering, destination) ?? pointee(pointer);
  lowering.graph.emit({ op: isZero(byte) ? "zero" : "forget", target, span: call.span });
  return pointer;
}

/** `memcpy(&to, &from, sizeof(to))` is `to = from`. */
function copy(lowering: Lowering, call: Call): Value | null {
  const [destination, source, size] = call.args;
  if (destination === undefined || source === undefined || size === undefined) return null;
  const [to = OPAQUE, from = OPAQUE] = lowerOperands(lowering, [destination, source]);
  lowerEffects(lowering, size);
  const target = wholeArray(lowering, destination) ?? pointee(to);
  const value = read(wholeArray(lowering, source) ?? pointee(from));
  if (size.kind === "constant")
    lowering.graph.emit({ op: "assign", target, value, span: call.span });
  else lowering.graph.emit({ op: "forget", target, span: call.span });
  return to;
}

function wholeArray(lowering: Lowering, expr: Expr): Place | null {
  const local = expr.kind === "name" ? lowering.scopes.find(expr.name) : undefined;
  return local?.array ? variable(local.name) : null;
}
