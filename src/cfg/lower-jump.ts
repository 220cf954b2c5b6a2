/**
 * Jumps and labels. A computed goto may lead to any label of the function.
 */
import type { Stmt } from "../syntax/ast.js";
import type { Span } from "../text/source-file.js";
import type { OpenBlock } from "./graph-builder.js";
import { leaveScopes } from "./lower-statement.js";
import type { Lowering } from "./lowering.js";
import { OPAQUE } from "./make-value.js";

/** Scopes that stay open at a jump forward: a label that was not met yet is taken to stand there. */
const OUTERMOST = 2;

/** To be called once at the end, when all labels are known. */
export function placeLabels(lowering: Lowering, end: Span): void {
  for (const { block, span } of lowering.computedGotos) {
    lowering.graph.start(block);
    branchToAny(lowering, [...lowering.labels.values()], span);
    lowering.graph.stop(end);
  }
}

/** A label placed twice is an error in C; it starts anew. */
export function lowerLabel(lowering: Lowering, statement: Extract<Stmt, { kind: "label" }>): void {
  const { name, span } = statement;
  if (lowering.placedLabels.has(lowering.label(name))) lowering.labels.delete(name);
  const block = lowering.label(name);
  lowering.placedLabels.add(block);
  lowering.labelDepths.set(name, lowering.scopes.depth);
  lowering.graph.enter(block, span);
}

export function lowerGoto(lowering: Lowering, statement: Extract<Stmt, { kind: "goto" }>): void {
  const { graph } = lowering;
  if (statement.name !== null) {
    leaveScopes(lowering, lowering.labelDepths.get(statement.name) ?? OUTERMOST);
    return graph.goto(lowering.label(statement.name), statement.span);
  }
  lowering.computedGotos.push({ block: graph.current, span: statement.span });
  graph.start(graph.newBlock());
}

/** Outputs and clobbers of asm are not in the syntax tree: nothing is forgotten. */
export function lowerAsm(lowering: Lowering, statement: Extract<Stmt, { kind: "asm" }>): void {
  const labels = statement.labels.map((name) => lowering.label(name));
  branchToAny(lowering, labels, statement.span);
}

export function lowerBreak(lowering: Lowering, statement: Stmt): void {
  const { breakTo, breakDepth } = lowering.surroundings;
  leave(lowering, breakTo, breakDepth, statement.span);
}

export function lowerContinue(lowering: Lowering, statement: Stmt): void {
  const { continueTo, continueDepth } = lowering.surroundings;
  leave(lowering, continueTo, continueDepth, statement.span);
}

/** Outside of a loop there is nothing to leave; the code is broken and the path ends. */
function leave(lowering: Lowering, to: OpenBlock | null, depth: number, span: Span): void {
  if (to === null) return lowering.graph.stop(span);
  leaveScopes(lowering, depth);
  lowering.graph.goto(to, span);
}

function branchToAny(lowering: Lowering, blocks: readonly OpenBlock[], span: Span): void {
  for (const block of blocks) {
    const next = lowering.graph.newBlock();
    lowering.graph.branch(OPAQUE, block, next, span);
    lowering.graph.start(next);
  }
}
