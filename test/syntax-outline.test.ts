import assert from "node:assert/strict";
import { test } from "node:test";
import { outline } from "../src/syntax/outline.js";
import { SourceFile } from "../src/text/source-file.js";

const read = (text: string) => outline(new SourceFile("mm/x.c", text));
const names = (text: string) => read(text).functions.map((fn) => fn.name);
const members = (text: string) =>
  read(text).structs.flatMap((s) =>
    s.members.map((m) => `${m.type} ${"*".repeat(m.pointers)}${m.name}`),
  );

test("function heads: attributes before and after, type on its own line, reserved names", () => {
  assert.deepEqual(
    names(`
static int __must_check f1(struct x *p) { return 0; }
__printf(1, 2) int f2(const char *fmt, ...) {}
int f3(struct lock *l) __acquires(l) __cold {}
static struct x *
f4(void)
{
}
static inline struct fd __f5(unsigned int fd) {}
int __init f6(void (*hook)(void)) {}
static __always_inline __printf(1, 2) void f7(int level, char *fmt) {}
core_initcall(f7)
static int f8(int a) { if (a) { return 1; } return 2; }
int f9(int a);
static int table[] = { f(1), f(2) };
struct x f10(int a) { }
`),
    ["f1", "f2", "f3", "f4", "__f5", "f6", "f7", "f8", "f10"],
  );
});

test("spans: from the first token to the closing brace; body with its braces", () => {
  const text = "int g;\n/* c */ static int f(int a)\n{ return a; }\n";
  const [fn] = read(text).functions;
  assert.ok(fn);
  assert.equal(text.slice(fn.span.start, fn.span.end), "static int f(int a)\n{ return a; }");
  assert.equal(text.slice(fn.body.start, fn.body.end), "{ return a; }");
  assert.equal(fn.isStatic, true);
});

test("system calls are named as the kernel names their bodies", () => {
  assert.deepEqual(
    names(
      "SYSCALL_DEFINE2(brk2, unsigned long, brk, int, x)\n{ }\nSYSCALL_DEFINE0(idle) {}\nCOMPAT_SYSCALL_DEFINE1(pipe, int *, p) {}",
    ),
    ["__do_sys_brk2", "__do_sys_idle", "__do_compat_sys_pipe"],
  );
});

test("identifiers of a body leave out comments and strings", () => {
  const [fn] = read('void f(void) { a->b(c, "d"); /* e */ // g\n }').functions;
  assert.deepEqual([...(fn?.identifiers ?? [])].sort(), ["a", "b", "c"]);
});

test("braces in comments, strings, characters and macros do not count", () => {
  assert.deepEqual(
    names(
      `#define OPEN {{{ \\\n {\nvoid f(void) { g("}"); h('}'); /* } */ } // }\nvoid k(void) { char c = '\\''; s("\\"}"); }`,
    ),
    ["f", "k"],
  );
});

test("branches that open the same brace count it once", () => {
  const text = `
#ifdef CONFIG_A
int f(int a) {
#else
int f(int a, int b) {
#endif
	return 0;
}
int g(void) {
	if (x) {
#if A
	} else if (y) {
#elif B
	} else if (z) {
#else
	} else {
#endif
	}
}
int h(void) { }`;
  assert.deepEqual(names(text), ["f", "g", "h"]);
});

test("code that #if 0 removes is not there", () => {
  assert.deepEqual(
    names(
      "#if 0\nint f(void) {\n#else\nint g(void) {\n#endif\n}\n#if 0\nint h(void) { }\n#endif\nint k(void) {}",
    ),
    ["g", "k"],
  );
});

