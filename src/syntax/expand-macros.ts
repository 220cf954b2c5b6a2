/**
 * Expands macros in a list of tokens, as the preprocessor does (arguments first, `#`, `##`,
 * variadic, no macro inside itself), but only those the caller wants, and drops attribute
 * macros. Bounded in depth and size: the input may be hostile.
 */
import { parseDirective } from "./conditions.js";
import type { Dialect } from "./dialect.js";
import { parseMacro } from "./macro-definition.js";
import type { Macro } from "./outline.js";
import { splitArguments, substitute } from "./substitute-arguments.js";
import { closingParen, endsStatement, type Hidden, isHidden, type Token } from "./token.js";

export interface ExpansionOptions {
  readonly dialect: Dialect;
  macro(name: string): Macro | undefined;
  expand(macro: Macro): boolean;
  /** Loop heads named by the tree's own `.clang-format`. */
  readonly forEachNames: ReadonlySet<string>;
}

const MAX_DEPTH = 32;
/** Tokens that expansions may add to one function. */
const MAX_TOKENS = 50_000;

type Action =
  | { readonly kind: "attribute" }
  | { readonly kind: "macro"; readonly macro: Macro }
  /** A loop head: only where a statement begins. */
  | { readonly kind: "loop"; readonly macro: Macro };

export class MacroExpander {
  readonly #options: ExpansionOptions;
  readonly #actions = new Map<string, Action | null>();
  #budget = MAX_TOKENS;

  /** Macros defined by `#define` lines inside the function: always expanded. */
  readonly #inner = new Map<string, Macro>();

  constructor(options: ExpansionOptions) {
    this.#options = options;
  }

  expand(tokens: readonly Token[]): Token[] {
    for (const token of tokens) if (token.kind === "directive") this.#readDefine(token);
    const out: Token[] = [];
    this.#into(out, tokens, 0);
    return out;
  }

