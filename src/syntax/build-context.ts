/** What the builders of expressions, declarations and statements share while they read one tree. */
import type { Span } from "../text/source-file.js";
import type { Stmt } from "./ast.js";
import type { Dialect } from "./dialect.js";
import type { TreeNode } from "./tree.js";

/** Nesting that no kernel code comes near; beyond it the tree is not read. */
const MAX_DEPTH = 500;

export class BuildContext {
  /** Names declared so far, to tell `(x) & y` from a cast. */
  readonly variables = new Set<string>();
  readonly errors: Span[] = [];
  #depth = 0;

  constructor(
    readonly text: string,
    readonly dialect: Dialect,
    /** Statements of a `{}` node: given from outside, because expressions may hold statements. */
    readonly statementsOf: (node: TreeNode, context: BuildContext) => Stmt[],
  ) {}

  textOf(node: Span): string {
    return this.text.slice(node.start, node.end);
  }

  /** Runs `build` one level deeper, or gives `otherwise` when that is too deep. */
  deeper<T>(node: Span, build: () => T, otherwise: () => T): T {
    if (this.#depth >= MAX_DEPTH) {
      this.errors.push({ start: node.start, end: node.end });
      return otherwise();
    }
    this.#depth++;
    const built = build();
    this.#depth--;
    return built;
  }
}

export function child(node: TreeNode, field: string): TreeNode | undefined {
  return node.children.find(
    (candidate) => candidate.field === field && candidate.type !== "comment",
  );
}

/** Children that carry meaning: no punctuation, comments or errors. */
export function namedChildren(node: TreeNode): readonly TreeNode[] {
  return node.children.filter(
    (candidate) => candidate.isNamed && candidate.type !== "comment" && candidate.type !== "ERROR",
  );
}

export function spanOf(node: TreeNode): Span {
  return { start: node.start, end: node.end };
}
