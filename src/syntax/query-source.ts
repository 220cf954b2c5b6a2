/**
 * Reads a `.scm` file far enough to take its patterns apart: each pattern's text without
 * predicates, its captures, its predicates and `#set!` properties. tree-sitter itself judges
 * the rest. Errors are thrown with the file and the line.
 */

export interface QueryPredicate {
  /** As written, with its `?`: `eq?`, `any-of?`, `match?`. `#set!` is not among them. */
  readonly operator: string;
  /** Names of captures begin with `@`; everything else is a string. */
  readonly args: readonly string[];
  readonly line: number;
}

export interface PatternSource {
  /** Line of the pattern's first character, from 1. */
  readonly line: number;
  /** Offset of `text` in the file. */
  readonly offset: number;
  /** The pattern as written. */
  readonly text: string;
  /** Without predicates and comments; captures renamed `@c0`, `@c1`, … in order of first mention. */
  readonly shape: string;
  /** Captures in the order of their numbers, without the `@`. */
  readonly captures: readonly string[];
  readonly predicates: readonly QueryPredicate[];
  readonly properties: Readonly<Record<string, string>>;
}

interface Lexeme {
  readonly text: string;
  readonly at: number;
}

export function readQuerySource(text: string, path: string): PatternSource[] {
  return new QuerySourceReader(text, path).read();
}

class QuerySourceReader {
  readonly #text: string;
  readonly #path: string;
  readonly #lexemes: readonly Lexeme[];
  #at = 0;

  constructor(text: string, path: string) {
    this.#text = text;
    this.#path = path;
    this.#lexemes = this.#split();
  }

  read(): PatternSource[] {
    const patterns: PatternSource[] = [];
    while (this.#at < this.#lexemes.length) patterns.push(this.#pattern());
    return patterns;
  }

  #split(): Lexeme[] {
    const lexemes: Lexeme[] = [];
    const token = /;[^\n]*|"(?:\\.|[^"\\\n])*"|[()[\]]|[^\s()[\]";]+|"/g;
    for (let match = token.exec(this.#text); match; match = token.exec(this.#text)) {
      if (match[0] === '"') this.#fail("string without end", match.index);
      if (!match[0].startsWith(";")) lexemes.push({ text: match[0], at: match.index });
    }
    return lexemes;
  }

  /** One item at the top level with the quantifiers and captures after it. */
  #pattern(): PatternSource {
    const first = this.#lexemes[this.#at] as Lexeme;
    const captures: string[] = [];
    const predicates: QueryPredicate[] = [];
    const properties: Record<string, string> = {};
    const shape: string[] = [];
    let depth = 0;
    let end = first.at;
    for (; this.#at < this.#lexemes.length; this.#at++) {
      const { text, at } = this.#lexemes[this.#at] as Lexeme;
      if (depth === 0 && shape.length > 0 && !/^[@?*+]/.test(text)) break;
      if (text === "(" && this.#lexemes[this.#at + 1]?.text.startsWith("#")) {
        this.#predicate(predicates, properties);
        continue;
      }
      if (text === "(" || text === "[") depth++;
      else if (text === ")" || text === "]") depth--;
      if (depth < 0) this.#fail(`unexpected "${text}"`, at);
      shape.push(this.#renamed(text, captures));
      end = at + text.length;
    }
    if (depth > 0) this.#fail("unclosed parenthesis", first.at);
    this.#checkCaptures(predicates, captures);
    const text = this.#text.slice(first.at, end);
    return {
      line: this.#line(first.at),
      offset: first.at,
      text,
      shape: shape.join(" "),
      captures,
      predicates,
      properties,
    };
  }

  #renamed(text: string, captures: string[]): string {
    return text.replace(/^([?*+]*)@(.*)$/, (_whole, quantifier: string, name: string) => {
      if (!captures.includes(name)) captures.push(name);
      return `${quantifier}@c${captures.indexOf(name)}`;
    });
  }

  /** Reads `(#name args…)`; leaves the position at its closing parenthesis. */
  #predicate(predicates: QueryPredicate[], properties: Record<string, string>): void {
    const open = this.#lexemes[this.#at] as Lexeme;
    const args: string[] = [];
    this.#at += 2;
    for (; this.#lexemes[this.#at]?.text !== ")"; this.#at++) {
      const lexeme = this.#lexemes[this.#at];
      if (lexeme === undefined || /^[([\]]/.test(lexeme.text))
        this.#fail("predicate without end", open.at);
      args.push(unquoted((lexeme as Lexeme).text));
    }
    const operator = (this.#lexemes[this.#at - args.length - 1] as Lexeme).text.slice(1);
    if (operator !== "set!") {
      predicates.push({ operator, args, line: this.#line(open.at) });
      return;
    }
    const [key, value = ""] = args;
    if (key === undefined || args.length > 2) this.#fail("#set! takes a key and a value", open.at);
    properties[key as string] = value;
  }

  #checkCaptures(predicates: readonly QueryPredicate[], captures: readonly string[]): void {
    for (const { args, line } of predicates) {
      const unknown = args.find((arg) => arg.startsWith("@") && !captures.includes(arg.slice(1)));
      if (unknown !== undefined)
        throw new Error(`${this.#path}:${line}: no capture ${unknown} in this pattern`);
    }
  }

  #line(offset: number): number {
    return this.#text.slice(0, offset).split("\n").length;
  }

  #fail(what: string, offset: number): never {
    throw new Error(`${this.#path}:${this.#line(offset)}: ${what}`);
  }
}

function unquoted(text: string): string {
  if (!text.startsWith('"')) return text;
  return text
    .slice(1, -1)
    .replace(/\\(.)/g, (_whole, c: string) => ({ n: "\n", t: "\t", r: "\r", "0": "\0" })[c] ?? c);
}
