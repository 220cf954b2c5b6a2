/** Trees no kernel holds: too deep, too long, or such as the parser makes of broken code. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cfg } from "../src/cfg/cfg.js";
import { formatCfg } from "../src/cfg/format-cfg.js";
import { lower } from "../src/cfg/lower.js";
import type { Expr, FunctionSyntax, Stmt } from "../src/syntax/ast.js";
import { loadDialect } from "../src/syntax/dialect.js";
import { SourceFile } from "../src/text/source-file.js";

const dialect = loadDialect("{}", "empty");
const span = { start: 0, end: 1 };
const a: Expr = { kind: "name", name: "a", span };
const empty: Stmt = { kind: "empty", span };
const call = (arg: Expr): Expr => ({
  kind: "call",
  callee: { kind: "name", name: "g", span },
  args: [arg],
  span,
});
const run = (expr: Expr): Stmt => ({ kind: "expression", expr, span });

function lowered(...body: Stmt[]): Cfg {
  const file = new SourceFile("f.c", "");
  const fn: FunctionSyntax = {
    name: "f",
    file,
    span,
    isStatic: false,
    params: [],
    body,
    text: "f",
    errors: [],
    oneBranchOnly: false,
    origin: (at) => at,
  };
  return lower(fn, dialect);
}

function repeated<T>(times: number, wrap: (inside: T) => T, inside: T): T {
  let result = inside;
  for (let turn = 0; turn < times; turn++) result = wrap(result);
  return result;
}

const nested: Record<string, (inside: Expr) => Expr> = {
  negations: (operand) => ({ kind: "unary", op: "!", operand, span }),
  dereferences: (operand) => ({ kind: "deref", operand, span }),
  members: (base) => ({ kind: "member", base, field: "f", arrow: true, span }),
  indices: (index) => ({ kind: "index", base: a, index, span }),
  sums: (left) => ({ kind: "binary", op: "+", left, right: a, span }),
  conjunctions: (right) => ({ kind: "binary", op: "&&", left: a, right, span }),
  assignments: (value) => ({ kind: "assign", op: "=", target: a, value, span }),
  conditionals: (test) => ({ kind: "conditional", test, then: a, otherwise: a, span }),
  calls: call,
  casts: (operand) => ({ kind: "cast", type: "int", operand, span }),
  initialisers: (value) => ({
    kind: "initializer",
    type: null,
    entries: [{ path: [], value }],
    span,
  }),
  "statement expressions": (expr) => ({ kind: "statement-expression", body: [run(expr)], span }),
};

for (const [what, wrap] of Object.entries(nested)) {
  test(`endlessly nested ${what} are cut, and said to be`, () => {
    const expr = repeated(20_000, wrap, a);
    for (const place of [
      run(expr),
      run(call(expr)),
      { kind: "if" as const, test: expr, then: run(call(a)), otherwise: null, span },
    ]) {
      assert.ok(lowered(place).truncated.length > 0);
    }
  });
}

test("endlessly nested statements are cut, and said to be", () => {
  const wraps: ((body: Stmt) => Stmt)[] = [
    (body) => ({ kind: "block", body: [body], span }),
    (body) => ({ kind: "while", test: a, body, span }),
    (body) => ({ kind: "switch", value: a, body, span }),
    (body) => ({ kind: "config", symbol: "S", asked: span, then: [body], otherwise: [], span }),
  ];
  for (const wrap of wraps) assert.ok(lowered(repeated(20_000, wrap, empty)).truncated.length > 0);
});

test("a long chain of else-if is not nesting", () => {
  const wrap = (otherwise: Stmt): Stmt => ({
    kind: "if",
    test: a,
    then: run(call(a)),
    otherwise,
    span,
  });
  assert.deepEqual(lowered(repeated(5000, wrap, empty)).truncated, []);
});

test("a computed goto may lead to any label", () => {
  const label = (name: string): Stmt => ({ kind: "label", name, span });
  const cfg = lowered(
    { kind: "goto", name: null, span },
    label("one"),
    run(call(a)),
    { kind: "return", value: null, span },
    label("two"),
  );
  assert.equal(
    formatCfg(cfg),
    `f()
   0: branch ? ? 1 : 2
   1: %1 = call g(a)
      return
   2: branch ? ? 3 : 4
   3: return
   4: stop
`,
  );
});

test("break, continue and case outside of their statements end the path or do nothing", () => {
  assert.equal(formatCfg(lowered({ kind: "break", span }, run(call(a)))), "f()\n   0: stop\n");
  assert.equal(formatCfg(lowered({ kind: "continue", span })), "f()\n   0: stop\n");
  assert.equal(
    formatCfg(lowered({ kind: "case", value: a, upper: null, span })),
    "f()\n   0: return\n",
  );
});

test("a statement expression's labels are its own", () => {
  const body: Stmt[] = [
    { kind: "goto", name: "out", span },
    { kind: "label", name: "out", span },
    run(call(a)),
  ];
  const turn = run({ kind: "statement-expression", body, span });
  assert.equal(
    formatCfg(lowered(turn, turn)),
    `f()
   0: %1 = call g(a)
      %2 = call g(a)
      return
`,
  );
});

test("a label placed twice ends no lowering", () => {
  const label: Stmt = { kind: "label", name: "out", span };
  assert.equal(
    formatCfg(
      lowered(label, run(call(a)), label, run(call(a)), { kind: "goto", name: "out", span }),
    ),
    `f()
   0: %1 = call g(a)
      goto 1
   1: %2 = call g(a)
      goto 1
`,
  );
});
