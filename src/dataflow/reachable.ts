/** A state cut down to what one activation can reach: its own locals and what pointers lead to. */
import type { State } from "./state.js";
import type { Terms } from "./term.js";
import type { Location, TermId } from "./term-kinds.js";

/** Drops the locals of other frames that no pointer leads to; `prefix` is that of the frame's own. */
export function keepReachable(state: State, terms: Terms, prefix: string): void {
  const kept = new Set<string>();
  const pending: TermId[] = [];
  const follow = (id: TermId): void => {
    const term = terms.get(id);
    if (term.kind === "op") for (const arg of term.args) follow(arg);
    if (term.kind === "address") keep(variableOf(term.of));
  };
  const keep = (variable: string): void => {
    if (variable[0] !== "L" || kept.has(variable)) return;
    kept.add(variable);
    for (const [location, value] of state.store)
      if (variableOf(location) === variable) pending.push(value);
    for (const [location, held] of state.defaults)
      if (variableOf(location) === variable && held.kind === "copy") keep(variableOf(held.from));
  };
  for (const location of [...state.store.keys(), ...state.defaults.keys()])
    if (location.startsWith(prefix)) keep(variableOf(location));
  for (const [location, value] of state.store) if (location[0] === "H") pending.push(value);
  for (let id = pending.pop(); id !== undefined; id = pending.pop()) follow(id);
  const isLost = (location: Location) => location[0] === "L" && !kept.has(variableOf(location));
  for (const location of state.store.keys()) if (isLost(location)) state.store.delete(location);
  for (const location of state.defaults.keys())
    if (isLost(location)) state.defaults.delete(location);
}

function variableOf(location: Location): string {
  const dot = location.indexOf(".");
  return dot === -1 ? location : location.slice(0, dot);
}
