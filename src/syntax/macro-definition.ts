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

function parameterNames(text: string): string[] {
  const trimmed = text.trim();
  return trimmed === "" ? [] : trimmed.split(",").map((name) => name.replace(/\s+/g, ""));
}
