/**
 * C tokens of a text, one at a time: names, numbers, strings, operators, and whole preprocessor
 * lines (continuations joined) as one token each. Comments and white space are skipped. Knows
 * no grammar; never fails: an unterminated string ends at its line, a comment at the end.
 *
 * Runs of characters are left to sticky regular expressions: in a process that lives for a
 * fifth of a second, loops over characters run uncompiled.
 */

export type TokenKind = "name" | "number" | "string" | "char" | "punctuation" | "directive" | "end";

const BLANKS = /[\s\ufeff]+/y;
const NAME = /[\w$\x80-\uffff]+/y;
const OPERATOR = /\.\.\.|<<=|>>=|->|\+\+|--|<<|>>|&&|\|\||##|[-=!<>+*/%&|^]=|[^]/y;
const IN_STRING = /[^"\\\n]*/y;
const IN_CHARACTER = /[^'\\\n]*/y;
const IN_DIRECTIVE = /[^\n\\/"']*/y;
const IN_BODY = /[^{}"'#/]*/y;

/** What a token that begins with a character (below 128) is. */
const CLASS = new Uint8Array(128);
const [IS_NAME, IS_DIGIT, IS_SINGLE, IS_BLANK] = [1, 2, 3, 4];
for (const c of "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_$")
  CLASS[c.charCodeAt(0)] = IS_NAME as number;
for (const c of "0123456789") CLASS[c.charCodeAt(0)] = IS_DIGIT as number;
// Characters that begin no longer operator.
for (const c of "(),;[]{}?:~") CLASS[c.charCodeAt(0)] = IS_SINGLE as number;
for (const c of " \t\r\n\f\v") CLASS[c.charCodeAt(0)] = IS_BLANK as number;

export class Lexer {
  readonly text: string;
  readonly limit: number;
  /** The current token; `kind` is "end" before the first call of `next` and after the last token. */
  kind: TokenKind = "end";
  start: number;
  end: number;

  constructor(text: string, from = 0, to = text.length) {
    this.text = text;
    this.limit = to;
    this.start = from;
    this.end = from;
  }

  /** First character of the current token, as a code unit; -1 at the end. */
  get code(): number {
    return this.kind === "end" ? -1 : this.text.charCodeAt(this.start);
  }

  get value(): string {
    return this.text.slice(this.start, this.end);
  }

  /** Moves to the next token; false at the end. */
  next(): boolean {
    const { text, limit } = this;
    let at = this.end;
    while (at < limit) {
      const c = text.charCodeAt(at);
      const charClass = c < 128 ? CLASS[c] : c === 0xfeff || c === 0xa0 ? IS_BLANK : IS_NAME;
      if (charClass === IS_BLANK) at = runEnd(BLANKS, text, at);
      else if (c === 47 && text.charCodeAt(at + 1) === 42) at = afterBlockComment(text, at, limit);
      else if (c === 47 && text.charCodeAt(at + 1) === 47) at = lineEnd(text, at, limit);
      else if (c === 92 && isLineEnd(text, at + 1)) at += text.charCodeAt(at + 1) === 13 ? 3 : 2;
      else {
        this.start = at;
        if (charClass === IS_NAME) this.#set("name", runEnd(NAME, text, at));
        else if (charClass === IS_SINGLE) this.#set("punctuation", at + 1);
        else this.#other(c, at);
        return true;
      }
    }
    return this.#finish();
  }

  /** Moves to the next `{`, `}` or preprocessor line, as `next` would; false at the end. */
  nextBrace(): boolean {
    const { text, limit } = this;
    let at = this.end;
    for (;;) {
      at = runEnd(IN_BODY, text, at);
      if (at >= limit) return this.#finish();
      const c = text.charCodeAt(at);
      if (c === 123 || c === 125 || (c === 35 && isAtLineStart(text, at))) {
        this.start = at;
        if (c === 35) this.#set("directive", directiveEnd(text, at, limit));
        else this.#set("punctuation", at + 1);
        return true;
      }
      if (c === 34 || c === 39) at = quoteEnd(text, at, limit, c);
      else if (c === 47 && text.charCodeAt(at + 1) === 42) at = afterBlockComment(text, at, limit);
      else if (c === 47 && text.charCodeAt(at + 1) === 47) at = lineEnd(text, at, limit);
      else at++;
    }
  }

  #other(c: number, at: number): void {
    const { text, limit } = this;
    if (CLASS[c] === IS_DIGIT || (c === 46 && isDigit(text.charCodeAt(at + 1))))
      this.#set("number", numberEnd(text, at, limit));
    else if (c === 34) this.#set("string", quoteEnd(text, at, limit, c));
    else if (c === 39) this.#set("char", quoteEnd(text, at, limit, c));
    else if (c === 35 && isAtLineStart(text, at))
      this.#set("directive", directiveEnd(text, at, limit));
    else this.#set("punctuation", runEnd(OPERATOR, text, at));
  }

  #set(kind: TokenKind, end: number): void {
    this.kind = kind;
    this.end = Math.min(end, this.limit);
  }

  #finish(): boolean {
    this.kind = "end";
    this.start = this.end = this.limit;
    return false;
  }
}

function runEnd(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from;
  return pattern.test(text) ? pattern.lastIndex : from;
}

function isDigit(c: number): boolean {
  return c >= 48 && c <= 57;
}

function isLineEnd(text: string, at: number): boolean {
  const c = text.charCodeAt(at);
  return c === 10 || (c === 13 && text.charCodeAt(at + 1) === 10);
}

/** Whether only blanks stand before on the line. */
function isAtLineStart(text: string, at: number): boolean {
  for (let i = at - 1; i >= 0; i--) {
    const c = text.charCodeAt(i);
    if (c === 10) return true;
    if (c !== 32 && c !== 9 && c !== 0xfeff) return false;
  }
  return true;
}

function afterBlockComment(text: string, at: number, limit: number): number {
  const close = text.indexOf("*/", at + 2);
  return close === -1 || close + 2 > limit ? limit : close + 2;
}

function lineEnd(text: string, at: number, limit: number): number {
  for (let from = at; ; ) {
    const end = text.indexOf("\n", from);
    if (end === -1 || end > limit) return limit;
    const last = text.charCodeAt(end - 1) === 13 ? end - 2 : end - 1;
    if (text.charCodeAt(last) !== 92) return end;
    from = end + 1;
  }
}

function numberEnd(text: string, from: number, limit: number): number {
  const isHex = text.charCodeAt(from) === 48 && (text.charCodeAt(from + 1) | 32) === 120;
  let at = from + 1;
  for (; at < limit; at++) {
    const c = text.charCodeAt(at);
    if (
      c === 46
        ? text.charCodeAt(at + 1) !== 46
        : c >= 128 || CLASS[c] === IS_NAME || CLASS[c] === IS_DIGIT
    )
      continue;
    const isSign = c === 43 || c === 45;
    if (!isSign || isHex || (text.charCodeAt(at - 1) | 32) !== 101) break;
  }
  return at;
}

function quoteEnd(text: string, from: number, limit: number, quote: number): number {
  const pattern = quote === 34 ? IN_STRING : IN_CHARACTER;
  let at = from + 1;
  while (at < limit) {
    at = runEnd(pattern, text, at);
    const c = text.charCodeAt(at);
    if (c === quote) return at + 1;
    if (c !== 92) return at;
    at += 2;
  }
  return limit;
}

/** End of the logical line, without its line end. */
function directiveEnd(text: string, from: number, limit: number): number {
  let at = from + 1;
  while (at < limit) {
    at = runEnd(IN_DIRECTIVE, text, at);
    const c = text.charCodeAt(at);
    if (at >= limit || c === 10) break;
    if (c === 92) at += isLineEnd(text, at + 1) && text.charCodeAt(at + 1) === 13 ? 3 : 2;
    else if (c === 47 && text.charCodeAt(at + 1) === 42) at = afterBlockComment(text, at, limit);
    else if (c === 47 && text.charCodeAt(at + 1) === 47) return lineEnd(text, at, limit);
    else if (c === 34 || c === 39) at = quoteEnd(text, at, limit, c);
    else at++;
  }
  return Math.min(at, limit);
}
