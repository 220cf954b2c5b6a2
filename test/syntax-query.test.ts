import assert from "node:assert/strict";
import { test } from "node:test";
import type { FunctionSyntax } from "../src/syntax/ast.js";
import { loadDialect } from "../src/syntax/dialect.js";
import { outline } from "../src/syntax/outline.js";
import { parseFunction } from "../src/syntax/parse-function.js";
import { captures, compileQueries } from "../src/syntax/query.js";
import { SourceFile } from "../src/text/source-file.js";

function parse(text: string): FunctionSyntax {
  const file = new SourceFile("x.c", text);
  const item = outline(file).functions[0];
  assert.ok(item);
  const dialect = loadDialect("{}", "dialect.json");
  return parseFunction(file, item, {
    dialect,
    macro: () => undefined,
    expand: () => false,
    scopeClass: () => "harmless" as const,
    forEachNames: new Set(),
  });
}

function found(scm: string, text: string): string[] {
  const fn = parse(text);
  return captures(compileQueries(scm, "x.scm"), fn).map(
    (match) =>
      `${match.pattern} ${match.captures.map(({ name, span }) => `${name}=${fn.text.slice(span.start, span.end)}`).join(" ")}`,
  );
}

const CALL = `(call_expression function: (identifier) @_f arguments: (argument_list . (_) @object)`;

test("patterns with predicates match where a literal stands, in the order of the text", () => {
  const scm = `${CALL} (#any-of? @_f "start" "begin")) @acquire
; a comment with "quotes" and (parens)
((assignment_expression left: (field_expression argument: (_) @object field: (field_identifier) @_m)) @write
 (#eq? @_m "start"))`;
  assert.deepEqual(
    found(
      scm,
      "void f(void) { begin(a); if (start(b->c, d)) b->start = begin(restart(e)); starter(f); a.begin = 1; }",
    ),
    [
      "0 acquire=begin(a) _f=begin object=a",
      "0 acquire=start(b->c, d) _f=start object=b->c",
      "1 write=b->start = begin(restart(e)) object=b _m=start",
      "0 acquire=begin(restart(e)) _f=begin object=restart(e)",
    ],
  );
});

test("patterns without literals, not-eq?, captures compared", () => {
  assert.deepEqual(found("(return_statement (_) @value) @return", "int f(void) { return a; }"), [
    "0 return=return a; value=a",
  ]);
  assert.deepEqual(
    found(
      '((call_expression function: (identifier) @f) (#not-eq? @f "g"))',
      "void f(void) { g(); h(); }",
    ),
    ["0 f=h"],
  );
  assert.deepEqual(
    found(
      "((assignment_expression left: (_) @a right: (_) @b) (#eq? @a @b))",
      "void f(void) { x = y; z = z; }",
    ),
    ["0 a=z b=z"],
  );
});

test("properties, predicates, literals and lines are told", () => {
  const { patterns, mayMatch } = compileQueries(
    `\n${CALL}\n (#eq? @_f "lock_killable")\n (#set! when zero) (#set! quiet)) @acquire\n\n(identifier) @x`,
    "x.scm",
  );
  assert.deepEqual(patterns, [
    {
      line: 2,
      captures: ["_f", "object", "acquire"],
      properties: { when: "zero", quiet: "" },
      predicates: [{ operator: "eq?", args: ["@_f", "lock_killable"], line: 3 }],
      literals: [["lock_killable"]],
    },
    { line: 6, captures: ["x"], properties: {}, predicates: [], literals: [] },
  ]);
  assert.equal(typeof mayMatch, "function");
  const set = compileQueries(`${CALL} (#eq? @_f "lock")) @a`, "x.scm");
  assert.equal(set.mayMatch(new Set(["lock"])), true);
  assert.equal(set.mayMatch(new Set(["locker"])), false);
});

test("captures keep their names when patterns share a shape", () => {
  const scm = `${CALL} (#eq? @_f "a")) @acquire\n${CALL.replace("@object", "@thing")} (#eq? @_f "b")) @release`;
  assert.deepEqual(found(scm, "void f(void) { a(x); b(y); }"), [
    "0 acquire=a(x) _f=a object=x",
    "1 release=b(y) _f=b thing=y",
  ]);
});

test("errors tell file and line", () => {
  const message = (scm: string): string => {
    try {
      compileQueries(scm, "q/x.scm");
    } catch (error) {
      return error instanceof Error ? error.message : "";
    }
    return "no error";
  };
  assert.match(message("(nonsense) @a"), /^q\/x\.scm:1: unknown node type near "nonsense"/);
  assert.match(
    message("(identifier) @a\n\n(call_expression\n  foo: (identifier)) @b"),
    /^q\/x\.scm:4: unknown field near "foo/,
  );
  assert.match(message("(identifier) @a\n(call_expression"), /^q\/x\.scm:2: unclosed/);
  assert.match(message(")"), /^q\/x\.scm:1: unexpected "\)"/);
  assert.match(message('((identifier) @a\n (#eq? @b "x"))'), /^q\/x\.scm:2: no capture @b/);
  assert.match(
    message("(call_expression (call_expression (parameter_list))) @a"),
    /^q\/x\.scm:1: pattern/,
  );
  assert.match(message('((identifier) @a (#eq? @a "x))'), /^q\/x\.scm:1: string without end/);
  assert.equal(message(""), "no error");
});

test("a predicate that is not evaluated is listed, and its pattern never matches", () => {
  const scm = '((identifier) @a\n (#match? @a "^f"))';
  assert.deepEqual(compileQueries(scm, "x.scm").patterns[0]?.predicates, [
    { operator: "match?", args: ["@a", "^f"], line: 2 },
  ]);
  assert.deepEqual(found(scm, "void f(void) { }"), []);
});
