/**
 * Reads the members between the braces of a struct or union. Attributes are recognised by
 * where they stand, not by name. Both sides of an `#ifdef` are members; nested anonymous
 * structs and unions are flattened. Missed: members made by macros (`DECLARE_BITMAP(…)`).
 */
import { Lexer } from "./lexer.js";
import type { StructItem } from "./outline.js";

type Member = StructItem["members"][number];

const TAGGED = new Set(["struct", "union", "enum"]);
const QUALIFIERS = new Set(["const", "volatile", "restrict", "__restrict", "_Atomic"]);
const BASE_TYPES = new Set([
  "unsigned",
  "signed",
  "int",
  "long",
  "short",
  "char",
  "void",
  "bool",
  "_Bool",
  "float",
  "double",
  "__int128",
]);
const MAX_NESTING = 50;

/** `from` is after the `{`, `to` at the `}`. */
export function parseMembers(text: string, from: number, to: number): Member[] {
  const members: Member[] = [];
  readBody(new Lexer(text, from, to), members, 0);
  return members;
}

/** Reads declarations to the closing brace of this level. */
function readBody(lexer: Lexer, members: Member[], nesting: number): void {
  let declaration: string[] = [];
  while (lexer.next()) {
    if (lexer.kind === "directive") continue;
    const text = lexer.value;
    if (text === "}") return;
    if (text === ";") {
      addDeclaration(declaration, members);
      declaration = [];
    } else if (text === "{") {
      const inner: Member[] = [];
      if (nesting < MAX_NESTING) readBody(lexer, inner, nesting + 1);
      else return;
      declaration = readTail(lexer, declaration, inner, members);
    } else declaration.push(text);
  }
}

/** After a nested `}`: declarators, or none and the members are those of the outer struct. */
function readTail(
  lexer: Lexer,
  before: readonly string[],
  inner: readonly Member[],
  members: Member[],
): string[] {
  const tail: string[] = [];
  while (lexer.next()) {
    const text = lexer.value;
    if (text === ";" || text === "}") break;
    if (lexer.kind !== "directive") tail.push(text);
  }
  const keyword = before.findLast((word) => TAGGED.has(word)) ?? "struct";
  const tag = before[before.length - 1] === keyword ? "" : ` ${before[before.length - 1] ?? ""}`;
  const hasDeclarator = withoutGroups(tail).some((word) => isWord(word) && !word.startsWith("__"));
  if (!hasDeclarator && keyword !== "enum") members.push(...inner);
  else if (hasDeclarator) {
    for (const part of splitAtCommas(tail)) addDeclarator(part, `${keyword}${tag}`, members);
  }
  return [];
}

function addDeclaration(tokens: readonly string[], members: Member[]): void {
  const { type, rest } = splitType(tokens);
  if (type === "") return;
  for (const part of splitAtCommas(rest)) addDeclarator(part, type, members);
}

/** Divides `const struct x __rcu *a, b` into the type's text and what follows. */
function splitType(tokens: readonly string[]): { type: string; rest: readonly string[] } {
  const words: string[] = [];
  let hasType = false;
  let i = 0;
  for (; i < tokens.length; i++) {
    const token = tokens[i] as string;
    const next = tokens[i + 1];
    if (TAGGED.has(token)) {
      // Anything unknown before `struct` was an attribute.
      words.splice(0, words.length, token, next ?? "");
      hasType = true;
      i++;
    } else if (QUALIFIERS.has(token)) continue;
    else if (BASE_TYPES.has(token)) {
      words.push(token);
      hasType = true;
    } else if (isWord(token) && next === "(" && i + 1 < tokens.length) {
      if (token.startsWith("__") || token === "typeof") {
        const close = closing(tokens, i + 1);
        if (token.includes("typeof")) {
          words.push("typeof");
          hasType = true;
        }
        i = close;
      } else break;
    } else if (isWord(token) && !hasType) {
      words.push(token);
      hasType = true;
    } else if (isWord(token) && isAttributeAt(tokens, i)) continue;
    else break;
  }
  return { type: words.join(" "), rest: tokens.slice(i) };
}

/** A word between the type and the declarator: `vm_flags_t __private flags`, `void __rcu *p`. */
function isAttributeAt(tokens: readonly string[], i: number): boolean {
  const next = tokens[i + 1];
  if (next === "*") return true;
  if (!isWord(next)) return false;
  // `lock ____cacheline_aligned`: here the first word is the declarator.
  return (tokens[i] as string).startsWith("_") || !(next as string).startsWith("__");
}

function addDeclarator(tokens: readonly string[], type: string, members: Member[]): void {
  const pointerTo = tokens.indexOf("(");
  if (pointerTo !== -1 && tokens[pointerTo + 1] === "*") {
    const name = tokens.slice(pointerTo).find((word) => isWord(word));
    const stars = tokens.slice(0, pointerTo).filter((word) => word === "*");
    if (name !== undefined)
      members.push({ name, type: `${[type, ...stars].join(" ")} (*)()`, pointers: 1 });
    return;
  }
  let pointers = 0;
  for (const token of tokens) {
    if (token === "*") pointers++;
    else if (isWord(token) && !QUALIFIERS.has(token) && !isLeadingAttribute(tokens, token)) {
      const colon = tokens.indexOf(":");
      const bits = colon === -1 ? "" : ` : ${tokens.slice(colon + 1).join(" ")}`;
      members.push({ name: token, type: type + bits, pointers });
      return;
    } else if (token === ":" || token === "[") return;
  }
}

/** `* __rcu name`: a word that another word follows, and that looks like an attribute. */
function isLeadingAttribute(tokens: readonly string[], token: string): boolean {
  const next = tokens[tokens.indexOf(token) + 1];
  return (
    token.startsWith("__") &&
    (next === "*" || (isWord(next) && !(next as string).startsWith("____")))
  );
}

function isWord(text: string | undefined): boolean {
  return text !== undefined && /^[A-Za-z_$]/.test(text);
}

function closing(tokens: readonly string[], open: number): number {
  let depth = 0;
  for (let i = open; i < tokens.length; i++) {
    if (tokens[i] === "(") depth++;
    else if (tokens[i] === ")" && --depth === 0) return i;
  }
  return tokens.length - 1;
}

function withoutGroups(tokens: readonly string[]): string[] {
  const kept: string[] = [];
  for (let i = 0; i < tokens.length; i++) {
    if (isWord(tokens[i]) && tokens[i + 1] === "(") i = closing(tokens, i + 1);
    else kept.push(tokens[i] as string);
  }
  return kept;
}

function splitAtCommas(tokens: readonly string[]): string[][] {
  const parts: string[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token === "(" || token === "[") depth++;
    else if (token === ")" || token === "]") depth--;
    if (token === "," && depth === 0) parts.push([]);
    else (parts[parts.length - 1] as string[]).push(token);
  }
  return parts;
}
