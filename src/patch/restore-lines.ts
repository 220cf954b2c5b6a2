/**
 * The texts of the lines that a recovered patch adds. Every line's best guess first, then ever
 * more lines with their second, third, … guess (limited discrepancy search), until the file's
 * author would recognise the result.
 */
import type { Alignment } from "./align-hunk.js";
import { guessLine, type Surroundings } from "./guess-line.js";

/** A hunk's alignment and the index of the base's line on which it begins. */
export interface PlacedHunk {
  readonly at: number;
  readonly alignment: Alignment;
}

/** Characters of text that all tries together may make: about a second. */
const TRIES = 150_000_000;
/** Lines that all tries together may guess. */
const STEPS = 300_000;
/** More guesses than this are not wrong together, or cannot be found. */
const MOST_DISCREPANCY = 8;
/** Longer patches get the best guesses only, very long ones no indentation at all. */
const SEARCHED_LINES = 1000;
const GUESSED_LINES = 4000;

/**
 * Knows the right file when it sees it. `kept[n]` is what stands above the n-th added line, the
 * last one what stands below them all; the test takes the added lines, without line ends.
 */
export type Recogniser = (kept: readonly string[]) => (added: readonly string[]) => boolean;

/** Texts per hunk, without line ends. `recognise` is null when nothing tells the right file. */
export function restoreLines(
  base: readonly string[],
  placed: readonly PlacedHunk[],
  recognise: Recogniser | null,
): string[][] {
  const side = afterSide(base, placed);
  const { added } = side;
  const guesses = rememberedGuesses(side);
  let chosen: string[] = [];
  for (const { text } of added) {
    chosen.push(added.length > GUESSED_LINES ? text.trim() : (guesses(chosen)[0] as string));
  }
  if (recognise !== null && added.length <= SEARCHED_LINES) {
    const isResult = recognise(side.kept);
    if (!isResult(chosen)) chosen = search(side, guesses, isResult) ?? chosen;
  }
  const texts: string[][] = placed.map(() => []);
  for (const [index, { hunk }] of added.entries()) texts[hunk]?.push(chosen[index] as string);
  return texts;
}

type Guesses = (chosen: readonly string[]) => readonly string[];

/** null when no combination within the budget gives the result. */
function search(
  side: AfterSide,
  guesses: Guesses,
  isResult: (added: readonly string[]) => boolean,
): string[] | null {
  const length = side.kept.reduce((sum, text) => sum + text.length, 0);
  let budget = Math.floor(TRIES / (length + 1000));
  let steps = STEPS;
  const chosen: string[] = [];
  const visit = (left: number): boolean => {
    if (chosen.length === side.added.length) return left === 0 && budget-- > 0 && isResult(chosen);
    const options = guesses(chosen);
    for (let index = 0; index <= Math.min(left, options.length - 1); index++) {
      if (budget <= 0 || steps-- <= 0) return false;
      chosen.push(options[index] as string);
      if (visit(left - index)) return true;
      chosen.pop();
    }
    return false;
  };
  for (
    let discrepancy = 1;
    discrepancy <= MOST_DISCREPANCY && budget > 0 && steps > 0;
    discrepancy++
  )
    if (visit(discrepancy)) return chosen;
  return null;
}

interface AddedLine {
  readonly hunk: number;
  readonly text: string;
}

/** The file after the patch: added lines, and between them what stays. */
interface AfterSide {
  /** `kept[n]` stands above `added[n]`; one more than there are added lines. */
  readonly kept: readonly string[];
  readonly added: readonly AddedLine[];
  readonly removed: readonly (readonly string[])[];
}

function afterSide(base: readonly string[], placed: readonly PlacedHunk[]): AfterSide {
  const kept: string[] = [];
  const added: AddedLine[] = [];
  const removed: string[][] = [];
  let part: string[] = [];
  let at = 0;
  for (const [hunk, { alignment, at: start }] of placed.entries()) {
    for (; at < start; at++) part.push(base[at] as string);
    const gone: string[] = [];
    for (const line of alignment.lines) {
      if (line.kind === "+") {
        added.push({ hunk, text: line.text });
        kept.push(part.join(""));
        part = [];
      } else if (line.kind === "-") gone.push((base[at++] as string).trimEnd());
      else part.push(base[at++] as string);
    }
    removed.push(gone);
  }
  for (; at < base.length; at++) part.push(base[at] as string);
  kept.push(part.join(""));
  return { kept, added, removed };
}

/** Guesses for the line after the chosen ones; equal surroundings are looked at once. */
function rememberedGuesses(side: AfterSide): Guesses {
  const known = new Map<string, readonly string[]>();
  return (chosen) => {
    const key = `${chosen.length}\n${chosen.slice(-12).join("\n")}`;
    let guesses = known.get(key);
    if (guesses === undefined) {
      const line = side.added[chosen.length] as AddedLine;
      guesses = guessLine(line.text, surroundings(side, chosen));
      if (side.added.length <= SEARCHED_LINES) known.set(key, guesses);
    }
    return guesses;
  };
}

/** How many lines guesses look up and down. */
const REACH = 80;
const REACH_DOWN = 8;
/** Characters of a line that guesses look at. */
const LONGEST = 500;

function surroundings(side: AfterSide, chosen: readonly string[]): Surroundings {
  const index = chosen.length;
  const above: string[] = [];
  for (let part = index; part >= 0 && above.length < REACH; part--) {
    above.push(...linesAtEnd(side.kept[part] as string, REACH).reverse());
    if (part > 0) above.push(chosen[part - 1] as string);
  }
  above.reverse();
  const below: string[] = [];
  for (let part = index + 1; part < side.kept.length && below.length === 0; part++) {
    below.push(...(side.kept[part] as string).slice(0, 4 * LONGEST).split("\n", REACH_DOWN));
  }
  const line = side.added[index] as AddedLine;
  return { above, below, removed: side.removed[line.hunk] ?? [] };
}

function linesAtEnd(text: string, count: number): string[] {
  const lines = text.slice(-count * 120).split("\n");
  lines.pop();
  return lines.slice(-count).map((line) => line.slice(0, LONGEST).trimEnd());
}
