/** Values of C's number and character literals. */

/** Null for floating numbers and what does not fit a safe JavaScript number. */
export function numberValue(literal: string): number | null {
  if (literal[0] === "-") {
    const magnitude = numberValue(literal.slice(1));
    return magnitude === null ? null : -magnitude;
  }
  const digits = literal.replace(/'/g, "").replace(/[uUlLzZ]+$/, "");
  let value: number;
  if (/^0[xX][0-9a-fA-F]+$/.test(digits)) value = Number.parseInt(digits.slice(2), 16);
  else if (/^0[bB][01]+$/.test(digits)) value = Number.parseInt(digits.slice(2), 2);
  else if (/^0[0-7]*$/.test(digits)) value = Number.parseInt(digits, 8);
  else if (/^[1-9][0-9]*$/.test(digits)) value = Number.parseInt(digits, 10);
  else return null;
  return Number.isSafeInteger(value) ? value : null;
}

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  e: 27,
  f: 12,
  n: 10,
  r: 13,
  t: 9,
  v: 11,
  "\\": 92,
  "'": 39,
  '"': 34,
  "?": 63,
};

export function characterValue(literal: string): number | null {
  const match = /^[LuU8]*'(?:\\([0-7]{1,3})|\\x([0-9a-fA-F]+)|\\(.)|([^\\]))'$/.exec(literal);
  if (!match) return null;
  if (match[1] !== undefined) return Number.parseInt(match[1], 8);
  if (match[2] !== undefined) return numberValue(`0x${match[2]}`);
  if (match[3] !== undefined) return ESCAPES[match[3]] ?? null;
  return (match[4] as string).charCodeAt(0);
}
