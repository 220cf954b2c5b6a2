/**
 * The indentation that an added line of kernel C had before a mailer collapsed it, guessed from
 * the lines above and below it: tabs, as Documentation/process/coding-style.rst wants them.
 * Knows blocks, heads without braces, cases, labels, open parentheses and comments, and no
 * grammar: where the code above is odd, the neighbours' own indentation is among the guesses.
 */
import { tabsTo, width } from "./visual-column.js";

/** Guesses in the order of likelihood. `above` ends with the nearest line, `below` begins with it. */
export function guessIndentation(
  bare: string,
  above: readonly string[],
  below: readonly string[],
): string[] {
  const previous = above.filter((line) => line.trim() !== "");
  const next = below.find((line) => line.trim() !== "");
  return [
    ...new Set([
      ...likely(bare, previous),
      ...nearby(previous[previous.length - 1]),
      ...nearby(next),
    ]),
  ];
}

function likely(bare: string, above: readonly string[]): string[] {
  const last = above[above.length - 1];
  if (bare.startsWith("#") || last === undefined) return [""];
  const comment = openComment(above);
  if (comment !== null && bare.startsWith("*")) return [`${comment} `];
  const code = withoutComments(above);
  const tail = code[code.length - 1];
  const guesses = tail === undefined ? [""] : codeIndents(bare, code);
  if (isClosing(bare) || !/\*\/$/.test(last.trim()) || tail === last) return guesses;
  // Below a comment of its own lines: where the comment stands.
  return [commentIndent(above), ...guesses];
}

/** Lines whose place the block around them decides, not the line above. */
function isClosing(bare: string): boolean {
  return /^(?:\}|case\b|default\s*:|else\b)/.test(bare) || /^[A-Za-z_]\w*:$/.test(bare);
}

function codeIndents(bare: string, code: readonly string[]): string[] {
  if (/^[A-Za-z_]\w*:$/.test(bare) && bare !== "default:") return ["", " "];
  const open = openParenthesis(code);
  if (open !== null) {
    const last = indentOf(code[code.length - 1] as string);
    const column = tabsTo(0, open.column + 1);
    const tabs = "\t".repeat(Math.floor((open.column + 1) / 8));
    const hanging = [tabs, `${open.indent}\t\t`, `${open.indent}\t`, `${tabs}\t`];
    return open.first ? [column, ...hanging] : [last, column, ...hanging];
  }
  if (bare.startsWith("}")) return [blockIndent(code)];
  if (/^(case\b|default\s*:)/.test(bare)) return [switchIndent(code)];
  if (/^else\b/.test(bare)) return [elseIndent(code)];
  return statementIndents(bare, code);
}

/** Indentation of the comment that is still open; null when none is. */
function openComment(above: readonly string[]): string | null {
  for (let at = above.length - 1; at >= 0; at--) {
    const line = above[at] as string;
    const open = line.lastIndexOf("/*");
    const close = line.lastIndexOf("*/");
    if (close > open) return null;
    if (open !== -1) return indentOf(line);
  }
  return null;
}

/** Indentation of the comment whose last line is the last one. */
function commentIndent(above: readonly string[]): string {
  let at = above.length - 1;
  while (at > 0 && !(above[at] as string).includes("/*")) at--;
  return indentOf(above[at] as string);
}

/** Without lines that are nothing but comment, and without the preprocessor's. */
function withoutComments(above: readonly string[]): string[] {
  const code: string[] = [];
  let inside =
    !above.some((line) => line.includes("/*")) && above.some((line) => /\*\/\s*$/.test(line));
  for (const line of above) {
    if (inside) {
      inside = !line.includes("*/");
    } else if (/^\s*\/\*/.test(line)) {
      inside = !line.includes("*/");
      if (!inside && !/\*\/\s*$/.test(line)) code.push(line);
    } else if (!/^\s*#/.test(line)) code.push(line);
  }
  return code;
}

/** Where the next statement starts: a level deeper below a head, back where a single body ends. */
function statementIndents(bare: string, code: readonly string[]): string[] {
  const last = strip(code[code.length - 1] as string);
  const start = statementStart(code);
  const indent = indentOf(code[start] as string);
  if (bare === "{") return isTopLevel(code) ? [""] : [indent];
  if (/\{$/.test(last) || /^\s*(case\b.*|default\s*):$/.test(last)) return [`${indent}\t`];
  if (/^[A-Za-z_]\w*:$/.test(last)) return ["\t"];
  if (isOpenHead(statementText(code, start))) return [`${indent}\t`];
  if (last.endsWith(",")) return [indent, `${indent}\t`];
  if (!/[;}:]$/.test(last)) return [`${indent}\t`, `${indent}\t\t`, indent];
  return [dedented(code, start), indent];
}

/** The indentation after a statement that may be the single body of heads without braces. */
function dedented(code: readonly string[], start: number): string {
  let at = start;
  let indent = indentOf(code[at] as string);
  while (at > 0) {
    const above = code.slice(0, at);
    const head = statementStart(above);
    if (
      !isOpenHead(statementText(above, head)) ||
      strip(above[above.length - 1] as string).endsWith("{")
    )
      return indent;
    at = head;
    indent = indentOf(code[at] as string);
  }
  return indent;
}

/** `if (...)`, `else`, `for_each_vma(...)`: the next line is its body. */
function isOpenHead(text: string): boolean {
  if (/^(?:\} ?)?else(?: if\b.*\))?$/.test(text) || text === "do") return true;
  return /^(?:\} ?else )?(?:if|for|while|switch|\w*for_each\w*) ?\(.*\)$/.test(text);
}

