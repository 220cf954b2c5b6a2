/**
 * The control-flow graph of one C function: basic blocks of simple instructions. Short
 * circuit, `?:`, switch, loops, goto and statement expressions are edges here; side effects
 * inside expressions are instructions of their own, in order of evaluation. Knows C, no lock.
 *
 * Example: `if (a && f(b)) x = NULL;`
 *
 *     0: branch a ? 1 : 3
 *     1: %1 = call f(b); branch %1 ? 2 : 3
 *     2: x = 0; goto 3
 *     3: return
 *
 * Not represented: types beyond the text of declarations, casts (a value cut short by one
 * counts as the whole), volatile, order of evaluation other than left to right, what
 * asm writes, what happens after a call that does not return.
 */
import type { Span } from "../text/source-file.js";

/**
 * A storage place: a variable or what a pointer points to, then a path of members.
 * A constant index is the path element `[3]`, a variable's value `[i]`, any other `[?]`.
 * Variables shadowed in inner scopes are renamed `x@2`; temporaries are `%1`.
 */
export interface Place {
  readonly base:
    | { readonly kind: "variable"; readonly name: string }
    | { readonly kind: "pointee"; readonly pointer: Value };
  readonly path: readonly string[];
}

/** A value without side effects. */
export type Value =
  | { readonly kind: "int"; readonly value: number }
  | { readonly kind: "read"; readonly place: Place }
  | { readonly kind: "address"; readonly place: Place }
  | { readonly kind: "unary"; readonly op: "!" | "-" | "~"; readonly operand: Value }
  /** Arithmetic, bit and comparison operators; never `&&`, `||`, assignment or comma. */
  | { readonly kind: "binary"; readonly op: string; readonly left: Value; readonly right: Value }
  /** Whether a configuration symbol is set: `IS_ENABLED(CONFIG_X)`, `#ifdef CONFIG_X`. */
  | { readonly kind: "config"; readonly symbol: string }
  /** A value that is not modelled; each execution gives a new one. */
  | { readonly kind: "opaque" };

export type Instruction = { readonly span: Span } & (
  | { readonly op: "assign"; readonly target: Place; readonly value: Value }
  /** The place, an aggregate, becomes all zero (memset, or an initialiser's unnamed members). */
  | { readonly op: "zero"; readonly target: Place }
  /** The place gets a value nobody knows (a for-each variable, an asm output). */
  | { readonly op: "forget"; readonly target: Place }
  /** A local comes to life, uninitialised. `type` as written, with its `*`s and `[]`. */
  | { readonly op: "declare"; readonly name: string; readonly type: string }
  /**
   * `result` is the temporary that receives the value. `callee` is null for a call through a
   * pointer. `span` is the call expression's own span: the place effects are looked up by.
   * `argSpans` are the arguments' spans, in order.
   */
  | {
      readonly op: "call";
      readonly result: string;
      readonly callee: string | null;
      readonly args: readonly Value[];
      readonly argSpans: readonly Span[];
    }
);

export type Terminator = { readonly span: Span } & (
  | { readonly op: "goto"; readonly to: number }
  /** `then` when the condition is not zero. `span` is the condition's. */
  | {
      readonly op: "branch";
      readonly condition: Value;
      readonly then: number;
      readonly otherwise: number;
    }
  | { readonly op: "return"; readonly value: Value | null }
  /** The path ends: BUG(), a call that does not return. */
  | { readonly op: "stop" }
);

export interface Block {
  readonly instructions: readonly Instruction[];
  readonly terminator: Terminator;
}

/** Block 0 is the entry. Blocks that cannot be reached are left out. */
export interface Cfg {
  readonly name: string;
  readonly params: readonly string[];
  /**
   * Type text of parameters, of locals that are not static and of compound literals'
   * temporaries, by (renamed) name: `struct s *`, `int []`, `struct s *[]`.
   */
  readonly types: ReadonlyMap<string, string>;
  readonly blocks: readonly Block[];
  /** Places taken for opaque because they are nested too deep: the graph is incomplete there. */
  readonly truncated: readonly Span[];
}
