/** Columns as an editor shows them: a tab goes on to the next multiple of eight. */

/** Visual width of a text that begins in column 0. */
export function width(text: string): number {
  let column = 0;
  for (const char of text) column = char === "\t" ? column - (column % 8) + 8 : column + 1;
  return column;
}

/** Tabs, and blanks for the rest, from one column to another to its right. */
export function tabsTo(from: number, to: number): string {
  const stops = Math.floor(to / 8) - Math.floor(from / 8);
  if (stops === 0) return " ".repeat(Math.max(0, to - from));
  return "\t".repeat(stops) + " ".repeat(to % 8);
}
