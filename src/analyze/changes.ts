/**
 * Which definitions differ between the two sides of a patch, as one unit sees them. Comments and
 * white space between tokens make no difference.
 */
import { itemText } from "../syntax/item-tokens.js";
import { fileTokens } from "../syntax/token.js";
import type { SourceFile, Span } from "../text/source-file.js";
import type { Definitions, Unit } from "./program.js";

/** Names of functions, macros and structs that changed, came or went. */
export function changedNames(before: Unit | null, after: Unit | null): Set<string> {
  const changed = new Set<string>();
  const files = new Map<string, [Definitions | null, Definitions | null]>();
  for (const definitions of before?.scope ?? [])
    files.set(definitions.file.path, [definitions, null]);
  for (const definitions of after?.scope ?? []) {
    files.set(definitions.file.path, [files.get(definitions.file.path)?.[0] ?? null, definitions]);
  }
  for (const [one, other] of files.values()) {
    if (one === other) continue;
    compare(one, other, functionTexts, changed);
    compare(one, other, ({ file, macros }) => spanTexts(file, macros), changed);
    compare(one, other, ({ file, structs }) => spanTexts(file, structs), changed);
  }
  return changed;
}

/** Functions that are gone under one name and there under another, at the place the lines moved to. */
export function renames(
  before: Unit,
  after: Unit,
  toAfter: (line: number) => number | null,
): Map<string, string> {
  const renamed = new Map<string, string>();
  const [old, now] = [before.scope[0], after.scope[0]];
  for (const item of old?.functions.values() ?? []) {
    if (now === undefined || now.functions.has(item.name)) continue;
    const line = toAfter(before.file.position(item.body.start).line);
    if (line === null) continue;
    for (const other of now.functions.values()) {
      if (old?.functions.has(other.name)) continue;
      if (after.file.position(other.body.start).line === line) renamed.set(item.name, other.name);
    }
  }
  return renamed;
}

/** Text by name. */
type Texts = ReadonlyMap<string, string>;

function compare(
  before: Definitions | null,
  after: Definitions | null,
  pick: (definitions: Definitions) => Texts,
  changed: Set<string>,
): void {
  const old: Texts = before === null ? new Map() : pick(before);
  const now: Texts = after === null ? new Map() : pick(after);
  for (const [name, text] of now) if (!isSameCode(old.get(name), text)) changed.add(name);
  for (const name of old.keys()) if (!now.has(name)) changed.add(name);
}

function isSameCode(a: string | undefined, b: string): boolean {
  return a === b || (a !== undefined && codeOf(a) === codeOf(b));
}

/** A text by its tokens; of those, a line of the preprocessor is one. */
function codeOf(text: string): string {
  return fileTokens(text, 0, text.length)
    .map((token) => (token.kind === "directive" ? withoutComments(token.text) : token.text))
    .join("\n");
}

function withoutComments(line: string): string {
  return line
    .replace(/\/\*[^]*?\*\/|\/\/.*|\\\n/g, " ")
    .replace(/\s+/g, " ")
    .trim();
}

function functionTexts({ file, functions }: Definitions): Texts {
  return new Map([...functions].map(([name, item]) => [name, itemText(file, item)]));
}

function spanTexts(file: SourceFile, items: ReadonlyMap<string, { readonly span: Span }>): Texts {
  return new Map(
    [...items].map(([name, { span }]) => [name, file.text.slice(span.start, span.end)]),
  );
}
