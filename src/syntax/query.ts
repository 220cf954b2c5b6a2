/**
 * Runs tree-sitter queries on parsed functions. Patterns that differ only in names and
 * predicates share one tree-sitter pattern, and a query looks only where one of its literals
 * stands in the text: most of a query's cost is handing matches over. Text predicates are
 * evaluated here, on slices of the prepared text.
 *
 * A capture has the span of its node in the prepared text: for a call the same span as the
 * AST's call expression.
 */
import Parser from "tree-sitter";
import type { Span } from "../text/source-file.js";
import type { FunctionSyntax } from "./ast.js";
import { type PatternSource, type QueryPredicate, readQuerySource } from "./query-source.js";
import { LANGUAGE, treeOf } from "./tree.js";

export interface QueryPattern {
  /** Line in the `.scm` file, from 1. */
  readonly line: number;
  /** Names without `@`, in order of first mention. */
  readonly captures: readonly string[];
  /** From `#set!`; `""` where no value is given. */
  readonly properties: Readonly<Record<string, string>>;
  /** All others. `eq?`, `not-eq?` and `any-of?` are evaluated; a pattern with another never matches. */
  readonly predicates: readonly QueryPredicate[];
  /** For each `eq?` and `any-of?`, the strings of which one must stand in the text. */
  readonly literals: readonly (readonly string[])[];
}

export interface QueryMatch {
  /** Index into `CompiledQueries.patterns`. */
  readonly pattern: number;
  readonly captures: readonly { readonly name: string; readonly span: Span }[];
  readonly properties: Readonly<Record<string, string>>;
}

export interface CompiledQueries {
  readonly path: string;
  readonly patterns: readonly QueryPattern[];
  /** Whether a function with these identifiers can match any pattern. */
  mayMatch(identifiers: ReadonlySet<string>): boolean;
}

/** Each place costs a walk down the tree; with more of them, one walk over all of it is cheaper. */
const MOST_PLACES = 100;

export const EVALUATED_PREDICATES: ReadonlySet<string> = new Set(["eq?", "not-eq?", "any-of?"]);

/** Throws an Error that begins with `path:line:` when the text is no query for C. */
export function compileQueries(text: string, path: string): CompiledQueries {
  return new QuerySet(readQuerySource(text, path), text, path);
}

/** Matches in the order of their first captures; `fn` must come from `parseFunction`. */
export function captures(queries: CompiledQueries, fn: FunctionSyntax): QueryMatch[] {
  const tree = treeOf(fn);
  if (tree === undefined || !(queries instanceof QuerySet)) return [];
  return queries.run(tree, fn.text);
}

/** Patterns of the file that share a shape, and so one tree-sitter pattern. */
type Sharing = readonly number[];

class QuerySet implements CompiledQueries {
  readonly patterns: readonly QueryPattern[];
  /** With literals: run around each place where one stands. */
  readonly #literal: ShapeQuery | null;
  /** Without: run on all of the function. */
  readonly #free: ShapeQuery | null;
  readonly #places: RegExp | null;

