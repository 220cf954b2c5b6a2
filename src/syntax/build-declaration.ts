/** Declarations and parameters: names, types as text, and how many `*` stand before the name. */
import type { Expr, Param, Stmt } from "./ast.js";
import { type BuildContext, child, namedChildren, spanOf } from "./build-context.js";
import { TYPEOF } from "./encoding.js";
import type { TreeNode } from "./tree.js";

interface Declarator {
  /** "" when there is none. */
  readonly name: string;
  readonly pointers: number;
  readonly array: boolean;
  readonly length: TreeNode | null;
  /** `(*name)(…)` */
  readonly toFunction: boolean;
  readonly isPrototype: boolean;
}

/** Type text without qualifiers, white space normalised; a definition's braces are left out. */
export function typeText(node: TreeNode, context: BuildContext): string {
  if (node.type === "type_descriptor") {
    const type = child(node, "type");
    const stars = context.textOf(node).match(/\*/g)?.length ?? 0;
    const array = node.children.some(isArray) ? "[]" : "";
    return type
      ? [typeText(type, context), "*".repeat(stars) + array].join(" ").trim()
      : context.textOf(node);
  }
  const body = child(node, "body");
  const text = context.text.slice(node.start, body ? body.start : node.end);
  const plain = text
    .replace(/\/\*[^]*?\*\//g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return plain === `struct ${TYPEOF}` ? "typeof" : plain;
}

function isArray(node: TreeNode): boolean {
  return node.type === "abstract_array_declarator" || node.children.some(isArray);
}

/** One statement per declarator. `build` reads initialisers and lengths. */
export function buildDeclaration(
  node: TreeNode,
  context: BuildContext,
  build: (node: TreeNode) => Expr,
): Stmt[] {
  const typeNode = child(node, "type");
  const type = typeNode ? typeText(typeNode, context) : "";
  const isStatic = node.children.some(
    (part) => part.type === "storage_class_specifier" && context.textOf(part) === "static",
  );
  const parts = node.children.filter((part) => part.field === "declarator");
  const statements: Stmt[] = [];
  for (const part of parts) {
    const { name, pointers, array, length, toFunction, isPrototype } = readDeclarator(
      part,
      context,
    );
    if (name === "" || isPrototype) continue;
    const value = part.type === "init_declarator" ? child(part, "value") : undefined;
    context.variables.add(name);
    statements.push({
      kind: "declaration",
      name,
      type: toFunction ? `${type} (*)()` : type,
      pointers,
      array,
      length: length && build(length),
      isStatic,
      init: value ? build(value) : null,
      span: spanOf(parts.length === 1 ? node : part),
    });
  }
  return statements;
}

export function buildParams(list: TreeNode, context: BuildContext): Param[] {
  const params: Param[] = [];
  for (const node of namedChildren(list)) {
    if (node.type !== "parameter_declaration") continue;
    const typeNode = child(node, "type");
    const type = typeNode ? typeText(typeNode, context) : "";
    const declarator = child(node, "declarator");
    if (declarator === undefined && type === "void") continue;
    const { name, pointers, array, toFunction } = readDeclarator(declarator, context);
    if (name !== "") context.variables.add(name);
    params.push({
      name,
      type: toFunction ? `${type} (*)()` : type,
      pointers: pointers + (array ? 1 : 0),
    });
  }
  return params;
}

function readDeclarator(node: TreeNode | undefined, context: BuildContext): Declarator {
  let pointers = 0;
  let array = false;
  let length: TreeNode | null = null;
  let toFunction = false;
  let isPrototype = false;
  let current = node;
  while (current !== undefined) {
    switch (current.type) {
      case "pointer_declarator":
      case "abstract_pointer_declarator":
        pointers++;
        break;
      case "array_declarator":
      case "abstract_array_declarator":
        array = true;
        length = child(current, "size") ?? null;
        break;
      case "function_declarator":
      case "abstract_function_declarator":
        toFunction = child(current, "declarator")?.type.includes("parenthesized") ?? false;
        isPrototype = !toFunction;
        pointers = 0;
        break;
      case "identifier":
      case "type_identifier":
      case "field_identifier":
        return { name: context.textOf(current), pointers, array, length, toFunction, isPrototype };
      case "parenthesized_declarator":
      case "abstract_parenthesized_declarator":
      case "attributed_declarator": {
        current = namedChildren(current)[0];
        continue;
      }
    }
    current = child(current, "declarator");
  }
  return { name: "", pointers, array, length, toFunction, isPrototype };
}
