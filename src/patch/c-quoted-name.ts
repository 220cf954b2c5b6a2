/**
 * File names as git and diff write them: C-quoted with octal bytes when they hold unusual
 * characters, followed by a tab and a time stamp in plain diffs.
 */

const ESCAPES: Readonly<Record<string, number>> = {
  a: 7,
  b: 8,
  t: 9,
  n: 10,
  v: 11,
  f: 12,
  r: 13,
  '"': 34,
  "\\": 92,
};

/** A name at the start of `text` and what follows it; null when the quotes are broken. */
export function readQuotedName(text: string): { name: string; rest: string } | null {
  if (!text.startsWith('"')) return null;
  const bytes: Buffer[] = [];
  for (let at = 1; at < text.length; ) {
    const end = at + text.slice(at).search(/["\\]/);
    if (end < at) return null;
    bytes.push(Buffer.from(text.slice(at, end), "utf8"));
    if (text[end] === '"') {
      return { name: Buffer.concat(bytes).toString("utf8"), rest: text.slice(end + 1) };
    }
    const octal = /^[0-3][0-7]{2}/.exec(text.slice(end + 1, end + 4));
    const code = octal === null ? ESCAPES[text[end + 1] ?? ""] : Number.parseInt(octal[0], 8);
    if (code === undefined) return null;
    bytes.push(Buffer.from([code]));
    at = end + (octal === null ? 2 : 4);
  }
  return null;
}

/** The name in a `---` or `+++` line, without its time stamp; `epoch` when that says 1970. */
export function readFileName(text: string): { name: string; epoch: boolean } {
  const quoted = readQuotedName(text);
  if (quoted !== null) return { name: quoted.name, epoch: isEpoch(quoted.rest) };
  const tab = text.indexOf("\t");
  if (tab !== -1) return { name: text.slice(0, tab), epoch: isEpoch(text.slice(tab)) };
  const stamp = STAMP.exec(text);
  if (stamp === null) return { name: text.trimEnd(), epoch: false };
  return { name: text.slice(0, stamp.index).trimEnd(), epoch: isEpoch(stamp[0]) };
}

/** `2023-07-31 16:39:17.000000000 -0700` or `Mon Jul 31 16:39:17 2023` after a blank. */
const STAMP =
  /\s(?:\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\S*(?: [+-]\d{4})?|[A-Z][a-z]{2} [A-Z][a-z]{2} [ \d]\d \d\d:\d\d:\d\d \d{4})\s*$/;

/** A time stamp of 1970-01-01 in any zone (diff's way to say that there is no such file). */
function isEpoch(stamp: string): boolean {
  return /\b(?:1970-01-01 |1969-12-31 |Jan {1,2}1 \d\d:\d\d:\d\d 1970)/.test(stamp);
}