  constructor(
    sources: readonly PatternSource[],
    text: string,
    readonly path: string,
  ) {
    this.patterns = sources.map(describe);
    const indices = sources.map((_, i) => i);
    const hasLiterals = (i: number): boolean =>
      (this.patterns[i] as QueryPattern).literals.length > 0;
    this.#literal = compileShapes(sources, indices.filter(hasLiterals), text, path);
    this.#free = compileShapes(
      sources,
      indices.filter((i) => !hasLiterals(i)),
      text,
      path,
    );
    const words = [...new Set(this.patterns.flatMap((pattern) => pattern.literals[0] ?? []))];
    this.#places =
      words.length === 0
        ? null
        : new RegExp(`(?<!\\w)(?:${words.map(escaped).join("|")})(?!\\w)`, "g");
  }

  mayMatch(identifiers: ReadonlySet<string>): boolean {
    return this.patterns.some((pattern) =>
      pattern.literals.every((names) => names.some((name) => identifiers.has(name))),
    );
  }

  run(tree: Parser.Tree, text: string): QueryMatch[] {
    const found = new Map<string, QueryMatch>();
    if (this.#free) this.#collect(found, this.#free, tree, text, undefined);
    if (this.#literal && this.#places) {
      const places = [...text.matchAll(this.#places)];
      const ranges =
        places.length > MOST_PLACES
          ? [undefined]
          : places.map(({ index, 0: word }) => ({ start: index, end: index + word.length }));
      for (const range of ranges) this.#collect(found, this.#literal, tree, text, range);
    }
    return [...found.values()].sort(byPlace);
  }

  #collect(
    found: Map<string, QueryMatch>,
    query: ShapeQuery,
    tree: Parser.Tree,
    text: string,
    range: Span | undefined,
  ): void {
    // The runtime doubles the end to bytes, but not the start.
    const options = range ? { startIndex: range.start * 2, endIndex: range.end } : {};
    for (const match of query.native.matches(tree.rootNode, options)) {
      const nodes = match.captures.map(({ name, node }) => ({
        number: Number(name.slice(1)),
        span: { start: node.startIndex, end: node.endIndex },
      }));
      for (const index of query.sharing[match.pattern] ?? []) {
        const pattern = this.patterns[index] as QueryPattern;
        const named = nodes.map(({ number, span }) => ({
          name: pattern.captures[number] ?? "",
          span,
        }));
        if (!holds(pattern, named, text)) continue;
        const key = `${index}:${named.map(({ span }) => `${span.start}-${span.end}`).join()}`;
        if (!found.has(key))
          found.set(key, { pattern: index, captures: named, properties: pattern.properties });
      }
    }
  }
}

interface ShapeQuery {
  readonly native: Parser.Query;
  /** For each tree-sitter pattern, the patterns of the file. */
  readonly sharing: readonly Sharing[];
}

function describe({ line, captures: names, properties, predicates }: PatternSource): QueryPattern {
  const literals = predicates
    .filter(({ operator }) => operator === "eq?" || operator === "any-of?")
    .map(({ args }) => args.slice(1).filter((arg) => !arg.startsWith("@")))
    .filter((strings) => strings.length > 0);
  return { line, captures: names, properties, predicates, literals };
}

function compileShapes(
  sources: readonly PatternSource[],
  indices: readonly number[],
  text: string,
  path: string,
): ShapeQuery | null {
  if (indices.length === 0) return null;
  const byShape = new Map<string, number[]>();
  for (const index of indices) {
    const { shape } = sources[index] as PatternSource;
    byShape.set(shape, [...(byShape.get(shape) ?? []), index]);
  }
  try {
    return { native: newQuery([...byShape.keys()].join("\n")), sharing: [...byShape.values()] };
  } catch (error) {
    for (const index of indices) checkPattern(sources[index] as PatternSource, text, path);
    throw error;
  }
}

/** Compiles one pattern as written, to say where it is wrong. */
function checkPattern(source: PatternSource, text: string, path: string): void {
  try {
    newQuery(source.shape);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const match = /type TSQueryError(\w+) at position (\d+)/.exec(message);
    const bad = match ? wordAt(source.shape, Number(match[2]) - 1) : "";
    const inText = bad === "" ? -1 : source.text.indexOf(bad);
    const line = text.slice(0, source.offset + Math.max(0, inText)).split("\n").length;
    throw new Error(
      `${path}:${line}: ${match ? `${QUERY_ERRORS[match[1] as string] ?? "wrong query"} near "${bad}"` : message}`,
    );
  }
}

const QUERY_ERRORS: Readonly<Record<string, string>> = {
  NodeType: "unknown node type",
  Field: "unknown field",
  Structure: "pattern that can match nothing",
  Syntax: "syntax error",
  Capture: "unknown capture",
};

function wordAt(text: string, offset: number): string {
  return /^[^\s()[\]]*/.exec(text.slice(offset))?.[0] || text.slice(offset, offset + 1);
}

/** The runtime takes an error at offset 0 for none, hence the line end before the text. */
function newQuery(text: string): Parser.Query {
  return new Parser.Query(LANGUAGE, `\n${text}`);
}

function holds(
  pattern: QueryPattern,
  named: readonly { name: string; span: Span }[],
  text: string,
): boolean {
  const textsOf = (capture: string): string[] =>
    named
      .filter(({ name }) => `@${name}` === capture)
      .map(({ span }) => text.slice(span.start, span.end));
  return pattern.predicates.every(({ operator, args: [subject = "", ...rest] }) => {
    if (!EVALUATED_PREDICATES.has(operator)) return false;
    const allowed = rest.flatMap((arg) => (arg.startsWith("@") ? textsOf(arg) : [arg]));
    const texts = textsOf(subject);
    if (operator === "not-eq?") return texts.every((candidate) => !allowed.includes(candidate));
    return texts.length > 0 && texts.every((candidate) => allowed.includes(candidate));
  });
}

function byPlace(a: QueryMatch, b: QueryMatch): number {
  const first = (match: QueryMatch): number => match.captures[0]?.span.start ?? 0;
  return first(a) - first(b) || a.pattern - b.pattern;
}

function escaped(word: string): string {
  return word.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
