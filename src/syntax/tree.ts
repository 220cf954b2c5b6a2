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
  const reader = new TreeReader(native.walk(), native.rootNode.hasError);
  return { root: reader.read(), errors: reader.errors, native };
}

type Writable = {
  -readonly [K in keyof TreeNode]: K extends "children" ? TreeNode[] : TreeNode[K];
};

/** What a cursor's numbers stand for, learnt from the nodes seen. */
interface NodeType {
  readonly name: string;
  readonly isNamed: boolean;
  /** Has no children: asking for them is a call saved. */
  readonly isLeaf: boolean;
  /** Punctuation and keywords, which no builder looks at. */
  readonly isNoise: boolean;
}

const LEAVES = new Set([
  "identifier",
  "field_identifier",
  "type_identifier",
  "statement_identifier",
  "number_literal",
  "primitive_type",
  "comment",
  "null",
  "true",
  "false",
]);

const NOISE = new Set([
  "(",
  ")",
  "{",
  "}",
  "[",
  "]",
  ";",
  ",",
  ":",
  "?",
  ".",
  "if",
  "else",
  "while",
  "for",
  "do",
  "switch",
  "case",
  "default",
  "return",
  "break",
  "continue",
  "goto",
  "sizeof",
  "comment",
]);

const ERROR_TYPE = 65535;
const NO_CHILDREN: TreeNode[] = [];
const nodeTypes: (NodeType | undefined)[] = [];
const fieldNames: (string | undefined)[] = [];

class TreeReader {
  readonly errors: { start: number; end: number }[] = [];
  readonly #cursor: Parser.TreeCursor;
  readonly #hasErrors: boolean;

  constructor(cursor: Parser.TreeCursor, hasErrors: boolean) {
    this.#cursor = cursor;
    this.#hasErrors = hasErrors;
  }

  /** Iterative: a hostile text nests deeper than the stack. */
  read(): TreeNode {
    const cursor = this.#cursor;
    const root = this.#node() as Writable;
    const stack: Writable[] = [];
    let node: Writable | null = root;
    for (;;) {
      if (node !== null && node.children !== NO_CHILDREN && cursor.gotoFirstChild())
        stack.push(node);
      else {
        while (!cursor.gotoNextSibling()) {
          stack.pop();
          if (stack.length === 0) return root;
          cursor.gotoParent();
        }
      }
      node = this.#node();
      if (node !== null) (stack[stack.length - 1] as Writable).children.push(node);
    }
  }

  /** The node under the cursor; null for noise. */
  #node(): Writable | null {
    const cursor = this.#cursor;
    const { name, isNamed, isLeaf, isNoise } = this.#type();
    if (isNoise && !this.#hasErrors) return null;
    const start = cursor.startIndex;
    const end = cursor.endIndex;
    if (this.#hasErrors && (name === "ERROR" || (start === end && cursor.nodeIsMissing)))
      this.errors.push({ start, end });
    return {
      type: name,
      start,
      end,
      field: this.#field(),
      isNamed,
      children: isLeaf ? NO_CHILDREN : [],
    };
  }

  #type(): NodeType {
    const id = this.#cursor.nodeTypeId;
    const known = id === ERROR_TYPE ? undefined : nodeTypes[id];
    if (known) return known;
    const name = this.#cursor.nodeType;
    const isNamed = this.#cursor.nodeIsNamed;
    const type = { name, isNamed, isLeaf: !isNamed || LEAVES.has(name), isNoise: NOISE.has(name) };
    if (id !== ERROR_TYPE) nodeTypes[id] = type;
    return type;
  }

  #field(): string {
    const id = this.#cursor.currentFieldId as number | undefined;
    if (id === undefined) return "";
    return (fieldNames[id] ??= this.#cursor.currentFieldName ?? "");
  }
}

const trees = new WeakMap<object, Parser.Tree>();

/** Keeps a function's native tree for `query.ts`, as long as the function lives. */
export function rememberTree(owner: object, tree: Parser.Tree): void {
  trees.set(owner, tree);
}

export function treeOf(owner: object): Parser.Tree | undefined {
  return trees.get(owner);
}
