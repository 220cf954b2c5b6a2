/** Where the hunks of a file's patch go, with `fuzz` outer context lines given up, as in `patch -F`. */
import { InputError } from "../findings/input-error.js";
import { describeMismatch } from "./describe-mismatch.js";
import { findHunk, type HunkSearch, type Wanted } from "./find-hunk.js";
import { Image, type ImageLine } from "./image.js";
import { type Ending, withEnding } from "./line-ending.js";
import type { FilePatch, Hunk, HunkLine } from "./patch.js";

/** Lines of the file before by index, `offset` from where the header says. */
export interface PlacedHunk {
  /** From 1, as in the patch. */
  readonly number: number;
  readonly at: number;
  readonly oldCount: number;
  readonly offset: number;
  /** Outer context lines given up. */
  readonly fuzz: number;
}

export interface Placement {
  /** The file with the placed hunks in it. */
  readonly image: readonly ImageLine[];
  /** In the order of the file. */
  readonly placed: readonly PlacedHunk[];
  readonly missing: readonly UnplacedHunk[];
  /** One for each missing hunk; of hunks for which no time was left, for the first. */
  readonly errors: readonly InputError[];
}

/** A hunk that stands nowhere in its file. */
export interface UnplacedHunk {
  /** From 1, as in the patch. */
  readonly number: number;
  readonly hunk: Hunk;
}

/** Comparisons of lines for one file: a second or two at worst. */
const WORK = 30_000_000;

/**
 * As git does it; where that fails, hunks that were all made without context are taken at their
 * word, as by `git apply --unidiff-zero`.
 */
export function placeHunks(
  lines: readonly string[],
  file: FilePatch,
  options: { readonly ending: Ending; readonly fuzz: number },
): Placement {
  const asGit = placeAll(lines, { ...options, file, zeroContext: false });
  if (asGit.errors.length === 0 || !wasMadeWithoutContext(file.hunks)) return asGit;
  const atTheirWord = placeAll(lines, { ...options, file, zeroContext: true });
  return atTheirWord.errors.length > asGit.errors.length ? asGit : atTheirWord;
}

/** One hunk that starts at line 1 is read as the whole file, although `diff -U0` can write that, too. */
function wasMadeWithoutContext(hunks: readonly Hunk[]): boolean {
  const [first] = hunks;
  if (first === undefined || (hunks.length === 1 && first.oldStart <= 1 && first.newStart <= 1))
    return false;
  return hunks.every((hunk) => hunk.lines.every((line) => line.kind !== " "));
}

interface Placing {
  readonly file: FilePatch;
  /** `diff -U0`: no anchors at the file's ends. */
  readonly zeroContext: boolean;
  readonly ending: Ending;
  readonly fuzz: number;
}

function placeAll(lines: readonly string[], placing: Placing): Placement {
  const image = new Image(lines);
  const search = { image, work: WORK };
  const placed: PlacedHunk[] = [];
  const missing: UnplacedHunk[] = [];
  const errors: InputError[] = [];
  for (const [index, hunk] of placing.file.hunks.entries()) {
    const number = index + 1;
    const isFirstTooMany = search.work > 0;
    const found = find(search, hunk, placing);
    if (typeof found === "string") {
      missing.push({ number, hunk });
      // Of those for which no time is left, one tells.
      if (search.work > 0 || isFirstTooMany)
        errors.push(trouble(lines, hunk, number, placing, found));
    } else placed.push(put(search, lines.length, number, found, placing.ending));
  }
  placed.sort((left, right) => left.at - right.at || left.number - right.number);
  return { image: image.lines(), placed, missing, errors };
}

/** Where a hunk's lines (those not given up) stand in the image. */
interface Found {
  readonly at: number;
  readonly offset: number;
  readonly fuzz: number;
  readonly lines: readonly HunkLine[];
}

