/**
 * The C syntax tree the rest of vmalint sees: plain data, made per function by
 * `parse-function.ts`. tree-sitter's node kinds, masks and macro expansion end here.
 *
 * Spans are offsets in the *prepared* text of the function (`FunctionSyntax.text`);
 * `FunctionSyntax.origin(span)` gives the place in the file.
 *
 * Example: `if (!next) goto out;` is
 * `{ kind: "if", test: { kind: "unary", op: "!", operand: { kind: "name", … } }, … }`.
 *
 * Not represented: types beyond their text, storage classes, bit-field widths, initialisers
 * of static objects, nested functions.
 */
import type { SourceFile, Span } from "../text/source-file.js";

export type Expr = { readonly span: Span } & (
  | { readonly kind: "name"; readonly name: string }
  /** `value` is null when it is no integer that fits a safe JavaScript number. */
  | { readonly kind: "number"; readonly value: number | null }
  | { readonly kind: "string" }
  | {
      readonly kind: "member";
      readonly base: Expr;
      readonly field: string;
      readonly arrow: boolean;
    }
  | { readonly kind: "index"; readonly base: Expr; readonly index: Expr }
  | { readonly kind: "unary"; readonly op: "!" | "-" | "~" | "+"; readonly operand: Expr }
  | { readonly kind: "deref"; readonly operand: Expr }
  | { readonly kind: "address"; readonly operand: Expr }
  | {
      readonly kind: "update";
      readonly op: "++" | "--";
      readonly prefix: boolean;
      readonly operand: Expr;
    }
  /** Every C binary operator, `&&` and `||` included. */
  | { readonly kind: "binary"; readonly op: string; readonly left: Expr; readonly right: Expr }
  /** `op` is `=`, `+=`, `|=`, … */
  | { readonly kind: "assign"; readonly op: string; readonly target: Expr; readonly value: Expr }
  /** `then` is null for `a ?: b`. */
  | {
      readonly kind: "conditional";
      readonly test: Expr;
      readonly then: Expr | null;
      readonly otherwise: Expr;
    }
  | { readonly kind: "call"; readonly callee: Expr; readonly args: readonly Expr[] }
  | { readonly kind: "comma"; readonly left: Expr; readonly right: Expr }
  /** sizeof, alignof, offsetof: a constant nobody needs to know; operands are not evaluated. */
  | { readonly kind: "constant" }
  | { readonly kind: "cast"; readonly type: string; readonly operand: Expr }
  /** `{ .a = x, .b.c = y, z }` or a compound literal. Members not named become zero. */
  | {
      readonly kind: "initializer";
      readonly type: string | null;
      readonly entries: readonly InitializerEntry[];
    }
  | { readonly kind: "statement-expression"; readonly body: readonly Stmt[] }
  /** Not understood; `parts` are the expressions inside, in order. */
  | { readonly kind: "unknown"; readonly parts: readonly Expr[] }
);

/** `path`: designators in order, a field name or an index; empty for a positional entry. */
export interface InitializerEntry {
  readonly path: readonly (string | Expr)[];
  readonly value: Expr;
}

export type Stmt = { readonly span: Span } & (
  | { readonly kind: "block"; readonly body: readonly Stmt[] }
  /** One declarator each: `int a, *b = p;` is two. `type` is the text before it, trimmed. */
  | {
      readonly kind: "declaration";
      readonly name: string;
      readonly type: string;
      /** Number of `*` of the declarator. */
      readonly pointers: number;
      readonly array: boolean;
      /** What stands between the brackets; null where nothing does. */
      readonly length: Expr | null;
      readonly isStatic: boolean;
      readonly init: Expr | null;
    }
  | { readonly kind: "expression"; readonly expr: Expr }
  | {
      readonly kind: "if";
      readonly test: Expr;
      readonly then: Stmt;
      readonly otherwise: Stmt | null;
    }
  | { readonly kind: "while"; readonly test: Expr; readonly body: Stmt }
  | { readonly kind: "do"; readonly body: Stmt; readonly test: Expr }
  | {
      readonly kind: "for";
      readonly init: readonly Stmt[];
      readonly test: Expr | null;
      readonly update: Expr | null;
      readonly body: Stmt;
    }
  /** A for-each macro that is not defined in reach: its plain-name arguments change each turn. */
  | { readonly kind: "each"; readonly head: Expr; readonly body: Stmt }
  | { readonly kind: "switch"; readonly value: Expr; readonly body: Stmt }
  /** `value` null is `default:`; `upper` is the end of a GNU range `a ... b`. */
  | { readonly kind: "case"; readonly value: Expr | null; readonly upper: Expr | null }
  | { readonly kind: "label"; readonly name: string }
  /** `name` null is a computed goto. */
  | { readonly kind: "goto"; readonly name: string | null }
  | { readonly kind: "break" }
  | { readonly kind: "continue" }
  | { readonly kind: "return"; readonly value: Expr | null }
  /** `#ifdef S … #else … #endif` between statements. `symbol` is normalised: `CONFIG_X` or the condition's text; `#ifndef` swaps the branches. */
  | {
      readonly kind: "config";
      readonly symbol: string;
      /** The first line, without the branches. */
      readonly asked: Span;
      readonly then: readonly Stmt[];
      readonly otherwise: readonly Stmt[];
    }
  /** `labels` are those an `asm goto` may jump to. */
  | { readonly kind: "asm"; readonly labels: readonly string[] }
  /** What runs when the scope that it stands in ends, in whatever way. */
  | { readonly kind: "cleanup"; readonly body: readonly Stmt[] }
  | { readonly kind: "empty" }
);

export interface Param {
  /** Empty when the parameter has no name. */
  readonly name: string;
  readonly type: string;
  readonly pointers: number;
}

/** One function, parsed. `parsed` is null when the text made no function definition. */
export interface FunctionSyntax {
  readonly name: string;
  readonly file: SourceFile;
  /** Where the definition stands in the file. */
  readonly span: Span;
  readonly isStatic: boolean;
  readonly params: readonly Param[];
  readonly body: readonly Stmt[];
  /** The prepared text that AST spans point into. */
  readonly text: string;
  /** Places (prepared text) the parser did not understand. */
  readonly errors: readonly Span[];
  /** True when only one branch of an `#if` was kept, because it split a statement. */
  readonly oneBranchOnly: boolean;
  /** Place in `file` of a span of the prepared text; inside a macro expansion, the invocation. */
  origin(span: Span): Span;
}
