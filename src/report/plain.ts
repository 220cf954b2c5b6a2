/**
 * Makes text from the outside safe to print. A patch can carry escape sequences that rewrite a
 * terminal, line feeds that forge a second report, and marks that reverse the direction of
 * writing; none of them may reach the reader's screen as they are.
 */

/** Control characters, format characters (direction marks, zero width), line separators, surrogates. */
const UNSAFE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** What `painter` puts around a text, and nothing else that begins with an escape. */
const PAINT = new RegExp(`(${String.fromCharCode(27)}\\[(?:1|22|3[1-69])m)`);

/** A line of a report as it leaves: whoever made it may have forgotten `plain`. */
export function plainLine(line: string, { colour }: { readonly colour: boolean }): string {
  if (!colour || !line.includes("\x1b[")) return plain(line);
  return line
    .split(PAINT)
    .map((piece, index) => (index % 2 === 1 ? piece : plain(piece)))
    .join("");
}

/** All that is written to standard output, line by line. */
export function plainPage(text: string, options: { readonly colour: boolean }): string {
  return text
    .split("\n")
    .map((line) => plainLine(line, options))
    .join("\n");
}

/** For names and messages: what is unsafe becomes `\x1b` or `\u{202e}`; the rest stays. */
export function plain(text: string): string {
  return text.replace(UNSAFE, escaped);
}

function escaped(character: string): string {
  const code = character.codePointAt(0) as number;
  const hex = code.toString(16);
  return code < 0x100 ? `\\x${hex.padStart(2, "0")}` : `\\u{${hex}}`;
}

/**
 * For quoted source: tabs become blanks up to the next multiple of eight, every other unit that
 * is not printable ASCII a `?`, one for one, so that columns below still fit.
 * `columnOf[i]` is the display column (from 0) of UTF-16 unit i; one more entry for the end.
 */
export function quotedLine(text: string): {
  readonly shown: string;
  readonly columnOf: readonly number[];
} {
  const columnOf: number[] = [];
  let shown = "";
  for (let at = 0; at < text.length; at++) {
    columnOf.push(shown.length);
    const code = text.charCodeAt(at);
    if (code === 9) shown += " ".repeat(8 - (shown.length % 8));
    else shown += code >= 32 && code < 127 ? text.charAt(at) : "?";
  }
  columnOf.push(shown.length);
  return { shown, columnOf };
}
