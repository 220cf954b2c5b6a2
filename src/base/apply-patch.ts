/**
 * A patch applied to a tree, in memory: the tree before, the tree after, and per file what the
 * comparison of the two needs. Ids of the `index` lines prove that base and result are the ones
 * the author had.
 */
import { InputError } from "../findings/input-error.js";
import { type AppliedFile, type ApplyOptions, applyFile, leaveOut } from "../patch/apply-file.js";
import type { FilePatch, Patch } from "../patch/patch.js";
import type { UnplacedHunk } from "../patch/place-hunks.js";
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

/** A hunk that was left out, and the file it is for, as the tree after the patch names it. */
export interface LostHunk extends UnplacedHunk {
  readonly path: string;
  /** Lines of that file: the last of the hunk before it and the first of the one after. */
  readonly between: { readonly above: number; readonly below: number };
}

export interface AppliedPatch {
  readonly patch: Patch;
  readonly before: Tree;
  readonly after: Tree;
  /** Files whose text was changed, in the patch's order. */
  readonly files: readonly ChangedFile[];
  /** Remarks of the patch and of applying it. */
  readonly notes: readonly string[];
  /** Hunks that do not fit: `after` is without them. */
  readonly lost: readonly LostHunk[];
  /** Why, by hunk or by file; one alone where nothing of the patch fits. */
  readonly errors: readonly InputError[];
  /** Something of it fits, or there was nothing to fit. */
  readonly fits: boolean;
}

/** As `applyPatch`, all or nothing: throws InputError also when a hunk does not apply. */
export function applyWhole(tree: Tree, patch: Patch, options: ApplyOptions = {}): AppliedPatch {
  const applied = applyPatch(tree, patch, options);
  const [error] = applied.errors;
  if (error !== undefined) throw error;
  return applied;
}

/**
 * Throws InputError when the tree has none of the files. A tree that lacks some of them is
 * partial: those are skipped and noted. Hunks that do not fit are left out and told.
 */
export function applyPatch(tree: Tree, parsed: Patch, options: ApplyOptions = {}): AppliedPatch {
  const patch = choosePaths(parsed, (path) => tree.read(path) !== null);
  const texts = new Map<string, string | null>();
  const files: ChangedFile[] = [];
  const missing: FilePatch[] = [];
  const vacated = new Set(patch.files.flatMap((file) => (isVacated(file) ? [file.oldPath] : [])));
  let current = tree;
  for (const file of patch.files) {
    if (file.kind === "binary" || file.kind === "mode") continue;
    const before = readBefore(tree, current, file);
    if (before === null && file.kind !== "new") {
      missing.push(file);
      continue;
    }
    const applied = isTaken(file, tree, vacated)
      ? leaveOut(before, file, `the patch makes ${file.newPath}, which exists already`)
      : applyFile(before, file, options);
    const changed = changedFile(file, before, applied);
    files.push(changed);
    const { oldPath, newPath, after } = changed;
    if (oldPath !== null && oldPath !== newPath && file.kind !== "copy")
      texts.set(oldPath, texts.get(oldPath) ?? null);
    if (newPath !== null) texts.set(newPath, after);
    current = overlay(tree, texts);
  }
  refuseNone(files, missing);
  const skipped = missing.map((file) => `${file.oldPath} is not in the tree, skipped`);
  const notes = [...patch.notes, ...skipped, ...files.flatMap((file) => file.notes)];
  const lost = files.flatMap(lostHunks);
  const fits = files.length === 0 || files.some(isChanged);
  const errors = files.flatMap((file) => file.errors);
  return {
    patch,
    before: tree,
    after: current,
    files,
    notes,
    lost,
    errors: fits ? errors : inOne(errors),
    fits,
  };
}

function lostHunks({ missing, hunks, newPath }: ChangedFile): LostHunk[] {
  if (missing.length === 0) return [];
  const inOrder = [...hunks].sort((one, other) => one.number - other.number);
  let next = 0;
  return missing.map((hunk) => {
    while ((inOrder[next]?.number ?? Number.POSITIVE_INFINITY) < hunk.number) next++;
    const [before, after] = [inOrder[next - 1], inOrder[next]];
    const between = {
      above: before === undefined ? 0 : before.afterStart + before.afterCount - 1,
      below: after?.afterStart ?? Number.POSITIVE_INFINITY,
    };
    return { ...hunk, path: newPath ?? "", between };
  });
}

/** Whether anything of the file's patch was applied. */
function isChanged({ isLeftOut, errors, hunks, file }: ChangedFile): boolean {
  if (isLeftOut) return false;
  return errors.length === 0 || hunks.length > 0 || file.kind === "rename" || file.kind === "copy";
}

/** A patch of another source is told in one line, not in hundreds. */
function inOne([first, ...others]: readonly InputError[]): InputError[] {
  if (first === undefined) return [];
  if (others.length === 0) return [first];
  const { file, line, message } = first;
  return [new InputError(file, line, `${message} (nor does the rest of the patch)`)];
}

function isVacated({ kind }: FilePatch): boolean {
  return kind === "rename" || kind === "delete";
}

/** Whether a file is moved to where another one is that the patch leaves there. */
function isTaken(file: FilePatch, tree: Tree, vacated: ReadonlySet<string | null>): boolean {
  const { kind, newPath } = file;
  if ((kind !== "rename" && kind !== "copy") || newPath === null) return false;
  return !vacated.has(newPath) && tree.read(newPath) !== null;
}

/** Renames and copies speak of the tree before the patch (two files may swap names), others go on. */
function readBefore(tree: Tree, current: Tree, file: FilePatch): string | null {
  if (file.kind === "new") return current.read(file.newPath ?? "");
  const path = file.oldPath ?? "";
  const moves = file.kind === "rename" || file.kind === "copy";
  return (moves ? tree.read(path) : null) ?? current.read(path);
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
  const isNew = file.kind === "new" && !applied.isLeftOut;
  const path = file.kind === "new" ? file.newPath : file.oldPath;
  const oldPath = isNew ? null : path;
  const newPath = applied.isLeftOut ? path : file.kind === "delete" ? null : file.newPath;
  const exact = agrees(before, file.oldId) && agrees(applied.after, file.newId);
  const baseId = before === null || isNew ? null : blobId(before).slice(0, 12);
  return {
    ...applied,
    file,
    oldPath,
    newPath,
    before: isNew ? null : before,
    baseId,
    exact,
  };
}

/** A file that is absent has no id, and one that is there must have this one. */
function agrees(text: string | null, id: string | null): boolean {
  return text === null || id === null ? text === null && id === null : hasBlobId(text, id);
}

const ANYWHERE = { above: 0, below: Number.POSITIVE_INFINITY };

/** After another patch: files may have other names, and lines are elsewhere. */
export function movedBy({ files }: AppliedPatch, lost: readonly LostHunk[]): readonly LostHunk[] {
  return lost.map((hunk) => {
    const moved = files.find(
      ({ file, oldPath }) => file.kind === "rename" && oldPath === hunk.path,
    );
    return { ...hunk, path: moved?.newPath ?? hunk.path, between: ANYWHERE };
  });
}
