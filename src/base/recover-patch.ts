/** A quoted patch that lost its white space, put right from the files of its base. */
import { InputError } from "../findings/input-error.js";
import type { LoosePatch } from "../patch/loose-patch.js";
import type { FilePatch, Patch } from "../patch/patch.js";
import { type RecoverOptions, recoverFile } from "../patch/recover-file.js";
import { blobRecogniser } from "./blob-id.js";
import type { Tree } from "./tree.js";

/** Files that the tree lacks are left out and noted. Throws InputError when there is none of them. */
export function recoverPatch(
  tree: Tree,
  loose: LoosePatch,
  options: Omit<RecoverOptions, "recognise">,
): Patch {
  const files: FilePatch[] = [];
  const notes = [...loose.notes];
  for (const one of loose.files) {
    const before = one.file.kind === "new" ? "" : tree.read(one.file.oldPath ?? "");
    if (before === null) {
      notes.push(`${one.file.oldPath} is not in the tree, skipped`);
      continue;
    }
    const { newId } = one.file;
    const recognise = newId === null ? null : blobRecogniser(newId);
    const recovered = recoverFile(before, one, { ...options, recognise });
    files.push(recovered.file);
    notes.push(...recovered.notes);
  }
  const first = loose.files[0]?.file;
  if (files.length === 0 && first !== undefined) {
    throw new InputError(
      first.source,
      first.inputLine,
      `${first.oldPath} is not in the tree, so the quoted patch cannot be recovered`,
    );
  }
  return { source: loose.source, files, notes };
}
