/**
 * The tokens of one function. One that is defined once for each side of an `#if` becomes a single
 * function with that `#if` in its body, so that all definitions are looked at.
 */
import type { SourceFile, Span } from "../text/source-file.js";
import type { Condition, FunctionItem } from "./outline.js";
import { fileTokens, type Token, tokenAt } from "./token.js";

/** Numbers of tokens of one definition never follow those of another. */
const APART = 1_000_000;

export function itemTokens({ text }: SourceFile, item: FunctionItem): Token[] {
  const tokens = fileTokens(text, item.span.start, item.span.end);
  if (item.otherwise === null) return tokens;
  const brace = tokens.findIndex(({ start }) => start === item.body.start);
  return [...tokens.slice(0, brace), ...sidesOf(text, item, tokens.slice(brace), item.body, APART)];
}

/** The bodies of a function and of its other definitions as one; directives stand at `place`. */
function sidesOf(
  text: string,
  item: FunctionItem,
  body: readonly Token[],
  place: Span,
  apart: number,
): Token[] {
  const other = item.otherwise;
  if (other === null) return [...body];
  const open = { start: place.start, end: place.start + 1 };
  const close = { start: place.end - 1, end: place.end };
  const directive = (line: string) => tokenAt("directive", line, open);
  const otherBody = fileTokens(text, other.body.start, other.body.end).map((token) => ({
    ...token,
    index: token.index + apart,
  }));
  return [
    tokenAt("punctuation", "{", open),
    directive(`#if ${conditionOf(item, other)}`),
    ...body,
    directive("#else"),
    ...sidesOf(text, other, otherBody, place, apart + APART),
    directive("#endif"),
    tokenAt("punctuation", "}", close),
  ];
}

/** All definitions of a function, as far as they are looked at. */
export function definitionsOf(item: FunctionItem): FunctionItem[] {
  return item.otherwise === null ? [item] : [item, ...definitionsOf(item.otherwise)];
}

/** All text of a function, with that of its other definitions. */
export function itemText({ text }: SourceFile, item: FunctionItem): string {
  return definitionsOf(item)
    .map(({ span }) => text.slice(span.start, span.end))
    .join("\n");
}

/** Definitions of one function that are looked at. */
const MOST_SIDES = 8;

/**
 * The first definition, and those that it has beside it already, with another one as the side
 * after them; null where it is not another side.
 */
export function withSide(
  text: string,
  first: FunctionItem,
  other: FunctionItem,
): FunctionItem | null {
  if (conditionOf(first, other) === "" || headOf(text, first) !== headOf(text, other)) return null;
  if (definitionsOf(first).length >= MOST_SIDES) return null;
  const otherwise = first.otherwise === null ? other : withSide(text, first.otherwise, other);
  const identifiers = new Set([...first.identifiers, ...other.identifiers]);
  return otherwise && { ...first, identifiers, otherwise };
}

/** Parameters with their names. */
function headOf(text: string, { span, body }: FunctionItem): string {
  const head = text.slice(span.start, body.start);
  return head.slice(head.indexOf("(")).replace(/\s+/g, "");
}

/** What holds for the first and not for the second. */
function conditionOf(first: FunctionItem, second: FunctionItem): string {
  const own = first.conditions.filter(
    (one) => !second.conditions.some((other) => isSame(one, other)),
  );
  return own
    .map(({ symbol, holds }) => {
      const asked = /^\w+$/.test(symbol) ? `defined(${symbol})` : `(${symbol})`;
      return holds ? asked : `!${asked}`;
    })
    .join(" && ");
}

function isSame(a: Condition, b: Condition): boolean {
  return a.symbol === b.symbol && a.holds === b.holds;
}
