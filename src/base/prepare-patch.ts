/**
 * From a patch's text to the two trees that the analysis compares: read, base found, applied.
 * In a series each patch stands on the one before it.
 */
import { InputError } from "../findings/input-error.js";
import type { BaseUsed } from "../findings/review.js";
import type { PatchText } from "../mail/patch-text.js";
import { parseLoosePatch } from "../patch/parse-loose-patch.js";
import { parsePatch } from "../patch/parse-patch.js";
import type { FilePatch, Patch } from "../patch/patch.js";
import { choosePaths } from "../patch/read-paths.js";
import { type AppliedPatch, applyPatch } from "./apply-patch.js";
import { recoverPatch } from "./recover-patch.js";
import { holdsAll, type Places, type ResolvedBase, resolveBase } from "./resolve-base.js";

export interface PreparedPatch extends AppliedPatch {
  readonly text: PatchText;
  readonly base: BaseUsed;
  /** The base as found, for the patches that follow. */
  readonly resolved: ResolvedBase;
}

export interface PrepareOptions {
  readonly places: Places;
  /** The patch before this one in the series. */
  readonly previous?: PreparedPatch | null;
  readonly fuzz?: number;
}

/** Throws InputError when the text is no patch or does not apply. */
export function preparePatch(text: PatchText, options: PrepareOptions): PreparedPatch {
  if (!text.quoted) return prepare(text, parsePatch(text), options);
  try {
    const prepared = prepare(text, parsePatch(text), options);
    return { ...prepared, notes: [...prepared.notes, "taken from a quoted reply"] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return prepareQuote(text, options);
  }
}

function prepare(text: PatchText, parsed: Patch, options: PrepareOptions): PreparedPatch {
  const patch = withPaths(parsed, options);
  const resolved = findBase(patch.files, text, options);
  const applied = applyPatch(resolved.tree, patch, { fuzz: options.fuzz ?? 0 });
  return finish(text, resolved, applied);
}

/** White space was lost: the base is found by the ids, and the patch by the base. */
function prepareQuote(text: PatchText, options: PrepareOptions): PreparedPatch {
  const parsed = parseLoosePatch(text);
  const named = withPaths({ ...parsed, files: parsed.files.map((one) => one.file) }, options);
  const loose = {
    ...parsed,
    files: parsed.files.map((one, index) => ({ ...one, file: named.files[index] as FilePatch })),
  };
  const resolved = findBase(named.files, text, options);
  const patch = recoverPatch(resolved.tree, loose, options.fuzz);
  const prepared = finish(text, resolved, applyPatch(resolved.tree, patch));
  return { ...prepared, notes: [...prepared.notes, quoteNote(prepared)] };
}

function quoteNote(prepared: PreparedPatch): string {
  const proven = prepared.files.length > 0 && prepared.files.every((file) => file.exact);
  return proven
    ? "recovered from a quoted reply; the result has the id of the index line, so it is exact"
    : "recovered from a quoted reply; white space of added lines is guessed";
}

function withPaths(patch: Patch, { places, previous }: PrepareOptions): Patch {
  const exists = (path: string) =>
    places.tree.read(path) !== null || (previous?.after.read(path) ?? null) !== null;
  return choosePaths(patch, exists);
}

/**
 * The tree that the predecessor left, unless the ids say that this patch was made for another
 * one, which is at hand: then it is no successor.
 */
function findBase(
  files: readonly FilePatch[],
  text: PatchText,
  options: PrepareOptions,
): ResolvedBase {
  const { places, previous } = options;
  if (previous === undefined || previous === null) return resolveBase(files, text, places);
  const onPrevious = { ...previous.resolved, tree: previous.after, notes: [] };
  if (holdsAll(previous.after, files)) return onPrevious;
  const own = resolveBase(files, text, { ...places, base: null });
  return own.how === "blob" ? own : onPrevious;
}

function finish(text: PatchText, resolved: ResolvedBase, applied: AppliedPatch): PreparedPatch {
  const files = applied.files.map((file) => ({
    path: file.newPath ?? file.oldPath ?? "",
    id: file.baseId,
    exact: file.exact && resolved.whole,
  }));
  const base: BaseUsed = { how: resolved.how, commit: resolved.commit, files };
  return {
    ...applied,
    text,
    base,
    resolved,
    notes: [...text.notes, ...resolved.notes, ...applied.notes],
  };
}
