/** Arguments that C's grammar of calls does not know: types, jumps, nothing at all. All become 0. */
import { TYPEOF } from "./encoding.js";
import type { Shaping } from "./shaping.js";
import { type Token, tokenAt } from "./token.js";

const TYPE_WORDS = new Set([
  "struct",
  "union",
  "enum",
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
  "const",
  "volatile",
  TYPEOF,
]);
/** `scoped_cond_guard(lock, return -EINTR, &x)` */
const JUMPS = new Set(["return", "goto", "break", "continue"]);

/** `typeof`, `__typeof__`, `__signed_scalar_typeof`, … */
export const TYPEOF_NAME = /typeof/;

/** Looks at the argument after the `(` or `,` at hand. */
export function shapeArgument(shaping: Shaping): void {
  const next = shaping.token(shaping.at + 1);
  const isEmpty =
    next?.text === "," || (next?.text === ")" && shaping.token(shaping.at)?.text === ",");
  if (isEmpty) shaping.out.push(tokenAt("number", "0", next as Token));
  const from = shaping.at + 1;
  const end = argumentEnd(shaping);
  if (end <= from || !isTypeOrJump(shaping, from, end)) return;
  shaping.at = from;
  shaping.replace("0", end - 1);
}

/** Of `WARN_ONCE(x, "…", y)`, at hand, only the first argument is ever read. */
export function dropFurtherArguments(shaping: Shaping, close: number): void {
  for (let i = shaping.at + 2; i < close; i++) {
    const text = shaping.token(i)?.text;
    if (text === "{") return;
    if (text === "(") i = Math.max(i, shaping.closing(i));
    else if (text === ",") {
      shaping.dropTo.set(i, close - 1);
      return;
    }
  }
}

/** Index after the argument, or -1 as soon as it cannot be a type or a jump. */
function argumentEnd(shaping: Shaping): number {
  const isJump = JUMPS.has(shaping.token(shaping.at + 1)?.text ?? "");
  for (let i = shaping.at + 1; i < shaping.tokens.length; i++) {
    const { text, kind } = shaping.tokens[i] as Token;
    if (kind === "directive" || text === ";" || text === "{") return -1;
    if (kind !== "punctuation") continue;
    if (text === "(") {
      if (shaping.closing(i) === -1) return -1;
      i = shaping.closing(i);
    } else if (text === "," || text === ")") return i;
    else if (text !== "*" && text !== "[" && text !== "]" && !isJump) return -1;
  }
  return -1;
}

function isTypeOrJump(shaping: Shaping, from: number, end: number): boolean {
  const first = shaping.tokens[from] as Token;
  if (TYPE_WORDS.has(first.text) || TYPEOF_NAME.test(first.text) || JUMPS.has(first.text))
    return true;
  if (end - from < 2 || first.kind !== "name") return false;
  // `pte_t *`
  for (let i = from + 1; i < end; i++) if (shaping.token(i)?.text !== "*") return false;
  return true;
}
