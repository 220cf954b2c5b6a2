/**
 * Where in a function's statements something stands, and how text is put before or after a
 * statement so that the result is C: a statement that is the body of another one gets braces.
 */
import type { KernelProcedure } from "../../analyze/kernel-procedure.js";
import type { Expr, Stmt } from "../../syntax/ast.js";
import type { Span } from "../../text/source-file.js";
import { type Edit, insertion } from "./edit.js";

/** A statement on the way from the function's body to the innermost one around a place. */
export interface Step {
  readonly statement: Stmt;
  /** The statements it stands among; null when it is the whole body of the step before. */
  readonly list: readonly Stmt[] | null;
  /** The part of an `if` before it in which it stands. */
  readonly branch: "then" | "otherwise" | null;
}

/** Outermost statement first; empty when the span is in none. Spans are of the prepared text. */
export function pathTo(body: readonly Stmt[], span: Span): Step[] {
  const steps: Step[] = [];
  let inside: Step[] = inList(body);
  for (;;) {
    const step = inside.find(({ statement }) => contains(statement.span, span));
    if (step === undefined) return steps;
    steps.push(step);
    inside = partsOf(step.statement);
  }
}

/** Text put before the innermost statement; null where that cannot be said. */
export function before(
  procedure: KernelProcedure,
  path: readonly Step[],
  text: string,
): Edit[] | null {
  const step = path.at(-1);
  if (step === undefined || !isWhole(procedure, step.statement)) return null;
  const { start, end } = procedure.syntax.origin(step.statement.span);
  if (step.list !== null) return [insertion(start, `${text} `)];
  return [insertion(start, `{ ${text} `), insertion(end, " }")];
}

/** Text put after the innermost statement; null where control never gets there. */
export function after(
  procedure: KernelProcedure,
  path: readonly Step[],
  text: string,
): Edit[] | null {
  const step = path.at(-1);
  if (step === undefined || !isWhole(procedure, step.statement)) return null;
  if (["return", "goto", "break", "continue"].includes(step.statement.kind)) return null;
  const { start, end } = procedure.syntax.origin(step.statement.span);
  if (step.list !== null) return [insertion(end, ` ${text}`)];
  return [insertion(start, "{ "), insertion(end, ` ${text} }`)];
}

export function isLoop({ kind }: Stmt): boolean {
  return kind === "while" || kind === "do" || kind === "for" || kind === "each";
}

/** Statements in order, with everything inside them. */
export function* allStatements(body: readonly Stmt[]): Generator<Stmt> {
  for (const statement of body) {
    yield statement;
    yield* allStatements(partsOf(statement).map((step) => step.statement));
  }
}

/** The expressions that belong to a statement itself, not to statements inside it. */
export function expressionsOf(statement: Stmt): Expr[] {
  switch (statement.kind) {
    case "declaration":
      return statement.init === null ? [] : [statement.init];
    case "expression":
      return [statement.expr];
    case "if":
    case "while":
    case "do":
      return [statement.test];
    case "for":
      return [statement.test, statement.update].filter((one) => one !== null);
    case "each":
      return [statement.head];
    case "switch":
      return [statement.value];
    case "return":
      return statement.value === null ? [] : [statement.value];
    default:
      return [];
  }
}

function inList(list: readonly Stmt[], branch: Step["branch"] = null): Step[] {
  return list.map((statement) => ({ statement, list, branch }));
}

function partsOf(statement: Stmt): Step[] {
  const alone = (part: Stmt, branch: Step["branch"] = null) => ({
    statement: part,
    list: null,
    branch,
  });
  switch (statement.kind) {
    case "block":
      return inList(statement.body);
    case "if":
      return [
        alone(statement.then, "then"),
        ...(statement.otherwise === null ? [] : [alone(statement.otherwise, "otherwise")]),
      ];
    case "while":
    case "do":
    case "each":
    case "switch":
      return [alone(statement.body)];
    case "for":
      return [...inList(statement.init), alone(statement.body)];
    case "config":
      return [...inList(statement.then), ...inList(statement.otherwise)];
    default:
      return [];
  }
}

/** Not one of several declarators, and not made by a macro that makes more than it. */
function isWhole(procedure: KernelProcedure, statement: Stmt): boolean {
  const { start, end } = procedure.syntax.origin(statement.span);
  return /[;}]$/.test(procedure.syntax.file.text.slice(start, end));
}

function contains(outer: Span, inner: Span): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
