/**
 * The text of an HTML mail, line by line as a reader sees it, for the diff that may stand in it.
 * Blanks stay as they are written, quotes get their `> ` back. Knows the few elements that end a
 * line; styles that change this are not read.
 */
import type { NumberedLines } from "./numbered-lines.js";

/** A tag, the beginning of a comment, an entity, the end of a line, text. */
const TOKEN =
  /<(\/?)([a-z][a-z0-9]{0,15})\b[^<>]*>|<!--|<[!?][^<>]*>|&(#?\w{1,31});|\n|[<&][^<&\n]*|[^<&\n]+/gi;

const BLOCK = /^(?:p|div|pre|blockquote|ul|ol|li|table|tr|h[1-6]|hr|body)$/;
const HIDDEN = /^(?:style|script|title)$/;

export function htmlText(html: NumberedLines): NumberedLines {
  const source = html.lines.join("\n");
  const page = new Page();
  let line = 0;
  let lineEnd = source.indexOf("\n");
  const token = new RegExp(TOKEN);
  for (let match = token.exec(source); match !== null; match = token.exec(source)) {
    for (; lineEnd !== -1 && lineEnd < match.index; line++)
      lineEnd = source.indexOf("\n", lineEnd + 1);
    page.number = html.lineNumbers[line] ?? 0;
    const [text, slash, name, entity] = match;
    const tag = name?.toLowerCase() ?? "";
    if (text === "<!--" || (slash === "" && HIDDEN.test(tag))) {
      const close = text === "<!--" ? /-->/g : new RegExp(`</${tag}[^<>]*>`, "gi");
      close.lastIndex = token.lastIndex;
      if (close.exec(source) === null) break;
      token.lastIndex = close.lastIndex;
    } else if (tag !== "") page.tag(tag, slash === "");
    else if (entity !== undefined) page.add(character(entity) ?? text);
    else if (text === "\n") page.lineEnd();
    else if (!/^<[!?]/.test(text)) page.add(text);
  }
  page.endLine(false);
  return { lines: page.lines, lineNumbers: page.lineNumbers };
}

/** What has been read so far. */
class Page {
  readonly lines: string[] = [];
  readonly lineNumbers: number[] = [];
  /** Line of the input that is being read. */
  number = 0;
  #line = "";
  #start = 0;
  #quotes = 0;
  #pre = 0;
  /** Nothing has come since `<pre>`. */
  #atPre = false;

  add(text: string): void {
    if (this.#line === "") this.#start = this.number;
    this.#line += text;
    this.#atPre = false;
  }

  /** A line of the source ends. */
  lineEnd(): void {
    if (this.#pre === 0) {
      if (this.#line !== "") this.#line += " ";
    } else if (!this.#atPre) this.endLine(true);
    this.#atPre = false;
  }

  tag(name: string, opens: boolean): void {
    if (name === "br") this.endLine(true);
    if (!BLOCK.test(name)) return;
    this.endLine(false);
    const step = opens ? 1 : -1;
    if (name === "blockquote") this.#quotes = Math.max(0, this.#quotes + step);
    if (name === "pre") this.#pre = Math.max(0, this.#pre + step);
    this.#atPre = name === "pre" && opens;
  }

  /** `always`: also an empty one. Blanks between elements are none. */
  endLine(always: boolean): void {
    const isBlank = /^[ \t\r]*$/.test(this.#line);
    if (always || !isBlank) {
      const mark = "> ".repeat(Math.min(this.#quotes, MOST_QUOTES));
      this.lines.push(mark + (isBlank ? "" : this.#line.replaceAll("\u00a0", " ")));
      this.lineNumbers.push(this.#line === "" ? this.number : this.#start);
    }
    this.#line = "";
  }
}

const MOST_QUOTES = 20;

/** Null for an entity that no code needs, and for a number that is no character. */
function character(entity: string): string | null {
  const number = /^#(?:x([0-9a-f]{1,6})|(\d{1,7}))$/i.exec(entity);
  if (number !== null) {
    const code = Number.parseInt(number[1] ?? (number[2] as string), number[1] ? 16 : 10);
    const isCharacter = code > 0 && code <= 0x10ffff && (code < 0xd800 || code > 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : null;
  }
  switch (entity) {
    case "lt":
      return "<";
    case "gt":
      return ">";
    case "amp":
      return "&";
    case "quot":
      return '"';
    case "apos":
      return "'";
    case "nbsp":
      return "\u00a0";
    default:
      return null;
  }
}
