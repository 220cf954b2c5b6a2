/**
 * Rewrites what tree-sitter-c cannot read into what it can: the function's head, loop heads,
 * scopes, case ranges, asm, typeof, types as macro arguments. The replacements are those of
 * `encoding.ts`. One walk over the tokens of a function, after macro expansion.
 */
import type { ExpansionOptions } from "./expand-macros.js";
import { syscallName } from "./function-head.js";
import { ASM, EACH, RANGE, SCOPE, TYPEOF } from "./encoding.js";
import type { FunctionItem } from "./outline.js";
import { endsStatement, type Token, tokenAt } from "./token.js";

/** Words before a `(` that make no call. */
const NOT_A_CALL = new Set(["if", "while", "for", "switch", "return", "case", "else", "do", "goto", "__extension__", "defined"]);
const SIZES = new Set(["sizeof", "alignof", "_Alignof", "__alignof__", "__alignof", "offsetof", "__builtin_offsetof", "offsetofend", "sizeof_field", "__builtin_object_size"]);
const TYPEOFS = new Set(["typeof", "__typeof__", "__typeof", "typeof_unqual", "__typeof_unqual__"]);
const ASMS = new Set(["asm", "__asm__", "__asm"]);
const TAGGED = new Set(["struct", "union", "enum"]);
const TYPE_WORDS = new Set([
  "struct", "union", "enum", "unsigned", "signed", "int", "long", "short", "char", "void", "bool", "_Bool", "float",
  "double", "const", "volatile", TYPEOF,
]);
const JUMPS = new Set(["return", "goto", "break", "continue"]);

export interface Shaped {
  readonly tokens: readonly Token[];
  /** Whether an `#if` around the head was dropped. */
  readonly isPartial: boolean;
}

export function shapeTokens(tokens: readonly Token[], item: FunctionItem, options: ExpansionOptions): Shaped {
  const shaper = new Shaper(tokens, item, options);
  shaper.run();
  return { tokens: shaper.out, isPartial: shaper.isPartial };
}

class Shaper {
  readonly out: Token[] = [];
  isPartial = false;
  readonly #tokens: readonly Token[];
  readonly #item: FunctionItem;
  readonly #options: ExpansionOptions;
  /** For each `(`, the index of its `)`, or -1. */
  readonly #closing: Int32Array;
  /** Tokens to add after the token at an index. */
  readonly #after = new Map<number, Token[]>();
  /** Open brackets, innermost last: whether a call's arguments stand in them. */
  readonly #inCall: boolean[] = [];
  /** Open braces, innermost last: whether they hold initialisers. */
  readonly #initializers: boolean[] = [];
  #at = 0;
  #isExtern = false;

  constructor(tokens: readonly Token[], item: FunctionItem, options: ExpansionOptions) {
    this.#tokens = tokens;
    this.#item = item;
    this.#options = options;
    this.#closing = matchParens(tokens);
  }

