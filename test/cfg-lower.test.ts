/**
 * Lowering, rule by rule: a small function and its graph. The names of macros are those of
 * `queries/kernel-c/dialect.json`.
 */
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

function lines(text: string): string[] {
  return text
    .trim()
    .split("\n")
    .map((line) => line.trim());
}

function check(title: string, source: string, graph: string): void {
  test(title, () => {
    const file = new SourceFile("f.c", source);
    const [item] = outline(file).functions;
    assert.ok(item);
    const cfg = lower(parseFunction(file, item, options), dialect);
    assert.deepEqual(lines(formatCfg(cfg)).slice(1), lines(graph));
  });
}

/* Short circuit, negation, `?:` and constants in conditions */

check(
  "&& and || in a condition branch without temporaries",
  "void f(int a, int b, int c) { if (a && (b || c)) g(); }",
  `
  0: branch a ? 1 : 4
  1: branch b ? 3 : 2
  2: branch c ? 3 : 4
  3: %1 = call g()
     goto 4
  4: return
`,
);

check(
  "! swaps the ways",
  "void f(int a, int b) { if (!(a && !b)) g(); }",
  `
  0: branch a ? 1 : 2
  1: branch b ? 2 : 3
  2: %1 = call g()
     goto 3
  3: return
`,
);

check(
  "&& as a value is 0 or 1",
  "void f(int a, int b, int x) { x = a && b; }",
  `
  0: branch a ? 1 : 3
  1: branch b ? 2 : 3
  2: %1 = 1
     goto 4
  3: %1 = 0
     goto 4
  4: x = %1
     return
`,
);

check(
  "! of a short circuit as a value is 0 or 1",
  "void f(int a, int b, int x) { x = !(a || b); }",
  `
  0: branch a ? 2 : 1
  1: branch b ? 2 : 3
  2: %1 = 0
     goto 4
  3: %1 = 1
     goto 4
  4: x = %1
     return
`,
);

check(
  "?: as a value assigns one temporary on each way",
  "void f(struct s *a, int x) { x = a ? a->m : g(); }",
  `
  0: branch a ? 1 : 2
  1: %1 = a->m
     goto 3
  2: %2 = call g()
     %1 = %2
     goto 3
  3: x = %1
     return
`,
);

check(
  "?: with nothing between keeps the value tested",
  "void f(struct s *a, struct s *x) { x = a ?: g(); }",
  `
  0: %1 = a
     branch %1 ? 2 : 1
  1: %2 = call g()
     %1 = %2
     goto 2
  2: x = %1
     return
`,
);

check(
  "?: in a condition branches on either arm",
  "void f(int a, int b, int c) { if (a ? b : !c) g(); }",
  `
  0: branch a ? 1 : 2
  1: branch b ? 3 : 4
  2: branch c ? 4 : 3
  3: %1 = call g()
     goto 4
  4: return
`,
);

check(
  "a conditional statement forks without temporaries",
  "void f(int a) { a ? g() : h(); a && i(); a || j(); }",
  `
  0: branch a ? 1 : 2
  1: %1 = call g()
     goto 3
  2: %2 = call h()
     goto 3
  3: branch a ? 4 : 5
  4: %3 = call i()
     goto 5
  5: branch a ? 7 : 6
  6: %4 = call j()
     goto 7
  7: return
`,
);

check(
  "constant conditions fold and what cannot be reached is left out",
  "int f(int a) { if (0) g(); do { h(); } while (0); while (1) { if (a) return 1; } g(); }",
  `
  0: %2 = call h()
     goto 1
  1: branch a ? 2 : 1
  2: return 1
`,
);

check(
  "an assignment in a condition is tested by its target",
  "void f(struct s *p, int e) { while ((p = next(p))) g(p); if ((e = h()) < 0) i(); }",
  `
  0: goto 1
  1: %1 = call next(p)
     p = %1
     branch p ? 2 : 3
  2: %2 = call g(p)
     goto 1
  3: %3 = call h()
     e = %3
     branch e < 0 ? 4 : 5
  4: %4 = call i()
     goto 5
  5: return
`,
);

check(
  "transparent calls keep the short circuit inside",
  "void f(int a, int b) { if (unlikely(a && b) || WARN_ON(!a)) g(); }",
  `
  0: branch a ? 1 : 2
  1: branch b ? 3 : 2
  2: branch a ? 4 : 3
  3: %1 = call g()
     goto 4
  4: return
`,
);

