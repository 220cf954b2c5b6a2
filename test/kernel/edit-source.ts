/** Edits of a C file by line, and patches made of them. */

/** Indices of a function's first line and of the `}` that ends it. Throws when it is not there. */
export function functionLines(
  lines: readonly string[],
  name: string,
): { first: number; last: number } {
  const head = new RegExp(`^\\w[^;=]*\\b${name}\\(`);
  for (const [first, line] of lines.entries()) {
    if (!head.test(line)) continue;
    // The head ends with `{` on a line of its own; a prototype ends with a semicolon.
    const end = lines.findIndex((text, index) => index >= first && /^\{|;\s*$/.test(text));
    if (lines[end]?.startsWith("{")) {
      return { first, last: lines.findIndex((text, index) => index > end && text.startsWith("}")) };
    }
  }
  throw new Error(`no function ${name}() here`);
}

/** A patch with one hunk, from the first line that differs to the last. */
export function diff(path: string, before: readonly string[], after: readonly string[]): string {
  const [old, now] = [before, after].map((lines) =>
    lines.at(-1) === "" ? lines.slice(0, -1) : lines,
  ) as [readonly string[], readonly string[]];
  let start = 0;
  while (start < Math.min(old.length, now.length) && old[start] === now[start]) start++;
  let end = 0;
  while (end < Math.min(old.length, now.length) - start && old.at(-1 - end) === now.at(-1 - end))
    end++;
  const above = old.slice(Math.max(0, start - 3), start);
  const below = old.slice(old.length - end, old.length - end + 3);
  const removed = old.slice(start, old.length - end);
  const added = now.slice(start, now.length - end);
  const from = start - above.length + 1;
  const context = above.length + below.length;
  return [
    `diff --git a/${path} b/${path}`,
    `--- a/${path}`,
    `+++ b/${path}`,
    `@@ -${from},${removed.length + context} +${from},${added.length + context} @@`,
    ...above.map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...below.map((line) => ` ${line}`),
    "",
  ].join("\n");
}
