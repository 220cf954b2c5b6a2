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

/**
 * Throws InputError when the text is no patch or its files are not there; hunks that do not fit
 * are errors of the result. A text whose white space was lost on the way is recovered: if it
 * comes out of a quote always, else only where the ids prove the result.
 */
export function preparePatch(text: PatchText, options: PrepareOptions): PreparedPatch {
  const asWritten = orError(() => prepare(text, parsePatch(text), options));
  if (isWhole(asWritten)) return text.quoted ? withNote(asWritten, FROM_QUOTE) : asWritten;
  const recovered = orError(() => recover(text, options));
  if (recovered !== null && isBetter(recovered, asWritten)) return orThrow(recovered);
  return orThrow(asWritten);
}

const FROM_QUOTE = "taken from a quoted reply";

type Attempt = PreparedPatch | InputError;

function orError<T>(step: () => T): T | InputError {
  try {
    return step();
  } catch (error) {
    if (error instanceof InputError) return error;
    throw error;
  }
}

function orThrow(attempt: Attempt): PreparedPatch {
  if (attempt instanceof InputError) throw attempt;
  return attempt;
}

function isWhole(attempt: Attempt): attempt is PreparedPatch {
  return !(attempt instanceof InputError) && attempt.errors.length === 0;
}

/** Of two that are not whole, the one with more of the patch; what is recovered at a tie. */
function isBetter(recovered: Attempt, asWritten: Attempt): boolean {
  if (recovered instanceof InputError) return asWritten instanceof InputError;
  return asWritten instanceof InputError || recovered.lost.length <= asWritten.lost.length;
}

function prepare(text: PatchText, parsed: Patch, options: PrepareOptions): PreparedPatch {
  const patch = withPaths(parsed, options);
  const resolved = findBase(patch.files, text, options);
  const applied = applyPatch(resolved.tree, patch, { fuzz: options.fuzz ?? 0 });
  return finish(text, resolved, applied);
}

/** Null where recovering proves nothing. */
function recover(text: PatchText, options: PrepareOptions): PreparedPatch | null {
  const recovered = text.quoted ? prepareLoose(text, options, true) : tryUnasked(text, options);
  if (recovered === null) return null;
  const proven = isProven(recovered);
  const from = text.quoted ? "a quoted reply" : "a mail that lost its white space";
  const note = proven
    ? `recovered from ${from}; the result has the id of the index line, so it is exact`
    : `recovered from ${from}; white space of added lines is guessed`;
  return withNote(recovered, note);
}

/**
 * Nobody asked for it, so only where ids can prove it, or where all tabs were lost and every line
 * agrees but for its white space; and where it costs little.
 */
function tryUnasked(text: PatchText, options: PrepareOptions): PreparedPatch | null {
  if (text.lines.length > MOST_LINES) return null;
  if (text.lines.some((line) => line.startsWith("index "))) {
    const recovered = orError(() => prepareLoose(text, options, true));
    if (!(recovered instanceof InputError) && isProven(recovered)) return recovered;
  }
  if (hasTabs(text) || orError(() => parsePatch(text)) instanceof InputError) return null;
  const recovered = orError(() => prepareLoose(text, options, false));
  return isWhole(recovered) && metTabs(recovered) ? recovered : null;
}

function hasTabs({ lines }: PatchText): boolean {
  return lines.some((line) => /^[-+ ].*\t/.test(line));
}

/** Where the patch has none, its files have tabs. */
function metTabs({ patch }: PreparedPatch): boolean {
  return patch.files.some(({ hunks }) =>
    hunks.some(({ lines }) => lines.some(({ kind, text }) => kind !== "+" && text.includes("\t"))),
  );
}

/** A page of an archive is shorter. */
const MOST_LINES = 10_000;

/** The base is found by the ids, and the patch by the base. `lenient`: context may differ, as in quotes. */
function prepareLoose(text: PatchText, options: PrepareOptions, lenient: boolean): PreparedPatch {
  const parsed = parseLoosePatch(text);
  const named = withPaths({ ...parsed, files: parsed.files.map((one) => one.file) }, options);
  const loose = {
    ...parsed,
    files: parsed.files.map((one, index) => ({ ...one, file: named.files[index] as FilePatch })),
  };
  const resolved = findBase(named.files, text, options);
  const asked = options.fuzz ?? 0;
  const fuzz = lenient ? Math.max(asked, QUOTE_FUZZ) : asked;
  const patch = recoverPatch(resolved.tree, loose, { fuzz, lenient });
  return finish(text, resolved, applyPatch(resolved.tree, patch));
}

/** Outer context lines that may differ in a quote; a reviewer's mailer mangles more than this. */
const QUOTE_FUZZ = 1;

function isProven(prepared: PreparedPatch): boolean {
  return prepared.files.length > 0 && prepared.files.every((file) => file.exact);
}

function withNote(prepared: PreparedPatch, note: string): PreparedPatch {
  return { ...prepared, notes: [...prepared.notes, note] };
}

function withPaths(patch: Patch, { places, previous }: PrepareOptions): Patch {
  const exists = (path: string) =>
    places.tree.read(path) !== null || (previous?.after.read(path) ?? null) !== null;
  return choosePaths(patch, exists);
}

/**
 * The tree that the predecessor left, unless ids or commits say that this patch was made for
 * another one, which is at hand: then it is no successor.
 */
function findBase(
  files: readonly FilePatch[],
  text: PatchText,
  options: PrepareOptions,
): ResolvedBase {
  const { places, previous } = options;
  if (previous === undefined || previous === null) return resolveBase(files, text, places);
  const onPrevious = { ...previous.resolved, tree: previous.after, notes: [] };
  if (holdsAll(previous.after, files) && !hasOtherParent(text, previous, places)) return onPrevious;
  const own = resolveBase(files, text, { ...places, base: null });
  return own.how === "blob" || own.how === "commit" ? own : onPrevious;
}

/** Both are commits of the repository, but this one does not follow that one: a merge was left out. */
function hasOtherParent(text: PatchText, previous: PreparedPatch, { repository }: Places): boolean {
  if (text.commit === null || previous.text.commit === null || repository === null) return false;
  const parent = repository.commit(`${text.commit}^`);
  return parent !== null && parent !== repository.commit(previous.text.commit);
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
