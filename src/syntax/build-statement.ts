/**
 * Statements: from tree-sitter's nodes to `Stmt`. Labels and cases become statements of their
 * own before what they label, as C's grammar of jumps has it, whatever the tree's nesting.
 */
import type { Span } from "../text/source-file.js";
import type { Expr, Stmt } from "./ast.js";
import { type BuildContext, child, namedChildren, spanOf } from "./build-context.js";
import { buildDeclaration } from "./build-declaration.js";
import { buildExpr } from "./build-expression.js";
import { parseCondition, plainText } from "./conditions.js";
import { ASM, COMPUTED, EACH, LEAVE, RANGE, SCOPE } from "./encoding.js";
import type { TreeNode } from "./tree.js";

/** The statements inside a `{ … }` node. */
export function buildStatements(node: TreeNode, context: BuildContext): Stmt[] {
  return context.deeper<Stmt[]>(
    node,
    () => namedChildren(node).flatMap((inner) => build(inner, context)),
    () => [],
  );
}

/** Exactly one statement: a block when the node makes several, empty when it makes none. */
function single(node: TreeNode | undefined, context: BuildContext): Stmt {
  if (node === undefined) return { kind: "empty", span: { start: 0, end: 0 } };
  const built = context.deeper<Stmt[]>(
    node,
    () => build(node, context),
    () => [],
  );
  if (built.length === 1) return built[0] as Stmt;
  return built.length === 0
    ? { kind: "empty", span: spanOf(node) }
    : { kind: "block", body: built, span: spanOf(node) };
}

function build(node: TreeNode, context: BuildContext): Stmt[] {
  const span = spanOf(node);
  const expr = (field: string): Expr => buildExpr(child(node, field), context);
  switch (node.type) {
    case "compound_statement":
      return [{ kind: "block", body: buildStatements(node, context), span }];
    case "declaration":
      return buildDeclaration(node, context, (value) => buildExpr(value, context));
    case "expression_statement":
      return [expressionStatement(node, context)];
    case "if_statement": {
      const otherwise = child(node, "alternative");
      const elseBody = otherwise?.type === "else_clause" ? namedChildren(otherwise)[0] : otherwise;
      return [
        {
          kind: "if",
          test: expr("condition"),
          then: single(child(node, "consequence"), context),
          otherwise: otherwise ? single(elseBody, context) : null,
          span,
        },
      ];
    }
    case "while_statement":
      return [whileStatement(node, context)];
    case "do_statement":
      return [
        { kind: "do", body: single(child(node, "body"), context), test: expr("condition"), span },
      ];
    case "for_statement":
      return [forStatement(node, context)];
    case "switch_statement":
      return [
        {
          kind: "switch",
          value: expr("condition"),
          body: single(child(node, "body"), context),
          span,
        },
      ];
    case "case_statement":
      return caseStatement(node, context);
    case "labeled_statement": {
      const label = child(node, "label");
      const name = label ? context.textOf(label) : "";
      const rest = namedChildren(node).filter((inner) => inner !== label);
      return [
        { kind: "label", name, span: label ? spanOf(label) : span },
        ...rest.flatMap((inner) => nested(inner, context)),
      ];
    }
    case "goto_statement": {
      const label = child(node, "label");
      const name = label ? context.textOf(label) : COMPUTED;
      return [{ kind: "goto", name: name === COMPUTED ? null : name, span }];
    }
    case "break_statement":
      return [{ kind: "break", span }];
    case "continue_statement":
      return [{ kind: "continue", span }];
    case "return_statement": {
      const value = namedChildren(node)[0];
      return [{ kind: "return", value: value ? buildExpr(value, context) : null, span }];
    }
    case "attributed_statement":
      return namedChildren(node).flatMap((inner) => nested(inner, context));
    case "preproc_ifdef":
    case "preproc_if":
      return configStatement(node, context);
    default:
      // Type definitions, nested functions, other preprocessor lines: nothing is executed.
      return [];
  }
}

function nested(node: TreeNode, context: BuildContext): Stmt[] {
  return context.deeper<Stmt[]>(
    node,
    () => build(node, context),
    () => [],
  );
}

function expressionStatement(node: TreeNode, context: BuildContext): Stmt {
  const span = spanOf(node);
  const inner = namedChildren(node)[0];
  if (inner === undefined) return { kind: "empty", span };
  if (inner.type === "gnu_asm_expression") return { kind: "asm", labels: [], span };
  const name = calledName(inner, context);
  if (name === ASM)
    return { kind: "asm", labels: argumentsOf(inner).map((label) => context.textOf(label)), span };
  if (name === LEAVE) return cleanup(argumentsOf(inner)[0], context, span);
  if (!context.dialect.ignoredStatements.has(name))
    return { kind: "expression", expr: buildExpr(inner, context), span };
  if (!context.dialect.transparent.has(name)) return { kind: "empty", span };
  const value = buildExpr(inner, context);
  return hasEffect(value) ? { kind: "expression", expr: value, span } : { kind: "empty", span };
}

function cleanup(node: TreeNode | undefined, context: BuildContext, span: Span): Stmt {
  return { kind: "cleanup", body: insideOf(buildExpr(node, context)), span };
}

