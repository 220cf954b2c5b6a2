import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import type { Expr, FunctionSyntax, Stmt } from "../src/syntax/ast.js";
import { loadDialect } from "../src/syntax/dialect.js";
import { outline } from "../src/syntax/outline.js";
import { parseFunction } from "../src/syntax/parse-function.js";
import { SourceFile } from "../src/text/source-file.js";

const DIALECT_PATH = fileURLToPath(new URL("../../queries/kernel-c/dialect.json", import.meta.url));
const dialect = loadDialect(readFileSync(DIALECT_PATH, "utf8"), DIALECT_PATH);

/** Parses the last function of a text; its own macros are expanded unless `keep` names them. */
function parse(text: string, keep: readonly string[] = []): FunctionSyntax {
  const file = new SourceFile("x.c", text);
  const { functions, macros } = outline(file);
  const known = new Map(macros.map((macro) => [macro.name, macro]));
  const item = functions.at(-1);
  assert.ok(item, "a function");
  return parseFunction(file, item, {
    dialect,
    macro: (name) => known.get(name),
    expand: (macro) => !keep.includes(macro.name),
    scopeClass: () => "harmless" as const,
    forEachNames: new Set(["walk_all"]),
  });
}

/** The body of `void f(void) { … }` in short. */
function body(text: string, before = ""): string {
  const fn = parse(`${before}\nvoid f(void)\n{\n${text}\n}\n`);
  assert.deepEqual(
    fn.errors.map((error) => fn.text.slice(error.start, error.end)),
    [],
    fn.text,
  );
  return fn.body.map(show).join(" ");
}

function show(stmt: Stmt): string {
  switch (stmt.kind) {
    case "block":
      return `{${stmt.body.map(show).join(" ")}}`;
    case "declaration": {
      const name = `${"*".repeat(stmt.pointers)}${stmt.name}${stmt.array ? "[]" : ""}`;
      return `${stmt.isStatic ? "static " : ""}<${stmt.type}> ${name}${stmt.init ? ` = ${ex(stmt.init)}` : ""};`;
    }
    case "expression":
      return `${ex(stmt.expr)};`;
    case "if":
      return `if ${ex(stmt.test)} ${show(stmt.then)}${stmt.otherwise ? ` else ${show(stmt.otherwise)}` : ""}`;
    case "while":
      return `while ${ex(stmt.test)} ${show(stmt.body)}`;
    case "do":
      return `do ${show(stmt.body)} while ${ex(stmt.test)};`;
    case "for":
      return `for (${stmt.init.map(show).join(" ")} ${stmt.test ? ex(stmt.test) : ""}; ${stmt.update ? ex(stmt.update) : ""}) ${show(stmt.body)}`;
    case "each":
      return `each ${ex(stmt.head)} ${show(stmt.body)}`;
    case "switch":
      return `switch ${ex(stmt.value)} ${show(stmt.body)}`;
    case "case":
      return `${stmt.value ? `case ${ex(stmt.value)}` : "default"}${stmt.upper ? ` to ${ex(stmt.upper)}` : ""}:`;
    case "label":
      return `${stmt.name}:`;
    case "goto":
      return `goto ${stmt.name ?? "*"};`;
    case "return":
      return `return${stmt.value ? ` ${ex(stmt.value)}` : ""};`;
    case "config":
      return `#${stmt.symbol} {${stmt.then.map(show).join(" ")}} {${stmt.otherwise.map(show).join(" ")}}`;
    case "asm":
      return `asm(${stmt.labels.join(", ")});`;
    case "empty":
      return ";";
    default:
      return `${stmt.kind};`;
  }
}

