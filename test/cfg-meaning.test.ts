/**
 * Random programs over integers mean the same as a tree and as a graph: the calls they make,
 * in order, with their arguments, and the value returned.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Block, Cfg, Place, Value } from "../src/cfg/cfg.js";
import { liveness } from "../src/cfg/liveness.js";
import { lower } from "../src/cfg/lower.js";
import type { Expr, FunctionSyntax, Stmt } from "../src/syntax/ast.js";
import { type Dialect, NamePatterns } from "../src/syntax/dialect.js";
import { SourceFile } from "../src/text/source-file.js";

const NO_NAMES = new NamePatterns([]);
const dialect: Dialect = {
  attributes: NO_NAMES,
  transparent: NO_NAMES,
  ignoredStatements: NO_NAMES,
  opaqueValues: NO_NAMES,
  lengths: new NamePatterns([]),
  errorCodes: NO_NAMES,
  stops: NO_NAMES,
  stopsIf: NO_NAMES,
  forEach: NO_NAMES,
  loopEnds: NO_NAMES,
  scopes: NO_NAMES,
  guards: NO_NAMES,
  zeroed: NO_NAMES,
  cleanups: NO_NAMES,
  cleanupAttributes: NO_NAMES,
  classes: [],
  configTests: NO_NAMES,
  rewrites: new Map(),
};

const span = { start: 0, end: 1 };
const name = (text: string): Expr => ({ kind: "name", name: text, span });
const number = (value: number): Expr => ({ kind: "number", value, span });
const call = (callee: string, args: Expr[]): Expr => ({
  kind: "call",
  callee: name(callee),
  args,
  span,
});
const statement = (expr: Expr): Stmt => ({ kind: "expression", expr, span });

const variables = fc.constantFrom("a", "b", "c").map(name);
const maybe = <T>(inner: fc.Arbitrary<T>) => fc.option(inner, { nil: null });

/** Every loop test ticks, so that endless loops end in both executions at the same tick. */
const ticking = (test: Expr): Expr => ({
  kind: "comma",
  left: call("tick", []),
  right: test,
  span,
});

