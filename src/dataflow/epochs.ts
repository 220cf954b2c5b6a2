/**
 * Memory that somebody else may have written: members by name, after a callee that was not run,
 * and what calls say of an object, after the object was written. Epochs are named by the place
 * that began them, so that states converge.
 */
import type { State } from "./state.js";
import { rootOf } from "./term.js";
import type { Location, TermId } from "./term-kinds.js";

/** A callee may have written this member of any object reached through a pointer. */
export function forgetField(state: State, field: string, epoch: string): void {
  const suffix = `.${field}`;
  for (const key of state.store.keys()) {
    if (key[0] !== "L" && key.endsWith(suffix)) state.store.delete(key);
  }
  // The same call again, in a loop: what was read after the last one is older now.
  if (state.epochs.get(field) === epoch) {
    for (const atom of atomsOfEpoch(state, suffix, epoch))
      state.blur(atom, state.terms.older(state.terms.older(atom)));
  }
  state.epochs.set(field, epoch);
}

function atomsOfEpoch(state: State, suffix: string, epoch: string): TermId[] {
  const found = new Set<TermId>();
  const look = (id: TermId) => {
    for (const atom of state.terms.atoms(id)) {
      const term = state.terms.get(atom);
      if (
        term.kind === "atom" &&
        term.generation === 0 &&
        term.origin.kind === "entry" &&
        term.key.endsWith(`@${epoch}`) &&
        term.origin.path.endsWith(suffix)
      )
        found.add(atom);
    }
  };
  for (const value of state.store.values()) look(value);
  for (const object of state.marks.keys()) look(object);
  for (const fact of state.facts.keys()) look(fact);
  return [...found];
}

/** An object was written at `site`: functions called on it again may say something else. */
export function forgetCallsOn(state: State, location: Location, site: string): void {
  const object = rootOf(location);
  const isCall = (id: TermId) => {
    const term = state.terms.get(id);
    return term.kind === "op" && term.op.startsWith("call ") && term.args.includes(object);
  };
  const mentions = (id: TermId) => isCall(id) || state.terms.operands(id).some(isCall);
  if ([...state.store.values()].some(mentions) || [...state.facts.keys()].some(mentions)) {
    state.epochs.set(`#${object}`, site);
  }
}

/** Names the contents of objects that a call is handed, as far as calls on them were seen. */
export function versionsOf(state: State, args: readonly TermId[]): string {
  return args.map((arg) => state.epochs.get(`#${arg}`) ?? "").join();
}
