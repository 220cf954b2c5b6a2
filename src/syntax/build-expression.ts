/** Expressions: from tree-sitter's nodes to `Expr`. What the dialect sees through is gone after this. */
import type { Expr, InitializerEntry } from "./ast.js";
import { type BuildContext, child, namedChildren, spanOf } from "./build-context.js";
import { typeText } from "./build-declaration.js";
import { EACH } from "./encoding.js";
import { characterValue, numberValue } from "./number-literal.js";
import type { TreeNode } from "./tree.js";

export function buildExpr(node: TreeNode | undefined, context: BuildContext): Expr {
  if (node === undefined) return { kind: "unknown", parts: [], span: { start: 0, end: 0 } };
  return context.deeper<Expr>(
    node,
    () => build(node, context),
    () => ({ kind: "unknown", parts: [], span: spanOf(node) }),
  );
}

function build(node: TreeNode, context: BuildContext): Expr {
  const span = spanOf(node);
  const part = (field: string): Expr => buildExpr(child(node, field), context);
  switch (node.type) {
    case "identifier":
    case "type_identifier":
    case "field_identifier":
      return { kind: "name", name: context.textOf(node), span };
    case "number_literal":
      return { kind: "number", value: numberValue(context.textOf(node)), span };
    case "char_literal":
      return { kind: "number", value: characterValue(context.textOf(node)), span };
    case "true":
      return { kind: "number", value: 1, span };
    case "false":
    case "null":
      return { kind: "number", value: 0, span };
    case "string_literal":
    case "concatenated_string":
    case "raw_string_literal":
      return { kind: "string", span };
    case "parenthesized_expression":
      return parenthesized(node, context);
    case "extension_expression":
      return buildExpr(namedChildren(node)[0], context);
    case "field_expression": {
      const field = child(node, "field");
      const arrow = node.children.some((token) => token.type === "->");
      return {
        kind: "member",
        base: part("argument"),
        field: field ? context.textOf(field) : "",
        arrow,
        span,
      };
    }
    case "subscript_expression":
      return { kind: "index", base: part("argument"), index: part("index"), span };
    case "unary_expression":
      return { kind: "unary", op: operator(node) as "!", operand: part("argument"), span };
    case "pointer_expression":
      return {
        kind: operator(node) === "&" ? "address" : "deref",
        operand: part("argument"),
        span,
      };
    case "update_expression": {
      const prefix = node.children[0]?.field === "operator";
      return {
        kind: "update",
        op: operator(node) as "++",
        prefix,
        operand: part("argument"),
        span,
      };
    }
    case "binary_expression":
      return (
        castOfOperator(node, context) ?? {
          kind: "binary",
          op: operator(node),
          left: part("left"),
          right: part("right"),
          span,
        }
      );
    case "assignment_expression":
      return {
        kind: "assign",
        op: operator(node),
        target: part("left"),
        value: part("right"),
        span,
      };
    case "conditional_expression": {
      const then = child(node, "consequence");
      return {
        kind: "conditional",
        test: part("condition"),
        then: then ? buildExpr(then, context) : null,
        otherwise: part("alternative"),
        span,
      };
    }
    case "comma_expression":
      return { kind: "comma", left: part("left"), right: part("right"), span };
    case "call_expression":
      return call(node, context);
    case "cast_expression":
      return cast(node, context);
    case "sizeof_expression":
    case "alignof_expression":
    case "offsetof_expression":
      return { kind: "constant", span };
    case "compound_literal_expression": {
      const type = child(node, "type");
      return {
        kind: "initializer",
        type: type ? typeText(type, context) : null,
        entries: entries(child(node, "value"), context),
        span,
      };
    }
    case "initializer_list":
      return { kind: "initializer", type: null, entries: entries(node, context), span };
    case "compound_statement":
      return { kind: "statement-expression", body: context.statementsOf(node, context), span };
    default:
      return { kind: "unknown", parts: [], span };
  }
}

function operator(node: TreeNode): string {
  return child(node, "operator")?.type ?? "";
}