const { expr, stmt } = fc.letrec<{ expr: Expr; stmt: Stmt; body: Stmt }>((tie) => ({
  expr: fc.oneof(
    { depthSize: "small" },
    fc.integer({ min: 0, max: 3 }).map(number),
    variables,
    fc
      .record({ operand: tie("expr"), op: fc.constantFrom("!" as const, "-" as const) })
      .map((it): Expr => ({ kind: "unary", ...it, span })),
    fc
      .record({
        left: tie("expr"),
        op: fc.constantFrom("&&", "||", "+", "-", "==", "<", "&&", "||"),
        right: tie("expr"),
      })
      .map((it): Expr => ({ kind: "binary", ...it, span })),
    fc
      .record({ target: variables, op: fc.constantFrom("=", "+=", "-="), value: tie("expr") })
      .map((it): Expr => ({ kind: "assign", ...it, span })),
    fc
      .record({
        operand: variables,
        op: fc.constantFrom("++" as const, "--" as const),
        prefix: fc.boolean(),
      })
      .map((it): Expr => ({ kind: "update", ...it, span })),
    fc
      .record({ test: tie("expr"), then: maybe(tie("expr")), otherwise: tie("expr") })
      .map((it): Expr => ({ kind: "conditional", ...it, span })),
    fc.array(tie("expr"), { maxLength: 3 }).map((args) => call("g", args)),
    fc
      .record({ left: tie("expr"), right: tie("expr") })
      .map((it): Expr => ({ kind: "comma", ...it, span })),
    fc.record({ body: fc.array(tie("stmt"), { maxLength: 2 }), last: tie("expr") }).map(
      ({ body, last }): Expr => ({
        kind: "statement-expression",
        body: [...body, statement(last)],
        span,
      }),
    ),
  ),
  stmt: fc.oneof(
    { depthSize: "small" },
    tie("expr").map(statement),
    fc.constantFrom("break" as const, "continue" as const).map((kind): Stmt => ({ kind, span })),
    tie("expr").map((value): Stmt => ({ kind: "return", value, span })),
    fc
      .record({
        name: fc.constantFrom("a", "b", "c"),
        type: fc.constantFrom("int", "long"),
        init: maybe(tie("expr")),
      })
      .map(
        (it): Stmt => ({
          kind: "declaration",
          pointers: 0,
          array: false,
          length: null,
          isStatic: false,
          ...it,
          span,
        }),
      ),
    fc.array(tie("stmt"), { maxLength: 4 }).map((body): Stmt => ({ kind: "block", body, span })),
    fc
      .record({ test: tie("expr"), then: tie("body"), otherwise: maybe(tie("body")) })
      .map((it): Stmt => ({ kind: "if", ...it, span })),
    fc
      .record({ test: tie("expr").map(ticking), body: tie("body") })
      .map((it): Stmt => ({ kind: "while", ...it, span })),
    fc
      .record({ test: tie("expr").map(ticking), body: tie("body") })
      .map((it): Stmt => ({ kind: "do", ...it, span })),
    fc
      .record({ test: tie("expr").map(ticking), update: maybe(tie("expr")), body: tie("body") })
      .map((it): Stmt => ({ kind: "for", init: [], ...it, span })),
    fc
      .record({
        value: tie("expr"),
        arms: fc.uniqueArray(
          fc.record({ at: fc.integer({ min: -1, max: 4 }), body: tie("body") }),
          { selector: (arm) => arm.at, maxLength: 4 },
        ),
      })
      .map(({ value, arms }): Stmt => {
        const body = arms.flatMap(({ at, body }): Stmt[] => [
          { kind: "case", value: at < 0 ? null : number(at), upper: null, span },
          body,
        ]);
        return { kind: "switch", value, body: { kind: "block", body, span }, span };
      }),
  ),
  /** A block, so that a declaration has a scope. */
  body: fc
    .array(tie("stmt"), { maxLength: 3 })
    .map((body): Stmt => ({ kind: "block", body, span })),
}));
void expr;

function functionOf(body: readonly Stmt[]): FunctionSyntax {
  const params = ["a", "b", "c"].map((param) => ({ name: param, type: "int", pointers: 0 }));
  const file = new SourceFile("f.c", "f");
  return {
    name: "f",
    file,
    span,
    isStatic: false,
    params,
    body,
    text: "f",
    errors: [],
    oneBranchOnly: false,
    origin: (at) => at,
  };
}

class OutOfTicks extends Error {}

/** Calls made; `g` returns something that depends on its arguments and its turn. */
class World {
  readonly trace: string[] = [];
  #ticks = 0;

  call(callee: string, args: readonly number[]): number {
    if (callee === "tick" && ++this.#ticks > 20) throw new OutOfTicks();
    if (this.trace.length > 300) throw new OutOfTicks();
    this.trace.push(`${callee}(${args.join()})`);
    return (args.reduce((sum, arg) => sum + arg, this.trace.length) % 5) - 1;
  }
}

function compute(op: string, left: number, right: number): number {
  switch (op) {
    case "+":
      return left + right;
    case "-":
      return left - right;
    case "==":
      return Number(left === right);
    case "<":
      return Number(left < right);
    default:
      throw new Error(op);
  }
}

type Ending =
  | { kind: "next" }
  | { kind: "break" }
  | { kind: "continue" }
  | { kind: "return"; value: number };

/** Thrown to leave an expression from a statement inside it. */
class Left extends Error {
  constructor(readonly ending: Ending) {
    super();
  }
}

/** C's meaning of the tree, executed directly. */
class Tree {
  #scopes: Map<string, number>[] = [new Map(["a", "b", "c"].map((it, index) => [it, index]))];

  constructor(readonly world: World) {}

  run(body: readonly Stmt[]): number | null {
    const ending = this.#block(body);
    return ending.kind === "return" ? ending.value : null;
  }

