/**
 * Rewrites a function's head to `int name(params)`: the return type and attributes are of no
 * use to the AST and the parser trips over them. `SYSCALL_DEFINE3(name, type, a, …)` becomes
 * the head its expansion has.
 */
import { syscallName } from "./function-head.js";
import { closingParen, type Token, tokenAt } from "./token.js";

/** Appends to `out`; returns whether `#if` lines were dropped. */
export function shapeHead(head: readonly Token[], name: string, out: Token[]): boolean {
  const isPartial = head.some((token) => token.kind === "directive");
  const tokens = isPartial ? head.filter((token) => token.kind !== "directive") : head;
  const at = tokens.findIndex((_, i) => tokens[i + 1]?.text === "(" && defines(tokens, i, name));
  const close = at === -1 ? -1 : closingParen(tokens, at + 1);
  if (close === -1) {
    out.push(...tokens);
    return isPartial;
  }
  const nameToken = tokens[at] as Token;
  const params = tokens.slice(at + 1, close + 1);
  out.push(tokenAt("name", "int", nameToken));
  if (nameToken.text === name) out.push(nameToken, ...params);
  else out.push(tokenAt("name", name, nameToken), ...syscallParams(params));
  return isPartial;
}

function defines(tokens: readonly Token[], i: number, name: string): boolean {
  const { text } = tokens[i] as Token;
  return text === name || syscallName(text, tokens[i + 2]?.text) === name;
}

/** `(open, const char *, name, int, flags)` → `(const char * name, int flags)`. */
function syscallParams(params: readonly Token[]): Token[] {
  const out = [params[0] as Token];
  let commas = 0;
  for (const token of params.slice(2, -1)) {
    if (token.text !== ",") out.push(token);
    else if (++commas > 1 && commas % 2 === 1) out.push(token);
  }
  out.push(params[params.length - 1] as Token);
  return out;
}
