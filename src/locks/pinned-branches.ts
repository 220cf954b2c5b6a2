/**
 * Which branches of a function are worth keeping paths apart for: those that decide what is
 * locked and handed over, and come back together; and those that end the function early for a
 * reason that its callers can tell. All else (an allocation failed) says nothing. Of callees,
 * those on a flag that the callers hand in.
 */
import type { Instruction } from "../cfg/cfg.js";
import type { Branch, Frame } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { accessPath } from "./contract.js";
import { pathKey } from "./path-record.js";

/** Longer conditions make a sentence nobody reads. */
const MOST_CHARACTERS = 100;

export interface Pinned {
  readonly text: string;
  /** The branch's condition is the opposite of the text. */
  readonly isNegated: boolean;
}

export class PinnedBranches {
  readonly #procedure: Procedure;
  readonly #deciding: ReadonlySet<number>;
  readonly #kinds = new Map<Branch, "joins" | "leaves" | "none">();

  /** `isInteresting`: the instruction locks, hands over or picks an object. */
  constructor(procedure: Procedure, isInteresting: (instruction: Instruction) => boolean) {
    this.#procedure = procedure;
    this.#deciding = decidingBlocks(procedure, isInteresting);
  }

  /** The condition when the branch is pinned. */
  pinned(frame: Frame, branch: Branch, condition: TermId, terms: Terms): Pinned | null {
    if (frame.caller !== null) return this.#flag(condition, terms);
    const kind = this.#kind(branch);
    if (kind === "none" || (kind === "leaves" && !isNameable(condition, terms))) return null;
    const text = conditionText(this.#procedure, branch);
    return text.length > MOST_CHARACTERS || /[{};]/.test(text) ? null : { text, isNegated: false };
  }

  /** Callees decide by flags in a struct that goes through all of them. */
  #flag(condition: TermId, terms: Terms): Pinned | null {
    const whole = terms.get(condition);
    const isNegated = whole.kind === "op" && whole.op === "!";
    const path = accessPath(terms, isNegated ? (whole.args[0] as TermId) : condition);
    const [member, ...more] = path?.path ?? [];
    if (path === null || member === undefined || more.length > 0) return null;
    const tag = /\bstruct\s+(\w+)/.exec(this.#procedure.cfg.types.get(path.param) ?? "")?.[1] ?? "";
    return this.#procedure.isFlag(tag, member.slice(1), false)
      ? { text: pathKey(path), isNegated }
      : null;
  }

  #kind(branch: Branch): "joins" | "leaves" | "none" {
    let kind = this.#kinds.get(branch);
    if (kind === undefined) {
      kind = this.#classify(branch);
      this.#kinds.set(branch, kind);
    }
    return kind;
  }

  #classify(branch: Branch): "joins" | "leaves" | "none" {
    const { cfg, postdominator } = this.#procedure;
    const number = cfg.blocks.findIndex(({ terminator }) => terminator === branch);
    if (!this.#deciding.has(number)) return "none";
    return (postdominator[number] ?? null) === null ? "leaves" : "joins";
  }
}

/** Blocks whose branch decides whether something interesting runs, directly or by other branches. */
function decidingBlocks(
  { cfg, controls }: Procedure,
  isInteresting: (instruction: Instruction) => boolean,
): Set<number> {
  const runs = new Set<number>();
  for (const [number, { instructions }] of cfg.blocks.entries())
    if (instructions.some(isInteresting)) runs.add(number);
  const deciding = new Set<number>();
  for (let changed = true; changed; ) {
    changed = false;
    for (const [number, controlled] of controls.entries()) {
      if (
        deciding.has(number) ||
        !controlled.some((block) => runs.has(block) || deciding.has(block))
      )
        continue;
      deciding.add(number);
      changed = true;
    }
  }
  return deciding;
}

/** In a switch the label is all the text there is. */
function conditionText(procedure: Procedure, { span }: Branch): string {
  const before = procedure.text({ start: Math.max(0, span.start - 6), end: span.start });
  const text = procedure.text(span);
  return /\bcase$/.test(before) ? `case ${text}` : text;
}

/** Whether a value is made of what the callers know, with no call in it. */
function isNameable(id: TermId, terms: Terms): boolean {
  if (terms.leaves(id).length === 0) return false;
  const known = (part: TermId): boolean => {
    const term = terms.get(part);
    if (term.kind === "int") return true;
    if (term.kind === "op") return !term.op.startsWith("call ") && term.args.every(known);
    if (term.kind !== "atom") return false;
    const { origin } = term;
    if (origin.kind === "param" || origin.kind === "constant") return true;
    if (origin.kind !== "entry") return false;
    return origin.base === null ? /^[A-Z][A-Z0-9_]*$/.test(origin.path) : known(origin.base);
  };
  return known(id);
}
