/**
 * Named numbers of a file: enumerators, and macros whose text is a number. Found lexically; an
 * enumerator whose value is not written as a number, and those after it, are left out.
 */
import type { Macro } from "../syntax/outline.js";

export function enumerators(text: string): Map<string, number> {
  const values = new Map<string, number>();
  for (const [, body] of text.matchAll(/\benum\b[^;{}()]*\{([^{}]*)\}/g)) {
    let next: number | null = 0;
    for (const entry of (body as string)
      .replace(/\/\*[^]*?\*\/|\/\/[^\n]*|^[ \t]*#.*$/gm, " ")
      .split(",")) {
      const match = /^\s*([A-Za-z_]\w*)\s*(?:=\s*([^]*?))?\s*$/.exec(entry);
      if (match === null) continue;
      const given = match[2];
      const value: number | null = given === undefined ? next : numberOf(given);
      if (value !== null) values.set(match[1] as string, value);
      next = value === null ? null : value + 1;
    }
  }
  return values;
}

export function macroValue(macro: Macro): number | null {
  return macro.params === null ? numberOf(macro.body) : null;
}

/** A number, or one shifted by another, as `BIT(n)` does; 32 bits and no more. */
function numberOf(text: string): number | null {
  const plain = text
    .replace(/\bBIT\s*\(([^()]*)\)/g, "1<<$1")
    .replace(/[\s()]|(?<=[\da-fA-F])[uUlL]+\b/g, "");
  const shifted = /^(\d+)<<(\d+)$/.exec(plain);
  if (shifted !== null)
    return Number(shifted[2]) < 31 ? Number(shifted[1]) << Number(shifted[2]) : null;
  return /^-?(?:\d+|0[xX][\da-fA-F]+)$/.test(plain) ? Number(plain) : null;
}