function ex(expr: Expr): string {
  switch (expr.kind) {
    case "name":
      return expr.name;
    case "number":
      return String(expr.value);
    case "string":
      return '""';
    case "member":
      return `${ex(expr.base)}${expr.arrow ? "->" : "."}${expr.field}`;
    case "index":
      return `${ex(expr.base)}[${ex(expr.index)}]`;
    case "unary":
      return `(${expr.op}${ex(expr.operand)})`;
    case "deref":
      return `(*${ex(expr.operand)})`;
    case "address":
      return `(&${ex(expr.operand)})`;
    case "update":
      return expr.prefix ? `(${expr.op}${ex(expr.operand)})` : `(${ex(expr.operand)}${expr.op})`;
    case "binary":
      return `(${ex(expr.left)} ${expr.op} ${ex(expr.right)})`;
    case "assign":
      return `${ex(expr.target)} ${expr.op} ${ex(expr.value)}`;
    case "conditional":
      return `(${ex(expr.test)} ? ${expr.then ? ex(expr.then) : ""} : ${ex(expr.otherwise)})`;
    case "call":
      return `${ex(expr.callee)}(${expr.args.map(ex).join(", ")})`;
    case "comma":
      return `(${ex(expr.left)}, ${ex(expr.right)})`;
    case "constant":
      return "#";
    case "cast":
      return `(<${expr.type}> ${ex(expr.operand)})`;
    case "initializer":
      return `${expr.type ? `<${expr.type}>` : ""}{${expr.entries.map(({ path, value }) => `${path.map((p) => (typeof p === "string" ? `.${p}` : `[${ex(p)}]`)).join("")}${path.length > 0 ? "=" : ""}${ex(value)}`).join(", ")}}`;
    case "statement-expression":
      return `({${expr.body.map(show).join(" ")}})`;
    case "unknown":
      return `?(${expr.parts.map(ex).join(", ")})`;
  }
}

test("the installed parser and grammar work together", () => {
  assert.equal(body("int x;"), "<int> x;");
});

test("heads: attributes and return types are dropped, parameters keep type and stars", () => {
  const fn = parse(
    "static struct x __unknown_attribute *\nf(const struct area __user *a, unsigned long n, int (*fn)(void *), char buf[], ...) __acquires(a)\n{ return a; }",
  );
  assert.deepEqual(fn.params, [
    { name: "a", type: "struct area", pointers: 1 },
    { name: "n", type: "unsigned long", pointers: 0 },
    { name: "fn", type: "int (*)()", pointers: 1 },
    { name: "buf", type: "char", pointers: 1 },
  ]);
  assert.equal(fn.isStatic, true);
  assert.deepEqual(fn.errors, []);
  assert.equal(fn.body.map(show).join(), "return a;");
});

test("system calls get typed parameters", () => {
  const fn = parse(
    "SYSCALL_DEFINE2(openx, const char __user *, filename, int, flags)\n{ return flags; }",
  );
  assert.equal(fn.name, "__do_sys_openx");
  assert.deepEqual(fn.params, [
    { name: "filename", type: "char", pointers: 1 },
    { name: "flags", type: "int", pointers: 0 },
  ]);
  assert.deepEqual(parse("SYSCALL_DEFINE0(idle)\n{ return 0; }").params, []);
});

test("statements", () => {
  assert.equal(body("if (a) b(); else if (c) { } else d();"), "if a b(); else if c {} else d();");
  assert.equal(
    body("while (a) continue; do { break; } while (b);"),
    "while a continue; do {break;} while b;",
  );
  assert.equal(
    body("for (i = 0, j = 1; i < 3; i++) ; for (int k = 0;;) { }"),
    "for ((i = 0, j = 1); (i < 3); (i++)) ; for (<int> k = 0; ; ) {}",
  );
  assert.equal(body("out: x(); again: goto out; done: ;"), "out: x(); again: goto out; done: ;");
  assert.equal(
    body("switch (a) { case A: case 2: f(); break; case 3 ... 0x5: g(); fallthrough; default: }"),
    "switch a {case A: case 2: f(); break; case 3 to 5: g(); ; default: ;}",
  );
  assert.equal(body("out: __maybe_unused; return -EINVAL;"), "out: ; return (-EINVAL);");
  assert.equal(body("goto *table[i];"), "goto *;");
});

test("declarations: one statement per declarator", () => {
  assert.equal(
    body("struct area *a = f(), b, **c;"),
    "<struct area> *a = f(); <struct area> b; <struct area> **c;",
  );
  assert.equal(
    body("static const unsigned long x = 1, y[3] = { 1, [2] = 3 };"),
    "static <unsigned long> x = 1; static <unsigned long> y[] = {1, [2]=3};",
  );
  assert.equal(
    body("struct x s = { .a = 1, .b.c = y, .d[1] = z };"),
    "<struct x> s = {.a=1, .b.c=y, .d[1]=z};",
  );
  assert.equal(
    body("extern int g(struct x *); void (*fn)(int) = h; struct local { int a; }; enum { A };"),
    "<void (*)()> *fn = h;",
  );
  assert.equal(
    body("struct x __percpu *p = q; struct x __unheard_of *r = s; void __user *u;"),
    "<struct x> *p = q; <struct x> *r = s; <void> *u;",
  );
  assert.equal(
    body("typeof(*p) v = w; __auto_type z = w; struct x *k __free(kfree) = NULL;"),
    "<typeof> v = w; <typeof> z = w; <struct x> *k = 0;",
  );
  assert.equal(body("static DEFINE_RATE(rs, 5); LIST(l);"), "DEFINE_RATE(rs, 5); LIST(l);");
});

