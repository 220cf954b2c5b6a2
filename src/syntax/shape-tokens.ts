/**
 * Rewrites what tree-sitter-c cannot read into what it can: the function's head, loop heads,
 * scopes, case ranges, asm, typeof, types as macro arguments. The replacements are those of
 * `encoding.ts`. One walk over the tokens of a function, after macro expansion.
 */
import type { ExpansionOptions } from "./expand-macros.js";
import { shapeHead } from "./shape-head.js";
import { ASM, EACH, RANGE, SCOPE, TYPEOF } from "./encoding.js";
import { endsStatement, type Token, tokenAt } from "./token.js";

/** Words before a `(` that make no call. */
const NOT_A_CALL = new Set(["if", "while", "for", "switch", "return", "case", "else", "do", "goto", "__extension__", "defined"]);
const SIZES = new Set(["sizeof", "alignof", "_Alignof", "__alignof__", "__alignof", "offsetof", "__builtin_offsetof", "offsetofend", "sizeof_field", "__builtin_object_size"]);
/** `typeof`, `__typeof__`, `__signed_scalar_typeof`, … */
const TYPEOF_NAME = /typeof/;
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

/** `head` is what stands before the `{` that begins `body`; `source` the file's text. */
export function shapeTokens(head: readonly Token[], body: readonly Token[], name: string, source: string, options: ExpansionOptions): Shaped {
  const shaper = new Shaper(body, options, source);
  const isPartial = shapeHead(head, name, shaper.out);
  shaper.run();
  return { tokens: shaper.out, isPartial };
}

class Shaper {
  readonly out: Token[] = [];
  readonly #tokens: readonly Token[];
  readonly #options: ExpansionOptions;
  /** For each `(`, the index of its `)`, or -1. */
  readonly #closing: Int32Array;
  /** Tokens to add after the token at an index. */
  readonly #after = new Map<number, Token[]>();
  /** Tokens to write in the place of the one at an index. */
  readonly #instead = new Map<number, Token[]>();
  /** Where to go on after a token that is dropped with those behind it. */
  readonly #skip = new Map<number, number>();
  /** Open brackets, innermost last: whether a call's arguments stand in them, and what stands before. */
  readonly #brackets: { readonly isCall: boolean; readonly before: Token | undefined }[] = [];
  /** Question marks of this statement whose colon is still to come; whether the last colon was such. */
  #ternaries = 0;
  #afterTernary = false;
  /** What stands before the bracket that closed last. */
  #beforeGroup: Token | undefined;
  /** Open braces, innermost last. */
  readonly #braces: ("initializer" | "do" | "other")[] = [];
  #closed: "initializer" | "do" | "other" | undefined;
  #at = 0;
  #isExtern = false;

  constructor(
    tokens: readonly Token[],
    options: ExpansionOptions,
    readonly source: string,
  ) {
    this.#tokens = tokens;
    this.#options = options;
    this.#closing = matchParens(tokens);
  }