check(
  "a configuration test is a branch on its symbol",
  "void f(int a) { if (IS_ENABLED(CONFIG_X) && a) g(); a = IS_ENABLED(CONFIG_Y); }",
  `
  0: branch config CONFIG_X ? 1 : 3
  1: branch a ? 2 : 3
  2: %1 = call g()
     goto 3
  3: a = config CONFIG_Y
     return
`,
);

check(
  "a branch to one place only is none",
  "void f(int a) { if (a) ; g(); }",
  `
  0: %1 = call g()
     return
`,
);

check(
  "a comma in a condition evaluates both and tests the second",
  "void f(int a) { if (g(), a) h(); }",
  `
  0: %1 = call g()
     branch a ? 1 : 2
  1: %2 = call h()
     goto 2
  2: return
`,
);

/* Variables, members, elements and what pointers point to */

check(
  "members of a pointer's target and of a struct",
  "void f(struct s *p) { struct s v; p->a = v.b.c; (*p).a = (&v)->b; p->q->r = p->b.c; }",
  `
  0: declare v: struct s
     p->a = v.b.c
     p->a = v.b
     p->q->r = p->b.c
     return
`,
);

check(
  "* and & cancel out",
  "void f(struct s *p, int x) { struct s **q = &p; *&x = 3; p = &*p; (*q)->a = **&q; x = *&p->a; }",
  `
  0: declare q: struct s **
     q = &p
     x = 3
     p = p
     (*q)->a = *q
     x = p->a
     return
`,
);

check(
  "element 0 of a pointer is what it points to",
  "void f(int *p, int i) { p[0] = *p; p[1] = p[i]; *(p + 2) = 0; }",
  `
  0: *p = *p
     p[1] = p[i]
     p[2] = 0
     return
`,
);

check(
  "elements of an array extend its path",
  "void f(int i) { int a[4]; a[0] = a[1 + 1]; a[i] = 3; *a = a[3]; }",
  `
  0: declare a: int []
     a[0] = a[2]
     a[i] = 3
     a[0] = a[3]
     return
`,
);

check(
  "an array's name is its first element's address",
  "void f(void) { int a[4]; int *p = a; g(a); p = &a[2]; (&a[2])[1] = 0; }",
  `
  0: declare a: int []
     declare p: int *
     p = &a[0]
     %1 = call g(&a[0])
     p = &a[2]
     a[3] = 0
     return
`,
);

check(
  "an array of pointers is indexed, then followed",
  "void f(struct s **pp) { struct s *v[2]; v[1]->a = 1; v[1][2].a = 2; pp[1]->a = 3; pp[1][2].a = 4; }",
  `
  0: declare v: struct s *[]
     v[1]->a = 1
     (v[1])[2].a = 2
     pp[1]->a = 3
     (pp[1])[2].a = 4
     return
`,
);

check(
  "a member is indexed as an array",
  "void f(struct s *p) { p->list[1]->a = p->list[0]; }",
  `
  0: p->list[1]->a = p->list[0]
     return
`,
);

check(
  "casts are transparent",
  "void f(void *p) { ((struct s *)p)->a = (int)*(long *)p; }",
  `
  0: p->a = *p
     return
`,
);

check(
  "a pointer chosen by ?: is kept in a temporary",
  "void f(int a, struct s *p, struct s *q) { (a ? p : q)->m = 1; }",
  `
  0: branch a ? 1 : 2
  1: %1 = p
     goto 3
  2: %1 = q
     goto 3
  3: %1->m = 1
     return
`,
);

check(
  "a member of a call's result",
  "void f(int x) { get()->a = 1; x = make().a; }",
  `
  0: %1 = call get()
     %1->a = 1
     %2 = call make()
     x = %2.a
     return
`,
);

check(
  "++ and -- keep the old value where it is used",
  "void f(int *p, int n) { *p++ = n--; ++n; n = --*p; }",
  `
  0: %1 = n
     n = n - 1
     %2 = p
     p = p + 1
     *%2 = %1
     n = n + 1
     *p = (*p) - 1
     n = *p
     return
`,
);

check(
  "op= reads the target and writes it",
  "void f(struct s *p) { p->a += 2; p->flags &= ~1; p->n <<= 1; }",
  `
  0: p->a = p->a + 2
     p->flags = p->flags & ~1
     p->n = p->n << 1
     return
`,
);

