/**
 * tree-sitter's trees as plain objects, in one pass of a cursor. Only this file and `query.ts`
 * know tree-sitter.
 *
 * A caller that parses many functions must return to the event loop now and then (`await` a
 * `setImmediate` turn every few MB of source): the runtime frees native trees only there.
 */
import Parser from "tree-sitter";
import C from "tree-sitter-c";

/** Without the node classes the runtime would generate from the grammar's types: 10 ms, unused. */
export const LANGUAGE = { ...C, nodeTypeInfo: [] } as unknown as Parser.Language;

/** One node; `start` and `end` are UTF-16 offsets in the text parsed. Operators are nodes too. */
export interface TreeNode {
  readonly type: string;
  readonly start: number;
  readonly end: number;
  /** The role in the parent, such as `condition`; "" for none. */
  readonly field: string;
  readonly isNamed: boolean;
  readonly children: readonly TreeNode[];
}

export interface ParsedTree {
  readonly root: TreeNode;
  /** Nodes the parser made up or skipped. */
  readonly errors: readonly { readonly start: number; readonly end: number }[];
  readonly native: Parser.Tree;
}

const parser = new Parser();
parser.setLanguage(LANGUAGE);

export function parseTree(text: string): ParsedTree {
  const native = parser.parse(text);
  return { ...flatten(native.walk()), native };
}

/** Leaves of the grammar: asking them for children is a call saved. */
const LEAVES = new Set(["identifier", "field_identifier", "type_identifier", "statement_identifier", "number_literal", "primitive_type", "comment", "null", "true", "false", "system_lib_string"]);

const ERROR_TYPE = 65535;
interface NodeType {
  readonly name: string;
  readonly isNamed: boolean;
  readonly isLeaf: boolean;
}
type Writable = { -readonly [K in keyof TreeNode]: K extends "children" ? TreeNode[] : TreeNode[K] };

const NO_CHILDREN: TreeNode[] = [];

function flatten(cursor: Parser.TreeCursor): { root: TreeNode; errors: { start: number; end: number }[] } {
  const errors: { start: number; end: number }[] = [];
  const root = makeNode(cursor, errors);
  const stack: Writable[] = [];
  let node: Writable = root;
  for (;;) {
    if (node.children !== NO_CHILDREN && cursor.gotoFirstChild()) {
      stack.push(node);
    } else {
      while (!cursor.gotoNextSibling()) {
        const parent = stack.pop();
        if (parent === undefined || stack.length === 0) return { root, errors };
        cursor.gotoParent();
      }
    }
    const parent = stack[stack.length - 1];
    if (parent === undefined) return { root, errors };
    node = makeNode(cursor, errors);
    parent.children.push(node);
  }
}

function makeNode(cursor: Parser.TreeCursor, errors: { start: number; end: number }[]): Writable {
  const type = nodeType(cursor);
  const start = cursor.startIndex;
  const end = cursor.endIndex;
  if (type.name === "ERROR" || (start === end && cursor.nodeIsMissing)) errors.push({ start, end });
  return { type: type.name, start, end, field: fieldName(cursor), isNamed: type.isNamed, children: type.isLeaf ? NO_CHILDREN : [] };
}

const nodeTypes: (NodeType | undefined)[] = [];
const fieldNames: (string | undefined)[] = [];

function nodeType(cursor: Parser.TreeCursor): NodeType {
  const id = cursor.nodeTypeId;
  const known = id === ERROR_TYPE ? undefined : nodeTypes[id];
  if (known) return known;
  const name = cursor.nodeType;
  const isNamed = cursor.nodeIsNamed;
  const type = { name, isNamed, isLeaf: !isNamed || LEAVES.has(name) };
  if (id !== ERROR_TYPE) nodeTypes[id] = type;
  return type;
}

function fieldName(cursor: Parser.TreeCursor): string {
  const id = cursor.currentFieldId as number | undefined;
  if (id === undefined) return "";
  return (fieldNames[id] ??= cursor.currentFieldName ?? "");
}

const trees = new WeakMap<object, Parser.Tree>();

/** Keeps a function's native tree for `query.ts`, as long as the function lives. */
export function rememberTree(owner: object, tree: Parser.Tree): void {
  trees.set(owner, tree);
}

export function treeOf(owner: object): Parser.Tree | undefined {
  return trees.get(owner);
}