  /** A function's head keeps its macros: their names may be the function's own. */
  dropAttributes(tokens: readonly Token[]): Token[] {
    const out: Token[] = [];
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i] as Token;
      if (token.kind === "name" && this.#options.dialect.attributes.has(token.text))
        i = skipAttribute(tokens, i);
      else out.push(token);
    }
    return out;
  }

  #readDefine(token: Token): void {
    const { keyword, rest } = parseDirective(token.text);
    const macro = keyword === "define" ? parseMacro(rest, token, []) : null;
    if (macro) this.#inner.set(macro.name, macro);
  }

  #into(out: Token[], tokens: readonly Token[], depth: number): void {
    for (let i = 0; i < tokens.length; i++) {
      const token = tokens[i] as Token;
      const action = token.kind === "name" ? this.#action(token.text) : null;
      if (token.kind === "directive" && !isConditionalLine(token.text)) continue;
      if (action === null || isMember(out, action)) out.push(token);
      else if (action.kind === "attribute") i = skipAttribute(tokens, i);
      else {
        const end = this.#expandAt(out, tokens, i, action, depth);
        if (end === -1) out.push(token);
        else i = end;
      }
    }
  }

  /** Expands the macro at `i`; returns the index of its last token, or -1 when it stays as it is. */
  #expandAt(
    out: Token[],
    tokens: readonly Token[],
    i: number,
    action: { kind: "macro" | "loop"; macro: Macro },
    depth: number,
  ): number {
    const name = tokens[i] as Token;
    const { macro } = action;
    if (depth >= MAX_DEPTH || this.#budget <= 0 || isHidden(name, macro.name)) return -1;
    if (action.kind === "loop" && !endsStatement(out[out.length - 1])) return -1;
    let last = i;
    let args: Token[][] = [];
    if (macro.params !== null) {
      if (tokens[i + 1]?.text !== "(") return -1;
      last = closingParen(tokens, i + 1);
      if (last === -1) return -1;
      args = splitArguments(tokens, i + 2, last, macro.params);
      if (args.length > Math.max(1, macro.params.length)) return -1;
    }
    const place = {
      start: name.start,
      end: name.index === -1 ? name.end : Math.max(name.end, (tokens[last] as Token).end),
    };
    const hidden: Hidden = { name: macro.name, outer: name.hidden };
    const body = substitute(macro, args, { place, hidden, limit: this.#budget }, (argument) =>
      this.#expandArgument(argument, depth),
    );
    this.#budget -= body.length;
    this.#into(out, body, depth + 1);
    return last;
  }

  #expandArgument(tokens: readonly Token[], depth: number): Token[] {
    const out: Token[] = [];
    this.#into(out, tokens, depth + 1);
    this.#budget -= out.length;
    return out;
  }

  #action(name: string): Action | null {
    let action = this.#actions.get(name);
    if (action === undefined) {
      action = this.#decide(name);
      this.#actions.set(name, action);
    }
    return action;
  }

  #decide(name: string): Action | null {
    const { dialect, forEachNames } = this.#options;
    if (dialect.attributes.has(name)) return { kind: "attribute" };
    const rewrite = dialect.rewrites.get(name);
    if (rewrite) return { kind: "macro", macro: rewrite };
    const inner = this.#inner.get(name);
    if (inner) return { kind: "macro", macro: inner };
    const macro = this.#options.macro(name);
    if (macro === undefined || hasMeaning(dialect, name)) return null;
    const isLoop = forEachNames.has(name) || dialect.forEach.has(name);
    if (isLoop && macro.params !== null && this.#isLoopBody(macro, 0))
      return { kind: "loop", macro };
    if (hasOpenBrace(macro)) return { kind: "macro", macro };
    return this.#options.expand(macro) ? { kind: "macro", macro } : null;
  }

  /** Whether the replacement begins a loop, itself or through another loop head. */
  #isLoopBody(macro: Macro, depth: number): boolean {
    const first = /^[A-Za-z_]\w*/.exec(macro.body)?.[0];
    if (first === undefined || depth > 8) return false;
    if (first === "for" || first === "while") return true;
    if (first === "if")
      return /\b(?:for|while)\s*\(/.test(macro.body) || /\w*for_?each\w*\s*\(/.test(macro.body);
    const { dialect, forEachNames } = this.#options;
    if (!forEachNames.has(first) && !dialect.forEach.has(first)) return false;
    const inner = this.#options.macro(first);
    return inner === undefined || this.#isLoopBody(inner, depth + 1);
  }
}

/** Names the dialect gives a meaning: their definitions are of no interest. */
function hasMeaning(dialect: Dialect, name: string): boolean {
  return (
    dialect.transparent.has(name) ||
    dialect.ignoredStatements.has(name) ||
    dialect.opaqueValues.has(name) ||
    dialect.lengths.has(name) ||
    dialect.stops.has(name) ||
    dialect.stopsIf.has(name) ||
    dialect.scopes.has(name) ||
    dialect.configTests.has(name)
  );
}

/** `do_each_thread(g, t)` opens what `while_each_thread(g, t)` closes: neither parses alone. */
function hasOpenBrace(macro: Macro): boolean {
  if (macro.params === null) return false;
  let depth = 0;
  for (const brace of macro.body.match(/[{}]/g) ?? []) {
    depth += brace === "{" ? 1 : -1;
    if (depth < 0) return true;
  }
  return depth !== 0;
}

function skipAttribute(tokens: readonly Token[], i: number): number {
  if (tokens[i + 1]?.text !== "(") return i;
  const close = closingParen(tokens, i + 1);
  return close === -1 ? i : close;
}

/** `mod->__init`, `ops->swap(…)`: only object-like macros stand for members. */
function isMember(out: readonly Token[], action: Action): boolean {
  if (action.kind !== "attribute" && action.macro.params === null) return false;
  const before = out[out.length - 1]?.text;
  return before === "->" || before === ".";
}

function isConditionalLine(line: string): boolean {
  return /^#\s*(?:if|el|endif)/.test(line);
}
