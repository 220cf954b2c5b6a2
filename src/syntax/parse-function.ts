/**
 * Parses one function: prepares its text (macros, attributes, loop heads), lets tree-sitter
 * read it, and builds the AST. When `#if` lines still stand in the parser's way, a second
 * attempt keeps only first branches.
 */
import type { SourceFile, Span } from "../text/source-file.js";
import type { FunctionSyntax, Param, Stmt } from "./ast.js";
import { BuildContext, child } from "./build-context.js";
import { buildParams } from "./build-declaration.js";
import { buildStatements } from "./build-statement.js";
import { chooseBranches } from "./choose-branches.js";
import { type ExpansionOptions, MacroExpander } from "./expand-macros.js";
import { expandScopes, type ScopeOptions } from "./expand-scopes.js";
import { itemTokens } from "./item-tokens.js";
import type { OffsetMap } from "./offset-map.js";
import { renderTokens } from "./offset-map.js";
import type { FunctionItem } from "./outline.js";
import { shapeTokens } from "./shape-tokens.js";
import { type ParsedTree, parseTree, rememberTree, type TreeNode } from "./tree.js";

export type ParseOptions = ExpansionOptions & ScopeOptions;

export function parseFunction(
  file: SourceFile,
  item: FunctionItem,
  options: ParseOptions,
): FunctionSyntax {
  let prepared = prepare(file, item, options, "whole");
  let tree = parseTree(prepared.text);
  if (tree.errors.length > 0 && prepared.hasConditionals) {
    const retry = prepare(file, item, options, "none");
    const retried = parseTree(retry.text);
    if (retried.errors.length < tree.errors.length) {
      prepared = retry;
      tree = retried;
    }
  }
  return buildFunction(file, item, options, prepared, tree);
}

interface Prepared {
  readonly text: string;
  readonly map: OffsetMap;
  readonly isPartial: boolean;
  readonly hasConditionals: boolean;
  readonly hasUnseenCleanup: boolean;
}

function prepare(
  file: SourceFile,
  item: FunctionItem,
  options: ParseOptions,
  keep: "whole" | "none",
): Prepared {
  const chosen = chooseBranches(itemTokens(file, item), keep);
  const brace = chosen.tokens.findIndex((token) => token.start === item.body.start);
  const expander = new MacroExpander(options);
  const head = expander.dropAttributes(chosen.tokens.slice(0, brace));
  const scopes = expandScopes(chosen.tokens.slice(brace), options);
  const body = expander.expand(scopes.tokens);
  const shaped = shapeTokens(head, body, item.name, file.text, options);
  const { text, map } = renderTokens(file.text, shaped.tokens);
  return {
    text,
    map,
    isPartial: chosen.isPartial || shaped.isPartial,
    hasConditionals: chosen.hasConditionals,
    hasUnseenCleanup: scopes.isPartial,
  };
}

function buildFunction(
  file: SourceFile,
  item: FunctionItem,
  options: ParseOptions,
  prepared: Prepared,
  tree: ParsedTree,
): FunctionSyntax {
  const context = new BuildContext(prepared.text, options.dialect, buildStatements);
  const definition = tree.root.children.find((node) => node.type === "function_definition");
  const list = definition ? parameterList(definition) : undefined;
  const bodyNode = definition ? child(definition, "body") : undefined;
  const params = list ? buildParams(list, context) : [];
  const body = bodyNode ? buildStatements(bodyNode, context) : [];
  const errors = [...tree.errors, ...context.errors];
  const isWithoutBody = bodyNode === undefined && errors.length === 0;
  if (isWithoutBody || prepared.hasUnseenCleanup)
    errors.push({ start: 0, end: prepared.text.length });
  const syntax = new ParsedFunction(file, item, prepared, params, body, errors);
  rememberTree(syntax, tree.native);
  return syntax;
}

function parameterList(definition: TreeNode): TreeNode | undefined {
  let declarator = child(definition, "declarator");
  while (declarator && declarator.type !== "function_declarator")
    declarator = child(declarator, "declarator");
  return declarator ? child(declarator, "parameters") : undefined;
}

/** The same function where its text stands elsewhere: another side of a patch, another line. */
export function moved(
  syntax: FunctionSyntax,
  file: SourceFile,
  item: FunctionItem,
): FunctionSyntax {
  if (syntax.file === file && syntax.span.start === item.span.start) return syntax;
  const distance = item.span.start - syntax.span.start;
  return {
    name: syntax.name,
    file,
    span: item.span,
    isStatic: item.isStatic,
    params: syntax.params,
    body: syntax.body,
    text: syntax.text,
    errors: syntax.errors,
    oneBranchOnly: syntax.oneBranchOnly,
    origin: (span) => {
      const { start, end } = syntax.origin(span);
      return { start: start + distance, end: end + distance };
    },
  };
}

class ParsedFunction implements FunctionSyntax {
  readonly name: string;
  readonly span: Span;
  readonly isStatic: boolean;
  readonly text: string;
  readonly oneBranchOnly: boolean;
  readonly #map: OffsetMap;

  constructor(
    readonly file: SourceFile,
    item: FunctionItem,
    prepared: Prepared,
    readonly params: readonly Param[],
    readonly body: readonly Stmt[],
    readonly errors: readonly Span[],
  ) {
    this.name = item.name;
    this.span = item.span;
    this.isStatic = item.isStatic;
    this.text = prepared.text;
    this.oneBranchOnly = prepared.isPartial;
    this.#map = prepared.map;
  }

  origin(span: Span): Span {
    return this.#map.origin(span);
  }
}
