/**
 * Names a group of paths by the few decisions that tell it from the others. Every condition
 * printed holds on every path of the group; where no such conditions tell it apart, the ones
 * that are shared are given and `isExact` is false.
 */

/** Which way a path took each branch that it passed, by the condition's text. */
export type Decisions = ReadonlyMap<string, boolean>;

export interface Distinction {
  /** A condition in C; empty when there is nothing to say. */
  readonly text: string;
  /** No path outside the group meets it. */
  readonly isExact: boolean;
}

interface Literal {
  readonly text: string;
  readonly holds: boolean;
}

/** More than this joined by `||` is no explanation. */
const MOST_ALTERNATIVES = 3;

export function distinguish(
  group: readonly Decisions[],
  others: readonly Decisions[],
): Distinction {
  const shared = sharedLiterals(group);
  const plain = fewest(shared, others);
  if (plain !== null) return { text: plain.map(literalText).join(" && "), isExact: true };
  const alternatives = coveringAlternatives(group, others);
  if (alternatives !== null) return { text: joined(alternatives), isExact: true };
  const helpful = shared.filter((literal) => others.some((other) => isOutside(literal, other)));
  return { text: helpful.map(literalText).join(" && "), isExact: false };
}

/**
 * What every path of the group met and some other path did not: a condition without which the
 * group is not come by. Empty when there is none. `known`: a condition that goes without saying.
 */
export function necessary(
  group: readonly Decisions[],
  others: readonly Decisions[],
  known: string,
): string {
  const shared = sharedLiterals(group).filter(({ text }) => text !== known);
  const chosen: Literal[] = [];
  let left = others.filter((path) => path.get(known) !== false);
  const leaves = (literal: Literal) => left.filter((path) => !isOpposed(literal, path));
  for (;;) {
    const [best] = [...shared].sort((a, b) => leaves(a).length - leaves(b).length);
    if (best === undefined || leaves(best).length === left.length) break;
    chosen.push(best);
    left = leaves(best);
  }
  return shared
    .filter((literal) => chosen.includes(literal))
    .map(literalText)
    .join(" && ");
}

/** Literals that every one of the paths meets, in the order in which they were decided. */
function sharedLiterals(group: readonly Decisions[]): Literal[] {
  const [first, ...rest] = group;
  if (first === undefined) return [];
  return literalsOf(first).filter(({ text, holds }) =>
    rest.every((other) => other.get(text) === holds),
  );
}

/** `!x`, `a != b`, `!(a & b)`: a condition or its opposite as one would write it. */
export function literalText({ text, holds }: Literal): string {
  if (text.startsWith("case ")) return holds ? text : `not ${text}`;
  const operators = topOperators(text);
  if (holds)
    return operators.some(({ symbol }) => symbol === "||" || symbol === "?") ? `(${text})` : text;
  if (operators.length === 0) return text.startsWith("!") ? text.slice(1) : `!${text}`;
  const [only, ...more] = operators.filter(({ symbol }) => !ARITHMETIC.has(symbol));
  const opposite = OPPOSITES.get(only?.symbol ?? "");
  if (only === undefined || more.length > 0 || opposite === undefined) return `!(${text})`;
  return text.slice(0, only.at) + opposite + text.slice(only.at + only.symbol.length);
}

const ARITHMETIC = new Set(["+", "-", "*", "/", "%"]);
const OPPOSITES = new Map([
  ["==", "!="],
  ["!=", "=="],
  ["<", ">="],
  [">", "<="],
  ["<=", ">"],
  [">=", "<"],
]);

/** Binary operators outside all brackets. */
function topOperators(text: string): { symbol: string; at: number }[] {
  const found: { symbol: string; at: number }[] = [];
  let depth = 0;
  for (const match of text.matchAll(
    /->|&&|\|\||<<|>>|[=!<>]=|[()[\]]|(?<=\S\s)[-+*/%&|^](?=\s)|[<>?]/g,
  )) {
    const [symbol] = match;
    if (symbol === "(" || symbol === "[") depth++;
    else if (symbol === ")" || symbol === "]") depth--;
    else if (depth === 0 && symbol !== "->") found.push({ symbol, at: match.index });
  }
  return found;
}

function literalsOf(decisions: Decisions): Literal[] {
  return [...decisions].map(([text, holds]) => ({ text, holds }));
}

/** The path took that branch the other way. */
function isOpposed({ text, holds }: Literal, path: Decisions): boolean {
  return path.get(text) === !holds;
}

/** The path took that branch the other way, or never came by. */
function isOutside({ text, holds }: Literal, path: Decisions): boolean {
  return path.get(text) !== holds;
}

/**
 * Few of the literals that no other path meets all of; null when even all of them do not do.
 * Where it can be had, a branch taken the other way is what sets a path apart.
 */
function fewest(literals: readonly Literal[], others: readonly Decisions[]): Literal[] | null {
  const setsApart = (literal: Literal, path: Decisions) =>
    literals.some((one) => isOpposed(one, path))
      ? isOpposed(literal, path)
      : isOutside(literal, path);
  const chosen: Literal[] = [];
  for (let left = others; left.length > 0; ) {
    const leaves = (literal: Literal) => left.filter((path) => !setsApart(literal, path));
    const [best] = [...literals].sort(
      (a, b) => leaves(a).length - leaves(b).length || Number(b.holds) - Number(a.holds),
    );
    if (best === undefined || leaves(best).length === left.length) return null;
    chosen.push(best);
    left = leaves(best);
  }
  for (const one of [...chosen]) {
    const rest = chosen.filter((literal) => literal !== one);
    if (others.every((path) => rest.some((literal) => setsApart(literal, path))))
      chosen.splice(chosen.indexOf(one), 1);
  }
  return literals.filter((literal) => chosen.includes(literal));
}

/** Few conjunctions that together cover the group and nothing else; null when there are none. */
function coveringAlternatives(
  group: readonly Decisions[],
  others: readonly Decisions[],
): Literal[][] | null {
  const candidates = group.map((decisions) => fewest(literalsOf(decisions), others));
  const chosen: Literal[][] = [];
  for (let left = group; left.length > 0; ) {
    const covered = (literals: readonly Literal[]) =>
      left.filter((decisions) =>
        literals.every((literal) => decisions.get(literal.text) === literal.holds),
      );
    let best: Literal[] | null = null;
    for (const candidate of candidates) {
      if (candidate === null) return null;
      if (best === null || covered(candidate).length > covered(best).length) best = candidate;
    }
    if (best === null || chosen.length === MOST_ALTERNATIVES) return null;
    chosen.push(best);
    const gone = covered(best);
    left = left.filter((decisions) => !gone.includes(decisions));
  }
  return chosen;
}

/** `a && (b || c)`: what the alternatives share stands before them. */
function joined(alternatives: readonly Literal[][]): string {
  const [first = []] = alternatives;
  const shared = first.filter((literal) =>
    alternatives.every((other) => other.some((one) => isSame(one, literal))),
  );
  const rests = alternatives.map((literals) =>
    literals
      .filter((literal) => !shared.some((one) => isSame(one, literal)))
      .map(literalText)
      .join(" && "),
  );
  if (rests.some((rest) => rest === "")) return shared.map(literalText).join(" && ");
  const either =
    shared.length === 0 || rests.length === 1 ? rests.join(" || ") : `(${rests.join(" || ")})`;
  return [...shared.map(literalText), either].join(" && ");
}

function isSame(a: Literal, b: Literal): boolean {
  return a.text === b.text && a.holds === b.holds;
}