check(
  "addresses of members",
  "void f(struct s *p, struct s **q) { q = &p->next; *q = 0; q = &(*q)->next; }",
  `
  0: q = &p->next
     *q = 0
     q = &(*q)->next
     return
`,
);

/* Calls, order of evaluation, initialisers, statement expressions */

check(
  "every call is an instruction, inner ones first",
  "int f(int a) { return g(h(a), 1) + i(); }",
  `
  0: %1 = call h(a)
     %2 = call g(%1, 1)
     %3 = call i()
     return %2 + %3
`,
);

check(
  "a call through a pointer has no callee",
  "void f(struct s *p, void (*fn)(int)) { p->ops->open(p); fn(1); (*fn)(2); (*g)(3); }",
  `
  0: %1 = call ?(p)
     %2 = call ?(1)
     %3 = call ?(2)
     %4 = call g(3)
     return
`,
);

check(
  "a value that a later operand changes is kept",
  "void f(int x, struct s *p) { g(x, x = 3); g(p->a, h()); g(x, h()); g(x, h(&x)); }",
  `
  0: %1 = x
     x = 3
     %2 = call g(%1, x)
     %3 = p->a
     %4 = call h()
     %5 = call g(%3, %4)
     %6 = call h()
     %7 = call g(x, %6)
     %8 = x
     %9 = call h(&x)
     %10 = call g(%8, %9)
     return
`,
);

check(
  "NULL, true and false are numbers, other names are read",
  "void f(int *p, int x) { p = NULL; x = true; x = false; x = LIMIT; }",
  `
  0: p = 0
     x = 1
     x = 0
     x = LIMIT
     return
`,
);

check(
  "strings and sizeof are opaque",
  `void f(int x) { g("a"); x = sizeof(x); }`,
  `
  0: %1 = call g(?)
     x = ?
     return
`,
);

check(
  "an initialiser is zero, then the members named",
  "void f(struct s *p) { struct s v = { .a = g(), .b.c = p, .d = { .e = 1 } }; }",
  `
  0: declare v: struct s
     zero v
     %1 = call g()
     v.a = %1
     v.b.c = p
     zero v.d
     v.d.e = 1
     return
`,
);

check(
  "an initialiser of zeros is zero",
  "void f(void) { struct s v = { 0 }, w = {}; int a[2] = { 0 }; }",
  `
  0: declare v: struct s
     zero v
     declare w: struct s
     zero w
     declare a: int []
     zero a
     a[0] = 0
     return
`,
);

check(
  "an initialiser without designators is forgotten, its calls are not",
  "void f(struct s *p) { struct s v = { p, g() }; }",
  `
  0: declare v: struct s
     forget v
     %1 = call g()
     return
`,
);

check(
  "entries of an array go to its elements",
  "void f(int i) { int a[8] = { 1, 2, [5] = 3, 4 }; }",
  `
  0: declare a: int []
     zero a
     a[0] = 1
     a[1] = 2
     a[5] = 3
     a[6] = 4
     return
`,
);

check(
  "a struct initialised from another is one assignment",
  "void f(struct s *p) { struct s v = *p; *p = v; }",
  `
  0: declare v: struct s
     v = *p
     *p = v
     return
`,
);

check(
  "a compound literal is built in a temporary",
  "void f(struct s *p) { *p = (struct s){ .a = p->b }; g(&(struct s){ .a = 1 }); }",
  `
  0: zero %1
     %1.a = p->b
     *p = %1
     zero %2
     %2.a = 1
     %3 = call g(&%2)
     return
`,
);

check(
  "memset with 0 makes the target zero, with another byte forgets it",
  "void f(struct s *p) { struct s v; int a[2]; memset(p, 0, sizeof(*p)); memset(&v.a, 0, 4); memset(a, 0, 8); memset(&v, 255, 8); }",
  `
  0: declare v: struct s
     declare a: int []
     zero *p
     zero v.a
     zero a
     forget v
     return
`,
);

check(
  "a statement expression's value is its last expression's",
  "int f(int x) { return ({ int z = x; g(); z + 1; }) + ({ int z = 4; z; }); }",
  `
  0: declare z: int
     z = x
     %1 = call g()
     %2 = z + 1
     declare z: int
     z = 4
     %3 = z
     return %2 + %3
`,
);

