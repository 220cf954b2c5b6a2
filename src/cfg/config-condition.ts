/**
 * The condition of an `#if` as a value: `defined(CONFIG_X) || !IS_ENABLED(CONFIG_Y)` asks two
 * symbols. What is not made of symbols is one symbol by its text.
 */
import type { Value } from "./cfg.js";
import { binary, unary } from "./make-value.js";

export function configCondition(text: string): Value {
  const tokens = text.match(/\w+|\|\||&&|[^\s\w]/g) ?? [];
  const reader = new Reader(tokens);
  const value = reader.either();
  return value === null || !reader.isAtEnd ? { kind: "config", symbol: text } : value;
}

class Reader {
  readonly #tokens: readonly string[];
  #at = 0;
  #depth = 0;

  constructor(tokens: readonly string[]) {
    this.#tokens = tokens;
  }

  get isAtEnd(): boolean {
    return this.#at === this.#tokens.length;
  }

  either(): Value | null {
    return this.#chain("||", "|", () => this.#chain("&&", "&", () => this.#one()));
  }

  #chain(between: string, op: string, read: () => Value | null): Value | null {
    let value = read();
    while (value !== null && this.#take(between)) {
      const next = read();
      value = next && binary(op, value, next);
    }
    return value;
  }

  #one(): Value | null {
    if (++this.#depth > 50) return null;
    if (this.#take("!")) {
      const negated = this.#one();
      return negated && unary("!", negated);
    }
    if (this.#take("(")) {
      const inner = this.either();
      return this.#take(")") ? inner : null;
    }
    if (!this.#take("defined") && !this.#take("IS_ENABLED")) {
      // Alone it is what `#ifdef` asks; among others it would be a number.
      return this.#tokens.length === 1 ? this.#symbol() : null;
    }
    const isEnclosed = this.#take("(");
    const symbol = this.#symbol();
    return isEnclosed && !this.#take(")") ? null : symbol;
  }

  #symbol(): Value | null {
    const symbol = this.#tokens[this.#at];
    if (symbol === undefined || !/^[A-Za-z_]/.test(symbol)) return null;
    this.#at++;
    return { kind: "config", symbol };
  }

  #take(token: string): boolean {
    if (this.#tokens[this.#at] !== token) return false;
    this.#at++;
    return true;
  }
}
