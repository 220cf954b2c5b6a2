/**
 * The tokens of one function. One that is defined once for each side of an `#if` becomes a single
 * function with that `#if` in its body, so that both definitions are looked at.
 */
import type { SourceFile } from "../text/source-file.js";
import type { Condition, FunctionItem } from "./outline.js";
import { fileTokens, type Token, tokenAt } from "./token.js";

/** Numbers of tokens of one definition never follow those of another. */
const APART = 1_000_000;

export function itemTokens({ text }: SourceFile, item: FunctionItem): Token[] {
  const tokens = fileTokens(text, item.span.start, item.span.end);
  const other = item.otherwise;
  if (other === null) return tokens;
  const brace = tokens.findIndex(({ start }) => start === item.body.start);
  const open = { start: item.body.start, end: item.body.start + 1 };
  const close = { start: item.body.end - 1, end: item.body.end };
  const directive = (line: string) => tokenAt("directive", line, open);
  const otherBody = fileTokens(text, other.body.start, other.body.end);
  return [
    ...tokens.slice(0, brace),
    tokenAt("punctuation", "{", open),
    directive(`#if ${conditionOf(item, other)}`),
    ...tokens.slice(brace),
    directive("#else"),
    ...otherBody.map((token) => ({ ...token, index: token.index + APART })),
    directive("#endif"),
    tokenAt("punctuation", "}", close),
  ];
}

/** All text of a function, with that of its other definition. */
export function itemText({ text }: SourceFile, { span, otherwise }: FunctionItem): string {
  const own = text.slice(span.start, span.end);
  return otherwise === null
    ? own
    : `${own}\n${text.slice(otherwise.span.start, otherwise.span.end)}`;
}

/** The first definition with the second as its other side; null where they are not two sides. */
export function twoSided(
  text: string,
  first: FunctionItem,
  second: FunctionItem,
): FunctionItem | null {
  if (conditionOf(first, second) === "" || headOf(text, first) !== headOf(text, second))
    return null;
  const identifiers = new Set([...first.identifiers, ...second.identifiers]);
  return { ...first, identifiers, otherwise: second };
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
