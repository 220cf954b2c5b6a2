/**
 * An added line as it was before a mailer collapsed its white space: guesses in the order of
 * likelihood. The blob id of the result decides between them, where there is one. Not guessed:
 * blanks at the end of a line, the backslashes of macros, tables inside comments.
 */
import { looseKey } from "./align-hunk.js";
import { guessIndentation } from "./guess-indentation.js";
import { tabsTo, width } from "./visual-column.js";

export interface Surroundings {
  /** Lines of the file, the nearest one last. */
  readonly above: readonly string[];
  /** The nearest one first. */
  readonly below: readonly string[];
  /** Lines that the same hunk removes. */
  readonly removed: readonly string[];
}

/** More guesses per line cost time and hardly ever bring anything. */
const MOST = 8;
/** Longer lines are tables of numbers. */
const LONGEST = 500;

/** The first guess is the best; no duplicates. */
export function guessLine(text: string, around: Surroundings): string[] {
  const bare = text.trim();
  if (bare === "") return [""];
  if (bare.length > LONGEST) return [bare];
  const key = looseKey(bare);
  const twins = around.removed.filter((line) => looseKey(line) === key);
  const indents = guessIndentation(bare, around.above, around.below);
  const [first = ""] = indents;
  const near = [...around.above.slice(-4), ...around.below.slice(0, 4)].filter(
    (line) => line.trim() !== "",
  );
  const reIndented = twins.map((line) => first + line.trim());
  const aligned = realigned(first, bare, near);
  const plain = indents.map((indent) => indent + bare);
  const ordered = [
    ...reIndented,
    ...twins,
    ...aligned.likely,
    ...plain.slice(0, 3),
    ...beforeComment(first, bare),
    ...inComment(first, bare, around.above),
    ...aligned.possible,
    ...plain.slice(3),
  ];
  return [...new Set(ordered)].slice(0, MOST);
}

/** A comment behind code, one tab away. */
function beforeComment(indent: string, bare: string): string[] {
  const tabbed = bare.replace(/(\S) (?=\/\*.*\*\/$)/, "$1\t");
  return tabbed === bare ? [] : [indent + tabbed];
}

/** Double blanks behind full stops, and hanging text below the text of the line above. */
function inComment(indent: string, bare: string, above: readonly string[]): string[] {
  if (!/^(?:\/?\*|\/\/)/.test(bare)) return [];
  const guesses: string[] = [];
  const spaced = bare.replace(/([.!?:]) (?=\S)/g, "$1  ");
  if (spaced !== bare) guesses.push(indent + spaced);
  const hanging = /^\s*\*(\s+)/.exec(above[above.length - 1] ?? "")?.[1];
  if (hanging !== undefined && hanging !== " ")
    guesses.push(indent + bare.replace(/^\*\s+/, `*${hanging}`));
  return guesses;
}

/**
 * A blank inside the line that was a run of tabs: what follows may have stood in the column in
 * which a neighbour's text behind such a run stands (members, initialisers, comments, macros).
 */
function realigned(
  indent: string,
  bare: string,
  near: readonly string[],
): { likely: string[]; possible: string[] } {
  const words = bare.split(" ");
  const likely: string[] = [];
  const possible: string[] = [];
  for (const line of near) {
    const body = line.trimStart();
    if (/^(?:\/\*|\*)/.test(body) !== /^(?:\/\*|\*)/.test(bare)) continue;
    for (const gap of body.matchAll(/\S(\t\s*| {2,})(?=\S)/g)) {
      const end = line.length - body.length + gap.index + gap[0].length;
      const column = width(line.slice(0, end));
      const before = body.slice(0, gap.index + 1).split(/\s+/).length;
      const behind = body.slice(gap.index + gap[0].length);
      for (let count = 1; count < words.length; count++) {
        const head = indent + words.slice(0, count).join(" ");
        const rest = words.slice(count).join(" ");
        if (width(head) >= column) continue;
        const both = /^(?:\/\*|=|\/\/|:)/;
        const fits =
          (both.exec(behind)?.[0] ?? "") === (both.exec(rest)?.[0] ?? "") &&
          (count === before || both.test(rest));
        const fromEnd = words.length - count === behind.split(/\s+/).length;
        if (fits) likely.push(head + tabsTo(width(head), column) + rest);
        else if (fromEnd && !/^(?:return|if)\b/.test(bare))
          possible.push(head + tabsTo(width(head), column) + rest);
      }
    }
  }
  return { likely: [...new Set(likely)].slice(0, 3), possible: [...new Set(possible)].slice(0, 3) };
}