  run(): void {
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at] as Token;
      if (token.kind === "name") this.#name(token);
      else if (token.kind === "punctuation") this.#punctuation(token);
      else this.out.push(token);
      const after = this.#after.get(this.#at);
      if (after) this.out.push(...after);
    }
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
    else if (close === -1) {
      // `table[3] __attribute = {…}`: nothing else can stand between.
      if (next?.text !== "=" || this.out[this.out.length - 1]?.text !== "]") this.out.push(token);
    }
    else if (SIZES.has(text)) this.#replace("sizeof(int)", close);
    else if (TYPEOF_NAME.test(text)) this.#replace(`struct ${TYPEOF}`, close);
    else {
      if (this.#options.dialect.transparent.has(text)) this.#dropFurtherArguments(close);
      if (this.#startsStatement()) this.#callStatement(token, close);
      else this.out.push(token);
    }
  }

  /** Of `WARN_ONCE(x, "…", y)` only the first argument is ever read. */
  #dropFurtherArguments(close: number): void {
    const comma = this.#argumentEndFrom(this.#at + 2, close);
    if (comma < close) this.#skip.set(comma, close - 1);
  }

  #argumentEndFrom(from: number, close: number): number {
    for (let i = from; i < close; i++) {
      const { text } = this.#tokens[i] as Token;
      if (text === "{") return close;
      if (text === "(") i = Math.max(i, this.#closing[i] as number);
      else if (text === ",") return i;
    }
    return close;
  }

  #punctuation(token: Token): void {
    const { text } = token;
    const { out } = this;
    const instead = this.#instead.get(this.#at);
    if (instead) {
      if (text === ")") this.#brackets.pop();
      out.push(...instead);
      return;
    }
    switch (text) {
      case "(": {
        const before = out[out.length - 1];
        const isCall = before?.kind === "name" && !NOT_A_CALL.has(before.text) && !this.#isExtern;
        this.#brackets.push({ isCall, before });
        out.push(token);
        if (isCall) this.#argument();
        return;
      }
      case "{": {
        const before = out[out.length - 1]?.text;
        const isInitializer =
          before === "=" || before === "," ||
          (before === "{" && this.#braces.at(-1) === "initializer") ||
          // `(struct x) { … }`
          (before === ")" && (this.#beforeGroup?.kind === "punctuation" || this.#beforeGroup?.text === "return"));
        this.#braces.push(isInitializer ? "initializer" : before === "do" ? "do" : "other");
        this.#brackets.push({ isCall: false, before: undefined });
        break;
      }
      case "[":
        this.#brackets.push({ isCall: false, before: undefined });
        break;
      case ")":
      case "]":
      case "}":
        this.#beforeGroup = this.#brackets.pop()?.before;
        if (text === "}") this.#closed = this.#braces.pop();
        if (text === "}" && out[out.length - 1]?.text === ":") out.push(tokenAt("punctuation", ";", token));
        break;
      case ",":
        if (this.#skip.has(this.#at)) {
          this.#at = this.#skip.get(this.#at) as number;
          return;
        }
        out.push(token);
        if (this.#brackets.at(-1)?.isCall) this.#argument();
        return;
      case ";":
        this.#isExtern = false;
        this.#ternaries = 0;
        break;
      case "?":
        this.#ternaries++;
        break;
      case ":":
        this.#afterTernary = this.#ternaries > 0;
        if (this.#afterTernary) this.#ternaries--;
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
    const before = this.out[this.out.length - 1];
    if (!endsStatement(before) || NOT_A_CALL.has(this.#tokens[this.#at]?.text ?? "")) return false;
    // After `if (x)`, but not after a cast.
    if (before?.text === ")") return this.#beforeGroup?.kind === "name" && this.#beforeGroup.text !== "return";
    return before?.text !== ":" || !this.#afterTernary;
  }

  /** `name(…)` where a statement begins: a loop head, a scope, or a call. */
  #callStatement(token: Token, close: number): void {
    const { dialect, forEachNames } = this.#options;
    const { text } = token;
    const after = this.#tokens[close + 1];
    const follower = after?.text;
    if (follower === ";" && dialect.ignoredStatements.has(text) && !dialect.transparent.has(text)) {
      this.#at = close;
      return;
    }
    const before = this.out[this.out.length - 1]?.text;
    const endsLoop = before === "}" && (this.#closed === "do" || dialect.loopEnds.has(text));
    const isLoop = endsLoop || follower === "{" || this.#isIndentedUnder(after, token) || (follower !== ";" && (forEachNames.has(text) || dialect.forEach.has(text)));
    if (follower !== ";" && dialect.scopes.has(text)) this.#wrap(SCOPE, token, close);
    else if (isLoop) this.#wrap(EACH, token, close);
    else if (this.#holdsStatements(close)) this.#asBlock(token, close);
    else {
      this.out.push(token);
      const lacksSemicolon = follower === "}" ? this.#braces.at(-1) !== "initializer" : after?.kind === "name";
      if (lacksSemicolon) this.#after.set(close, [tokenAt("punctuation", ";", this.#tokens[close] as Token)]);
    }
  }

  /** `walk_frags(skb, list)` with a deeper statement on the next line: a loop of unknown name. */
  #isIndentedUnder(after: Token | undefined, head: Token): boolean {
    if (after?.kind !== "name" || after.index === -1 || head.index === -1) return false;
    return this.#indent(after) > this.#indent(head);
  }

  /** Width of the line before the token; 0 when it is not the first on its line. */
  #indent(token: Token): number {
    const before = this.source.slice(this.source.lastIndexOf("\n", token.start - 1) + 1, token.start);
    return /^[ \t]*$/.test(before) ? before.replaceAll("\t", "        ").length : 0;
  }

  /** `unsafe(a(); b();)`: statements as a macro's argument. */
  #holdsStatements(close: number): boolean {
    for (let i = this.#at + 2; i < close; i++) {
      const { text } = this.#tokens[i] as Token;
      if (text === "(" && this.#closing[i] !== -1) i = this.#closing[i] as number;
      else if (text === "{") return false;
      else if (text === ";") return true;
    }
    return false;
  }

  #asBlock(token: Token, close: number): void {
    this.out.push(tokenAt("punctuation", "{", token));
    this.#brackets.push({ isCall: false, before: undefined });
    const end = this.#tokens[close] as Token;
    this.#instead.set(close, [tokenAt("punctuation", ";", end), tokenAt("punctuation", "}", end)]);
    this.#at++;
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

  /** After a call's `(` or `,`: an argument that is empty, a type or a jump becomes 0. */
  #argument(): void {
    const next = this.#tokens[this.#at + 1];
    const isEmpty = next?.text === "," || (next?.text === ")" && this.#tokens[this.#at]?.text === ",");
    if (isEmpty) this.out.push(tokenAt("number", "0", next as Token));
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
    if (TYPE_WORDS.has(first) || TYPEOF_NAME.test(first) || JUMPS.has(first)) return true;
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
        this.out.push(tokenAt("name", RANGE, at), tokenAt("punctuation", "(", at));
        this.#instead.set(dots, [tokenAt("punctuation", ",", at)]);
        this.#after.set(i - 1, [tokenAt("punctuation", ")", at)]);
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
