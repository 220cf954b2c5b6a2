/**
 * Where source files come from. The analysis asks nothing else of the world.
 */
export interface Tree {
  /** Text of a file, by its path relative to the top (`mm/vma.c`); null when there is none. */
  read(path: string): string | null;
  /**
   * Paths of the .c and .h files that contain one of the names as a whole word, sorted.
   * `within` limits the search to folders (`["mm"]`); all of the tree when absent.
   */
  find(names: readonly string[], within?: readonly string[]): readonly string[];
}