test("expressions", () => {
  assert.equal(body("a->b.c[1] = *p + &q == -r;"), "a->b.c[1] = (((*p) + (&q)) == (-r));");
  assert.equal(body("x = a ? b : c ?: d;"), "x = (a ? b : (c ?  : d));");
  assert.equal(body("++i; i--; a += (b, c);"), "(++i); (i--); a += (b, c);");
  assert.equal(
    body("x = (struct y *)p; z = (unsigned long)f(a); w = (pgoff_t)(n);"),
    "x = (<struct y *> p); z = (<unsigned long> f(a)); w = (<pgoff_t> n);",
  );
  assert.equal(body("*p = (struct x){ .a = 1 };"), "(*p) = <struct x>{.a=1};");
  assert.equal(body("x = ({ int y = g(); y; });"), "x = ({<int> y = g(); y;});");
  assert.equal(
    body('f(sizeof(struct x), sizeof(*p) * 2, offsetof(struct x, a.b), "a" "b", (*fn)(1));'),
    'f(#, (# * 2), #, "", (*fn)(1));',
  );
});

test("numbers and constants", () => {
  assert.equal(
    body("f(0x10UL, 010, 0b11, 1'000, 7ull, NULL, true, false, 'a', '\\n', '\\0');"),
    "f(16, 8, 3, 1000, 7, 0, 1, 0, 97, 10, 0);",
  );
  assert.equal(
    body("f(0xffffffffffffffff, 1.5, 9007199254740991);"),
    "f(null, null, 9007199254740991);",
  );
});

test("a variable in parentheses is no type", () => {
  assert.equal(
    body("int a, b; f((a) & b, (a) * b, (a) - b, (a_t)&b, (T)&b);"),
    "<int> a; <int> b; f((a & b), (a * b), (a - b), (<a_t> (&b)), (T & b));",
  );
});

test("what the dialect sees through, drops or leaves opaque", () => {
  assert.equal(
    body("if (unlikely(!a)) return; if (WARN_ON_ONCE(b)) return; c = READ_ONCE(d->e);"),
    "if (!a) return; if b return; c = d->e;",
  );
  assert.equal(
    body('WARN_ON(a); pr_info("x"); if (a) trace_x(y); WARN_ON(f()); WARN_ONCE(a, "x" y z);'),
    "; ; if a ; f(); ;",
  );
  assert.equal(body("VM_BUG_ON(a); BUG();"), "VM_BUG_ON(a); BUG();");
  assert.equal(
    body("a = container_of(p, struct s, m); b = min_t(unsigned long, c, d);"),
    "a = ?(p, 0, m); b = ?(0, c, d);",
  );
  assert.equal(
    body("ACCESS_PRIVATE(a, flags) = 1; WRITE_ONCE(a->b, c); x = smp_load_acquire(&a->b);"),
    "a->flags = 1; a->b = c; x = (*(&a->b));",
  );
  assert.equal(
    body(
      "x = (unsigned long)trace_of(y) ? pr_value(a) : pr_value(b); o->pr_info(1); o->__init = 2;",
    ),
    "x = ((<unsigned long> trace_of(y)) ? pr_value(a) : pr_value(b)); o->pr_info(1); o->__init = 2;",
  );
});

