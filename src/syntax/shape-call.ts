/**
 * `name(…)` where a statement begins: a loop head, a scope, statements in a macro's argument,
 * a call, or something of no interest. What follows the `)` decides, and the dialect.
 */
import { EACH, SCOPE } from "./encoding.js";
import type { Shaping } from "./shaping.js";
import type { StatementPlace } from "./statement-place.js";
import { type Token, tokenAt } from "./token.js";

/** `close` is the index of the call's `)`; the name is the token at hand. */
export function shapeCallStatement(shaping: Shaping, place: StatementPlace, close: number): void {
  const name = shaping.tokens[shaping.at] as Token;
  const after = shaping.token(close + 1);
  const { dialect } = shaping.options;
  const endsHere = after?.text === ";";
  if (endsHere && dialect.ignoredStatements.has(name.text) && !dialect.transparent.has(name.text))
    shaping.at = close;
  else if (!endsHere && dialect.scopes.has(name.text)) wrap(shaping, SCOPE, close);
  else if (isLoopHead(shaping, place, name, after)) wrap(shaping, EACH, close);
  else if (holdsStatements(shaping, close)) asBlock(shaping, place, close);
  else {
    shaping.keep();
    const lacksSemicolon = after?.text === "}" ? !place.isInInitializer : after?.kind === "name";
    if (lacksSemicolon)
      shaping.after.set(close, [tokenAt("punctuation", ";", shaping.tokens[close] as Token)]);
  }
}

function isLoopHead(
  shaping: Shaping,
  place: StatementPlace,
  name: Token,
  after: Token | undefined,
): boolean {
  const { dialect, forEachNames } = shaping.options;
  if (shaping.previous?.text === "}" && (place.isAfterDo || dialect.loopEnds.has(name.text)))
    return true;
  if (after?.text === ";") return false;
  // A call is never followed by a block.
  if (after?.text === "{" || isIndentedUnder(shaping.source, name, after)) return true;
  return forEachNames.has(name.text) || dialect.forEach.has(name.text);
}

/** `walk_frags(skb, list)` with a deeper statement on the next line: a loop of unknown name. */
function isIndentedUnder(source: string, head: Token, after: Token | undefined): boolean {
  if (after?.kind !== "name" || after.index === -1 || head.index === -1) return false;
  return indent(source, after) > indent(source, head);
}

/** Width of the line before the token; 0 when it is not the first on its line. */
function indent(source: string, token: Token): number {
  const before = source.slice(source.lastIndexOf("\n", token.start - 1) + 1, token.start);
  return /^[ \t]*$/.test(before) ? before.replaceAll("\t", "        ").length : 0;
}

/** `name(args)` → `while (encoding(name(args)))`. */
function wrap(shaping: Shaping, encoding: string, close: number): void {
  const name = shaping.tokens[shaping.at] as Token;
  const end = shaping.tokens[close] as Token;
  shaping.out.push(
    tokenAt("name", "while", name),
    tokenAt("punctuation", "(", name),
    tokenAt("name", encoding, name),
    tokenAt("punctuation", "(", name),
    name,
  );
  shaping.after.set(close, [tokenAt("punctuation", ")", end), tokenAt("punctuation", ")", end)]);
}

/** `unsafe(a(); b();)`: statements as a macro's argument. */
function holdsStatements(shaping: Shaping, close: number): boolean {
  for (let i = shaping.at + 2; i < close; i++) {
    const { text } = shaping.tokens[i] as Token;
    if (text === "(") i = Math.max(i, shaping.closing(i));
    else if (text === "{") return false;
    else if (text === ";") return true;
  }
  return false;
}

function asBlock(shaping: Shaping, place: StatementPlace, close: number): void {
  const name = shaping.tokens[shaping.at] as Token;
  const end = shaping.tokens[close] as Token;
  place.see("{", shaping.previous);
  shaping.out.push(tokenAt("punctuation", "{", name));
  shaping.instead.set(close, [tokenAt("punctuation", ";", end), tokenAt("punctuation", "}", end)]);
  shaping.at++;
}
