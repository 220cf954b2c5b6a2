/**
 * The header lines of a mail or of a part of one. Names are lower case; of several with one
 * name the first counts. Web archives keep only the bare subject and a few fields as plain text.
 */
import { decodeLine } from "./charset.js";
import type { NumberedLines } from "./numbered-lines.js";
import { decodeWords } from "./undo-encoding.js";

export interface Headers {
  readonly values: ReadonlyMap<string, string>;
  /** Index of the first line of the body. */
  readonly bodyStart: number;
}

/** More of a field is not read. */
const LONGEST = 65_536;

/** RFC 5322 asks for no blank after the colon, and many relays write none. */
const FIELD = /^([!-9;-~]+):[ \t]*(.*)$/s;

/**
 * Fields up to the first blank line; null when a line is none, or there are none at all. `text` is
 * raw, one character for each byte; words of the values are still encoded.
 */
export function readHeaders(text: NumberedLines): Headers | null {
  const values = new Map<string, string>();
  let name: string | null = null;
  let at = 0;
  for (; at < text.lines.length; at++) {
    const line = text.lines[at] as string;
    if (line.trim() === "") break;
    const field = FIELD.exec(line);
    if (/^[ \t]/.test(line) && name !== null) {
      const value = values.get(name) ?? "";
      if (value.length < LONGEST) values.set(name, `${value} ${line.slice(0, LONGEST).trim()}`);
    } else if (field !== null) {
      name = (field[1] as string).toLowerCase();
      if (values.has(name)) name = `${name}\0${at}`;
      values.set(name, (field[2] ?? "").slice(0, LONGEST).trim());
    } else if (!line.startsWith(">From ")) return null;
  }
  if (values.size === 0) return null;
  for (const [field, value] of values) values.set(field, decodeLine(value));
  return { values, bodyStart: at + 1 };
}

/** The headers of a whole mail as text: `Subject:` or `From:` must be among them. */
export async function readMailHeaders(text: NumberedLines): Promise<Headers | null> {
  const headers = readHeaders(text);
  const found =
    headers?.values.has("subject") || headers?.values.has("from")
      ? headers
      : readArchivedHead(text);
  if (found === null) return null;
  const values = new Map(found.values);
  for (const name of ["subject", "from"])
    if (values.has(name)) values.set(name, await decodeWords(values.get(name) as string));
  return { ...found, values };
}

/** A web archive's page: the subject alone on the first line, `From:` and `Date:` soon below. */
function readArchivedHead(text: NumberedLines): Headers | null {
  const subject = text.lines[0] ?? "";
  if (!/^(?:(?:re|fwd?):|\[[^\]]*\bpatch)/i.test(subject)) return null;
  const values = new Map([["subject", subject.trim()]]);
  let end = 1;
  for (let at = 1; at < Math.min(text.lines.length, 12); at++) {
    const field = /^(From|Date|To|Cc|Message-ID|In-Reply-To):\s*(.*)$/i.exec(
      text.lines[at] as string,
    );
    if (field !== null) {
      values.set((field[1] as string).toLowerCase(), (field[2] as string).trim());
      end = at + 1;
    } else if ((text.lines[at] as string).trim() !== "") break;
  }
  if (values.size === 1) return null;
  for (const [field, value] of values) values.set(field, decodeLine(value));
  return { values, bodyStart: end };
}
