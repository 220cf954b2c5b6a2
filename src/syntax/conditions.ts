/**
 * What an `#if` line asks: a configuration symbol, a constant, or a text nobody evaluates. Used
 * for the conditions around a definition and for `#ifdef` among statements, so that both sides
 * name a symbol in the same way.
 */
import type { Condition } from "./outline.js";

export interface Directive {
  /** `if`, `ifdef`, `define`, …; empty when the line is just `#`. */
  readonly keyword: string;
  /** The rest: comments removed, continuations and runs of white space made one blank, trimmed. */
  readonly rest: string;
}

export function parseDirective(line: string): Directive {
  const match = /^#[ \t]*([a-z_]*)/.exec(line);
  const keyword = match?.[1] ?? "";
  return { keyword, rest: plainText(line.slice(match?.[0].length ?? 1)) };
}

/** Comments and continuation lines become a blank; strings are left alone. */
export function plainText(text: string): string {
  return text
    .replace(
      /"(?:\\[^]|[^"\\\n])*"|'(?:\\[^]|[^'\\\n])*'|\/\*[^]*?(?:\*\/|$)|\/\/[^\n]*|\\\r?\n/g,
      (piece) => (piece[0] === '"' || piece[0] === "'" ? piece : " "),
    )
    .replace(/"(?:\\[^]|[^"\\\n])*"|\s+/g, (piece) => (piece[0] === '"' ? piece : " "))
    .trim();
}

/** The condition of `#if`, `#ifdef`, `#ifndef`, `#elif`…; true or false for `#if 1`, `#if 0`. */
export function parseCondition(keyword: string, rest: string): Condition | boolean {
  if (keyword.endsWith("ifdef") || keyword === "elifdef")
    return { symbol: firstWord(rest), holds: true };
  if (keyword.endsWith("ifndef") || keyword === "elifndef")
    return { symbol: firstWord(rest), holds: false };
  const constant = /^\(?(\d+)\)?$/.exec(rest);
  if (constant) return constant[1] !== "0";
  const single =
    /^(!?)\s*(?:defined\s*\(\s*(\w+)\s*\)|defined (\w+)|IS_ENABLED\s*\(\s*(CONFIG_\w+)\s*\))$/.exec(
      rest,
    );
  if (single) {
    const symbol = single[2] ?? single[3] ?? single[4] ?? "";
    return { symbol, holds: single[1] === "" };
  }
  return { symbol: rest, holds: true };
}

function firstWord(rest: string): string {
  return /^\w+/.exec(rest)?.[0] ?? rest;
}

export function negated(condition: Condition): Condition {
  return { symbol: condition.symbol, holds: !condition.holds };
}

/** Of so many `#if`s around one place, or branches before it, the conditions are kept. */
export const MOST_CONDITIONS = 100;

/** One `#if … #endif` being read: what holds in the branch at hand. */
export class OpenConditional {
  /** Conditions of the branch at hand: the first of those before it negated, then its own. */
  conditions: readonly Condition[] = [];
  /** True in a branch that `#if 0` (or an `#else` of `#if 1`) removes. */
  isDead = false;
  readonly #earlier: Condition[] = [];
  /** A branch before this one is always taken. */
  #isTaken = false;
  #current: Condition | boolean;

  constructor(keyword: string, rest: string) {
    this.#current = parseCondition(keyword, rest);
    this.#enter(this.#current);
  }

  /** `#elif` with its condition, or `#else` with "". */
  nextBranch(keyword: string, rest: string): void {
    if (this.#current === true) this.#isTaken = true;
    else if (this.#current !== false && this.#earlier.length < MOST_CONDITIONS)
      this.#earlier.push(negated(this.#current));
    this.#current = keyword === "else" ? true : parseCondition(keyword, rest);
    this.#enter(this.#current);
  }

  #enter(current: Condition | boolean): void {
    this.isDead = current === false || this.#isTaken;
    this.conditions =
      typeof current === "object" ? [...this.#earlier, current] : [...this.#earlier];
  }
}
