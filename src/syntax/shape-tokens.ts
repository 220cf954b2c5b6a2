/**
 * Rewrites what tree-sitter-c cannot read into what it can: the function's head, loop heads,
 * scopes, case ranges, asm, typeof, types as macro arguments. The replacements are those of
 * `encoding.ts`. One walk over the tokens of a function, after macro expansion.
 */
import { ASM, COMPUTED, RANGE, TYPEOF } from "./encoding.js";
import type { ExpansionOptions } from "./expand-macros.js";
import { dropFurtherArguments, shapeArgument, TYPEOF_NAME } from "./shape-arguments.js";
import { shapeCallStatement } from "./shape-call.js";
import { shapeHead } from "./shape-head.js";
import { Shaping } from "./shaping.js";
import { NOT_A_CALL, StatementPlace } from "./statement-place.js";
import { type Token, tokenAt } from "./token.js";

const SIZES = new Set([
  "sizeof",
  "alignof",
  "_Alignof",
  "__alignof__",
  "__alignof",
  "offsetof",
  "__builtin_offsetof",
  "offsetofend",
  "sizeof_field",
  "__builtin_object_size",
]);
const ASMS = new Set(["asm", "__asm__", "__asm"]);
/** Tokens of a case label or a jump's target looked at: keeps hostile input from costing squares. */
const LONGEST_LABEL = 200;
const TAGGED = new Set(["struct", "union", "enum"]);

export interface Shaped {
  readonly tokens: readonly Token[];
  /** Whether an `#if` around the head was dropped. */
  readonly isPartial: boolean;
}

/** `head` is what stands before the `{` that begins `body`; `source` the file's text. */
export function shapeTokens(
  head: readonly Token[],
  body: readonly Token[],
  name: string,
  source: string,
  options: ExpansionOptions,
): Shaped {
  const shaping = new Shaping(body, options, source);
  const isPartial = shapeHead(head, name, shaping.out);
  const place = new StatementPlace();
  for (; shaping.at < body.length; shaping.at++) {
    const token = body[shaping.at] as Token;
    if (token.kind === "name") shapeName(shaping, place, token.text);
    else if (token.kind === "punctuation") shapePunctuation(shaping, place, token);
    else shaping.keep();
    const after = shaping.after.get(shaping.at);
    if (after) shaping.out.push(...after);
  }
  return { tokens: shaping.out, isPartial };
}

function shapeName(shaping: Shaping, place: StatementPlace, text: string): void {
  const next = shaping.token(shaping.at + 1);
  const close = shaping.closing(shaping.at + 1);
  if (text === "case") shapeCase(shaping);
  else if (text === "extern") {
    place.seeExtern();
    shaping.keep();
  } else if (text === "static" && isMacroCall(shaping)) return;
  else if (text === "__auto_type") shaping.replace(`struct ${TYPEOF}`, shaping.at);
  else if (text === "goto" && next?.text === "*") shapeComputedGoto(shaping);
  else if (ASMS.has(text)) shapeAsm(shaping);
  else if (TAGGED.has(text)) shapeTagged(shaping);
  else if (close === -1) {
    // `table[3] __attribute = {…}`: nothing else can stand between.
    if (next?.text !== "=" || shaping.previous?.text !== "]") shaping.keep();
  } else if (SIZES.has(text)) shaping.replace("sizeof(int)", close);
  else if (TYPEOF_NAME.test(text)) shaping.replace(`struct ${TYPEOF}`, close);
  else {
    if (shaping.options.dialect.transparent.has(text)) dropFurtherArguments(shaping, close);
    if (!NOT_A_CALL.has(text) && place.startsStatement(shaping.previous))
      shapeCallStatement(shaping, place, close);
    else shaping.keep();
  }
}

function shapePunctuation(shaping: Shaping, place: StatementPlace, token: Token): void {
  const instead = shaping.instead.get(shaping.at);
  if (instead) {
    // A `)` that becomes `;}` closes the `{` its `(` became.
    if (token.text === ")") place.see("}", undefined);
    shaping.out.push(...instead);
    return;
  }
  const last = shaping.dropTo.get(shaping.at);
  if (last !== undefined) {
    shaping.at = last;
    return;
  }
  const { previous } = shaping;
  place.see(token.text, previous);
  // A label needs a statement.
  if (token.text === "}" && previous?.text === ":")
    shaping.out.push(tokenAt("punctuation", ";", token));
  shaping.keep();
  if ((token.text === "(" || token.text === ",") && place.isInCall) shapeArgument(shaping);
}

/** `static DEFINE_X(…);`: a macro that declares, with a word before it that no call may have. */
function isMacroCall(shaping: Shaping): boolean {
  const close = shaping.closing(shaping.at + 2);
  return (
    close !== -1 &&
    shaping.token(shaping.at + 1)?.kind === "name" &&
    shaping.token(close + 1)?.text === ";"
  );
}

/** `case a ... b:` → `case RANGE(a, b):`. */
function shapeCase(shaping: Shaping): void {
  shaping.keep();
  let dots = -1;
  const limit = Math.min(shaping.tokens.length, shaping.at + LONGEST_LABEL);
  for (let i = shaping.at + 1; i < limit; i++) {
    const { text } = shaping.tokens[i] as Token;
    if (text === "...") dots = i;
    else if (text === ":" || text === ";" || text === "{") {
      if (dots === -1 || text !== ":") return;
      const at = shaping.tokens[dots] as Token;
      shaping.out.push(tokenAt("name", RANGE, at), tokenAt("punctuation", "(", at));
      shaping.instead.set(dots, [tokenAt("punctuation", ",", at)]);
      shaping.after.set(i - 1, [tokenAt("punctuation", ")", at)]);
      return;
    }
  }
}

function shapeComputedGoto(shaping: Shaping): void {
  const from = shaping.at + 1;
  const length = shaping.tokens
    .slice(from, from + LONGEST_LABEL)
    .findIndex(({ text }) => text === ";");
  shaping.keep();
  if (length === -1) return;
  shaping.at++;
  shaping.replace(COMPUTED, from + length - 1);
}

/** `asm goto("…" : : : : a, b)` → `ASM(a, b)`; operands are dropped. */
function shapeAsm(shaping: Shaping): void {
  let open = shaping.at + 1;
  while (shaping.token(open)?.kind === "name") open++;
  const close = shaping.closing(open);
  if (close === -1) shaping.keep();
  else
    shaping.replace(`${ASM}(${asmLabels(shaping.tokens.slice(open + 1, close)).join(",")})`, close);
}

/** Identifiers after the fourth `:` outside parentheses. */
function asmLabels(tokens: readonly Token[]): string[] {
  const labels: string[] = [];
  let depth = 0;
  let colons = 0;
  for (const { kind, text } of tokens) {
    if (text === "(" || text === "[") depth++;
    else if (text === ")" || text === "]") depth--;
    else if (text === ":" && depth === 0) colons++;
    else if (kind === "name" && colons >= 4) labels.push(text);
  }
  return labels;
}

/** Drops an attribute no dialect names: in `struct x y *p` and `struct x y z`, `y` can be nothing else. */
function shapeTagged(shaping: Shaping): void {
  const [tag, word, next] = [1, 2, 3].map((i) => shaping.token(shaping.at + i));
  shaping.keep();
  if (tag?.kind !== "name" || word?.kind !== "name" || word.text === "const") return;
  if (next?.kind !== "name" && next?.text !== "*") return;
  shaping.out.push(tag);
  shaping.at += 2;
}
