/**
 * Source lines for the reporters, from the two trees of each patch. Reads nothing else. Findings
 * stand in file order, mostly: the file asked for last is kept, its lines are found once.
 */
import type { PreparedPatch } from "../base/prepare-patch.js";
import type { Tree } from "../base/tree.js";
import type { Excerpts } from "../findings/review.js";
import { SourceFile } from "../text/source-file.js";

/** `prepared` holds the run's patches, null for one that does not apply; `tree` is for whole files. */
export function excerptsOf(
  prepared: readonly (PreparedPatch | null)[],
  tree: Tree | null,
): Excerpts {
  const changed = (patch: number) => prepared[patch - 1]?.files ?? [];
  const now = lastFile();
  const then = lastFile();
  return {
    line(patch, side, path, line) {
      const source = prepared[patch - 1]?.[side] ?? tree;
      const text = source?.read(path) ?? null;
      return text === null ? "" : now(path, text).line(line);
    },
    removedAbove(patch, path, line) {
      const file = changed(patch).find(({ newPath }) => newPath === path);
      if (file === undefined || file.before === null) return [];
      const before = then(file.oldPath ?? path, file.before);
      return file.lineMap.removedAbove(line).map((number) => before.line(number));
    },
    removedBy(patch, path, hunk) {
      const file = changed(patch).find(({ oldPath }) => oldPath === path);
      const placed = file?.hunks.find(({ number }) => number === hunk);
      if (file === undefined || file.before === null || placed === undefined) return null;
      const before = then(path, file.before);
      const { beforeStart, beforeCount } = placed;
      return file.lineMap.edits.flatMap(({ oldStart, oldCount, newStart, newCount }) =>
        Array.from({ length: oldCount }, (_, index) => oldStart + index)
          .filter((line) => line >= beforeStart && line < beforeStart + beforeCount)
          .map((line) => ({ above: newStart + newCount, text: before.line(line) })),
      );
    },
  };
}

function lastFile(): (path: string, text: string) => SourceFile {
  let last: SourceFile | null = null;
  return (path, text) => {
    if (last?.path !== path || last.text !== text) last = new SourceFile(path, text);
    return last;
  };
}
