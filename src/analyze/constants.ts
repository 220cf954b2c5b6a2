/**
 * Named numbers of a file: enumerators, macros whose text is a number, and members of structs that
 * nobody writes to. Found lexically; an enumerator whose value is not written as a number, and those after it, are left out.
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
export function numberOf(text: string): number | null {
  const plain = text
    .replace(/\bBIT\s*\(([^()]*)\)/g, "1<<$1")
    .replace(/[\s()]|(?<=[\da-fA-F])[uUlL]+\b/g, "");
  const shifted = /^(\d+)<<(\d+)$/.exec(plain);
  if (shifted !== null)
    return Number(shifted[2]) < 31 ? Number(shifted[1]) << Number(shifted[2]) : null;
  return /^-?(?:\d+|0[xX][\da-fA-F]+)$/.test(plain) ? Number(plain) : null;
}

/** What the members of a struct of a file hold, as texts. */
export interface FixedStruct {
  readonly members: ReadonlyMap<string, string>;
  /** Nobody can write to it: a member that is not named is zero. */
  readonly isConst: boolean;
}

/**
 * A `static struct` of a file that is filled by the names of its members, and that the file does
 * not write to by its name; null where there is none of that name.
 */
export function fixedStruct(text: string, name: string): FixedStruct | null {
  const head = new RegExp(`^static (const )?struct \\w+ ${name}\\s*=\\s*\\{([^{}]*)\\};`, "m").exec(
    text,
  );
  if (head === null) return null;
  const isConst = head[1] !== undefined;
  const written = new RegExp(`(?<!&)\\b${name}\\s*(?:\\.|=(?!=)|\\[)`);
  if (!isConst && written.test(text.replace(head[0], ""))) return null;
  const members = new Map<string, string>();
  const plain = (head[2] as string).replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, " ");
  for (const entry of plain.split(",")) {
    if (entry.trim() === "") continue;
    const match = /^\s*\.(\w+)\s*=\s*([^=]+?)\s*$/.exec(entry);
    if (match === null) return null;
    members.set(match[1] as string, match[2] as string);
  }
  return { members, isConst };
}
