/**
 * Markdown as a terminal shows it: headings without marks, prose filled to 80 columns, code as it
 * stands, indented. Knows the little that our pages use: headings, paragraphs, lists, fenced code.
 */
import { type Paint, painter } from "./paint.js";
import { quotedLine } from "./plain.js";
import { wrap } from "./wrap.js";

export function pageText(markdown: string, options: { readonly colour: boolean }): string {
  const paint = painter(options);
  const lines = blocks(markdown).flatMap((block) => [...blockText(block, paint), ""]);
  return `${lines.join("\n").trimEnd()}\n`;
}

type Block =
  | { readonly kind: "heading" | "paragraph"; readonly text: string }
  | { readonly kind: "list"; readonly items: readonly string[] }
  | { readonly kind: "code"; readonly lines: readonly string[] };

function blockText(block: Block, paint: Paint): string[] {
  switch (block.kind) {
    case "heading":
      return [paint("strong", block.text)];
    case "paragraph":
      return wrap(block.text, "  ", "  ");
    case "list":
      return block.items.flatMap((item) => wrap(item, "  - ", "    "));
    case "code":
      return codeText(block.lines);
  }
}

/** Tabs as eight columns, the indentation that all lines share replaced by six. */
function codeText(lines: readonly string[]): string[] {
  const shown = lines.map((line) => quotedLine(line).shown.trimEnd());
  const indents = shown.filter((line) => line !== "").map((line) => line.search(/[^ ]/));
  const shared = Math.min(...indents);
  return shown.map((line) => (line === "" ? "" : " ".repeat(6) + line.slice(shared)));
}

function blocks(markdown: string): Block[] {
  const lines = markdown.split("\n");
  const found: Block[] = [];
  let at = 0;
  const takeWhile = (wanted: (line: string) => boolean): string[] => {
    const from = at;
    while (at < lines.length && wanted(lines[at] as string)) at++;
    return lines.slice(from, at);
  };
  while (at < lines.length) {
    const line = lines[at] as string;
    if (line.trim() === "") {
      at++;
    } else if (line.startsWith("```")) {
      at++;
      found.push({ kind: "code", lines: takeWhile((next) => !next.startsWith("```")) });
      at++;
    } else if (line.startsWith("#")) {
      at++;
      found.push({ kind: "heading", text: line.replace(/^#+\s*/, "") });
    } else if (line.startsWith("- ")) {
      found.push({ kind: "list", items: listItems(takeWhile((next) => /^(- |\s+\S)/.test(next))) });
    } else {
      found.push({ kind: "paragraph", text: takeWhile(isProse).join(" ") });
    }
  }
  return found;
}

function isProse(line: string): boolean {
  return line.trim() !== "" && !/^(```|#|- )/.test(line);
}

function listItems(lines: readonly string[]): string[] {
  const items: string[] = [];
  for (const line of lines) {
    if (line.startsWith("- ")) items.push(line.slice(2));
    else items.push(`${items.pop() ?? ""} ${line.trim()}`);
  }
  return items;
}