  #block(body: readonly Stmt[]): Ending {
    return this.#scoped(() => {
      for (const each of body) {
        const ending = this.#statement(each);
        if (ending.kind !== "next") return ending;
      }
      return { kind: "next" };
    });
  }

  #scoped<T>(inside: () => T): T {
    this.#scopes = [...this.#scopes, new Map()];
    const opened = this.#scopes;
    try {
      return inside();
    } finally {
      this.#scopes = opened.slice(0, -1);
    }
  }

  #scope(of: string): Map<string, number> {
    return this.#scopes.findLast((scope) => scope.has(of)) as Map<string, number>;
  }

  #statement(at: Stmt): Ending {
    try {
      return this.#execute(at);
    } catch (error) {
      if (error instanceof Left) return error.ending;
      throw error;
    }
  }

  #execute(at: Stmt): Ending {
    switch (at.kind) {
      case "expression":
        this.#value(at.expr);
        return { kind: "next" };
      case "declaration": {
        const scope = this.#scopes.at(-1) as Map<string, number>;
        scope.set(at.name, 0);
        const value = at.init === null ? 0 : this.#value(at.init);
        scope.set(at.name, value);
        return { kind: "next" };
      }
      case "block":
        return this.#block(at.body);
      case "if": {
        const taken = this.#value(at.test) !== 0 ? at.then : at.otherwise;
        return taken === null ? { kind: "next" } : this.#statement(taken);
      }
      case "while":
        return this.#loop(
          () => this.#value(at.test) !== 0,
          at.body,
          () => {},
        );
      case "for":
        return this.#loop(
          () => at.test === null || this.#value(at.test) !== 0,
          at.body,
          () => at.update && this.#value(at.update),
        );
      case "do": {
        let first = true;
        return this.#loop(
          () => {
            const again = first || this.#value(at.test) !== 0;
            first = false;
            return again;
          },
          at.body,
          () => {},
        );
      }
      case "switch":
        return this.#switch(this.#value(at.value), at.body);
      case "return":
        return { kind: "return", value: at.value === null ? 0 : this.#value(at.value) };
      case "break":
      case "continue":
        return { kind: at.kind };
      default:
        throw new Error(at.kind);
    }
  }

  #loop(goesOn: () => boolean, body: Stmt, update: () => void): Ending {
    while (goesOn()) {
      const ending = this.#statement(body);
      if (ending.kind === "return") return ending;
      if (ending.kind === "break") break;
      update();
    }
    return { kind: "next" };
  }

  #switch(value: number, body: Stmt): Ending {
    const list = body.kind === "block" ? body.body : [];
    const matches = (wanted: number | null) =>
      list.findIndex(
        (each) =>
          each.kind === "case" &&
          (each.value?.kind === "number" ? each.value.value : null) === wanted,
      );
    const start = matches(value) >= 0 ? matches(value) : matches(null);
    if (start < 0) return { kind: "next" };
    const ending = this.#block(list.slice(start).filter((each) => each.kind !== "case"));
    return ending.kind === "break" ? { kind: "next" } : ending;
  }

  #value(at: Expr): number {
    switch (at.kind) {
      case "name":
        return this.#scope(at.name).get(at.name) as number;
      case "number":
        return at.value as number;
      case "unary":
        return at.op === "!" ? Number(this.#value(at.operand) === 0) : 0 - this.#value(at.operand);
      case "binary": {
        const left = this.#value(at.left);
        if (at.op === "&&") return Number(left !== 0 && this.#value(at.right) !== 0);
        if (at.op === "||") return Number(left !== 0 || this.#value(at.right) !== 0);
        return compute(at.op, left, this.#value(at.right));
      }
      case "assign": {
        const value = this.#value(at.value);
        return this.#set(at.target, (old) =>
          at.op === "=" ? value : compute(at.op.charAt(0), old, value),
        );
      }
      case "update": {
        const step = at.op === "++" ? 1 : -1;
        const after = this.#set(at.operand, (old) => old + step);
        return at.prefix ? after : after - step;
      }
      case "conditional": {
        const test = this.#value(at.test);
        if (test === 0) return this.#value(at.otherwise);
        return at.then === null ? test : this.#value(at.then);
      }
      case "call": {
        const callee = at.callee.kind === "name" ? at.callee.name : "";
        const args = at.args.map((arg) => this.#value(arg));
        return this.world.call(callee, args);
      }
      case "comma":
        this.#value(at.left);
        return this.#value(at.right);
      case "statement-expression":
        return this.#scoped(() => this.#lastValue(at.body));
      default:
        throw new Error(at.kind);
    }
  }

  #lastValue(body: readonly Stmt[]): number {
    let value = 0;
    for (const each of body) {
      if (each.kind === "expression") value = this.#value(each.expr);
      else {
        const ending = this.#statement(each);
        if (ending.kind !== "next") throw new Left(ending);
      }
    }
    return value;
  }

  #set(target: Expr, change: (old: number) => number): number {
    const of = target.kind === "name" ? target.name : "";
    const value = change(this.#scope(of).get(of) as number);
    this.#scope(of).set(of, value);
    return value;
  }
}

/** The graph, executed directly. Reading a variable that liveness calls dead is an error. */
function runGraph(cfg: Cfg, world: World): number | null {
  const { liveIn } = liveness(cfg);
  let state = new Map(cfg.params.map((param, index) => [param, index]));
  for (let at = 0; ; ) {
    const block = cfg.blocks[at] as Block;
    state = new Map([...state].filter(([variable]) => liveIn[at]?.has(variable)));
    for (const step of block.instructions) {
      if (step.op === "declare") state.set(step.name, 0);
      else if (step.op === "assign")
        state.set(variableOf(step.target), evaluate(step.value, state));
      else if (step.op === "call")
        state.set(
          step.result,
          world.call(
            step.callee ?? "",
            step.args.map((arg) => evaluate(arg, state)),
          ),
        );
      else throw new Error(step.op);
    }
    const end = block.terminator;
    if (end.op === "return") return end.value === null ? null : evaluate(end.value, state);
    if (end.op === "stop") throw new Error("stop");
    if (end.op === "goto") at = end.to;
    else at = evaluate(end.condition, state) !== 0 ? end.then : end.otherwise;
  }
}

function variableOf(place: Place): string {
  return place.base.kind === "variable" ? place.base.name : "";
}

function evaluate(value: Value, state: ReadonlyMap<string, number>): number {
  switch (value.kind) {
    case "int":
      return value.value;
    case "read": {
      const found = state.get(variableOf(value.place));
      assert.notEqual(found, undefined, `${variableOf(value.place)} is read before it is written`);
      return found as number;
    }
    case "unary":
      return value.op === "!"
        ? Number(evaluate(value.operand, state) === 0)
        : 0 - evaluate(value.operand, state);
    case "binary":
      return compute(value.op, evaluate(value.left, state), evaluate(value.right, state));
    default:
      throw new Error(value.kind);
  }
}

function observe(run: (world: World) => number | null): {
  trace: string[];
  result: number | null | string;
} {
  const world = new World();
  try {
    return { trace: world.trace, result: run(world) };
  } catch (error) {
    if (!(error instanceof OutOfTicks)) throw error;
    return { trace: world.trace, result: "out of ticks" };
  }
}

test("a graph does what its tree does", () => {
  const loop = (body: Stmt[]): Stmt => ({
    kind: "while",
    test: ticking(number(1)),
    body: { kind: "block", body, span },
    span,
  });
  fc.assert(
    fc.property(fc.array(stmt, { minLength: 1, maxLength: 6 }), (body) => {
      // In a loop, so that break and continue have a meaning everywhere.
      const whole = [loop(body)];
      const cfg = lower(functionOf(whole), dialect);
      const asGraph = observe((world) => runGraph(cfg, world));
      const asTree = observe((world) => new Tree(world).run(whole));
      assert.deepEqual(asGraph, asTree);
    }),
    { numRuns: 500 },
  );
});
