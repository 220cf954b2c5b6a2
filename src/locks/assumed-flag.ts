/**
 * Flags in a struct handed in that a callee reads: taken to be zero on entry, because the callers
 * build the struct zeroed; not where the function itself asks them without setting them anywhere,
 * for then they are what it is told. The run of a caller in reach
 * goes through the same callee with the struct as built, so the assumption is checked there.
 * Misses: a function that is handed such a struct with the flag set by somebody out of reach.
 */
import type { Frame } from "../dataflow/frame.js";
import { type Terms, ZERO } from "../dataflow/term.js";
import type { Term, TermId } from "../dataflow/term-kinds.js";

export interface EntryFlag {
  readonly param: string;
  readonly path: readonly string[];
  /** It holds nothing but true and false. */
  readonly isTruth: boolean;
  /** Whether the branch's condition holds when the flag is zero. */
  readonly conditionHolds: boolean;
}

/** The flag a condition hangs on, alone, when it may be taken for granted; else null. */
export function entryFlag(terms: Terms, frame: Frame, condition: TermId): EntryFlag | null {
  const [atom, ...others] = terms.leaves(condition);
  if (atom === undefined || others.length > 0) return null;
  const { origin } = terms.get(atom) as Extract<Term, { kind: "atom" }>;
  if (origin.kind !== "entry" || origin.base === null) return null;
  const base = terms.get(origin.base);
  if (base.kind !== "atom" || base.origin.kind !== "param") return null;
  const whenZero = terms.intValue(terms.replace(condition, atom, ZERO));
  const member = origin.path.slice(1);
  const root = rootOf(frame).procedure;
  const struct = /\bstruct\s+(\w+)/.exec(root.cfg.types.get(base.origin.name) ?? "")?.[1];
  if (whenZero === null || struct === undefined) return null;
  // Any number is a set of flags where bits of it are asked by who may have set some.
  const isMask = isMasked(terms, condition, atom) && isWrittenOnTheWay(frame, member);
  if (!root.isFlag(struct, member, isMask)) return null;
  const isInput = frame.caller === null || root.membersRead.has(member);
  if (isInput && !root.membersWritten.has(member)) return null;
  return {
    param: base.origin.name,
    path: [origin.path],
    isTruth: terms.isTruth(atom),
    conditionHolds: whenZero !== 0,
  };
}

function isMasked(terms: Terms, condition: TermId, atom: TermId): boolean {
  const term = terms.get(condition);
  if (term.kind !== "op") return false;
  return term.op === "&"
    ? term.args.includes(atom)
    : term.args.some((arg) => isMasked(terms, arg, atom));
}

function isWrittenOnTheWay(frame: Frame, member: string): boolean {
  for (let at: Frame | null = frame; at !== null; at = at.caller)
    if (at.procedure.membersWritten.has(member)) return true;
  return false;
}

function rootOf(frame: Frame): Frame {
  let root = frame;
  while (root.caller !== null) root = root.caller;
  return root;
}
