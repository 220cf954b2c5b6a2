/**
 * Decides which `#if` lines inside a function may stay for the parser, and removes the others
 * together with all branches but the first. A conditional may stay when each branch is a list
 * of whole statements, which a look at the tokens around it tells.
 */
import { parseCondition, parseDirective } from "./conditions.js";
import type { Token } from "./token.js";

export interface Chosen {
  readonly tokens: readonly Token[];
  /** Whether a branch that some configuration compiles was removed. */
  readonly isPartial: boolean;
  /** Whether `#if` lines are left. */
  readonly hasConditionals: boolean;
}

interface Branch {
  /** The tokens after the directive line. */
  body: Token[];
  readonly directive: Token;
  readonly keyword: string;
  readonly constant: boolean | null;
}

/** `keep` "whole": conditionals around whole statements stay; "none": none does. */
export function chooseBranches(tokens: readonly Token[], keep: "whole" | "none"): Chosen {
  const chooser = new Chooser(tokens, keep);
  return {
    tokens: chooser.read(),
    isPartial: chooser.isPartial,
    hasConditionals: chooser.hasConditionals,
  };
}

class Chooser {
  readonly #tokens: readonly Token[];
  readonly #keep: "whole" | "none";
  #at = 0;
  isPartial = false;
  hasConditionals = false;

  constructor(tokens: readonly Token[], keep: "whole" | "none") {
    this.#tokens = tokens;
    this.#keep = keep;
  }

  read(): readonly Token[] {
    if (!this.#tokens.some((token) => token.kind === "directive")) return this.#tokens;
    const out: Token[] = [];
    this.#list(out, 0);
    // An `#else` or `#endif` whose `#if` stands before the function: its head differs by branch.
    while (this.#at < this.#tokens.length) {
      this.isPartial = true;
      this.#skipBranches();
      this.#list(out, 0);
    }
    return out;
  }

  /** From an `#else` to after its `#endif`. */
  #skipBranches(): void {
    for (let depth = 1; depth > 0 && this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at] as Token;
      const { keyword } = token.kind === "directive" ? parseDirective(token.text) : { keyword: "" };
      if (keyword.startsWith("if")) depth++;
      else if (keyword === "endif") depth--;
    }
  }

  /** Reads to the `#else` or `#endif` of this level, which it leaves unread. */
  #list(out: Token[], depth: number): void {
    for (; this.#at < this.#tokens.length; this.#at++) {
      const token = this.#tokens[this.#at] as Token;
      if (token.kind !== "directive") {
        out.push(token);
        continue;
      }
      const { keyword } = parseDirective(token.text);
      if (keyword.startsWith("if")) this.#conditional(out, depth);
      else if (keyword.startsWith("el") || keyword === "endif") return;
      else out.push(token);
    }
  }

  #conditional(out: Token[], depth: number): void {
    const branches: Branch[] = [];
    let end: Token | undefined;
    for (; this.#at < this.#tokens.length; ) {
      const directive = this.#tokens[this.#at] as Token;
      const { keyword, rest } = parseDirective(directive.text);
      if (keyword === "endif") {
        end = directive;
        break;
      }
      const condition = keyword === "else" ? null : parseCondition(keyword, rest);
      const branch: Branch = {
        body: [],
        directive,
        keyword,
        constant: typeof condition === "boolean" ? condition : null,
      };
      branches.push(branch);
      this.#at++;
      // What a branch reads like depends on what stands before it.
      const context = out.length === 0 ? [] : [out[out.length - 1] as Token];
      const body = context.slice();
      if (depth < 100) this.#list(body, depth + 1);
      else this.#at = this.#tokens.length;
      branch.body = body.slice(context.length);
    }
    this.#emit(out, branches, end, this.#tokens[this.#at + 1]);
  }

  #emit(
    out: Token[],
    branches: readonly Branch[],
    end: Token | undefined,
    after: Token | undefined,
  ): void {
    const hasConstant = branches.some((branch) => branch.constant !== null);
    if (
      !hasConstant &&
      end &&
      this.#keep === "whole" &&
      isWhole(out[out.length - 1], branches, after)
    ) {
      for (const branch of branches) {
        out.push(branch.directive);
        for (const token of branch.body) out.push(token);
      }
      out.push(end);
      this.hasConditionals = true;
      return;
    }
    const taken = branches.find((branch) => branch.constant !== false);
    if (
      taken?.constant !== true &&
      !(branches[0]?.constant === false && taken?.keyword === "else")
    ) {
      this.isPartial ||= taken !== undefined;
    }
    for (const token of taken?.body ?? []) out.push(token);
  }
}

function isWhole(
  before: Token | undefined,
  branches: readonly Branch[],
  after: Token | undefined,
): boolean {
  if (!isBoundary(before) || after?.text === "else") return false;
  return branches.every(({ body }) => {
    const first = body.find((token) => token.kind !== "directive");
    const last = body.findLast((token) => token.kind !== "directive");
    if (first === undefined || last === undefined) return true;
    if (first.text === "else" || !isBoundary(last) || last.text === "{") return false;
    return isBalanced(body);
  });
}

function isBoundary(token: Token | undefined): boolean {
  if (token === undefined) return false;
  return (
    token.kind === "directive" ||
    token.text === ";" ||
    token.text === "{" ||
    token.text === "}" ||
    token.text === ":"
  );
}

function isBalanced(tokens: readonly Token[]): boolean {
  let depth = 0;
  for (const { kind, text } of tokens) {
    if (kind !== "punctuation") continue;
    if (text === "{" || text === "(") depth++;
    else if ((text === "}" || text === ")") && --depth < 0) return false;
  }
  return depth === 0;
}
