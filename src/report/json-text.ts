/**
 * JSON as it is printed. It need not escape more than control characters and unpaired surrogates,
 * but a terminal that shows the output obeys the rest as well.
 */
const UNSAFE = /[\x7f-\x9f\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Ends with a line feed. */
export function jsonText(value: unknown): string {
  const json = JSON.stringify(value, null, 2);
  return `${json.replace(UNSAFE, (character) => character.split("").map(escaped).join(""))}\n`;
}

function escaped(unit: string): string {
  return `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`;
}
