/** Whether a diff stands in a text. Only the lines that open one are known here. */

const OPENING = /^(?:diff --git |diff --cc |diff --combined |Binary files .* differ$|@@ -\d)/;

export function hasDiff(lines: readonly string[]): boolean {
  return lines.some((line) => OPENING.test(line));
}
