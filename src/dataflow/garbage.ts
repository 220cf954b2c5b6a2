/**
 * Garbage collection of a state: locals that are dead, memory nobody can reach, facts and
 * marks on values nobody can observe again. Without it, states that behave alike differ in
 * things that no longer matter, and paths explode.
 *
 * A value that a later read can make again counts as observable: `next->vm_end` as long as
 * `next` is, if some relevant instruction reads a member of that name.
 */
import type { Frame } from "./frame.js";
import type { State } from "./state.js";
import { rootOf, type Terms } from "./term.js";
import type { Location, TermId } from "./term-kinds.js";

/** Drops what cannot be observed any more; `result` is a value in nobody's memory yet. */
export function collectGarbage(
  state: State,
  terms: Terms,
  fields: ReadonlySet<string>,
  result: TermId | null = null,
): void {
  const observable = observableAtoms(state, terms, fields, result);
  const alive = (id: TermId) =>
    terms.leaves(id).every((atom) => isObservable(atom, observable, terms, fields));
  for (const location of state.store.keys()) {
    if (location[0] === "H" && !(alive(rootOf(location)) && isRead(location, fields))) {
      if (location.includes(".")) state.store.delete(location);
      else if (!alive(rootOf(location))) state.store.delete(location);
    }
  }
  for (const field of state.epochs.keys()) {
    const isNeeded = field[0] === "#" ? alive(Number(field.slice(1))) : fields.has(field);
    if (!isNeeded) state.epochs.delete(field);
  }
  for (const fact of state.facts.keys()) if (!alive(fact)) state.facts.delete(fact);
  for (const object of state.marks.keys()) if (!alive(object)) state.marks.delete(object);
}

/** Drops the frame's locals that nobody reads from here on. */
export function dropDeadLocals(state: State, frame: Frame, live: ReadonlySet<string>): void {
  const { addressTaken } = frame.procedure;
  const prefix = `L${frame.context}:`;
  const isDead = (location: Location) => {
    if (!location.startsWith(prefix)) return false;
    const dot = location.indexOf(".");
    const name = location.slice(prefix.length, dot === -1 ? undefined : dot);
    return !(live.has(name) || addressTaken.has(name));
  };
  for (const location of state.store.keys()) if (isDead(location)) state.store.delete(location);
  for (const location of state.defaults.keys())
    if (isDead(location)) state.defaults.delete(location);
}

function observableAtoms(
  state: State,
  terms: Terms,
  fields: ReadonlySet<string>,
  result: TermId | null,
): Set<TermId> {
  const observable = new Set<TermId>();
  const add = (id: TermId): boolean => {
    const before = observable.size;
    for (const atom of terms.leaves(id)) observable.add(atom);
    return observable.size > before;
  };
  if (result !== null) add(result);
  for (const [location, value] of state.store) if (location[0] !== "H") add(value);
  for (const held of state.defaults.values()) {
    if (held.kind === "copy" && held.from[0] === "H") add(rootOf(held.from));
  }
  // Memory under an observable pointer is observable in turn.
  for (let grew = true; grew; ) {
    grew = false;
    for (const [location, value] of state.store) {
      if (location[0] !== "H" || !isRead(location, fields)) continue;
      if (
        terms
          .leaves(rootOf(location))
          .every((atom) => isObservable(atom, observable, terms, fields))
      ) {
        if (add(value)) grew = true;
      }
    }
  }
  return observable;
}

function isObservable(
  atom: TermId,
  observable: ReadonlySet<TermId>,
  terms: Terms,
  fields: ReadonlySet<string>,
): boolean {
  if (observable.has(atom)) return true;
  const term = terms.get(atom);
  if (term.kind !== "atom") return true;
  const { origin } = term;
  if (origin.kind === "config" || origin.kind === "constant") return true;
  if (origin.kind !== "entry") return false;
  if (origin.base === null && !origin.path.includes(".")) return true;
  if (origin.path !== "" && !isRead(origin.path, fields)) return false;
  if (origin.base === null) return true;
  return terms.leaves(origin.base).every((inner) => isObservable(inner, observable, terms, fields));
}

/** Whether a member, or the array that an element is of, is read later. */
function isRead(path: string, fields: ReadonlySet<string>): boolean {
  const dot = path.lastIndexOf(".");
  if (fields.has(path.slice(dot + 1))) return true;
  if (path[dot + 1] !== "[") return false;
  return fields.has(path.slice(path.lastIndexOf(".", dot - 1) + 1, dot));
}
