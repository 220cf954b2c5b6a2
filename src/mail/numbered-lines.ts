/** Lines of a text, each with the line of the user's input (from 1) that it came from. */

export interface NumberedLines {
  readonly lines: readonly string[];
  readonly lineNumbers: ArrayLike<number>;
}

export function numberLines(lines: readonly string[]): NumberedLines {
  const lineNumbers = new Uint32Array(lines.length);
  for (let index = 0; index < lines.length; index++) lineNumbers[index] = index + 1;
  return { lines, lineNumbers };
}

/** Lines `from` to `to` (indices, exclusive). */
export function sliceLines(
  text: NumberedLines,
  from: number,
  to = text.lines.length,
): NumberedLines {
  const numbers = text.lineNumbers;
  const cut =
    numbers instanceof Uint32Array
      ? numbers.subarray(from, to)
      : Array.from(numbers).slice(from, to);
  return { lines: text.lines.slice(from, to), lineNumbers: cut };
}
