/**
 * Classes of the kernel's cleanup.h: what is done where a scope is entered and where it is left.
 * Found lexically, by the macros that define them; which those are, the dialect says.
 */
import { parseMacro } from "./macro-definition.js";
import type { Macro } from "./outline.js";
import { splitArguments } from "./substitute-arguments.js";
import { closingParen, fileTokens, type Token } from "./token.js";

export interface ScopeClass {
  readonly type: string;
  /** Statements, or for a class of variables a value, in terms of `_T` and of `params`. */
  readonly enter: string;
  readonly leave: string;
  readonly params: readonly string[];
}

/** What a name of a class stands for: one that does nothing of interest, or is not in sight. */
export type FoundClass = ScopeClass | "harmless" | "unseen";

/** Longer definitions are none. */
const LONGEST = 2000;

/** Classes that a text defines, by name. `definers` are heads such as `DEFINE_FREE(name, type, leave)`. */
export function scopeClasses(
  text: string,
  definers: readonly string[],
): ReadonlyMap<string, ScopeClass> {
  const classes = new Map<string, ScopeClass>();
  for (const head of definers) {
    const definer = parseMacro(head, { start: 0, end: 0 }, []);
    if (definer === null) continue;
    const start = `\n${definer.name}(`;
    for (let at = text.indexOf(start); at !== -1; at = text.indexOf(start, at + start.length)) {
      const tokens = fileTokens(text, at + 1, Math.min(text.length, at + LONGEST));
      const close = closingParen(tokens, 1);
      if (close !== -1)
        add(classes, definer, splitArguments(tokens, 2, close, definer.params ?? []));
    }
  }
  return classes;
}

function add(
  classes: Map<string, ScopeClass>,
  { params, body }: Macro,
  args: readonly Token[][],
): void {
  const part = (name: string) => textOf(args[(params ?? []).indexOf(name)] ?? []);
  const name = part("name");
  if (name === "" || classes.has(name)) return;
  const given = args.slice((params ?? []).length - 1);
  const isVariadic = params?.at(-1)?.endsWith("...") ?? false;
  classes.set(name, {
    type: part("type") + body,
    enter: part("enter"),
    leave: part("leave"),
    params: isVariadic
      ? given.flatMap((tokens) => splitArguments(tokens, 0, tokens.length, []).map(lastName))
      : [],
  });
}

function lastName(tokens: readonly Token[]): string {
  return tokens.findLast(({ kind }) => kind === "name")?.text ?? "";
}

function textOf(tokens: readonly Token[]): string {
  return tokens.map(({ text }) => text).join(" ");
}
