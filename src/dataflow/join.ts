/**
 * Joining states where there are too many to keep apart. First facts are given up that states
 * with equal memory and marks do not share; that loses correlations between conditions. When
 * that does not help, marks are (what differs becomes blurred), and last the memory itself.
 * No state is dropped, so what is proved of the result holds for all of them.
 */
import { BLURRED, type State } from "./state.js";
import { memoryKey, shapeKey } from "./state-key.js";
import type { Terms } from "./term.js";
import type { Location } from "./term-kinds.js";

/** Disjuncts kept per block before facts are given up. 16 reports falsely on real code. */
export const STATES_PER_BLOCK = 64;
/** Disjuncts kept per block before marks and memory are given up. */
const SHAPES_PER_BLOCK = 256;

export interface Joined {
  readonly states: State[];
  /** More than facts was given up: what is not proved now may hold nevertheless. */
  readonly isLossy: boolean;
}

export function join(states: readonly State[], terms: Terms): Joined {
  const shapes = merge(states, (state) => shapeKey(state), joinFacts);
  if (shapes.length <= SHAPES_PER_BLOCK) return { states: shapes, isLossy: false };
  const memories = merge(
    shapes,
    (state) => memoryKey(state),
    (into, other) => {
      joinFacts(into, other);
      joinMarks(into, other);
    },
  );
  if (memories.length <= STATES_PER_BLOCK) return { states: memories, isLossy: true };
  const all = merge(
    memories,
    () => "",
    (into, other) => {
      joinFacts(into, other);
      joinMarks(into, other);
      joinMemory(into, other, terms);
    },
  );
  return { states: all, isLossy: true };
}

function merge(
  states: readonly State[],
  keyOf: (state: State) => string,
  combine: (into: State, other: State) => void,
): State[] {
  const groups = new Map<string, State>();
  for (const state of states) {
    const key = keyOf(state);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, state);
    else combine(group, state);
  }
  return [...groups.values()];
}

function joinFacts(into: State, other: State): void {
  const before = into.facts.size;
  for (const [fact, holds] of into.facts)
    if (other.facts.get(fact) !== holds) into.facts.delete(fact);
  if (into.facts.size < before || into.facts.size < other.facts.size || other.isJoined)
    into.isJoined = true;
}

function joinMarks(into: State, other: State): void {
  for (const object of new Set([...into.marks.keys(), ...other.marks.keys()])) {
    const [a, b] = [into.marksOf(object), other.marksOf(object)];
    if (a !== b) into.marks.set(object, (a & b) | BLURRED);
  }
}

function joinMemory(into: State, other: State, terms: Terms): void {
  const unknown = (location: Location) =>
    into.store.set(
      location,
      terms.atom(`joined ${location}`, { kind: "unknown", frame: 0, site: "join" }),
    );
  for (const location of new Set([...into.store.keys(), ...other.store.keys()])) {
    if (into.read(location) !== other.read(location)) unknown(location);
  }
  for (const [location, held] of other.defaults)
    if (!into.defaults.has(location)) into.defaults.set(location, held);
  for (const [field, epoch] of other.epochs)
    if (into.epochs.get(field) !== epoch) into.epochs.set(field, `${epoch}+`);
}
