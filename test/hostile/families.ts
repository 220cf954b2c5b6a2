/**
 * Families of C that grow without bound in one respect each: what a hostile patch would hold.
 * A family makes a file of a size; sizes double, so that a cost that grows faster shows.
 */

export interface Family {
  readonly name: string;
  /** From small to large. */
  readonly sizes: readonly [number, number, number, number];
  readonly make: (size: number) => string;
}

const HEAD = `#include <linux/mm.h>
struct vm_area_struct { unsigned long vm_start, vm_end; struct mm_struct *vm_mm; struct vm_area_struct *vm_next; };
`;
const VMA = "struct vm_area_struct *vma";
const LOCK = "vma_start_write(vma);";
const WRITE = "vma->vm_start = a;";

/** `count` pieces, one a line. */
function each(count: number, piece: (index: number) => string): string {
  return Array.from({ length: count }, (_, index) => piece(index)).join("\n");
}

function one(body: string): string {
  return `${HEAD}void f(${VMA}, unsigned long a)\n{\n${body}\n}\n`;
}

/** Functions that call each other; `callees`: the numbers of those that one calls. */
function callingEachOther(count: number, callees: (index: number) => number[]): string {
  const parameters = "(struct vm_area_struct *p, struct vm_area_struct *q, int a)";
  return [
    HEAD,
    each(count, (i) => `static void f${i}${parameters};`),
    each(count, (i) => {
      const calls = callees(i)
        .map((to, turn) => (turn % 2 === 0 ? `f${to}(q, p, a);` : `f${to}(p, q, a + 1);`))
        .map((call, turn) => `if (a & ${1 << turn}) ${call}`);
      return `static void f${i}${parameters}\n{\n${calls.join("\n")}\np->vm_start = a;\n}`;
    }),
    `void g(${VMA}, ${VMA.replace("vma", "other")}, int a)\n{\nf0(vma, other, a);\n}\n`,
  ].join("\n");
}

function small(name: string, make: Family["make"]): Family {
  return { name, sizes: [1250, 2500, 5000, 10000], make };
}

export const FAMILIES: readonly Family[] = [
  {
    name: "calls in a chain, three times each, arguments swapped",
    sizes: [5, 10, 20, 40],
    make: (n) => callingEachOther(n, (i) => (i + 1 < n ? [i + 1, i + 1, i + 1] : [])),
  },
  {
    name: "a chain of calls",
    sizes: [60, 250, 1000, 4000],
    make: (n) => callingEachOther(n, (i) => (i + 1 < n ? [i + 1] : [])),
  },
  {
    name: "a chain of calls, the innermost first",
    sizes: [60, 250, 1000, 4000],
    make: (n) => callingEachOther(n, (i) => (i > 0 ? [i - 1] : [])),
  },
  {
    name: "mutual recursion",
    sizes: [50, 250, 1000, 5000],
    make: (n) =>
      callingEachOther(n, (i) => [(i + 1) % n, (i * 7 + 3) % n, (i * 3 + 1) % n, (i + n - 1) % n]),
  },
  {
    name: "computed gotos",
    sizes: [25, 50, 100, 200],
    make: (n) =>
      one(
        `static void *to[] = { ${each(n, (i) => `&&l${i},`)} };\ngoto *to[a];\n${each(n, (i) => `l${i}: vma->vm_start = ${i}; a = next(a); goto *to[a];`)}`,
      ),
  },
  {
    name: "a long body in a for_each",
    sizes: [250, 500, 1000, 2000],
    make: (n) =>
      one(
        `struct vma_iterator vmi;\nfor_each_vma(vmi, vma) {\n${each(n, (i) => `if (get(${i})) { ${LOCK} }\nvma->vm_end = ${i};`)}\n}`,
      ),
  },
  {
    name: "else if",
    sizes: [3750, 7500, 15000, 30000],
    make: (n) => one(`if (a == 0) ${WRITE}\n${each(n, (i) => `else if (a == ${i + 1}) ${WRITE}`)}`),
  },
  {
    name: "#elif in a function",
    sizes: [3750, 7500, 15000, 30000],
    make: (n) =>
      one(
        `#if defined(CONFIG_A)\n${WRITE}\n${each(n, (i) => `#elif defined(CONFIG_A${i})\n${WRITE}`)}\n#endif`,
      ),
  },
  {
    name: "#elif between functions",
    sizes: [1250, 2500, 5000, 10000],
    make: (n) =>
      `${HEAD}#if defined(CONFIG_A)\n${each(n, (i) => `#elif defined(CONFIG_A${i})\nvoid f${i}(${VMA}, int a) { ${WRITE} }`)}\n#endif\n`,
  },
  {
    name: "correlated ifs",
    sizes: [125, 250, 500, 1000],
    make: (n) =>
      one(
        `${each(n, (i) => `if (get(${i}) && a != ${i}) { ${LOCK} a++; }\nif (a == ${i}) ${WRITE}`)}`,
      ),
  },
  small("cases", (n) =>
    one(`switch (a) {\n${each(n, (i) => `case ${i}: vma->vm_start = ${i}; break;`)}\n}`),
  ),
  small("writes", (n) => one(each(n, (i) => `vma->vm_start = ${i};`))),
  small("returns", (n) => one(each(n, (i) => `if (a == ${i}) return;\nvma->vm_start = ${i};`))),
  small("locks", (n) => one(each(n, () => `${LOCK}\n${WRITE}`))),
  small(
    "callers",
    (n) =>
      `${HEAD}static void set(${VMA}, int a)\n{\n${WRITE}\n}\n${each(n, (i) => `void f${i}(${VMA}, int a)\n{\n${i % 2 ? LOCK : ""}\nset(vma, a);\n}`)}\n`,
  ),
  small("VMAs", (n) =>
    one(each(n, (i) => `struct vm_area_struct *v${i} = find_vma(mm, ${i});\nv${i}->vm_start = a;`)),
  ),
  small(
    "functions",
    (n) => `${HEAD}${each(n, (i) => `void f${i}(${VMA}, int a)\n{\n${WRITE}\n}`)}\n`,
  ),
  small(
    "findings",
    (n) =>
      `${HEAD}${each(n, (i) => `void f${i}(unsigned long a)\n{\n${VMA} = find_vma(mm, a);\n${WRITE}\n}`)}\n`,
  ),
  {
    name: "if within if",
    sizes: [150, 400, 1000, 4000],
    make: (n) => one(`${each(n, (i) => `if (a == ${i}) {`)}${LOCK}\n${WRITE}\n${"}\n".repeat(n)}`),
  },
  {
    name: "&&",
    sizes: [12500, 25000, 50000, 100000],
    make: (n) => one(`if (a\n${each(n, (i) => `&& get(${i})`)})\n${WRITE}`),
  },
];
