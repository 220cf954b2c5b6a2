/**
 * The indentation that an added line of kernel C had before a mailer collapsed it, guessed from
 * the lines above and below it: tabs, as Documentation/process/coding-style.rst wants them.
 * The guesses come in order of likelihood; the blob id of the result decides between them, where
 * there is one. Not guessed: white space at the end of a line, alignment of macro continuations.
 */

/** A line's surroundings: whole lines with their indentation, nearest last and first. */
export interface Surroundings {
  readonly above: readonly string[];
  readonly below: readonly string[];
}

/** The line with its indentation put back, in the order of likelihood, no duplicates. */
export function guessIndentation(text: string, around: Surroundings): string[] {
  const bare = text.trim();
  if (bare === "") return [""];
  const above = around.above.filter((line) => line.trim() !== "");
  const next = around.below.find((line) => line.trim() !== "");
  const indents = unique([
    ...likely(bare, above),
    ...nearby(above[above.length - 1]),
    ...nearby(next),
  ]);
  const lines = indents.map((indent) => indent + bare);
  return unique([...lines.slice(0, 3), ...realigned(bare, indents.slice(0, 2), [...above.slice(-6), ...around.below.slice(0, 6)]), ...lines.slice(3)]);
}

function likely(bare: string, above: readonly string[]): string[] {
  const code = above.filter((line) => !/^\s*#/.test(line));
  const last = code[code.length - 1];
  if (bare.startsWith("#") || last === undefined) return [""];
  if (/^[A-Za-z_]\w*:$/.test(bare) && bare !== "default:") return ["", " "];
  if (bare.startsWith("*") && /^\s*(\/\*|\*(?!\/))/.test(last)) {
    return [/^\s*\/\*/.test(last) ? `${indentOf(last)} ` : indentOf(last)];
  }
  const open = openParenthesis(code);
  if (open !== null) return [tabsTo(0, open.column + 1), indentOf(last), `${open.indent}\t\t`, `${open.indent}\t`];
  if (bare.startsWith("}")) return [blockIndent(code)];
  if (/^(case\b|default\s*:)/.test(bare)) return [switchIndent(code)];
  if (/^else\b/.test(bare)) return [elseIndent(code)];
  return statementIndents(bare, code);
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
  if (!/[;}:]$/.test(last) && !/\*\/$/.test((code[code.length - 1] as string).trim())) return [`${indent}\t`, `${indent}\t\t`, indent];
  return [dedented(code, start), indent];
}

/** The indentation after a statement that may be the single body of heads without braces. */
function dedented(code: readonly string[], start: number): string {
  let at = start;
  let indent = indentOf(code[at] as string);
  while (at > 0) {
    const above = code.slice(0, at);
    const head = statementStart(above);
    if (!isOpenHead(statementText(above, head)) || strip(above[above.length - 1] as string).endsWith("{")) return indent;
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
    if (depth <= 0) return at;
  }
  return code.length - 1;
}

function statementText(code: readonly string[], start: number): string {
  return code.slice(start).map((line) => strip(line).trim()).join(" ");
}

/** The innermost `(` still open at the end, with its visual column and its statement's indentation. */
function openParenthesis(code: readonly string[]): { column: number; indent: string } | null {
  let depth = 0;
  for (let at = code.length - 1; at >= Math.max(0, code.length - 20); at--) {
    const line = code[at] as string;
    const text = strip(line);
    if (depth === 0 && at < code.length - 1 && /[;{}]$/.test(text)) return null;
    for (let column = text.length - 1; column >= 0; column--) {
      if (text[column] === ")") depth++;
      else if (text[column] === "(" && depth-- === 0) return { column: width(text.slice(0, column)), indent: indentOf(line) };
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
      else if (text[column] === "{" && depth-- === 0) return indentOf(code[statementStart(code.slice(0, at + 1))] as string);
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

/**
 * A blank inside the line that was a run of tabs: the text behind it may have stood in the
 * column where a neighbour's text behind such a run stands (comments, values of macros).
 */
function realigned(bare: string, indents: readonly string[], neighbours: readonly string[]): string[] {
  const columns = unique(
    neighbours.flatMap((line) => [...line.trim().matchAll(/\S(\t\s*| {2,})(?=\S)/g)].map((match) => {
      const end = line.length - line.trimStart().length + match.index + match[0].length;
      return width(line.slice(0, end));
    })),
  );
  const results: string[] = [];
  for (const indent of indents) {
    for (const gap of [...bare.matchAll(/ (?=\S)/g)].reverse()) {
      const head = indent + bare.slice(0, gap.index);
      if (!/^(\/\*|\/\/)/.test(bare.slice(gap.index + 1)) && !/^#define \w+$/.test(bare.slice(0, gap.index))) continue;
      for (const column of columns) {
        if (column > width(head)) results.push(head + tabsTo(width(head), column) + bare.slice(gap.index + 1));
      }
    }
  }
  return unique(results).slice(0, 6);
}

/** Tabs (and blanks for the rest) from one visual column to another. */
function tabsTo(from: number, to: number): string {
  const stops = Math.floor(to / 8) - Math.floor(from / 8);
  return stops === 0 ? " ".repeat(to - from) : "\t".repeat(stops) + " ".repeat(to % 8);
}

function width(text: string): number {
  let column = 0;
  for (const char of text) column = char === "\t" ? column - (column % 8) + 8 : column + 1;
  return column;
}

/** Without strings' contents, comments and what stands behind. */
function strip(line: string): string {
  return line
    .replace(/"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'/g, (text) => `"${"_".repeat(Math.max(0, text.length - 2))}"`)
    .replace(/\/\*.*?\*\//g, (text) => " ".repeat(text.length))
    .replace(/\/[/*].*$/, "")
    .trimEnd();
}

function indentOf(line: string): string {
  return /^[ \t]*/.exec(line)?.[0] ?? "";
}

function unique<T>(list: readonly T[]): T[] {
  return [...new Set(list)];
}
