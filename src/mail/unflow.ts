/**
 * `format=flowed` (RFC 3676) puts a blank in front of every line that begins with one, and with
 * it shifts the context of a diff. Undone only where the diff shows that it was done: some
 * mailers announce the format and leave patches alone. Lines are never joined.
 */
import type { NumberedLines } from "./numbered-lines.js";

export function unflow(text: NumberedLines): NumberedLines {
  const start = text.lines.findIndex((line) => /^@@ -\d/.test(line));
  if (start === -1) return text;
  const context = text.lines.slice(start).filter((line) => line.startsWith(" "));
  const stuffed = context.length > 0 && context.every((line) => line.startsWith("  "));
  if (!stuffed) return text;
  return { ...text, lines: text.lines.map((line) => (/^ /.test(line) ? line.slice(1) : line)) };
}
