/**
 * Names of a file header to paths of the tree. Whether the first part is a prefix (`a/`,
 * `linux-6.5.orig/`: `-p1`) or a folder (`mm/`: `-p0`) only the tree knows, so both readings
 * are kept where both are possible.
 */
import { checkPath } from "./check-path.js";
import type { FileHeader } from "./file-header.js";
import type { FilePatch, FilePaths, Patch } from "./patch.js";

/** All readings of the names, the likeliest first. Throws on a path outside the tree. */
export function readPaths(header: FileHeader, source: string, line: number): FilePaths[] {
  const { oldName, newName } = header;
  for (const name of [oldName, newName]) if (name !== null) checkPath(name, source, line);
  const readings = stripOrder(header).flatMap((strip) => {
    const oldPath = stripped(oldName, header.unprefixed ? 0 : strip);
    const newPath = stripped(newName, header.unprefixed ? 0 : strip);
    if (oldPath === "" || newPath === "") return [];
    const checked = (path: string | null) => (path === null ? null : checkPath(path, source, line));
    return samePath({ oldPath: checked(oldPath), newPath: checked(newPath), strip }, header);
  });
  return readings.length > 0 ? readings : [{ oldPath: oldName, newPath: newName, strip: 0 }];
}

/** The patch with the readings under which most of its files exist. */
export function choosePaths(patch: Patch, exists: (path: string) => boolean): Patch {
  if (patch.files.every((file) => file.otherPaths.length === 0)) return patch;
  const score = (strip: number) =>
    patch.files.filter((file) =>
      readings(file).some((paths) => paths.strip === strip && isThere(paths, exists)),
    ).length;
  const first = patch.files[0]?.strip ?? 1;
  const second = first === 1 ? 0 : 1;
  const strip = score(second) > score(first) ? second : first;
  return { ...patch, files: patch.files.map((file) => withReading(file, strip, exists)) };
}

function withReading(file: FilePatch, strip: number, exists: (path: string) => boolean): FilePatch {
  const all = readings(file);
  const fitting = all.filter((paths) => paths.strip === strip);
  const chosen = fitting.find((paths) => isThere(paths, exists)) ?? fitting[0] ?? all[0];
  return chosen === undefined ? file : { ...file, ...chosen, otherPaths: [] };
}

function readings(file: FilePatch): FilePaths[] {
  const { oldPath, newPath, strip } = file;
  return [{ oldPath, newPath, strip }, ...file.otherPaths];
}

function isThere(paths: FilePaths, exists: (path: string) => boolean): boolean {
  return paths.oldPath !== null && exists(paths.oldPath);
}

function stripOrder(header: FileHeader): (0 | 1)[] {
  const { oldName, newName } = header;
  if (header.unprefixed) return [1];
  const [before, after] = [firstPart(oldName ?? newName), firstPart(newName ?? oldName)];
  if (header.style === "git" && before === "a" && after === "b") return [1];
  if (header.style === "git" && oldName !== null && oldName === newName) return [0, 1];
  const looksPrefixed = /^[abciow]$/.test(before) && /^[abciow]$/.test(after);
  return before === after && !looksPrefixed && oldName !== null && newName !== null
    ? [0, 1]
    : [1, 0];
}

function firstPart(name: string | null): string {
  return (name ?? "").split("/", 1)[0] ?? "";
}

/** Without its first part when `strip` is 1; empty when nothing is left. */
function stripped(name: string | null, strip: number): string | null {
  if (name === null) return null;
  const plain = name.replace(/^(?:\.?\/)+/, "");
  if (strip === 0) return plain;
  const slash = plain.indexOf("/");
  return slash === -1 ? "" : plain.slice(slash + 1).replace(/^\/+/, "");
}

/**
 * A change in place has one path. Plain diffs and quilt write another before side (`mmap.c.orig`,
 * `vma.c~name`): the shorter of the two then, else both are tried, the new one first.
 */
function samePath(paths: FilePaths, header: FileHeader): FilePaths[] {
  const { oldPath, newPath, strip } = paths;
  if (header.kind === "rename" || header.kind === "copy") return [paths];
  if (oldPath === null || newPath === null || oldPath === newPath) return [paths];
  const one = (path: string): FilePaths => ({ oldPath: path, newPath: path, strip });
  if (oldPath.startsWith(newPath)) return [one(newPath)];
  if (newPath.startsWith(oldPath)) return [one(oldPath)];
  return [one(newPath), one(oldPath)];
}
