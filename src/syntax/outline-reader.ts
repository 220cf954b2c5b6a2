/**
 * The one lexical pass behind `outline`. Braces and parentheses are counted; at `#else` the
 * counts go back to those at the `#if`, and after `#endif` those of the first branch stand, so
 * a brace opened in both branches is opened once. Code under `#if 0` is not there.
 */
import type { Span } from "../text/source-file.js";
import { MOST_CONDITIONS, OpenConditional, parseDirective } from "./conditions.js";
import { type FunctionHead, type HeadToken, parseFunctionHead } from "./function-head.js";
import { Lexer } from "./lexer.js";
import { parseMacro } from "./macro-definition.js";
import type { Condition, FunctionItem, Macro, Outline, StructItem } from "./outline.js";
import { parseMembers } from "./struct-members.js";

/** Tokens of one item before its brace; longer ones are no definition we read. */
const LONGEST_HEAD = 2000;

/** What the brace at depth 0 opened. */
type Opened =
  | {
      readonly kind: "function";
      readonly head: FunctionHead;
      readonly brace: number;
      readonly conditions: readonly Condition[];
    }
  | {
      readonly kind: "struct";
      readonly tag: string;
      readonly start: number;
      readonly brace: number;
      readonly conditions: readonly Condition[];
    };

interface Place {
  readonly depth: number;
  readonly parens: number;
  readonly head: readonly HeadToken[];
  readonly opened: Opened | null;
}

interface Level {
  readonly conditional: OpenConditional;
  /** Within a branch of an outer `#if` that is removed. */
  readonly isAroundDead: boolean;
  readonly before: Place;
  /** Where the first branch that counts ended. */
  afterFirst: Place | null;
  /** An include guard's name until the next directive says whether it is one. */
  guard: string | null;
  isGuard: boolean;
}

export class OutlineReader {
  readonly #text: string;
  readonly #lexer: Lexer;
  readonly #functions: FunctionItem[] = [];
  readonly #macros: Macro[] = [];
  readonly #structs: StructItem[] = [];
  readonly #includes: string[] = [];
  readonly #levels: Level[] = [];
  #depth = 0;
  #parens = 0;
  #head: readonly HeadToken[] = [];
  /** A place that may be returned to holds it: copied before it grows. */
  #isHeadShared = false;
  #opened: Opened | null = null;
  #hasCode = false;

  constructor(text: string) {
    this.#text = text;
    this.#lexer = new Lexer(text);
  }

  read(): Outline {
    const lexer = this.#lexer;
    while (this.#depth > 0 ? lexer.nextBrace() : lexer.next()) {
      if (lexer.kind === "directive")
        this.#directive(lexer.value, { start: lexer.start, end: lexer.end });
      else if (this.#depth > 0) this.#inside();
      else this.#atTop();
    }
    return {
      functions: this.#functions,
      macros: this.#macros,
      structs: this.#structs,
      includes: this.#includes,
    };
  }

  #inside(): void {
    if (this.#lexer.code === 123) this.#depth++;
    else if (--this.#depth === 0) this.#close();
  }

  #atTop(): void {
    const { start, end, code, kind } = this.#lexer;
    this.#hasCode = true;
    if (kind === "punctuation") {
      if (code === 123) {
        if (this.#parens === 0) this.#open(start);
        this.#depth = 1;
        return;
      }
      if (code === 125) return;
      if (code === 59 && this.#parens === 0) {
        this.#head = [];
        return;
      }
      if (code === 40) this.#parens++;
      else if (code === 41 && this.#parens > 0) this.#parens--;
    }
    if (this.#head.length < LONGEST_HEAD)
      this.#push({ text: this.#text.slice(start, end), start, end });
  }

  #push(token: HeadToken): void {
    if (this.#isHeadShared) this.#head = [...this.#head];
    this.#isHeadShared = false;
    (this.#head as HeadToken[]).push(token);
  }

  #shared(): readonly HeadToken[] {
    this.#isHeadShared = true;
    return this.#head;
  }

  #open(brace: number): void {
    const conditions = this.#conditions();
    const head = parseFunctionHead(this.#head);
    const tag = head === null ? structTag(this.#head) : null;
    if (head !== null) this.#opened = { kind: "function", head, brace, conditions };
    else if (tag !== null)
      this.#opened = {
        kind: "struct",
        tag,
        start: (this.#head[0] as HeadToken).start,
        brace,
        conditions,
      };
    else {
      this.#opened = null;
      this.#push({ text: "{", start: brace, end: brace + 1 });
    }
  }

  #close(): void {
    const opened = this.#opened;
    const end = this.#lexer.end;
    this.#opened = null;
    if (opened === null || this.#isDead()) return;
    const { conditions } = opened;
    if (opened.kind === "function") {
      const { name, start, isStatic } = opened.head;
      const body = { start: opened.brace, end };
      this.#functions.push(
        new LexedFunction(this.#text, name, { start, end }, body, isStatic, conditions),
      );
      this.#head = [];
    } else {
      const members = parseMembers(this.#text, opened.brace + 1, end - 1);
      this.#structs.push({
        tag: opened.tag,
        span: { start: opened.start, end },
        members,
        conditions,
      });
    }
  }

  #directive(line: string, span: Span): void {
    const { keyword, rest } = parseDirective(line);
    const top = this.#levels[this.#levels.length - 1];
    if (top?.guard) {
      top.isGuard = keyword === "define" && rest === top.guard;
      top.guard = null;
      if (top.isGuard) return;
    }
    if (keyword === "if" || keyword === "ifdef" || keyword === "ifndef") this.#enter(keyword, rest);
    else if (keyword.startsWith("el")) this.#nextBranch(keyword, rest);
    else if (keyword === "endif") this.#leave();
    else if (keyword === "include") this.#includes.push(rest);
    else if (keyword === "define" && !this.#isDead()) {
      const macro = parseMacro(rest, span, this.#conditions());
      if (macro) this.#macros.push(macro);
    }
    this.#hasCode ||= keyword !== "include" && keyword !== "pragma";
  }

  #enter(keyword: string, rest: string): void {
    const isFirst = this.#levels.length === 0 && !this.#hasCode;
    const guard = isFirst
      ? (keyword === "ifndef" ? /^\w+/ : /(?<=^!\s*defined\s*\(?\s*)\w+/).exec(rest)?.[0]
      : undefined;
    this.#levels.push({
      conditional: new OpenConditional(keyword, rest),
      isAroundDead: this.#isDead(),
      before: this.#place(),
      afterFirst: null,
      guard: guard ?? null,
      isGuard: false,
    });
  }

  #nextBranch(keyword: string, rest: string): void {
    const level = this.#levels[this.#levels.length - 1];
    if (!level) return;
    if (!level.conditional.isDead) level.afterFirst ??= this.#place();
    level.conditional.nextBranch(keyword, rest);
    this.#return(level.before);
  }

  #leave(): void {
    const level = this.#levels.pop();
    if (!level) return;
    if (level.afterFirst) this.#return(level.afterFirst);
    else if (level.conditional.isDead) this.#return(level.before);
  }

