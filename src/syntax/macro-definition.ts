/** Reads the text after `#define`: a macro's name, parameters and replacement text. */
import type { Span } from "../text/source-file.js";
import type { Condition, Macro } from "./outline.js";

/** `text` has no comments and no continuation lines (`plainText`). Null when it names no macro. */
export function parseMacro(
  text: string,
  span: Span,
  conditions: readonly Condition[],
): Macro | null {
  const match = /^([A-Za-z_$][\w$]*)(\(([^)]*)\))?/.exec(text);
  if (!match) return null;
  const params = match[2] === undefined ? null : parameterNames(match[3] ?? "");
  return {
    name: match[1] as string,
    params,
    body: text.slice(match[0].length).trim(),
    span,
    conditions,
  };
}

/**
 * Two definitions of a macro on the two sides of a configuration symbol as one that asks for it;
 * null where they are not that.
 */
export function bothSides(first: Macro, second: Macro): Macro | null {
  const symbol = first.conditions.find(({ symbol: name, holds }) =>
    second.conditions.some((other) => other.symbol === name && other.holds !== holds),
  );
  if (symbol === undefined || !/^CONFIG_\w+$/.test(symbol.symbol)) return null;
  if (first.params?.join() !== second.params?.join() || first.body === second.body) return null;
  const test = `${symbol.holds ? "" : "!"}IS_ENABLED(${symbol.symbol})`;
  const [own, other] = [first.body.replace(/;$/, ""), second.body.replace(/;$/, "")];
  const body =
    isExpression(own) && isExpression(other)
      ? `(${test} ? (${own}) : (${other}))`
      : `do { if (${test}) { ${own}; } else { ${other}; } } while (0)`;
  return { ...first, body };
}

function isExpression(body: string): boolean {
  return body !== "" && !/^(?:[{;]|(?:do|if|for|while|switch|return|goto|struct)\b)|;/.test(body);
}

function parameterNames(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === "" ? [] : trimmed.split(",").map((name) => name.replace(/\s+/g, ""));
}
