/**
 * `switch`: a chain of comparisons in the order of the cases, each leading into the body;
 * the body falls through from case to case. Cases may stand in inner blocks.
 */
import type { Expr, Stmt } from "../syntax/ast.js";
import type { Span } from "../text/source-file.js";
import type { Value } from "./cfg.js";
import { configCondition } from "./config-condition.js";
import type { OpenBlock } from "./graph-builder.js";
import { lowerStatement } from "./lower-statement.js";
import { lowerValue } from "./lower-value.js";
import type { Case, Lowering } from "./lowering.js";
import { binary, isTemporary } from "./make-value.js";

export function lowerSwitch(
  lowering: Lowering,
  statement: Extract<Stmt, { kind: "switch" }>,
): void {
  const { graph } = lowering;
  const value = switchValue(lowering, statement.value);
  const dispatch = graph.current;
  const after = graph.newBlock();
  const cases: Case[] = [];
  graph.start(graph.newBlock());
  lowering.within({ breakTo: after, cases, guards: [] }, () =>
    lowerStatement(lowering, statement.body),
  );
  graph.goto(after, statement.span);
  graph.start(dispatch);
  for (const entry of cases) if (entry.value !== null) lowerTest(lowering, value, entry);
  for (const entry of cases) if (entry.value === null) lowerTest(lowering, value, entry);
  graph.enter(after, statement.span);
}

export function lowerCase(lowering: Lowering, statement: Extract<Stmt, { kind: "case" }>): void {
  const { graph, surroundings } = lowering;
  const block = graph.newBlock();
  graph.enter(block, statement.span);
  const { value, upper, span } = statement;
  surroundings.cases?.push({ value, upper, block, guards: surroundings.guards, span });
}

function switchValue(lowering: Lowering, expr: Expr): Value {
  const value = lowerValue(lowering, expr);
  const isFixed = value.kind === "int" || (value.kind === "read" && isTemporary(value.place));
  return isFixed ? value : lowering.keep(value, expr.span);
}

/** Goes to the case's block if it is the one; else continues in a new block. */
function lowerTest(lowering: Lowering, value: Value, entry: Case): void {
  const { graph } = lowering;
  const next = graph.newBlock();
  for (const { symbol, holds } of entry.guards) {
    const inside = graph.newBlock();
    graph.branch(configCondition(symbol), holds ? inside : next, holds ? next : inside, entry.span);
    graph.start(inside);
  }
  if (entry.value === null) {
    graph.goto(entry.block, entry.span);
  } else if (entry.upper === null) {
    compare(
      lowering,
      binary("==", value, lowerValue(lowering, entry.value)),
      entry.value.span,
      entry.block,
      next,
    );
  } else {
    const below = graph.newBlock();
    compare(
      lowering,
      binary(">=", value, lowerValue(lowering, entry.value)),
      entry.value.span,
      below,
      next,
    );
    graph.start(below);
    compare(
      lowering,
      binary("<=", value, lowerValue(lowering, entry.upper)),
      entry.upper.span,
      entry.block,
      next,
    );
  }
  graph.start(next);
}

function compare(
  lowering: Lowering,
  test: Value,
  span: Span,
  then: OpenBlock,
  otherwise: OpenBlock,
): void {
  lowering.graph.branch(test, then, otherwise, span);
}
