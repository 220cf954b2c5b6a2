/**
 * Tokens that remember where they come from: the file itself, or a macro expansion, in which
 * case they stand at the invocation. What `prepare.ts` and the passes it runs work on.
 */
import { Lexer, type TokenKind } from "./lexer.js";

export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  /** Place in the file: the token's own, or the invocation's if `index` is -1. */
  readonly start: number;
  readonly end: number;
  /** Number of the token in the file's text; -1 for a token that does not stand there. */
  readonly index: number;
  /** Macros whose expansion made this token: they are not expanded in it again. */
  readonly hidden: Hidden | null;
}

export interface Hidden {
  readonly name: string;
  readonly outer: Hidden | null;
}

export function fileTokens(text: string, start: number, end: number): Token[] {
  const tokens: Token[] = [];
  const lexer = new Lexer(text, start, end);
  while (lexer.next()) {
    const { kind } = lexer;
    tokens.push({
      kind,
      text: lexer.value,
      start: lexer.start,
      end: lexer.end,
      index: tokens.length,
      hidden: null,
    });
  }
  return tokens;
}

/** Tokens of a macro's replacement, all standing at `place`; a `#` in it begins no line. */
export function tokensAt(
  text: string,
  place: { readonly start: number; readonly end: number },
): Token[] {
  const tokens: Token[] = [];
  const lexer = new Lexer(`;${text}`, 1);
  while (lexer.next()) tokens.push(tokenAt(lexer.kind, lexer.value, place));
  return tokens;
}

export function tokenAt(
  kind: TokenKind,
  text: string,
  place: { readonly start: number; readonly end: number },
  hidden: Hidden | null = null,
): Token {
  return { kind, text, start: place.start, end: place.end, index: -1, hidden };
}

export function isHidden(token: Token, name: string): boolean {
  for (let hidden = token.hidden; hidden; hidden = hidden.outer)
    if (hidden.name === name) return true;
  return false;
}

/** Index of the parenthesis that closes the one at `open`; -1 when there is none, or a `#` line comes first. */
export function closingParen(tokens: readonly Token[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind === "directive") return -1;
    if (token.kind !== "punctuation") continue;
    if (token.text === "(") depth++;
    else if (token.text === ")" && --depth === 0) return i;
  }
  return -1;
}

/** Whether a statement can begin after this token. */
export function endsStatement(token: Token | undefined): boolean {
  if (token === undefined) return false;
  const { text } = token;
  return (
    text === ";" ||
    text === "{" ||
    text === "}" ||
    text === ")" ||
    text === ":" ||
    text === "else" ||
    text === "do" ||
    token.kind === "directive"
  );
}
