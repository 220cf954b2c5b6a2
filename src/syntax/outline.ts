/**
 * What a C file defines at its top level, found by lexing alone: functions, macros, structs,
 * includes. Cheap enough for thousands of headers, and a function the parser cannot read does
 * no harm to its neighbours.
 */
import type { SourceFile, Span } from "../text/source-file.js";
import { OutlineReader } from "./outline-reader.js";

/** One enclosing `#if`: `symbol` is `CONFIG_X` (or the condition's text), `holds` on which side. */
export interface Condition {
  readonly symbol: string;
  readonly holds: boolean;
}

export interface FunctionItem {
  readonly name: string;
  /** From the first token of the definition to its closing brace. */
  readonly span: Span;
  /** From `{` to `}`, both included. */
  readonly body: Span;
  readonly isStatic: boolean;
  readonly conditions: readonly Condition[];
  /** Every identifier in the body (comments, strings left out): a cheap pre-check. */
  readonly identifiers: ReadonlySet<string>;
  /** The definition on the other side of an `#if`; null where there is none, or nobody looked. */
  readonly otherwise: FunctionItem | null;
}

export interface Macro {
  readonly name: string;
  /** null for an object-like macro. A variadic macro's last parameter is `...` or `name...`. */
  readonly params: readonly string[] | null;
  /** Replacement text, continuation lines joined by a blank, comments removed, trimmed. */
  readonly body: string;
  readonly span: Span;
  readonly conditions: readonly Condition[];
}

export interface StructItem {
  readonly tag: string;
  readonly span: Span;
  readonly members: readonly {
    readonly name: string;
    readonly type: string;
    readonly pointers: number;
  }[];
  readonly conditions: readonly Condition[];
}

export interface Outline {
  readonly functions: readonly FunctionItem[];
  readonly macros: readonly Macro[];
  readonly structs: readonly StructItem[];
  /** Targets of #include as written, with their quotes: `"vma.h"`, `<linux/mm.h>`. */
  readonly includes: readonly string[];
}

export function outline(file: SourceFile): Outline {
  return new OutlineReader(file.text).read();
}
