/** Writes of members by a lexical look. */
import type { Field, Protocol } from "./protocol.js";

/**
 * Assignments to a member or a part of it, also through a macro (`ACCESS_PRIVATE`, `WRITE_ONCE`),
 * and copies of all that a pointer points to; white space and comments aside.
 */
export function memberWrites(fields: ReadonlyMap<string, Field>, type: string): Protocol["writes"] {
  const written = (names: readonly string[]) => {
    const member = `(?:->|\\.)\\s*(?:${names.join("|")})\\b`;
    const assigns = "\\s*(?:(?:[-+*/|&^]|<<|>>)?=(?!=)|\\+\\+|--)";
    return new RegExp(
      [
        `${member}(?:\\s*\\.\\s*\\w+)?${assigns}`,
        `(?:\\+\\+|--)[^;]{0,80}${member}`,
        `\\b[A-Z_]+\\([^;()]{0,80}\\b(?:${names.join("|")})\\b`,
      ].join("|"),
    );
  };
  const names = [...fields].filter(([, { isShared }]) => !isShared).map(([name]) => name);
  const own = written(names);
  const all = written([...fields.keys()]);
  const copy = /\*\s*\w+\s*=\s*(?:\w+\()?\s*\*\s*\w/;
  return {
    test: (text) => own.test(text) || (text.includes(type) && (all.test(text) || copy.test(text))),
  };
}
