/** What a series changes from its first tree to its last, as if it were one patch. */
import type { LineMap } from "../patch/line-map.js";
import type { AppliedPatch, ChangedFile, LostHunk } from "./apply-patch.js";
import type { Tree } from "./tree.js";

/** A file on both sides; `hunks` is empty where no patch alone made the change. */
export interface NetFile extends Pick<ChangedFile, "oldPath" | "newPath" | "hunks"> {
  readonly lineMap: Pick<LineMap, "toAfter">;
}

export interface Change {
  readonly before: Tree;
  readonly after: Tree;
  readonly files: readonly NetFile[];
  readonly lost: readonly LostHunk[];
}

/** `series`: each stands on what the one before it left; at least one. */
export function netChange(series: readonly AppliedPatch[]): Change {
  const files = new Map<string | null, NetFile>();
  for (const { oldPath, newPath, lineMap, file } of series.flatMap((one) => one.files)) {
    const known = oldPath === null ? undefined : files.get(oldPath);
    const through = (line: number) => {
      const there = known === undefined ? line : known.lineMap.toAfter(line);
      return there === null ? null : lineMap.toAfter(there);
    };
    if (file.kind !== "copy") files.delete(oldPath);
    files.set(newPath ?? oldPath, {
      oldPath: known === undefined ? oldPath : known.oldPath,
      newPath,
      lineMap: { toAfter: through },
      hunks: [],
    });
  }
  return {
    before: (series[0] as AppliedPatch).before,
    after: (series.at(-1) as AppliedPatch).after,
    files: [...files.values()].filter((one) => one.oldPath !== null || one.newPath !== null),
    lost: series.flatMap((one) => one.lost),
  };
}