test("loop heads: known definitions are expanded, others are each-statements", () => {
  const before =
    "#define for_each_thing(it, t) while (((t) = next(&(it))) != NULL)\n#define for_each_all(t) for_each_thing(all, t)";
  assert.equal(
    body("for_each_thing(it, t) { if (t) break; }", before),
    "while (t = next((&it)) != 0) {if t break;}",
  );
  assert.equal(body("for_each_all(t) g(t);", before), "while (t = next((&all)) != 0) g(t);");
  assert.equal(
    body("list_for_each_entry(p, &head, node) { f(p); }"),
    "each list_for_each_entry(p, (&head), node) {f(p);}",
  );
  assert.equal(body("if (a) walk_all(x) f(x); else g();"), "if a each walk_all(x) f(x); else g();");
  assert.equal(body("each_of_no_known_name(x) { f(x); }"), "each each_of_no_known_name(x) {f(x);}");
  assert.equal(
    body("\teach_of_no_known_name(x)\n\t\tf(x);\n\tg();"),
    "each each_of_no_known_name(x) f(x); g();",
  );
  assert.equal(
    body("do { f(t); } for_each_rest(t); do_each_x(g, t) { } while_each_x(g, t);"),
    "do {f(t);} while for_each_rest(t); each do_each_x(g, t) {} each while_each_x(g, t) ;",
  );
  assert.equal(
    body("ret = idr_for_each(&idr, fn, NULL); idr_for_each(&idr, fn, 0);"),
    "ret = idr_for_each((&idr), fn, 0); idr_for_each((&idr), fn, 0);",
  );
});

test("a pair of macros that open and close a loop is expanded together", () => {
  assert.equal(
    body(
      "do_each_x(t) { f(t); } while_each_x(t);",
      "#define do_each_x(t) do { for (t = 0; t; t++)\n#define while_each_x(t) } while (0)",
    ),
    "do {for (t = 0; t; (t++)) {f(t);}} while 0;",
  );
});

test("scopes and asm", () => {
  assert.equal(
    body("scoped_guard(mutex, &m) { f(); }"),
    "{scoped_guard(mutex, (&m)); do {f();} while 0;}",
  );
  assert.equal(
    body("scoped_cond_guard(mutex_intr, return -EINTR, &m) f();"),
    "if __vmalint_maybe() {return (-EINTR);} else {scoped_cond_guard(mutex_intr, 0, (&m)); do f(); while 0;}",
  );
  assert.equal(body("guard(mutex)(&m);"), "guard(mutex)((&m));");
  assert.equal(
    body(
      'asm volatile("x" : "=r" (a) : "i" (b) : "memory"); asm goto("y" : : : : l1, l2); l1: l2: ;',
    ),
    "asm(); asm(l1, l2); l1: l2: ;",
  );
});

test("macros: arguments, nesting, #, ##, variadic, no recursion", () => {
  const before = `#define LOCK(v) start(v)
#define BOTH(a, b) LOCK(a); LOCK(b)
#define NAME(x) x ## _lock
#define TEXT(x) g(#x)
#define LOG(fmt, ...) out(fmt, ##__VA_ARGS__)
#define ARGS(args...) h(args)
#define SELF(x) SELF(x) + 1
#define STATE(name, m) struct state name = { .mm = m, .next = &(struct node){ 0 } }
#define FLAG 0x20`;
  assert.equal(body("BOTH(x->a, f(y, z));", before), "start(x->a); start(f(y, z));");
  assert.equal(
    body("NAME(mm)(); TEXT(a b); x = SELF(2);", before),
    'mm_lock(); g(""); x = (SELF(2) + 1);',
  );
  assert.equal(
    body("LOG(a); LOG(a, b, c); ARGS(1, 2); LOCK(v, w); x = LOCK;", before),
    "out(a); out(a, b, c); h(1, 2); LOCK(v, w); x = LOCK;",
  );
  assert.equal(
    body("STATE(s, mm); x = FLAG;", before),
    "<struct state> s = {.mm=mm, .next=(&<struct node>{0})}; x = 32;",
  );
  assert.equal(body("#define INNER(x) k(x)\nINNER(1);\n#undef INNER"), "k(1);");
});

test("places: the file's own for arguments, the invocation's for what a macro makes", () => {
  const text =
    "#define LOCK(v) start(v)\nvoid f(struct a __user *p)\n{\n\tLOCK(p->next); /* x */ g(p);\n}\n";
  const fn = parse(text);
  const calls = fn.body.map((stmt) =>
    stmt.kind === "expression" && stmt.expr.kind === "call" ? stmt.expr : undefined,
  );
  const origin = (expr: Expr | undefined): string => {
    assert.ok(expr);
    const { start, end } = fn.origin(expr.span);
    return text.slice(start, end);
  };
  assert.equal(origin(calls[0]), "LOCK(p->next)");
  assert.equal(origin(calls[0]?.args[0]), "p->next");
  assert.equal(origin(calls[1]), "g(p)");
});

