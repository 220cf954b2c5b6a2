/**
 * Numbers made of flags, as `left << 1 | right` or `left + 2 * right`: what is known of the flags
 * tells how such a number compares, and how it compares tells of the flags.
 */
import type { Terms } from "./term.js";
import type { TermId } from "./term-kinds.js";

/** A value: `base` and, of each part whose flag is 1, its weight. */
interface FlagWord {
  readonly base: number;
  readonly parts: readonly { readonly flag: TermId; readonly weight: number }[];
}

/** A condition on such numbers, tried with every setting of its flags. */
interface FlagCondition {
  readonly flags: readonly TermId[];
  /** By setting (bit n is the flag n): whether it holds. */
  readonly outcomes: readonly boolean[];
}

const MOST_FLAGS = 6;
/** The largest number that every type holds. */
const MOST = 127;

export class FlagWords {
  readonly #terms: Terms;
  readonly #conditions = new Map<TermId, FlagCondition | null>();
  readonly #flags = new Set<TermId>();

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  /** Whether a value is a flag in some condition that was asked about. */
  isFlag(id: TermId): boolean {
    return this.#flags.has(id);
  }

  /** Whether a condition holds by what is known of its flags; null when it depends. */
  holds(condition: TermId, truth: (flag: TermId) => boolean | null): boolean | null {
    const read = this.#condition(condition);
    if (read === null) return null;
    const outcomes = new Set(possible(read, truth).map((setting) => read.outcomes[setting]));
    return outcomes.size === 1 ? ([...outcomes][0] as boolean) : null;
  }

  /** Flags that can only be one way where a condition holds (or not); null: it cannot be. */
  implied(
    condition: TermId,
    holds: boolean,
    truth: (flag: TermId) => boolean | null,
  ): readonly { readonly flag: TermId; readonly isSet: boolean }[] | null {
    const read = this.#condition(condition);
    if (read === null) return [];
    const settings = possible(read, truth).filter((one) => read.outcomes[one] === holds);
    if (settings.length === 0) return null;
    return read.flags.flatMap((flag, bit) => {
      const ways = new Set(settings.map((setting) => (setting >> bit) & 1));
      return ways.size === 1 && truth(flag) === null ? [{ flag, isSet: ways.has(1) }] : [];
    });
  }

  #condition(id: TermId): FlagCondition | null {
    let condition = this.#conditions.get(id);
    if (condition === undefined) {
      condition = this.#read(id);
      this.#conditions.set(id, condition);
      for (const flag of condition?.flags ?? []) this.#flags.add(flag);
    }
    return condition;
  }

  #read(id: TermId): FlagCondition | null {
    const term = this.#terms.get(id);
    if (term.kind !== "op" || term.op === "!") return null;
    const isComparison = term.op === "==" || term.op === "<";
    if (!isComparison && this.#terms.isTruth(id)) return null;
    const [left, right] = isComparison
      ? term.args.map((arg) => this.#word(arg))
      : [this.#word(id), { base: 0, parts: [] }];
    if (!left || !right || left.parts.length + right.parts.length === 0) return null;
    const flags = [...new Set([...left.parts, ...right.parts].map(({ flag }) => flag))];
    if (flags.length > MOST_FLAGS) return null;
    const values = Array.from({ length: 1 << flags.length }, (_, setting) =>
      [left, right].map(({ base, parts }) =>
        parts.reduce(
          (sum, { flag, weight }) => sum + ((setting >> flags.indexOf(flag)) & 1) * weight,
          base,
        ),
      ),
    ) as [number, number][];
    // Types are not known: nothing may wrap in the smallest.
    if (values.flat().some((value) => value < 0 || value > MOST)) return null;
    const outcomes = values.map(([a, b]) =>
      term.op === "<" ? a < b : (a === b) === (term.op === "=="),
    );
    return { flags, outcomes };
  }

  #word(id: TermId): FlagWord | null {
    const terms = this.#terms;
    const number = terms.intValue(id);
    if (number !== null) return { base: number, parts: [] };
    const term = terms.get(id);
    // Of `!x` the flag is x, whatever else than 0 it may be.
    if (term.kind === "op" && term.op === "!") {
      const operand = term.args[0] as TermId;
      const inner = terms.get(operand);
      const word = inner.kind === "op" && inner.op === "!" ? this.#word(operand) : null;
      return add({ base: 1, parts: [] }, times(word ?? oneFlag(operand), -1));
    }
    if (terms.isTruth(id)) return oneFlag(id);
    if (term.kind !== "op" || term.args.length !== 2) return null;
    const [left, right] = term.args.map((arg) => this.#word(arg)) as [
      FlagWord | null,
      FlagWord | null,
    ];
    if (left === null || right === null) return null;
    switch (term.op) {
      case "+":
        return add(left, right);
      case "|":
        return (bitsOf(left) & bitsOf(right)) === 0 ? add(left, right) : null;
      case "*":
        return right.parts.length === 0
          ? times(left, right.base)
          : left.parts.length === 0
            ? times(right, left.base)
            : null;
      case "<<":
        return right.parts.length === 0 && right.base >= 0 && right.base < 16
          ? times(left, 1 << right.base)
          : null;
      default:
        return null;
    }
  }
}

/** Settings that agree with what is known of the flags. */
function possible(
  { flags, outcomes }: FlagCondition,
  truth: (flag: TermId) => boolean | null,
): number[] {
  const known = flags.map(truth);
  return outcomes
    .map((_, setting) => setting)
    .filter((setting) =>
      known.every((isSet, bit) => isSet === null || isSet === (((setting >> bit) & 1) === 1)),
    );
}

function oneFlag(flag: TermId): FlagWord {
  return { base: 0, parts: [{ flag, weight: 1 }] };
}

function add(a: FlagWord, b: FlagWord): FlagWord {
  return { base: a.base + b.base, parts: [...a.parts, ...b.parts] };
}

function times({ base, parts }: FlagWord, factor: number): FlagWord {
  return {
    base: base * factor,
    parts: parts.map(({ flag, weight }) => ({ flag, weight: weight * factor })),
  };
}

function bitsOf({ base, parts }: FlagWord): number {
  return parts.reduce((bits, { weight }) => bits | weight, base);
}
