/** Whether a diff stands in a text. Only the lines that open one are known here. */

const OPENING = /^(?:diff --git |diff --cc |diff --combined |Binary files .* differ$|@@ -\d)/;

export function opensDiff(line: string): boolean {
  return OPENING.test(line);
}

export function hasDiff(lines: readonly string[]): boolean {
  return lines.some(opensDiff);
}
