/** The header lines of a mail. Names are lower case; of several with one name the first counts. */
import type { NumberedLines } from "./numbered-lines.js";

export interface Headers {
  readonly values: ReadonlyMap<string, string>;
  /** Index of the first line of the body. */
  readonly bodyStart: number;
}

const FIELD = /^([!-9;-~]+):[ \t]*(.*)$/s;

/** null when the text does not begin with mail headers (`Subject:` or `From:` among them). */
export function readHeaders(text: NumberedLines, start = 0): Headers | null {
  const values = new Map<string, string>();
  let name: string | null = null;
  let at = start;
  for (; at < text.lines.length; at++) {
    const line = text.lines[at] as string;
    if (line.trim() === "") break;
    const field = FIELD.exec(line);
    if (/^[ \t]/.test(line) && name !== null) {
      values.set(name, `${values.get(name) ?? ""} ${line.trim()}`);
    } else if (field !== null) {
      name = (field[1] as string).toLowerCase();
      if (values.has(name)) name = `${name}\0${at}`;
      values.set(name, (field[2] as string).trimEnd());
    } else return null;
  }
  return values.has("subject") || values.has("from") ? { values, bodyStart: at + 1 } : null;
}