function find(
  search: HunkSearch,
  hunk: Hunk,
  placing: Placing,
): Found | "nowhere" | "takes too long" {
  if (hunk.misfit !== undefined) return "nowhere";
  const context = contextOf(hunk);
  const most = Math.max(context.leading, context.trailing);
  for (let fuzz = 0; fuzz <= Math.min(placing.fuzz, most); fuzz++) {
    const head = Math.max(0, fuzz + context.leading - most);
    const tail = Math.max(0, fuzz + context.trailing - most);
    const lines = fuzz === 0 ? hunk.lines : hunk.lines.slice(head, hunk.lines.length - tail);
    const anchored = fuzz === 0 && !placing.zeroContext;
    const expected = expectedAt(hunk, placing) + head;
    const wanted = { ...wantedLines(hunk, lines, { ...placing, anchored }), expected };
    try {
      const at = findHunk(search, wanted);
      if (at !== null) return { at, offset: at - expected, fuzz, lines };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      return "takes too long";
    }
  }
  return "nowhere";
}

/** By the new lines' number, as the hunks before it are in place; so does git. */
function expectedAt({ newStart, newCount }: Hunk, { zeroContext }: Placing): number {
  if (zeroContext && newCount === 0) return newStart;
  return Math.max(0, newStart - 1);
}

function put(
  search: HunkSearch,
  length: number,
  number: number,
  { at, offset, fuzz, lines }: Found,
  ending: Ending,
): PlacedHunk {
  const oldCount = lines.filter(({ kind }) => kind !== "+").length;
  const { image } = search;
  let next = at;
  while (image.at(next)?.from === -1) next++;
  const below = image.at(next)?.from ?? length;
  next = at;
  const after: ImageLine[] = [];
  for (const line of lines) {
    if (line.kind === "-") next++;
    else {
      const from = line.kind === " " ? (image.at(next++) as ImageLine).from : -1;
      after.push({ text: withEnding(line, ending), from, hunk: number });
    }
  }
  search.work -= image.replace(at, oldCount, after);
  return { number, at: below, oldCount, offset, fuzz };
}

/** Context lines above and below what changes. */
function contextOf({ lines }: Hunk): { leading: number; trailing: number } {
  const first = lines.findIndex((line) => line.kind !== " ");
  if (first === -1) return { leading: lines.length, trailing: 0 };
  return {
    leading: first,
    trailing: lines.length - 1 - lines.findLastIndex((line) => line.kind !== " "),
  };
}

/** `expected` by the old lines' number, in the file before. */
function wantedLines(
  hunk: Hunk,
  lines: readonly HunkLine[],
  { ending, anchored }: { readonly ending: Ending; readonly anchored: boolean },
): Wanted {
  const old = lines.filter((line) => line.kind !== "+");
  return {
    lines: old.map((line) => withEnding(line, ending)),
    expected: hunk.oldCount === 0 ? hunk.oldStart : hunk.oldStart - 1,
    atStart: hunk.oldStart === 0 || (hunk.oldStart === 1 && anchored),
    atEnd: anchored && contextOf(hunk).trailing === 0,
  };
}

function trouble(
  before: readonly string[],
  hunk: Hunk,
  number: number,
  placing: Placing,
  found: "nowhere" | "takes too long",
): InputError {
  const { file, zeroContext, ending } = placing;
  const title = `hunk ${number} of ${file.newPath ?? file.oldPath}`;
  const error = (text: string) => new InputError(file.source, hunk.inputLine, `${title}${text}`);
  if (hunk.misfit !== undefined) return error(hunk.misfit);
  if (found === "takes too long") return error(": looking for its lines takes too long");
  const wanted = wantedLines(hunk, hunk.lines, { ending, anchored: !zeroContext });
  const kept = hunk.lines.filter((line) => line.kind !== "-");
  const after = kept.map((line) => withEnding(line, ending));
  return error(` does not apply: ${describeMismatch(before, wanted, after)}`);
}