check(
  "a statement expression in a condition keeps its short circuit",
  "void f(int a, int b) { if (({ g(); a && b; })) h(); }",
  `
  0: %1 = call g()
     branch a ? 1 : 3
  1: branch b ? 2 : 3
  2: %2 = call h()
     goto 3
  3: return
`,
);

check(
  "a return in a statement expression returns",
  "int f(int x) { int y = ({ if (!x) return 1; x; }); return y; }",
  `
  0: declare y: int
     branch x ? 1 : 2
  1: %1 = x
     y = %1
     return y
  2: return 1
`,
);

check(
  "an opaque value's arguments are evaluated",
  "void f(int x) { x = max(g(), 1); }",
  `
  0: %1 = call g()
     x = ?
     return
`,
);

/* Statements that are not loops: scopes, ends of paths, switch, jumps */

check(
  "a shadowed variable gets a name of its own",
  "void f(int x) { x = 1; { long x = 2; { x = 3; } } x = 4; }",
  `
  0: x = 1
     declare x@2: long
     x@2 = 2
     x@2 = 3
     x = 4
     return
`,
);

check(
  "variables of neighbouring scopes share a name",
  "void f(int a) { if (a) { int i = 1; } else { int i = 2; } }",
  `
  0: branch a ? 1 : 2
  1: declare i: int
     i = 1
     goto 3
  2: declare i: int
     i = 2
     goto 3
  3: return
`,
);

check(
  "static locals are not declared",
  "void f(void) { static int n; n++; }",
  `
  0: n = n + 1
     return
`,
);

check(
  "ignored statements are left out",
  `void f(int a) { WARN_ON(a); VM_WARN_ON(a && !a); h(); a ? printk("x") : g(); }`,
  `
  0: %1 = call h()
     branch a ? 2 : 1
  1: %2 = call g()
     goto 2
  2: return
`,
);

check(
  "a call that does not return ends the path",
  "int f(int a) { if (a) { BUG(); g(); } return 0; }",
  `
  0: branch a ? 1 : 2
  1: stop
  2: return 0
`,
);

check(
  "a conditional stop ends the path on which its condition holds",
  "void f(int a, int b) { BUG_ON(a || g(b)); h(); }",
  `
  0: branch a ? 2 : 1
  1: %1 = call g(b)
     branch %1 ? 2 : 3
  2: stop
  3: %2 = call h()
     return
`,
);

check(
  "#ifdef is a branch on its symbol and opens no scope",
  `int f(void) {
#ifdef CONFIG_X
	int k = 1;
#else
	int k = 2;
#endif
	return k;
}`,
  `
  0: branch config CONFIG_X ? 1 : 2
  1: declare k: int
     k = 1
     goto 3
  2: declare k: int
     k = 2
     goto 3
  3: return k
`,
);

check(
  "a switch compares in order, falls through, and ends at default",
  "void f(int v) { switch (v) { case 1: g(); case ONE: h(); break; default: i(); case 3: case 4: j(); } }",
  `
  0: %1 = v
     branch %1 == 1 ? 1 : 2
  1: %2 = call g()
     goto 3
  2: branch %1 == ONE ? 3 : 4
  3: %3 = call h()
     goto 8
  4: branch %1 == 3 ? 7 : 5
  5: branch %1 == 4 ? 7 : 6
  6: %4 = call i()
     goto 7
  7: %5 = call j()
     goto 8
  8: return
`,
);

check(
  "a switch without default may do nothing",
  "int f(struct s *p) { switch (p->v) { case 0: return 1; } return 2; }",
  `
  0: %1 = p->v
     branch %1 == 0 ? 1 : 2
  1: return 1
  2: return 2
`,
);

check(
  "a case range is two comparisons",
  "void f(int v) { switch (v) { case 1 ... 3: g(); } }",
  `
  0: %1 = v
     branch %1 >= 1 ? 1 : 3
  1: branch %1 <= 3 ? 2 : 3
  2: %2 = call g()
     goto 3
  3: return
`,
);

check(
  "cases may stand inside a loop",
  "void f(int v, int n) { switch (v) { case 0: do { g(); case 2: h(); case 1: i(); } while (--n > 0); } }",
  `
  0: %1 = v
     branch %1 == 0 ? 4 : 1
  1: branch %1 == 2 ? 5 : 2
  2: branch %1 == 1 ? 3 : 6
  3: %4 = call i()
     n = n - 1
     branch n > 0 ? 4 : 6
  4: %2 = call g()
     goto 5
  5: %3 = call h()
     goto 3
  6: return
`,
);