function insideOf(expr: Expr): readonly Stmt[] {
  return expr.kind === "statement-expression" ? expr.body : [];
}

/** The name of a call's function, or of a lone name; "" for anything else. */
function calledName(node: TreeNode, context: BuildContext): string {
  const callee = node.type === "call_expression" ? child(node, "function") : node;
  return callee?.type === "identifier" ? context.textOf(callee) : "";
}

function argumentsOf(node: TreeNode): readonly TreeNode[] {
  const list = child(node, "arguments");
  return list ? namedChildren(list) : [];
}

function hasEffect(expr: Expr): boolean {
  switch (expr.kind) {
    case "call":
    case "assign":
    case "update":
    case "statement-expression":
      return true;
    case "member":
      return hasEffect(expr.base);
    case "index":
    case "comma":
    case "binary": {
      const [left, right] =
        expr.kind === "index" ? [expr.base, expr.index] : [expr.left, expr.right];
      return hasEffect(left) || hasEffect(right);
    }
    case "unary":
    case "deref":
    case "address":
    case "cast":
      return hasEffect(expr.operand);
    case "conditional":
      return (
        hasEffect(expr.test) ||
        (expr.then !== null && hasEffect(expr.then)) ||
        hasEffect(expr.otherwise)
      );
    case "initializer":
      return expr.entries.some((entry) => hasEffect(entry.value));
    case "unknown":
      return expr.parts.some(hasEffect);
    default:
      return false;
  }
}

function whileStatement(node: TreeNode, context: BuildContext): Stmt {
  const span = spanOf(node);
  const condition = child(node, "condition");
  const call = condition ? namedChildren(condition)[0] : undefined;
  const encoding = call ? calledName(call, context) : "";
  if (call === undefined || (encoding !== EACH && encoding !== SCOPE)) {
    return {
      kind: "while",
      test: buildExpr(condition, context),
      body: single(child(node, "body"), context),
      span,
    };
  }
  const [first, leave] = argumentsOf(call);
  const head = buildExpr(first, context);
  const body = single(child(node, "body"), context);
  if (encoding === EACH) return { kind: "each", head, body, span };
  // As in the kernel's own definition, a `break` inside leaves the scope.
  const never: Expr = { kind: "number", value: 0, span: head.span };
  return {
    kind: "block",
    body: [
      ...(leave === undefined
        ? [{ kind: "expression" as const, expr: head, span: head.span }]
        : [...insideOf(head), cleanup(leave, context, head.span)]),
      { kind: "do", body, test: never, span },
    ],
    span,
  };
}

function forStatement(node: TreeNode, context: BuildContext): Stmt {
  const initializer = child(node, "initializer");
  const test = child(node, "condition");
  const update = child(node, "update");
  let init: readonly Stmt[] = [];
  if (initializer?.type === "declaration") init = nested(initializer, context);
  else if (initializer)
    init = [
      { kind: "expression", expr: buildExpr(initializer, context), span: spanOf(initializer) },
    ];
  return {
    kind: "for",
    init,
    test: test ? buildExpr(test, context) : null,
    update: update ? buildExpr(update, context) : null,
    body: single(child(node, "body"), context),
    span: spanOf(node),
  };
}

function caseStatement(node: TreeNode, context: BuildContext): Stmt[] {
  const value = child(node, "value");
  const rest = namedChildren(node).filter((inner) => inner !== value);
  const span = { start: node.start, end: value?.end ?? node.start };
  const isRange = value !== undefined && calledName(value, context) === RANGE;
  const [lower, upper] = isRange ? argumentsOf(value) : [value, undefined];
  const head: Stmt = {
    kind: "case",
    value: lower ? buildExpr(lower, context) : null,
    upper: upper ? buildExpr(upper, context) : null,
    span,
  };
  return [head, ...rest.flatMap((inner) => nested(inner, context))];
}

/** `#ifdef X … #elif … #else … #endif`; also called for the `#elif`s inside. */
function configStatement(node: TreeNode, context: BuildContext): Stmt[] {
  const asked = child(node, "name") ?? child(node, "condition");
  const alternative = child(node, "alternative");
  const keyword = node.children[0]?.type.replace("#", "").trim() ?? "if";
  const parts = namedChildren(node).filter((inner) => inner !== asked && inner !== alternative);
  const body = parts.flatMap((inner) => nested(inner, context));
  const otherwise = alternative ? branchStatements(alternative, context) : [];
  const condition = asked ? parseCondition(keyword, plainText(context.textOf(asked))) : true;
  if (typeof condition === "boolean") return condition ? body : otherwise;
  const [then, rest] = condition.holds ? [body, otherwise] : [otherwise, body];
  const span = spanOf(node);
  const line = { start: span.start, end: asked?.end ?? span.end };
  return [{ kind: "config", symbol: condition.symbol, asked: line, then, otherwise: rest, span }];
}

function branchStatements(node: TreeNode, context: BuildContext): Stmt[] {
  if (node.type === "preproc_else")
    return namedChildren(node).flatMap((inner) => nested(inner, context));
  return context.deeper<Stmt[]>(
    node,
    () => configStatement(node, context),
    () => [],
  );
}