function parenthesized(node: TreeNode, context: BuildContext): Expr {
  const inner = namedChildren(node)[0];
  const built = buildExpr(inner, context);
  // `({ … })` spans its parentheses, as other calls of macros do.
  return built.kind === "statement-expression" ? { ...built, span: spanOf(node) } : built;
}

function call(node: TreeNode, context: BuildContext): Expr {
  const span = spanOf(node);
  const callee = child(node, "function");
  const list = child(node, "arguments");
  const args = list ? namedChildren(list).map((argument) => buildExpr(argument, context)) : [];
  const castType = args.length === 1 ? parenthesizedType(callee, context) : null;
  if (castType !== null) return { kind: "cast", type: castType, operand: args[0] as Expr, span };
  const target = buildExpr(callee, context);
  if (target.kind === "name") {
    const { dialect } = context;
    // `do … } each(head);`: the head is a call like any other.
    if (target.name === EACH && args[0]) return args[0];
    if (dialect.transparent.has(target.name) && args[0]) return args[0];
    if (dialect.opaqueValues.has(target.name)) return { kind: "unknown", parts: args, span };
  }
  return { kind: "call", callee: target, args, span };
}

/** `(pgoff_t)(x)`, which the grammar takes for a call. */
function parenthesizedType(callee: TreeNode | undefined, context: BuildContext): string | null {
  if (callee?.type !== "parenthesized_expression") return null;
  const inner = namedChildren(callee)[0];
  if (inner?.type !== "identifier") return null;
  const name = context.textOf(inner);
  return !context.variables.has(name) && /_t$|^(?:__)?[usb]e?(?:8|16|32|64)$/.test(name)
    ? name
    : null;
}

const UNARY: Readonly<Record<string, (operand: Expr) => Expr>> = {
  "&": (operand) => ({ kind: "address", operand, span: operand.span }),
  "*": (operand) => ({ kind: "deref", operand, span: operand.span }),
  "-": (operand) => ({ kind: "unary", op: "-", operand, span: operand.span }),
  "+": (operand) => ({ kind: "unary", op: "+", operand, span: operand.span }),
};

/** `(u64)&x`, which the grammar takes for a conjunction. */
function castOfOperator(node: TreeNode, context: BuildContext): Expr | null {
  const unary = UNARY[operator(node)];
  const type = unary ? parenthesizedType(child(node, "left"), context) : null;
  if (unary === undefined || type === null) return null;
  return {
    kind: "cast",
    type,
    operand: unary(buildExpr(child(node, "right"), context)),
    span: spanOf(node),
  };
}

/** `(x) & y` and `(x) * y` may look like casts of an address; they are not when `x` is a variable. */
function cast(node: TreeNode, context: BuildContext): Expr {
  const span = spanOf(node);
  const type = child(node, "type");
  const operand = buildExpr(child(node, "value"), context);
  const name = type ? context.textOf(type).trim() : "";
  if (!context.variables.has(name))
    return { kind: "cast", type: type ? typeText(type, context) : "", operand, span };
  const left: Expr = { kind: "name", name, span: type ? spanOf(type) : span };
  const op =
    operand.kind === "address"
      ? "&"
      : operand.kind === "deref"
        ? "*"
        : operand.kind === "unary"
          ? operand.op
          : "";
  if (op === "" || !("operand" in operand))
    return { kind: "unknown", parts: [left, operand], span };
  return { kind: "binary", op, left, right: operand.operand, span };
}

function entries(list: TreeNode | undefined, context: BuildContext): InitializerEntry[] {
  if (list === undefined) return [];
  return namedChildren(list).map((entry) => {
    if (entry.type !== "initializer_pair") return { path: [], value: buildExpr(entry, context) };
    const path = entry.children
      .filter((part) => part.field === "designator")
      .map((part) => designator(part, context));
    return { path, value: buildExpr(child(entry, "value"), context) };
  });
}

function designator(node: TreeNode, context: BuildContext): string | Expr {
  const inner = namedChildren(node)[0];
  if (node.type === "subscript_designator" || node.type === "subscript_range_designator")
    return buildExpr(inner, context);
  return context.textOf(inner ?? node);
}