check(
  "a case under #ifdef is reached only if its symbol is set",
  `void f(int v) {
	switch (v) {
#ifdef CONFIG_X
	case 1:
		g();
		break;
#endif
	default:
		h();
	}
}`,
  `
  0: %1 = v
     branch config CONFIG_X ? 1 : 3
  1: branch %1 == 1 ? 2 : 3
  2: %2 = call g()
     goto 4
  3: %3 = call h()
     goto 4
  4: return
`,
);

check(
  "a switch on a constant folds",
  "void f(int v) { switch (2) { case 1: g(); break; case 2: h(); } }",
  `
  0: %2 = call h()
     return
`,
);

check(
  "goto leads forward and back",
  "int f(int a) { again: if (g(a)) goto out; if (a--) goto again; h(); out: return a; }",
  `
  0: goto 1
  1: %1 = call g(a)
     branch %1 ? 4 : 2
  2: %2 = a
     a = a - 1
     branch %2 ? 1 : 3
  3: %3 = call h()
     goto 4
  4: return a
`,
);

check(
  "asm goto may lead to its labels",
  `int f(void) { asm goto("jmp %l0" : : : : yes); return 0; yes: return 1; }`,
  `
  0: branch ? ? 1 : 2
  1: return 1
  2: return 0
`,
);

check(
  "a goto to no label ends the path",
  "void f(int a) { if (a) goto nowhere; g(); }",
  `
  0: branch a ? 1 : 2
  1: stop
  2: %1 = call g()
     return
`,
);

/* Loops */

check(
  "while tests first",
  "void f(int a) { while (a) a = g(); h(); }",
  `
  0: goto 1
  1: branch a ? 2 : 3
  2: %1 = call g()
     a = %1
     goto 1
  3: %2 = call h()
     return
`,
);

check(
  "do tests last, and continue goes to the test",
  "void f(int a) { do { if (g()) continue; h(); } while (a); }",
  `
  0: goto 1
  1: %1 = call g()
     branch %1 ? 3 : 2
  2: %2 = call h()
     goto 3
  3: branch a ? 1 : 4
  4: return
`,
);

check(
  "for: continue goes to the update, break leaves",
  "void f(int n) { for (int i = 0; i < n; i++) { if (g(i)) continue; if (h(i)) break; i(); } }",
  `
  0: declare i: int
     i = 0
     goto 1
  1: branch i < n ? 2 : 6
  2: %1 = call g(i)
     branch %1 ? 5 : 3
  3: %2 = call h(i)
     branch %2 ? 6 : 4
  4: %3 = call ?()
     goto 5
  5: i = i + 1
     goto 1
  6: return
`,
);

check(
  "for without a test has no end of its own",
  "void f(void) { for (;;) { if (g()) break; } h(); }",
  `
  0: goto 1
  1: %1 = call g()
     branch %1 ? 2 : 1
  2: %2 = call h()
     return
`,
);

check(
  "a variable of the body is declared on each turn",
  "void f(int a) { while (a) { struct s v; g(&v); } }",
  `
  0: goto 1
  1: branch a ? 2 : 3
  2: declare v: struct s
     %1 = call g(&v)
     goto 1
  3: return
`,
);

check(
  "break leaves the switch, continue the loop around it",
  "void f(int a) { while (a) { switch (a) { case 1: break; default: continue; } g(); } }",
  `
  0: goto 1
  1: branch a ? 2 : 4
  2: %1 = a
     branch %1 == 1 ? 3 : 1
  3: %2 = call g()
     goto 1
  4: return
`,
);

check(
  "a for-each of unknown definition forgets its variables on each turn",
  "void f(struct mm *mm, unsigned long end) { struct vma *vma; struct iter it; int n = 0; for_each_vma_range(it, vma, n, end) { if (g(vma)) break; } h(vma); }",
  `
  0: declare vma: struct vma *
     declare it: struct iter
     declare n: int
     n = 0
     goto 1
  1: forget vma
     forget n
     branch ? ? 2 : 3
  2: %1 = call g(vma)
     branch %1 ? 3 : 1
  3: %2 = call h(vma)
     return
`,
);

check(
  "an empty endless loop",
  "void f(void) { g(); for (;;) ; }",
  `
  0: %1 = call g()
     goto 1
  1: goto 1
`,
);
