/**
 * Loops: the block that is entered again on each turn, its body, and what comes after.
 */
import type { Expr, Stmt } from "../syntax/ast.js";
import { lowerCondition } from "./lower-condition.js";
import { lowerEffects } from "./lower-effects.js";
import { lowerScoped, lowerStatements } from "./lower-statement.js";
import { type Lowering, variable } from "./lowering.js";
import { OPAQUE } from "./make-value.js";
import type { Variable } from "./scopes.js";

export function lowerWhile(lowering: Lowering, loop: Extract<Stmt, { kind: "while" }>): void {
  const { graph } = lowering;
  const [head, body, after] = [graph.newBlock(), graph.newBlock(), graph.newBlock()];
  graph.enter(head, loop.span);
  lowerCondition(lowering, loop.test, body, after);
  graph.start(body);
  lowering.within({ breakTo: after, continueTo: head }, () => lowerScoped(lowering, [loop.body]));
  graph.goto(head, loop.span);
  graph.start(after);
}

export function lowerDo(lowering: Lowering, loop: Extract<Stmt, { kind: "do" }>): void {
  const { graph } = lowering;
  const [body, test, after] = [graph.newBlock(), graph.newBlock(), graph.newBlock()];
  graph.enter(body, loop.span);
  lowering.within({ breakTo: after, continueTo: test }, () => lowerScoped(lowering, [loop.body]));
  graph.enter(test, loop.span);
  lowerCondition(lowering, loop.test, body, after);
  graph.start(after);
}

export function lowerFor(lowering: Lowering, loop: Extract<Stmt, { kind: "for" }>): void {
  const { graph } = lowering;
  const [head, body, update, after] = [
    graph.newBlock(),
    graph.newBlock(),
    graph.newBlock(),
    graph.newBlock(),
  ];
  lowering.scopes.open();
  lowerStatements(lowering, loop.init);
  graph.enter(head, loop.span);
  if (loop.test === null) graph.goto(body, loop.span);
  else lowerCondition(lowering, loop.test, body, after);
  graph.start(body);
  lowering.within({ breakTo: after, continueTo: update }, () => lowerScoped(lowering, [loop.body]));
  graph.enter(update, loop.span);
  if (loop.update !== null) lowerEffects(lowering, loop.update);
  graph.goto(head, loop.span);
  lowering.scopes.close();
  graph.start(after);
}

/**
 * A for-each macro of unknown definition: on each turn the variables among its arguments may
 * have changed. Left alone are structs (iterators and containers, of which the macro takes
 * the address) and parameters that are no pointers (bounds: `end` of a range), so that what
 * is known of those stays known; a parameter used as a loop's counter is missed.
 */
export function lowerEach(lowering: Lowering, loop: Extract<Stmt, { kind: "each" }>): void {
  const { graph } = lowering;
  const [head, body, after] = [graph.newBlock(), graph.newBlock(), graph.newBlock()];
  const args = loop.head.kind === "call" ? loop.head.args : [loop.head];
  for (const arg of args) lowerEffects(lowering, arg);
  graph.enter(head, loop.head.span);
  for (const arg of args) forgetVariable(lowering, arg);
  graph.branch(OPAQUE, body, after, loop.head.span);
  graph.start(body);
  lowering.within({ breakTo: after, continueTo: head }, () => lowerScoped(lowering, [loop.body]));
  graph.goto(head, loop.span);
  graph.start(after);
}

function forgetVariable(lowering: Lowering, arg: Expr): void {
  const local = arg.kind === "name" ? lowering.scopes.find(arg.name) : undefined;
  if (local === undefined || !isCursor(local)) return;
  lowering.graph.emit({ op: "forget", target: variable(local.name), span: arg.span });
}

function isCursor(local: Variable): boolean {
  if (local.array) return false;
  return (
    local.pointers > 0 || (local.storage !== "parameter" && !/\b(struct|union)\b/.test(local.type))
  );
}
