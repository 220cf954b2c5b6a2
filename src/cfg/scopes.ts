/**
 * The variables of one function while it is lowered: which declaration a name means, and
 * what the name is called in the graph. A name declared again while the first is visible,
 * or with another type, becomes `x@2`; two loops that each declare `int i` share one `i`.
 * Undeclared names are global (or functions, enumerators, macros) and keep their name.
 *
 * Misses: a global used after a local of its name has gone out of scope is taken for the local.
 */
import type { Stmt } from "../syntax/ast.js";
import type { Value } from "./cfg.js";

export interface Variable {
  /** Its name in the graph. */
  readonly name: string;
  /** Type text with the declarator's `*`s. */
  readonly type: string;
  readonly pointers: number;
  readonly array: boolean;
  /** Number of elements of an array, where it is a number or a name. */
  readonly length: Value | null;
  readonly storage: "parameter" | "automatic" | "static";
}

export class Scopes {
  /** Type text of parameters and locals that are not static, temporaries of known type too. */
  readonly types = new Map<string, string>();
  readonly #scopes: Map<string, Variable>[] = [new Map()];
  /** By scope, what runs when it ends, in order. */
  readonly #cleanups: (readonly Stmt[])[][] = [[]];
  readonly #declared = new Map<string, Variable[]>();
  #temporaries = 0;

  open(): void {
    this.#scopes.push(new Map());
    this.#cleanups.push([]);
  }

  close(): void {
    this.#scopes.pop();
    this.#cleanups.pop();
  }

  /** How many scopes are open. */
  get depth(): number {
    return this.#scopes.length;
  }

  addCleanup(body: readonly Stmt[]): void {
    this.#cleanups.at(-1)?.push(body);
  }

  /** What runs when all scopes but the outermost `depth` end, in that order. */
  cleanups(depth: number): (readonly Stmt[])[] {
    return this.#cleanups.slice(depth).flat().reverse();
  }

  declare(source: Variable): Variable {
    const scope = this.#scopes.at(-1) as Map<string, Variable>;
    const variable = scope.get(source.name) ?? this.#reusable(source) ?? this.#create(source);
    scope.set(source.name, variable);
    if (variable.storage !== "static") this.types.set(variable.name, variable.type);
    return variable;
  }

  /** The declaration `name` refers to here; undefined when it is no local or parameter. */
  find(name: string): Variable | undefined {
    for (let at = this.#scopes.length - 1; at >= 0; at--) {
      const variable = this.#scopes[at]?.get(name);
      if (variable !== undefined) return variable;
    }
    return undefined;
  }

  temporary(): string {
    this.#temporaries++;
    return `%${this.#temporaries}`;
  }

  #reusable(source: Variable): Variable | undefined {
    const same = (known: Variable) =>
      known.type === source.type &&
      known.array === source.array &&
      JSON.stringify(known.length) === JSON.stringify(source.length) &&
      known.storage === source.storage;
    const live = new Set(this.#scopes.map((scope) => scope.get(source.name)));
    return this.#declared.get(source.name)?.find((known) => same(known) && !live.has(known));
  }

  #create(source: Variable): Variable {
    const known = this.#declared.get(source.name) ?? [];
    const name = known.length === 0 ? source.name : `${source.name}@${known.length + 1}`;
    const variable = { ...source, name };
    this.#declared.set(source.name, [...known, variable]);
    return variable;
  }
}
