/** Breaks prose into lines. Knows nothing of findings. */

/** Width of every report. */
export const WIDTH = 80;

/**
 * Words of `text`, filled into lines of at most WIDTH columns that start with `first`, then
 * `rest`. A word that fits no line stands alone and sticks out; nothing is ever cut.
 */
export function wrap(text: string, first: string, rest: string): string[] {
  const lines: string[] = [];
  let line = first;
  let empty = true;
  for (const word of text.split(/\s+/).filter((part) => part !== "")) {
    const longer = empty ? line + word : `${line} ${word}`;
    if (longer.length > WIDTH && !empty) {
      lines.push(line);
      line = rest + word;
    } else {
      line = longer;
    }
    empty = false;
  }
  if (!empty) lines.push(line);
  return lines;
}
