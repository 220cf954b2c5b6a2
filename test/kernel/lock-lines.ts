/** The lines of a C file that lock a VMA, and the file without one of them. */
import { functionLines } from "./edit-source.js";

/** A line `vma_start_write(object);`, by its index. */
export interface Lock {
  readonly index: number;
  readonly function: string;
  readonly object: string;
}

/** The functions of 6.12's mm/vma.c that lock what they, or those they call, hand over. */
export const LOCKING_FUNCTIONS = [
  "__split_vma",
  "vma_merge_existing_range",
  "vma_expand",
  "vma_shrink",
];

export function locksOf(source: readonly string[], functions: readonly string[]): Lock[] {
  return functions.flatMap((name) => {
    const { first, last } = functionLines(source, name);
    return source.slice(first, last).flatMap((line, offset) => {
      const object = /^\s*vma_start_write\((\w+)\);$/.exec(line)?.[1];
      return object === undefined ? [] : [{ index: first + offset, function: name, object }];
    });
  });
}

/**
 * Where the call is all there is under an `if`, that goes as well: it would take in what
 * follows. Throws where neither would leave the rest as it was.
 */
export function withoutLock(source: readonly string[], { index }: Lock): string[] {
  const above = source[index - 1] as string;
  if (/^\s*if \(.*\)$/.test(above)) return source.toSpliced(index - 1, 2);
  if (/^$|[;{}/]$/.test(above.trim())) return source.toSpliced(index, 1);
  throw new Error(`line ${index + 1} cannot go without "${above}"`);
}
