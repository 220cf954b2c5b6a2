/**
 * Where in C's grammar a walk over tokens stands, as far as brackets tell: whether a statement
 * can begin here, whether the next comma divides a call's arguments.
 */
import { endsStatement, type Token } from "./token.js";

type BraceKind = "initializer" | "do" | "other";

/** Words before a `(` that make no call. */
export const NOT_A_CALL: ReadonlySet<string> = new Set([
  "if",
  "while",
  "for",
  "switch",
  "return",
  "case",
  "else",
  "do",
  "goto",
  "__extension__",
  "defined",
]);

export class StatementPlace {
  readonly #brackets: { readonly isCall: boolean; readonly before: Token | undefined }[] = [];
  readonly #braces: BraceKind[] = [];
  #closedBrace: BraceKind | undefined;
  /** What stands before the bracket that closed last. */
  #beforeGroup: Token | undefined;
  /** Question marks of this statement whose colon is still to come; whether the last colon was such. */
  #ternaries = 0;
  #afterTernary = false;
  #isExtern = false;

  /** Whether a statement can begin after `before`, which must be the token seen last. */
  startsStatement(before: Token | undefined): boolean {
    if (!endsStatement(before)) return false;
    // After `if (x)`, but not after a cast.
    if (before?.text === ")")
      return this.#beforeGroup?.kind === "name" && this.#beforeGroup.text !== "return";
    return before?.text !== ":" || !this.#afterTernary;
  }

  get isInCall(): boolean {
    return this.#brackets.at(-1)?.isCall ?? false;
  }

  get isInInitializer(): boolean {
    return this.#braces.at(-1) === "initializer";
  }

  /** Whether the `}` seen last closed the body of a `do`. */
  get isAfterDo(): boolean {
    return this.#closedBrace === "do";
  }

  /** An `extern` declaration has types where a call has arguments. */
  seeExtern(): void {
    this.#isExtern = true;
  }

  /** Takes note of a punctuation token; `before` is the one before it. */
  see(text: string, before: Token | undefined): void {
    switch (text) {
      case "(":
        this.#brackets.push({
          isCall: before?.kind === "name" && !NOT_A_CALL.has(before.text) && !this.#isExtern,
          before,
        });
        break;
      case "{":
        this.#braces.push(this.#braceKind(before));
        this.#brackets.push({ isCall: false, before: undefined });
        break;
      case "[":
        this.#brackets.push({ isCall: false, before: undefined });
        break;
      case "}":
        this.#closedBrace = this.#braces.pop();
        this.#beforeGroup = this.#brackets.pop()?.before;
        break;
      case ")":
      case "]":
        this.#beforeGroup = this.#brackets.pop()?.before;
        break;
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
  }

  #braceKind(before: Token | undefined): BraceKind {
    const text = before?.text;
    if (text === "do") return "do";
    if (text === "=" || text === "," || (text === "{" && this.isInInitializer))
      return "initializer";
    // `(struct x) { … }`
    const isLiteral =
      text === ")" &&
      (this.#beforeGroup?.kind === "punctuation" || this.#beforeGroup?.text === "return");
    return isLiteral ? "initializer" : "other";
  }
}
