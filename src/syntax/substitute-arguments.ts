/**
 * The replacement of one macro invocation: arguments in the place of parameters, `#`, `##`,
 * `__VA_ARGS__`. What is expanded further, and when, is `expand-macros.ts`'s business.
 */
import type { Macro } from "./outline.js";
import { type Hidden, type Token, tokenAt, tokensAt } from "./token.js";

export interface Invocation {
  readonly place: { readonly start: number; readonly end: number };
  readonly hidden: Hidden;
  /** Tokens after which the replacement may be cut short. */
  readonly limit: number;
}

/** `expand` expands an argument; those of `#` and `##` are taken as they are. */
export function substitute(
  macro: Macro,
  args: readonly Token[][],
  { place, hidden, limit }: Invocation,
  expand: (argument: readonly Token[]) => Token[],
): Token[] {
  const out: Token[] = [];
  const params = (macro.params ?? []).map((param) =>
    param === "..." ? "__VA_ARGS__" : param.replace("...", ""),
  );
  const expanded: (Token[] | undefined)[] = [];
  const body = tokensAt(macro.body, place);
  const indexOf = (token: Token | undefined): number =>
    token?.kind === "name" ? params.indexOf(token.text) : -1;
  for (let i = 0; i < body.length && out.length <= limit; i++) {
    const token = body[i] as Token;
    const next = body[i + 1];
    const at = indexOf(token);
    if (token.text === "#" && indexOf(next) !== -1) {
      out.push(tokenAt("string", JSON.stringify(textOf(args[indexOf(next)] ?? [])), place));
      i++;
    } else if (token.text === "##" && next !== undefined) {
      const right = indexOf(next);
      paste(out, right === -1 ? [next] : (args[right] ?? []), { place, hidden });
      i++;
    } else if (at === -1) out.push({ ...token, hidden });
    else {
      const argument = args[at] ?? [];
      append(out, next?.text === "##" ? argument : (expanded[at] ??= expand(argument)));
    }
  }
  return out;
}

/** The last parameter of a variadic macro takes all that is left, commas included. */
export function splitArguments(
  tokens: readonly Token[],
  from: number,
  to: number,
  params: readonly string[],
): Token[][] {
  const isVariadic = params[params.length - 1]?.endsWith("...") ?? false;
  const args: Token[][] = [[]];
  let depth = 0;
  for (let i = from; i < to; i++) {
    const token = tokens[i] as Token;
    const { text } = token;
    if (token.kind === "punctuation") {
      if (text === "(" || text === "[" || text === "{") depth++;
      else if (text === ")" || text === "]" || text === "}") depth--;
      else if (text === "," && depth === 0 && !(isVariadic && args.length >= params.length)) {
        args.push([]);
        continue;
      }
    }
    (args[args.length - 1] as Token[]).push(token);
  }
  return args;
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map((token) => token.text).join(" ");
}

/** `a ## b`. `, ## __VA_ARGS__` with nothing to paste drops the comma. */
function paste(
  out: Token[],
  right: readonly Token[],
  { place, hidden }: Pick<Invocation, "place" | "hidden">,
): void {
  const left = out[out.length - 1];
  if (left?.text === ",") {
    if (right.length === 0) out.pop();
    else append(out, right);
    return;
  }
  const first = right[0];
  if (first === undefined) return;
  if (left === undefined) {
    append(out, right);
    return;
  }
  out.pop();
  const joined = tokensAt(left.text + first.text, place).map((token) => ({ ...token, hidden }));
  append(out, joined);
  append(out, right.slice(1));
}

/** Not a spread: an argument may have more tokens than a call has room for. */
function append(out: Token[], tokens: readonly Token[]): void {
  for (const token of tokens) out.push(token);
}
