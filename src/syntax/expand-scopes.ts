/**
 * What runs when a scope ends becomes statements: `guard(class)(object)`, `scoped_guard()`,
 * `CLASS()`, and variables with `__free()` or a cleanup function. A walk over the tokens of a
 * function before macro expansion; `encoding.ts` has the forms that the parser reads.
 *
 * A class that does nothing of interest is left as it is; one that is not in sight is told.
 */
import type { Dialect } from "./dialect.js";
import { LEAVE, MAYBE, SCOPE } from "./encoding.js";
import type { FoundClass, ScopeClass } from "./scope-class.js";
import { splitArguments } from "./substitute-arguments.js";
import { closingParen, type Token, tokensAt } from "./token.js";

export interface ScopeOptions {
  readonly dialect: Dialect;
  scopeClass(name: string): FoundClass;
}

export interface ExpandedScopes {
  readonly tokens: readonly Token[];
  /** Whether something runs at the end of a scope that is not in sight. */
  readonly isPartial: boolean;
}

export function expandScopes(tokens: readonly Token[], options: ScopeOptions): ExpandedScopes {
  const { dialect } = options;
  const isConcerned = ({ kind, text }: Token) =>
    kind === "name" &&
    [dialect.guards, dialect.scopes, dialect.cleanups, dialect.attributes].some((one) =>
      one.has(text),
    );
  return tokens.some(isConcerned)
    ? new ScopeExpander(tokens, options).run()
    : { tokens, isPartial: false };
}

class ScopeExpander {
  readonly #tokens: readonly Token[];
  readonly #options: ScopeOptions;
  readonly #out: Token[] = [];
  /** What to add after the next `;` at the same depth. */
  #pending: { readonly depth: number; readonly tokens: Token[] } | null = null;
  #depth = 0;
  #isPartial = false;

  constructor(tokens: readonly Token[], options: ScopeOptions) {
    this.#tokens = tokens;
    this.#options = options;
  }

  run(): ExpandedScopes {
    for (let i = 0; i < this.#tokens.length; i++) {
      const token = this.#tokens[i] as Token;
      const last = token.kind === "name" ? this.#at(i, token) : -1;
      if (last === -1) this.#keep(token);
      else i = last;
    }
    return { tokens: this.#out, isPartial: this.#isPartial };
  }

  #keep(token: Token): void {
    this.#out.push(token);
    if (token.kind !== "punctuation") return;
    if ("([{".includes(token.text)) this.#depth++;
    else if (")]}".includes(token.text)) this.#depth--;
    else if (token.text === ";" && this.#pending?.depth === this.#depth) {
      this.#out.push(...this.#pending.tokens);
      this.#pending = null;
    }
  }

  /** Index of the last token of what begins here; -1 where that stays as it is. */
  #at(i: number, token: Token): number {
    const { dialect } = this.#options;
    const close = this.#tokens[i + 1]?.text === "(" ? closingParen(this.#tokens, i + 1) : -1;
    if (close === -1) return -1;
    const args = splitArguments(this.#tokens, i + 2, close, []);
    if (dialect.guards.has(token.text)) return this.#guard(token, args, close);
    if (dialect.scopes.has(token.text)) return this.#scoped(token, args, close);
    if (dialect.cleanups.has(token.text)) return this.#freed(token, args, close);
    return dialect.attributes.has(token.text) ? this.#attribute(token, i, close) : -1;
  }

  /** `guard(name)(object);` and `CLASS(name, variable)(arguments);` */
  #guard(token: Token, [name, variable]: readonly Token[][], close: number): number {
    const last = this.#tokens[close + 1]?.text === "(" ? closingParen(this.#tokens, close + 1) : -1;
    if (last === -1 || this.#tokens[last + 1]?.text !== ";") return -1;
    const found = this.#class(name);
    if (found === null) return -1;
    const given = this.#tokens.slice(close + 2, last);
    const own = variable?.[0]?.text ?? `__guard_${token.index}`;
    this.#write(token, `${entering(found, own, given)};`);
    this.#write(token, `${LEAVE}(({ ${leaving(found, own)} }))`);
    return last;
  }

  /** `scoped_guard(name, object) statement`, `scoped_cond_guard(name, on failure, object) statement` */
  #scoped(token: Token, args: readonly Token[][], close: number): number {
    const [name, ...rest] = args;
    const found = this.#class(name);
    if (rest.length > 1) {
      const [failure = []] = rest;
      this.#write(token, `if (${MAYBE}()) {`);
      this.#out.push(...failure);
      this.#write(token, "; } else");
    }
    if (found === null) return this.#plainScope(token, close);
    const own = `__guard_${token.index}`;
    const enter = entering(found, own, rest.at(-1) ?? []);
    this.#write(token, `while (${SCOPE}(({ ${enter}; }), ({ ${leaving(found, own)} })))`);
    return close;
  }

  #plainScope(token: Token, close: number): number {
    const from = this.#tokens.indexOf(token);
    for (const one of this.#tokens.slice(from, close + 1)) this.#keep(one);
    return close;
  }

  /** `type *variable __free(name) = …;` */
  #freed(token: Token, [name]: readonly Token[][], close: number): number {
    const variable = this.#out.at(-1);
    const found = this.#class(name);
    if (found === null || variable?.kind !== "name") return -1;
    this.#later(token, leaving(found, variable.text));
    return close;
  }

  /** `type variable __attribute__((cleanup(function))) = …;` */
  #attribute(token: Token, i: number, close: number): number {
    const { dialect } = this.#options;
    const variable = this.#out.at(-1);
    const at = this.#tokens.findIndex(
      ({ text }, index) => index >= i && index < close && dialect.cleanupAttributes.has(text),
    );
    const name = at === -1 ? undefined : this.#tokens[at + 2];
    if (name?.kind !== "name" || variable?.kind !== "name") return -1;
    this.#later(token, `${name.text}(&${variable.text});`);
    return close;
  }

  #later(at: Token, text: string): void {
    const tokens = tokensAt(`${LEAVE}(({ ${text} }));`, at);
    if (this.#pending?.depth === this.#depth) this.#pending.tokens.unshift(...tokens);
    else this.#pending = { depth: this.#depth, tokens };
  }

  #class(name: readonly Token[] | undefined): ScopeClass | null {
    const text = name?.length === 1 ? (name[0] as Token).text : "";
    const found = this.#options.scopeClass(text);
    if (found === "unseen") this.#isPartial = true;
    return typeof found === "string" ? null : found;
  }

  #write(at: Token, text: string): void {
    this.#out.push(...tokensAt(text, at));
  }
}

/** The declaration of the variable, and what is done then; without the last semicolon. */
function entering(found: ScopeClass, own: string, given: readonly Token[]): string {
  const value = given.map(({ text }) => text).join(" ");
  if (found.params.length === 0)
    return `${found.type} ${own} = ${value === "" ? "0" : value}; ${inTerms(found.enter, own)}`;
  const args = splitArguments(given, 0, given.length, []);
  let made = found.enter;
  found.params.forEach((param, index) => {
    const arg = args[index]?.map(({ text }) => text).join(" ") ?? "0";
    made = made.replace(new RegExp(`\\b${param}\\b`, "g"), () => `(${arg})`);
  });
  return `${found.type} ${own} = ${made}`;
}

function leaving(found: ScopeClass, own: string): string {
  return `${inTerms(found.leave, own)};`;
}

/** `_T` is the variable; of a lock's class its member `lock` is. */
function inTerms(text: string, own: string): string {
  return text.replace(/\b_T\b(?: -> lock\b)?/g, own);
}
