/**
 * Statements. Loops, switches and jumps have files of their own.
 */
import type { Stmt } from "../syntax/ast.js";
import type { Value } from "./cfg.js";
import { configCondition } from "./config-condition.js";
import { lowerCondition } from "./lower-condition.js";
import { lowerEffects } from "./lower-effects.js";
import { lowerInitializer, structLayout } from "./lower-initializer.js";
import { lowerAsm, lowerBreak, lowerContinue, lowerGoto, lowerLabel } from "./lower-jump.js";
import { lowerDo, lowerEach, lowerFor, lowerWhile } from "./lower-loop.js";
import { lowerCase, lowerSwitch } from "./lower-switch.js";
import { lowerValue } from "./lower-value.js";
import { type Lowering, variable } from "./lowering.js";
import { int, read } from "./make-value.js";

export function lowerStatements(lowering: Lowering, body: readonly Stmt[]): void {
  for (const statement of body) lowerStatement(lowering, statement);
}

export function lowerStatement(lowering: Lowering, statement: Stmt): void {
  lowering.nested(statement.span, undefined, () => lowerOne(lowering, statement));
}

/** A body in a scope of its own. */
export function lowerScoped(lowering: Lowering, body: readonly Stmt[]): void {
  lowering.scopes.open();
  lowerStatements(lowering, body);
  leaveScopes(lowering, lowering.scopes.depth - 1);
  lowering.scopes.close();
}

function lowerOne(lowering: Lowering, statement: Stmt): void {
  switch (statement.kind) {
    case "block":
      return lowerScoped(lowering, statement.body);
    case "declaration":
      return lowerDeclaration(lowering, statement);
    case "expression":
      return lowerEffects(lowering, statement.expr);
    case "if":
      return lowerIf(lowering, statement);
    case "while":
      return lowerWhile(lowering, statement);
    case "do":
      return lowerDo(lowering, statement);
    case "for":
      return lowerFor(lowering, statement);
    case "each":
      return lowerEach(lowering, statement);
    case "switch":
      return lowerSwitch(lowering, statement);
    case "case":
      return lowerCase(lowering, statement);
    case "label":
      return lowerLabel(lowering, statement);
    case "goto":
      return lowerGoto(lowering, statement);
    case "break":
      return lowerBreak(lowering, statement);
    case "continue":
      return lowerContinue(lowering, statement);
    case "return":
      return lowerReturn(lowering, statement);
    case "config":
      return lowerConfig(lowering, statement);
    case "cleanup":
      return lowering.scopes.addCleanup(statement.body);
    case "asm":
      return lowerAsm(lowering, statement);
    case "empty":
      return;
  }
}

/** Static locals live as long as the program: they are not declared anew, nor initialised. */
function lowerDeclaration(
  lowering: Lowering,
  statement: Extract<Stmt, { kind: "declaration" }>,
): void {
  const { name: source, pointers, array, isStatic, init, span } = statement;
  if (source === "" || /\b(extern|typedef)\b/.test(statement.type)) return;
  const type = `${statement.type} ${"*".repeat(pointers)}${array ? "[]" : ""}`.trim();
  const { name } = lowering.scopes.declare({
    name: source,
    type,
    pointers,
    array,
    length: array ? lengthOf(statement) : null,
    storage: isStatic ? "static" : "automatic",
  });
  if (isStatic) return;
  const { graph } = lowering;
  const target = variable(name);
  graph.emit({ op: "declare", name, type, span });
  if (init === null) return;
  if (init.kind === "initializer" && (init.type === null || pointers === 0)) {
    lowerInitializer(lowering, target, init, array ? "array" : structLayout(lowering, type));
  } else if (array) {
    lowerEffects(lowering, init);
    graph.emit({ op: "forget", target, span });
  } else {
    graph.emit({ op: "assign", target, value: lowerValue(lowering, init), span });
  }
}

/** As declared, else as many as the initialiser has. */
function lengthOf({ length, init }: Extract<Stmt, { kind: "declaration" }>): Value | null {
  if (length?.kind === "number" && length.value !== null) return int(length.value);
  if (length?.kind === "name") return read(variable(length.name));
  const isPlain =
    length === null &&
    init?.kind === "initializer" &&
    init.entries.every(({ path }) => path.length === 0);
  return isPlain ? int(init.entries.length) : null;
}

/** A chain of `else if` is a loop here, for it may be long. */
function lowerIf(lowering: Lowering, statement: Extract<Stmt, { kind: "if" }>): void {
  const { graph } = lowering;
  const after = graph.newBlock();
  let rest: Stmt | null = statement;
  while (rest?.kind === "if") {
    const [then, otherwise] = [graph.newBlock(), graph.newBlock()];
    lowerCondition(lowering, rest.test, then, otherwise);
    graph.start(then);
    lowerScoped(lowering, [rest.then]);
    graph.goto(after, rest.then.span);
    graph.start(otherwise);
    rest = rest.otherwise;
  }
  if (rest !== null) lowerScoped(lowering, [rest]);
  graph.enter(after, statement.span);
}

function lowerReturn(lowering: Lowering, statement: Extract<Stmt, { kind: "return" }>): void {
  const value = statement.value === null ? null : lowerValue(lowering, statement.value);
  const isKept = value !== null && lowering.scopes.cleanups(0).length > 0;
  const kept = isKept ? lowering.keep(value, statement.span) : value;
  leaveScopes(lowering, 0);
  lowering.graph.return(kept, statement.span);
}

/** What runs when the scopes deeper than `depth` end; they stay open. */
export function leaveScopes(lowering: Lowering, depth: number): void {
  for (const body of lowering.scopes.cleanups(depth)) {
    lowering.scopes.open();
    lowerStatements(lowering, body);
    lowering.scopes.close();
  }
}

/** No scope of its own: what is declared between `#ifdef` and `#endif` is seen after it. */
function lowerConfig(lowering: Lowering, statement: Extract<Stmt, { kind: "config" }>): void {
  const { graph } = lowering;
  const { symbol, asked, span } = statement;
  const [then, otherwise, after] = [graph.newBlock(), graph.newBlock(), graph.newBlock()];
  graph.branch(configCondition(symbol), then, otherwise, asked);
  for (const [block, body, holds] of [
    [then, statement.then, true],
    [otherwise, statement.otherwise, false],
  ] as const) {
    graph.start(block);
    const guards = [...lowering.surroundings.guards, { symbol, holds }];
    lowering.within({ guards }, () => lowerStatements(lowering, body));
    graph.goto(after, span);
  }
  graph.start(after);
}
