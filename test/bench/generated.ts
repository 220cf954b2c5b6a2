/** C functions of any size: time against size shows what does not grow as it should. */

export interface Shape {
  readonly name: string;
  /** A file with one function of `size` branches, and all it needs. */
  source(size: number): string;
}

export const SHAPES: readonly Shape[] = [
  {
    name: "ifs without a VMA",
    source: (size) => file(repeat(size, (i) => `\tif (n & ${i})\n\t\tcount++;`)),
  },
  {
    name: "ifs that choose a VMA",
    source: (size) => file(repeat(size, (i) => `\tif (n == ${i})\n\t\tnext = vma;`)),
  },
  {
    name: "ifs that lock",
    source: (size) => file(repeat(size, (i) => `\tif (n > ${i})\n\t\tvma_start_write(next);`)),
  },
  {
    name: "two ifs, one condition",
    source: (size) =>
      file([
        ...repeat(size / 2, (i) => `\tif (flags[${i}])\n\t\tvma_start_write(next);`),
        ...repeat(size / 2, (i) => `\tif (flags[${i}])\n\t\tcount++;`),
      ]),
  },
  {
    name: "else if",
    source: (size) =>
      file(repeat(size, (i) => `\t${i === 0 ? "" : "else "}if (n == ${i})\n\t\tcount += ${i};`)),
  },
];

function repeat(size: number, line: (index: number) => string): string[] {
  return Array.from({ length: size }, (_, index) => line(index));
}

function file(body: readonly string[]): string {
  return [
    "struct vma_prepare {",
    "\tstruct vm_area_struct *vma;",
    "\tstruct vm_area_struct *adj_next;",
    "};",
    "",
    "void change(struct vm_area_struct *vma, struct vm_area_struct *next, int n, bool *flags)",
    "{",
    "\tstruct vma_prepare vp = { .vma = vma };",
    "\tint count = 0;",
    "",
    "\tvma_start_write(vma);",
    "\tvma_start_write(next);",
    ...body,
    "\tvp.adj_next = next;",
    "\tvma_prepare(&vp);",
    "\tvma_complete(&vp, NULL, count);",
    "}",
    "",
  ].join("\n");
}
