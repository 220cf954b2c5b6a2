/**
 * What the lowering functions share while one function is lowered: the graph so far, the
 * variables in scope, where jumps lead, and how deep they are in the tree.
 */
import type { Expr } from "../syntax/ast.js";
import type { Dialect } from "../syntax/dialect.js";
import type { Span } from "../text/source-file.js";
import type { Place, Value } from "./cfg.js";
import { GraphBuilder, type OpenBlock } from "./graph-builder.js";
import { Scopes } from "./scopes.js";

/** One `case`, with the configuration tests around it inside the switch. */
export interface Case {
  readonly value: Expr | null;
  readonly upper: Expr | null;
  readonly block: OpenBlock;
  readonly guards: readonly Guard[];
  readonly span: Span;
}

export interface Guard {
  readonly symbol: string;
  readonly holds: boolean;
}

export type MembersOf = (tag: string) => readonly string[] | null;

/** Where `break`, `continue` and `case` belong. Each is null outside of its statement. */
export interface Surroundings {
  readonly breakTo: OpenBlock | null;
  readonly continueTo: OpenBlock | null;
  readonly cases: Case[] | null;
  readonly guards: readonly Guard[];
  /** How many scopes stay open after a `break`, and after a `continue`. */
  readonly breakDepth: number;
  readonly continueDepth: number;
}

/** Deeper than any kernel code; keeps hostile input from exhausting the stack. */
const DEEPEST = 300;

export class Lowering {
  readonly graph = new GraphBuilder();
  readonly scopes = new Scopes();
  readonly dialect: Dialect;
  readonly labels = new Map<string, OpenBlock>();
  readonly placedLabels = new Set<OpenBlock>();
  /** Blocks that end in a computed goto. */
  readonly computedGotos: { readonly block: OpenBlock; readonly span: Span }[] = [];
  /** Places given up for being nested too deep. */
  readonly truncated: Span[] = [];
  /** By label, how many scopes are open where it stands, once that was seen. */
  readonly labelDepths = new Map<string, number>();
  surroundings: Surroundings = {
    breakTo: null,
    continueTo: null,
    cases: null,
    guards: [],
    breakDepth: 0,
    continueDepth: 0,
  };
  #depth = 0;

  readonly membersOf: MembersOf;

  constructor(dialect: Dialect, membersOf: MembersOf) {
    this.dialect = dialect;
    this.membersOf = membersOf;
  }

  /** Runs `inside` one level deeper, or answers `instead` when that is too deep. */
  nested<T>(span: Span, instead: T, inside: () => T): T {
    if (this.#depth >= DEEPEST) {
      this.truncated.push(span);
      return instead;
    }
    this.#depth++;
    const result = inside();
    this.#depth--;
    return result;
  }

  /** Runs `inside` with some surroundings replaced. */
  within(
    changed: Partial<Omit<Surroundings, "breakDepth" | "continueDepth">>,
    inside: () => void,
  ): void {
    const outer = this.surroundings;
    const { depth } = this.scopes;
    this.surroundings = {
      ...outer,
      ...changed,
      breakDepth: changed.breakTo === undefined ? outer.breakDepth : depth,
      continueDepth: changed.continueTo === undefined ? outer.continueDepth : depth,
    };
    inside();
    this.surroundings = outer;
  }

  /** Keeps a value in a new temporary. */
  keep(value: Value, span: Span): Value {
    const target = variable(this.scopes.temporary());
    this.graph.emit({ op: "assign", target, value, span });
    return { kind: "read", place: target };
  }

  label(name: string): OpenBlock {
    const known = this.labels.get(name);
    if (known !== undefined) return known;
    const block = this.graph.newBlock();
    this.labels.set(name, block);
    return block;
  }
}

export function variable(name: string): Place {
  return { base: { kind: "variable", name }, path: [] };
}
