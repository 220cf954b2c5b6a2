/**
 * A tree with some files replaced in memory: what a patch leaves. `null` is a file that is gone.
 * What was searched for is kept, for the same names are asked for again and again.
 */
import { wordSearch } from "./search-words.js";
import type { Tree } from "./tree.js";

export function overlay(tree: Tree, files: ReadonlyMap<string, string | null>): Tree {
  if (files.size === 0) return tree;
  const finds = new Map<string, readonly string[]>();
  const search = (names: readonly string[], within: readonly string[] | undefined) => {
    const matches = wordSearch(names);
    const found = tree.find(names, within).filter((path) => !files.has(path));
    for (const [path, text] of files) {
      if (text === null || !/\.[ch]$/.test(path) || !isWithin(path, within)) continue;
      if (matches(Buffer.from(text))) found.push(path);
    }
    return found.sort();
  };
  return {
    read(path) {
      const text = files.get(path);
      return text === undefined ? tree.read(path) : text;
    },
    find(names, within) {
      const key = JSON.stringify([names, within]);
      const found = finds.get(key) ?? search(names, within);
      finds.set(key, found);
      return found;
    },
  };
}

function isWithin(path: string, within: readonly string[] | undefined): boolean {
  if (within === undefined) return true;
  return within.some(
    (folder) => folder === "" || path.startsWith(`${folder.replace(/\/+$/, "")}/`),
  );
}