  run(): void {
    this.#head();
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at] as Token;
      if (token.kind === "name") this.#name(token);
      else if (token.kind === "punctuation") this.#punctuation(token);
      else this.out.push(token);
      const after = this.#after.get(this.#at);
      if (after) this.out.push(...after);
    }
  }

  /** Emits `int name(params)`; whatever else the head has is dropped. */
  #head(): void {
    const tokens = this.#tokens;
    const { name, body } = this.#item;
    let brace = tokens.findIndex((token) => token.index !== -1 && token.start === body.start);
    if (brace === -1) brace = tokens.length;
    const head = tokens.slice(0, brace);
    this.isPartial = head.some((token) => token.kind === "directive");
    const at = head.findIndex((token, i) => head[i + 1]?.text === "(" && (token.text === name || syscallName(token.text, head[i + 2]?.text) === name));
    this.#at = brace;
    if (at === -1 || this.#closing[at + 1] === -1) {
      this.out.push(...head.filter((token) => token.kind !== "directive"));
      return;
    }
    const nameToken = head[at] as Token;
    this.out.push(tokenAt("name", "int", nameToken));
    const close = this.#closing[at + 1] as number;
    const params = head.slice(at + 1, close + 1).filter((token) => token.kind !== "directive");
    if (nameToken.text === name) this.out.push(nameToken, ...params);
    else this.#syscallHead(name, nameToken, params);
  }

  /** `(open, const char *, name, int, flags)` → `(const char * name, int flags)`. */
  #syscallHead(name: string, macro: Token, params: readonly Token[]): void {
    const out = [tokenAt("name", name, macro), params[0] as Token];
    let commas = 0;
    for (const token of params.slice(2, -1)) {
      if (token.text !== ",") out.push(token);
      else if (++commas > 1 && commas % 2 === 1) out.push(token);
    }
    this.out.push(...out, params[params.length - 1] as Token);
  }

  #name(token: Token): void {
    const { text } = token;
    const next = this.#tokens[this.#at + 1];
    const close = next?.text === "(" ? (this.#closing[this.#at + 1] as number) : -1;
    if (text === "case") this.#caseRange();
    else if (text === "extern") {
      this.#isExtern = true;
      this.out.push(token);
    } else if (text === "static" && this.#isMacroCall()) return;
    else if (text === "__auto_type") this.#replace(`struct ${TYPEOF}`, this.#at);
    else if (ASMS.has(text)) this.#asm();
    else if (TAGGED.has(text)) this.#tagged();
    else if (close === -1) this.out.push(token);
    else if (SIZES.has(text)) this.#replace("sizeof(int)", close);
    else if (TYPEOFS.has(text)) this.#replace(`struct ${TYPEOF}`, close);
    else if (!this.#startsStatement()) this.out.push(token);
    else this.#callStatement(token, close);
  }

  #punctuation(token: Token): void {
    const { text } = token;
    const { out } = this;
    switch (text) {
      case "(": {
        const before = out[out.length - 1];
        const isCall = before?.kind === "name" && !NOT_A_CALL.has(before.text) && !this.#isExtern;
        this.#inCall.push(isCall);
        out.push(token);
        if (isCall) this.#argument();
        return;
      }
      case "{": {
        const before = out[out.length - 1]?.text;
        this.#initializers.push(before === "=" || before === "," || (before === "{" && this.#initializers.at(-1) === true));
        this.#inCall.push(false);
        break;
      }
      case "[":
        this.#inCall.push(false);
        break;
      case ")":
      case "]":
      case "}":
        this.#inCall.pop();
        if (text === "}") this.#initializers.pop();
        if (text === "}" && out[out.length - 1]?.text === ":") out.push(tokenAt("punctuation", ";", token));
        break;
      case ",":
        out.push(token);
        if (this.#inCall[this.#inCall.length - 1]) this.#argument();
        return;
      case ";":
        this.#isExtern = false;
        break;
    }
    out.push(token);
  }

  /** `static DEFINE_X(…);`: a macro that declares, with a word before it that no call may have. */
  #isMacroCall(): boolean {
    const [name, open] = [this.#tokens[this.#at + 1], this.#at + 2];
    if (name?.kind !== "name" || this.#tokens[open]?.text !== "(") return false;
    const close = this.#closing[open] as number;
    return close !== -1 && this.#tokens[close + 1]?.text === ";";
  }

  #startsStatement(): boolean {
    return endsStatement(this.out[this.out.length - 1]) && !NOT_A_CALL.has(this.#tokens[this.#at]?.text ?? "");
  }

  /** `name(…)` where a statement begins: a loop head, a scope, or a call. */
  #callStatement(token: Token, close: number): void {
    const { dialect, forEachNames } = this.#options;
    const { text } = token;
    const follower = this.#tokens[close + 1]?.text;
    const before = this.out[this.out.length - 1]?.text;
    const isLoop = follower === "{" || (follower !== ";" && (forEachNames.has(text) || dialect.forEach.has(text)));
    if (follower !== ";" && dialect.scopes.has(text)) this.#wrap(SCOPE, token, close);
    else if (isLoop || (before === "}" && dialect.loopEnds.has(text))) this.#wrap(EACH, token, close);
    else {
      this.out.push(token);
      if (follower === "}" && !this.#initializers.at(-1)) this.#after.set(close, [tokenAt("punctuation", ";", this.#tokens[close] as Token)]);
    }
  }

  #wrap(encoding: string, token: Token, close: number): void {
    this.out.push(...[["name", "while"], ["punctuation", "("], ["name", encoding], ["punctuation", "("]].map(([kind, text]) => tokenAt(kind as Token["kind"], text as string, token)));
    this.out.push(token);
    const end = this.#tokens[close] as Token;
    this.#after.set(close, [tokenAt("punctuation", ")", end), tokenAt("punctuation", ")", end)]);
  }

  /** Puts a text in the place of the tokens up to and including `last`. */
  #replace(text: string, last: number): void {
    const end = this.#tokens[last] as Token;
    const start = this.#tokens[this.#at] as Token;
    const place = { start: start.start, end: Math.max(start.end, end.end) };
    for (const part of text.match(/\w+|[^\s\w]/g) ?? []) this.out.push(tokenAt(/\w/.test(part) ? "name" : "punctuation", part, place));
    this.#at = last;
  }

  /** After a call's `(` or `,`: an argument that is a type or a jump becomes 0. */
  #argument(): void {
    const end = this.#argumentEnd();
    const from = this.#at + 1;
    if (end <= from || !this.#isTypeOrJump(from, end)) return;
    this.#at = from;
    this.#replace("0", end - 1);
  }

  #argumentEnd(): number {
    const tokens = this.#tokens;
    const isJump = JUMPS.has(tokens[this.#at + 1]?.text ?? "");
    for (let i = this.#at + 1; i < tokens.length; i++) {
      const { text, kind } = tokens[i] as Token;
      if (kind === "directive" || text === ";" || text === "{") return -1;
      if (kind !== "punctuation") continue;
      if (text === "(") {
        if (this.#closing[i] === -1) return -1;
        i = this.#closing[i] as number;
      } else if (text === "," || text === ")") return i;
      // Only what begins like a type is of interest; a long argument need not be read to its end.
      else if (text !== "*" && text !== "[" && text !== "]" && !isJump) return -1;
    }
    return -1;
  }

  #isTypeOrJump(from: number, end: number): boolean {
    const first = (this.#tokens[from] as Token).text;
    if (TYPE_WORDS.has(first) || TYPEOFS.has(first) || JUMPS.has(first)) return true;
    if (end - from < 2 || (this.#tokens[from] as Token).kind !== "name") return false;
    for (let i = from + 1; i < end; i++) if (this.#tokens[i]?.text !== "*") return false;
    return true;
  }

  /** `case a ... b:` → `case RANGE(a, b):`. */
  #caseRange(): void {
    const tokens = this.#tokens;
    this.out.push(tokens[this.#at] as Token);
    let dots = -1;
    for (let i = this.#at + 1; i < tokens.length; i++) {
      const { text } = tokens[i] as Token;
      if (text === "...") dots = i;
      else if (text === ":" || text === ";" || text === "{") {
        if (dots === -1 || text !== ":") return;
        const at = tokens[dots] as Token;
        const mark = (kind: Token["kind"], mark: string): Token => tokenAt(kind, mark, at);
        this.out.push(mark("name", RANGE), mark("punctuation", "("), ...tokens.slice(this.#at + 1, dots));
        this.out.push(mark("punctuation", ","), ...tokens.slice(dots + 1, i), mark("punctuation", ")"));
        this.#at = i - 1;
        return;
      }
    }
  }

  /** `asm goto("…" : : : : a, b)` → `ASM(a, b)`; operands are dropped. */
  #asm(): void {
    const tokens = this.#tokens;
    let open = this.#at + 1;
    while (tokens[open]?.kind === "name") open++;
    const close = tokens[open]?.text === "(" ? (this.#closing[open] as number) : -1;
    if (close === -1) {
      this.out.push(tokens[this.#at] as Token);
      return;
    }
    this.#replace(`${ASM}(${asmLabels(tokens.slice(open + 1, close)).join(",")})`, close);
  }

  /** Drops an attribute no dialect names: in `struct x y *p` and `struct x y z`, `y` can be nothing else. */
  #tagged(): void {
    const [keyword, tag, word, next] = [0, 1, 2, 3].map((i) => this.#tokens[this.#at + i]);
    this.out.push(keyword as Token);
    if (tag?.kind !== "name" || word?.kind !== "name" || word.text === "const") return;
    if (next?.kind !== "name" && next?.text !== "*") return;
    this.out.push(tag);
    this.#at += 2;
  }
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

function matchParens(tokens: readonly Token[]): Int32Array {
  const closing = new Int32Array(tokens.length).fill(-1);
  const open: number[] = [];
  for (let i = 0; i < tokens.length; i++) {
    const token = tokens[i] as Token;
    if (token.kind !== "punctuation") continue;
    if (token.text === "(") open.push(i);
    else if (token.text === ")") {
      const start = open.pop();
      if (start !== undefined) closing[start] = i;
    }
  }
  return closing;
}