  #place(): Place {
    return {
      depth: this.#depth,
      parens: this.#parens,
      head: this.#shared(),
      opened: this.#opened,
    };
  }

  #return(place: Place): void {
    this.#depth = place.depth;
    this.#parens = place.parens;
    this.#head = place.head;
    this.#isHeadShared = true;
    this.#opened = place.opened;
  }

  #conditions(): readonly Condition[] {
    let conditions: readonly Condition[] = [];
    for (let at = this.#levels.length - 1; at >= 0; at--) {
      const level = this.#levels[at] as Level;
      if (!level.isGuard) conditions = [...level.conditional.conditions, ...conditions];
      if (conditions.length >= MOST_CONDITIONS) break;
    }
    return conditions;
  }

  #isDead(): boolean {
    const level = this.#levels[this.#levels.length - 1];
    return level !== undefined && (level.isAroundDead || level.conditional.isDead);
  }
}

class LexedFunction implements FunctionItem {
  readonly otherwise = null;
  readonly #text: string;
  #identifiers: ReadonlySet<string> | undefined;

  constructor(
    text: string,
    readonly name: string,
    readonly span: Span,
    readonly body: Span,
    readonly isStatic: boolean,
    readonly conditions: readonly Condition[],
  ) {
    this.#text = text;
  }

  /** Read on first use: most functions of most headers are never asked. */
  get identifiers(): ReadonlySet<string> {
    if (this.#identifiers === undefined) {
      const names = new Set<string>();
      const lexer = new Lexer(this.#text, this.body.start, this.body.end);
      while (lexer.next()) if (lexer.kind === "name") names.add(lexer.value);
      this.#identifiers = names;
    }
    return this.#identifiers;
  }
}

/** The tag when the head is `struct x` or `union x` with nothing but attributes around it. */
function structTag(head: readonly HeadToken[]): string | null {
  const at = head.findIndex((token) => token.text === "struct" || token.text === "union");
  if (at === -1 || head.slice(0, at).some((token) => token.text === "=")) return null;
  const words: string[] = [];
  let depth = 0;
  for (const { text } of head.slice(at + 1)) {
    if (text === "(") depth++;
    else if (text === ")") depth--;
    else if (depth > 0) continue;
    else if (/^[A-Za-z_$]/.test(text)) words.push(text);
    else return null;
  }
  if (words.length === 1) return words[0] as string;
  // `struct __packed x`, `struct x __aligned(8)`
  const tags = words.filter((word) => !word.startsWith("__"));
  return tags.length === 1 ? (tags[0] as string) : null;
}
