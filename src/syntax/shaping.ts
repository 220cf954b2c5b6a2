/** The tokens of one function while they are rewritten, and the means to rewrite them. */
import type { ExpansionOptions } from "./expand-macros.js";
import { type Token, tokenAt } from "./token.js";

export class Shaping {
  readonly out: Token[] = [];
  /** Index of the token at hand. */
  at = 0;
  /** Tokens to add after the token at an index. */
  readonly after = new Map<number, Token[]>();
  /** Tokens to write in the place of the one at an index. */
  readonly instead = new Map<number, Token[]>();
  /** Last token to drop, by the index of the first. */
  readonly dropTo = new Map<number, number>();
  readonly #closing: Int32Array;

  constructor(
    readonly tokens: readonly Token[],
    readonly options: ExpansionOptions,
    /** The file's text, for columns. */
    readonly source: string,
  ) {
    this.#closing = matchParens(tokens);
  }

  get previous(): Token | undefined {
    return this.out[this.out.length - 1];
  }

  token(index: number): Token | undefined {
    return this.tokens[index];
  }

  /** Index of the `)` for the `(` at an index; -1 when there is no such pair. */
  closing(open: number): number {
    return this.tokens[open]?.text === "(" ? (this.#closing[open] as number) : -1;
  }

  keep(): void {
    this.out.push(this.tokens[this.at] as Token);
  }

  /** Puts a text in the place of the tokens up to and including `last`. */
  replace(text: string, last: number): void {
    const start = this.tokens[this.at] as Token;
    const end = this.tokens[last] as Token;
    const place = { start: start.start, end: Math.max(start.end, end.end) };
    for (const part of text.match(/\w+|[^\s\w]/g) ?? []) {
      this.out.push(tokenAt(/\w/.test(part) ? "name" : "punctuation", part, place));
    }
    this.at = last;
  }
}

function matchParens(tokens: readonly Token[]): Int32Array {
  const closing = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const { kind, text } = tokens[i] as Token;
    if (kind !== "punctuation") continue;
    if (text === "(") open.push(i);
    else if (text === ")") {
      const start = open.pop();
      if (start !== undefined) closing[start] = i;
    }
  }
  return closing;
}
