/** How objects stand on a path: locked or not, held in a container, their locks fallen. */
import { BLURRED, type State } from "../dataflow/state.js";
import { rootOf, type Terms } from "../dataflow/term.js";
import type { Location, TermId } from "../dataflow/term-kinds.js";
import {
  ASSERTED,
  DETACHED,
  DROPPED,
  FRESH,
  LOCKED,
  PUBLISHED,
  somebody,
  UNSURE,
} from "./marks.js";

/** Whether an object is locked on this path, private objects aside. */
export function standingOf(
  state: State,
  terms: Terms,
  object: TermId,
): "locked" | "unlocked" | "unknown" {
  const marks = state.marksOf(object);
  if ((marks & BLURRED) !== 0) return "unknown";
  if ((marks & LOCKED) !== 0) return "locked";
  if ((marks & (UNSURE | PUBLISHED)) !== 0) return "unknown";
  return state.marksOf(somebody(terms)) !== 0 ? "unknown" : "unlocked";
}

/** Whether nobody else can reach an object, by its marks. */
export function isPrivate(marks: number): boolean {
  return (marks & (FRESH | DETACHED)) !== 0 && (marks & PUBLISHED) === 0;
}

/** The container's members that may hold an object; `isGiven`: as the caller handed it in. */
export function membersOf(
  state: State,
  terms: Terms,
  members: readonly string[],
  container: TermId,
): { member: string; object: TermId; isGiven: boolean }[] {
  const location = terms.pointee(container);
  const held: { member: string; object: TermId; isGiven: boolean }[] = [];
  for (const { member, at } of members.flatMap((one) => slotsOf(state, location, one))) {
    const object = state.read(at);
    if (state.truth(object) === false) continue;
    const term = terms.get(object);
    const isGiven =
      at[0] === "H" &&
      term.kind === "atom" &&
      term.origin.kind === "entry" &&
      term.origin.base === rootOf(at);
    held.push({ member, object, isGiven });
  }
  return held;
}

/** Where a member lies; of an array, each element that was written. */
function slotsOf(
  state: State,
  container: Location,
  member: string,
): { member: string; at: Location }[] {
  const at = `${container}.${member}`;
  const elements = [...state.store.keys()].filter((key) => key.startsWith(`${at}.[`));
  return (elements.length > 0 ? elements : [at]).map((one) => ({ member, at: one }));
}

/** The locks of one owner fall, of all when it is not known; an object's may be known to be another. */
export function releaseAll(state: State, ownerMember: string, owner: TermId | null): void {
  for (const [locked, marks] of state.marks) {
    const own = state.store.get(`H${locked}.${ownerMember}`);
    const isOthers = owner !== null && own !== undefined && own !== owner;
    if (isOthers) continue;
    if (marks & LOCKED) state.mark(locked, DROPPED, LOCKED | ASSERTED);
    else if (marks & ASSERTED) state.mark(locked, 0, ASSERTED);
  }
}