/** Index of the line on which the statement that ends last begins. */
function statementStart(code: readonly string[]): number {
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const text = strip(code[at] as string);
    for (const char of text) depth += char === ")" ? 1 : char === "(" ? -1 : 0;
    if (depth <= 0 && !isUnfinished(code[at - 1])) return at;
  }
  return code.length - 1;
}

/** The line ends in an operator, so that the next one goes on with it. */
function isUnfinished(line: string | undefined): boolean {
  return line !== undefined && /(?:[^-]-|[^+]\+|[*/%&|^=<>?])$/.test(strip(line));
}

function statementText(code: readonly string[], start: number): string {
  return code
    .slice(start)
    .map((line) => strip(line).trim())
    .join(" ");
}

/** The innermost `(` still open at the end, with its visual column and its statement's indentation. */
function openParenthesis(
  code: readonly string[],
): { column: number; indent: string; first: boolean } | null {
  let depth = 0;
  for (let at = code.length - 1; at >= Math.max(0, code.length - 20); at--) {
    const line = code[at] as string;
    const text = strip(line);
    if (depth === 0 && at < code.length - 1 && /[;{}]$/.test(text)) return null;
    for (let column = text.length - 1; column >= 0; column--) {
      if (text[column] === ")") depth++;
      else if (text[column] === "(" && depth-- === 0)
        return {
          column: width(text.slice(0, column)),
          indent: indentOf(line),
          first: at === code.length - 1,
        };
    }
  }
  return null;
}

/** Indentation of the line that opened the block around. */
function blockIndent(code: readonly string[]): string {
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const text = strip(code[at] as string);
    for (let column = text.length - 1; column >= 0; column--) {
      if (text[column] === "}") depth++;
      else if (text[column] === "{" && depth-- === 0)
        return indentOf(code[statementStart(code.slice(0, at + 1))] as string);
    }
  }
  return "";
}

function switchIndent(code: readonly string[]): string {
  let depth = 0;
  for (let at = code.length - 1; at >= 0; at--) {
    const text = strip(code[at] as string);
    if (depth === 0 && /^\s*(case\b|default\s*:)/.test(text)) return indentOf(text);
    for (const char of [...text].reverse()) depth += char === "}" ? 1 : char === "{" ? -1 : 0;
    if (depth < 0) return indentOf(text);
  }
  return "\t";
}

function elseIndent(code: readonly string[]): string {
  const indent = indentOf(code[statementStart(code)] as string);
  return indent.startsWith("\t") ? indent.slice(1) : indent;
}

function isTopLevel(code: readonly string[]): boolean {
  return !/^\s/.test(code[statementStart(code)] as string);
}

/** A line's own indentation and one level to each side of it. */
function nearby(line: string | undefined): string[] {
  if (line === undefined) return [];
  const indent = indentOf(line);
  return [indent, `${indent}\t`, indent.startsWith("\t") ? indent.slice(1) : ""];
}

/** Without strings' contents, comments and what stands behind. */
function strip(line: string): string {
  return line
    .replace(
      /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g,
      (text) => `"${"_".repeat(Math.max(0, text.length - 2))}"`,
    )
    .replace(/\/\*.*?\*\//g, (text) => " ".repeat(text.length))
    .replace(/\/[/*].*$/, "")
    .trimEnd();
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}
