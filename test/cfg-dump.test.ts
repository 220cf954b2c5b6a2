/** The readable dump, and the spans in it: each line names the source it came from. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { formatCfg } from "../src/cfg/format-cfg.js";
import { lower } from "../src/cfg/lower.js";
import { loadDialect } from "../src/syntax/dialect.js";
import { outline } from "../src/syntax/outline.js";
import { parseFunction } from "../src/syntax/parse-function.js";
import { SourceFile } from "../src/text/source-file.js";

const DIALECT = "queries/kernel-c/dialect.json";
const dialect = loadDialect(readFileSync(DIALECT, "utf8"), DIALECT);
const options = {
  dialect,
  macro: () => undefined,
  expand: () => false,
  scopeClass: () => "harmless" as const,
  forEachNames: new Set<string>(),
};

function dump(source: string): string {
  const file = new SourceFile("f.c", source);
  const [item] = outline(file).functions;
  assert.ok(item);
  const fn = parseFunction(file, item, options);
  return formatCfg(lower(fn, dialect), fn.text);
}

test("each line of a dump quotes its source; a branch quotes its own part of the condition", () => {
  const graph = dump(
    "int f(struct s *p) { if (unlikely(!p->a) || g(p) > 1) p->b = NULL; return 0; }",
  );
  const expected = `f(p)
   0: branch p->a ? 1 : 2                        # p->a
   1: %1 = call g(p)                             # g(p)
      branch %1 > 1 ? 2 : 3                      # g(p) > 1
   2: p->b = 0                                   # p->b = NULL
      goto 3                                     # p->b = NULL;
   3: return 0                                   # return 0;
`;
  assert.equal(graph, expected);
});

test("a case's comparison quotes the case's value, the end of the function its brace", () => {
  const graph = dump("void f(int v) { switch (v) { case ONE: g(); } }");
  assert.match(graph, /branch %1 == ONE \? 1 : 2 +# ONE\n/);
  assert.match(graph, /return +# \}\n/);
});

test("long sources are cut, line ends become blanks", () => {
  const graph = dump(`void f(void) { g(${"argument,\n ".repeat(20)} 1); }`);
  assert.match(graph, /# g\(argument, argument, argument, argument, argument, argum\.\.\.\n/);
});
