/**
 * A patch applied to a tree, in memory: the tree before, the tree after, and per file what the
 * comparison of the two needs. Ids of the `index` lines prove that base and result are the ones
 * the author had.
 */
import { InputError } from "../findings/input-error.js";
import { type AppliedFile, type ApplyOptions, applyFile } from "../patch/apply-file.js";
import type { FilePatch, Patch } from "../patch/patch.js";
import { choosePaths } from "../patch/read-paths.js";
import { blobId, hasBlobId } from "./blob-id.js";
import { overlay } from "./overlay.js";
import type { Tree } from "./tree.js";

export interface ChangedFile extends AppliedFile {
  readonly file: FilePatch;
  /** null when the patch adds the file. */
  readonly oldPath: string | null;
  /** null when the patch deletes it. */
  readonly newPath: string | null;
  readonly before: string | null;
  /** Blob id of `before`, 12 hex digits. */
  readonly baseId: string | null;
  /** Base and result have the ids of the patch's `index` line. */
  readonly exact: boolean;
}

export interface AppliedPatch {
  readonly patch: Patch;
  readonly before: Tree;
  readonly after: Tree;
  /** Files whose text was changed, in the patch's order. */
  readonly files: readonly ChangedFile[];
  /** Remarks of the patch and of applying it. */
  readonly notes: readonly string[];
}

/**
 * Throws InputError when a hunk does not apply, or when the tree has none of the files. A tree
 * that lacks some of them is partial: those are skipped and noted.
 */
export function applyPatch(tree: Tree, parsed: Patch, options: ApplyOptions = {}): AppliedPatch {
  const patch = choosePaths(parsed, (path) => tree.read(path) !== null);
  const texts = new Map<string, string | null>();
  const files: ChangedFile[] = [];
  const missing: FilePatch[] = [];
  let current = tree;
  for (const file of patch.files) {
    if (file.kind === "binary" || file.kind === "mode") continue;
    const before = readBefore(tree, current, file);
    if (before === null && file.kind !== "new") {
      missing.push(file);
      continue;
    }
    const applied = applyFile(before, file, options);
    files.push(changedFile(file, before, applied));
    if (leavesGap(file) && (texts.get(file.oldPath ?? "") ?? null) === null)
      texts.set(file.oldPath ?? "", null);
    if (file.newPath !== null) texts.set(file.newPath, applied.after);
    current = overlay(tree, texts);
  }
  refuseNone(files, missing);
  const skipped = missing.map((file) => `${file.oldPath} is not in the tree, skipped`);
  const notes = [...patch.notes, ...skipped, ...files.flatMap((file) => file.notes)];
  return { patch, before: tree, after: current, files, notes };
}

/** Renames and copies speak of the tree before the patch (two files may swap names), others go on. */
function readBefore(tree: Tree, current: Tree, file: FilePatch): string | null {
  if (file.kind === "new") return current.read(file.newPath ?? "");
  const path = file.oldPath ?? "";
  const moves = file.kind === "rename" || file.kind === "copy";
  return (moves ? tree.read(path) : null) ?? current.read(path);
}

function leavesGap(file: FilePatch): boolean {
  return file.kind === "rename" || file.kind === "delete";
}

function refuseNone(files: readonly ChangedFile[], missing: readonly FilePatch[]): void {
  const first = missing[0];
  if (files.length > 0 || first === undefined) return;
  const count = missing.length - 1;
  const others =
    ["", " (nor is the patch's other file)"][count] ??
    ` (nor are the patch's other ${count} files)`;
  throw new InputError(
    first.source,
    first.inputLine,
    `${first.oldPath} is not in the tree${others}`,
  );
}

function changedFile(file: FilePatch, before: string | null, applied: AppliedFile): ChangedFile {
  const oldPath = file.kind === "new" ? null : file.oldPath;
  const newPath = file.kind === "delete" ? null : file.newPath;
  const exact = agrees(before, file.oldId) && agrees(applied.after, file.newId);
  const baseId = before === null || file.kind === "new" ? null : blobId(before).slice(0, 12);
  return {
    ...applied,
    file,
    oldPath,
    newPath,
    before: file.kind === "new" ? null : before,
    baseId,
    exact,
  };
}

/** A file that is absent has no id, and one that is there must have this one. */
function agrees(text: string | null, id: string | null): boolean {
  return text === null || id === null ? text === null && id === null : hasBlobId(text, id);
}
