/**
 * `From:`, `Subject:` and `Date:` at the top of a mail's body name the patch's author when
 * somebody else sends it; a scissors line (`-- >8 --`) throws away what is above it. As in
 * git mailinfo.
 */
import { opensDiff } from "./has-diff.js";
import type { NumberedLines } from "./numbered-lines.js";

const SCISSORS = /^-[-\s]*(?:>8|8<|>%|%<)/;

export function inBodyHeaders(body: NumberedLines): ReadonlyMap<string, string> {
  const values = new Map<string, string>();
  let name: string | null = null;
  for (let at = afterScissors(body.lines); at < body.lines.length; at++) {
    const line = body.lines[at] as string;
    const field = /^(From|Subject|Date):\s*(.*)$/i.exec(line);
    if (field !== null) {
      name = (field[1] as string).toLowerCase();
      values.set(name, (field[2] as string).trim());
    } else if (name !== null && /^[ \t]+\S/.test(line)) {
      values.set(name, `${values.get(name)} ${line.trim()}`);
    } else if (line.trim() !== "" || name !== null) break;
  }
  return values;
}

function afterScissors(lines: readonly string[]): number {
  for (const [index, line] of lines.entries()) {
    if (opensDiff(line)) return 0;
    if (line.length < 100 && SCISSORS.test(line)) return index + 1;
  }
  return 0;
}
