/**
 * Notes on a path, kept in its state as marks on atoms that nobody else has: paths that differ
 * in a note are not taken for one, and a note is not garbage.
 *
 * A note about an object is a mark on a term over it, so that it follows the object when two
 * turn out to be one, and falls with the locks when all locks fall.
 */
import type { State } from "../dataflow/state.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { LOCKED } from "./marks.js";

const HELD = 1 << 8;
const FAILED = 1 << 9;
const NOTED = 1 << 10;
const LOCK = "call locked ";

export type NoteKind = "locked" | "absent" | "demanded";

export class PathNotes {
  readonly #terms: Terms;
  readonly #decisions = new Map<TermId, string>();
  readonly #notes = new Map<TermId, { readonly kind: NoteKind; readonly key: string }>();

  constructor(terms: Terms) {
    this.#terms = terms;
  }

  decide(state: State, condition: string, holds: boolean): void {
    const atom = this.#atom(`decision ${condition}`);
    this.#decisions.set(atom, condition);
    state.mark(atom, holds ? HELD : FAILED);
  }

  /** `locked` falls with the locks. */
  note(state: State, kind: NoteKind, key: string): void {
    const atom = this.#atom(`${kind} ${key}`);
    this.#notes.set(atom, { kind, key });
    state.mark(atom, kind === "locked" ? LOCKED : NOTED);
  }

  /** The object was locked by the call with this number, if no call before did. */
  lockedBy(state: State, object: TermId, site: number): void {
    if (this.locksOf(state, object).length > 0) return;
    state.mark(this.#terms.pureCall("locked", [object], String(site)), LOCKED);
  }

  /** Numbers of the calls that locked an object. */
  locksOf(state: State, object: TermId): number[] {
    const sites: number[] = [];
    for (const [id, marks] of state.marks) {
      const term = this.#terms.get(id);
      if (term.kind !== "op" || term.args[0] !== object || (marks & LOCKED) === 0) continue;
      if (term.op.startsWith(LOCK)) sites.push(Number(term.op.slice(LOCK.length)));
    }
    return sites.sort((a, b) => a - b);
  }

  decisions(state: State): Map<string, boolean> {
    const decisions = new Map<string, boolean>();
    for (const [id, marks] of state.marks) {
      const condition = this.#decisions.get(id);
      const way = marks & (HELD | FAILED);
      if (condition !== undefined && (way === HELD || way === FAILED))
        decisions.set(condition, way === HELD);
    }
    return decisions;
  }

  noted(state: State, kind: NoteKind): Set<string> {
    const keys = new Set<string>();
    for (const [id, marks] of state.marks) {
      const note = this.#notes.get(id);
      if (note?.kind === kind && (marks & (LOCKED | NOTED)) !== 0) keys.add(note.key);
    }
    return keys;
  }

  #atom(what: string): TermId {
    return this.#terms.atom(`note ${what}`, { kind: "config", symbol: "" });
  }
}