test("conditions: symbols, else, ifndef, elif, IS_ENABLED, other texts; include guards are none", () => {
  const text = `/* licence */
#ifndef MM_X_H
#define MM_X_H
#include "y.h"
#include <linux/mm.h>
int a(void) {}
#ifdef CONFIG_A
int b(void) {}
#else
int c(void) {}
#endif
#ifndef CONFIG_B
int d(void) {}
#endif
#if IS_ENABLED(CONFIG_C)
int e(void) {}
#elif defined(CONFIG_D)
int f(void) {}
#endif
#if  LEVELS >   2 /* why */
int g(void) {}
#endif
#endif`;
  const file = read(text);
  assert.deepEqual(
    file.functions.map((fn) =>
      [fn.name, ...fn.conditions.map((c) => `${c.holds ? "" : "!"}${c.symbol}`)].join(" "),
    ),
    [
      "a",
      "b CONFIG_A",
      "c !CONFIG_A",
      "d !CONFIG_B",
      "e CONFIG_C",
      "f !CONFIG_C CONFIG_D",
      "g LEVELS > 2",
    ],
  );
  assert.deepEqual(file.includes, ['"y.h"', "<linux/mm.h>"]);
  assert.deepEqual(file.macros, []);
});

test("macros: parameters, joined bodies, comments removed, variadic", () => {
  const file = read(`
#define ONE 1 /* one */
#define CALL(a, b) do { f(a); \\
	g(b); } while (0)
#define PR(fmt, ...) printk(fmt, ##__VA_ARGS__)
#define ARGS(args...) f(args)
#define PAIR (a, b)
#define EMPTY
# define INDENTED 2`);
  assert.deepEqual(
    file.macros.map(({ name, params, body }) => [name, params, body]),
    [
      ["ONE", null, "1"],
      ["CALL", ["a", "b"], "do { f(a); g(b); } while (0)"],
      ["PR", ["fmt", "..."], "printk(fmt, ##__VA_ARGS__)"],
      ["ARGS", ["args..."], "f(args)"],
      ["PAIR", null, "(a, b)"],
      ["EMPTY", null, ""],
      ["INDENTED", null, "2"],
    ],
  );
});

test("struct members: several declarators, bit-fields, attributes, nested and conditional ones", () => {
  assert.deepEqual(
    members(`
struct area {
	unsigned long start, end;	/* range */
	struct { struct mm *mm; pgprot_t prot; };
	union {
		const flags_t flags;
		flags_t __private __flags;
	};
#ifdef CONFIG_LOCK
	bool detached:1, other : 2;
#endif
	struct lock *__rcu lock;
	spinlock_t ptl ____cacheline_aligned;
	struct { struct node rb; } shared;
	const struct ops *ops;
	void (*open)(struct area *area);
	struct x *(*get)(int);
	char name[16] __counted_by(len);
	unsigned long a[2][3], *b;
	struct mm __user *const umm;
} __randomize_layout;`),
    [
      "unsigned long start",
      "unsigned long end",
      "struct mm *mm",
      "pgprot_t prot",
      "flags_t flags",
      "flags_t __flags",
      "bool : 1 detached",
      "bool : 2 other",
      "struct lock *lock",
      "spinlock_t ptl",
      "struct shared",
      "struct ops *ops",
      "void (*)() *open",
      "struct x * (*)() *get",
      "char name",
      "unsigned long a",
      "unsigned long *b",
      "struct mm *umm",
    ],
  );
});

test("struct definitions: tags, attributes around, empty, with a variable", () => {
  const file = read(
    "struct a { int x; };\nstruct __packed b { int y; } var = { 1 };\nstruct c { };\nunion d { int z; };\nstruct a *f(struct b *p) { }\ntypedef struct e { int q; } e_t;",
  );
  assert.deepEqual(
    file.structs.map((s) => s.tag),
    ["a", "b", "c", "d", "e"],
  );
  assert.deepEqual(
    file.functions.map((fn) => fn.name),
    ["f"],
  );
});

test("unfinished and broken text harms nothing before it", () => {
  for (const text of [
    "int f(void) { }\nint g(void) {",
    "int f(void) { }\n}}}",
    "int f(void) { }\n/* ",
    'int f(void) { }\n"',
    "int f(void) { }\n#if",
    "int f(void) { }\n#endif\n#else",
    "int f(void) { }\n#define",
  ]) {
    assert.equal(names(text)[0], "f", text);
  }
});