test("#if around whole statements becomes a config statement", () => {
  assert.equal(
    body("#ifdef CONFIG_A\n\ta();\n#else\n\tb();\n#endif\n\tc();"),
    "#CONFIG_A {a();} {b();} c();",
  );
  assert.equal(body("#ifndef CONFIG_A\n\ta();\n#endif"), "#CONFIG_A {} {a();}");
  assert.equal(
    body("#if IS_ENABLED(CONFIG_A)\n\ta();\n#elif X > 2\n\tb();\n#else\n\tc();\n#endif"),
    "#CONFIG_A {a();} {#X > 2 {b();} {c();}}",
  );
  assert.equal(body("#if 0\n\ta();\n#else\n\tb();\n#endif\n#if 1\n\tc();\n#endif"), "b(); c();");
  assert.equal(
    body("switch (x) {\n#ifdef CONFIG_A\n\tcase 1: a(); break;\n#endif\n\tcase 2: b();\n}"),
    "switch x {#CONFIG_A {case 1: a(); break;} {} case 2: b();}",
  );
});

test("#if that splits a statement leaves its first branch, and says so", () => {
  for (const [text, expected] of [
    ["if (a\n#ifdef CONFIG_A\n && b\n#endif\n) c();", "if (a && b) c();"],
    ["#ifdef CONFIG_A\n\tif (a) {\n#else\n\tif (b) {\n#endif\n\tc(); }", "if a {c();}"],
    ["#ifdef CONFIG_A\n\tif (a)\n\t\tb();\n\telse\n#endif\n\t\tc();", "if a b(); else c();"],
    [
      "struct x s = {\n#ifdef CONFIG_A\n\t.a = 1,\n#endif\n\t.b = 2,\n};",
      "<struct x> s = {.a=1, .b=2};",
    ],
  ] as const) {
    const fn = parse(`void f(void)\n{\n${text}\n}`);
    assert.deepEqual(
      [fn.body.map(show).join(" "), fn.oneBranchOnly, fn.errors.length],
      [expected, true, 0],
    );
  }
  assert.equal(parse("void f(void)\n{\n#ifdef A\n\tx();\n#endif\n}").oneBranchOnly, false);
  const heads = parse("#ifdef A\nint f(int a)\n#else\nint f(int a, int b)\n#endif\n{ return a; }");
  assert.deepEqual([heads.params.length, heads.oneBranchOnly, heads.errors.length], [1, true, 0]);
});

test("what cannot be read is reported, not thrown", () => {
  const fn = parse("void f(void)\n{\n\ta();\n\tb(;\n\tc();\n}");
  assert.ok(fn.errors.length > 0);
  assert.match(fn.body.map(show).join(" "), /^a\(\);/);
  assert.match(fn.body.map(show).join(" "), /c\(\);$/);
});

test("hostile texts end, and do not crash", () => {
  const deep = (open: string, close: string): string =>
    `x = ${open.repeat(20_000)}1${close.repeat(20_000)};`;
  const many = (text: string, n: number): string => text.repeat(n);
  for (const text of [
    deep("(", ")"),
    deep("f(", ")"),
    deep("-", ""),
    deep("a[", "]"),
    deep("({", ";})"),
    deep("{", "}"),
    `${many("{", 20_000)}${many("}", 20_000)}`,
    `${many("if (a) ", 10_000)};`,
    `${many("if (a) b(); else ", 10_000)};`,
    `x = a${many(" + a", 10_000)};`,
    many("\n#if A\n", 5_000),
    many("for_each_x(", 10_000),
    many("case 1 ... ", 20_000),
    `\0\u2028 é = "${many("x", 20_000)}`,
  ]) {
    const fn = parse(`void f(void)\n{\n${text}\n}\n`);
    assert.ok(fn.body.length >= 0);
  }
  const bomb = Array.from({ length: 40 }, (_, i) => `#define M${i + 1} M${i} M${i}\n`).join("");
  assert.ok(parse(`#define M0 x+\n${bomb}void f(void)\n{\n\ty = M40 1;\n}`).errors.length >= 0);
  const nested = Array.from(
    { length: 30 },
    (_, i) => `#define N${i + 1}(x) N${i}(N${i}(x))\n`,
  ).join("");
  assert.ok(
    parse(`#define N0(x) (x)\n${nested}void f(void)\n{\n\ty = N30(1);\n}`).errors.length >= 0,
  );
});
