/** Keys of states: what two states must agree on to be taken for one. */
import type { State } from "./state.js";

/** Equal keys: states that behave alike from here on. The witness is not part of it. */
export function stateKey(state: State): string {
  const parts: string[] = [];
  for (const [k, v] of state.store) parts.push(`${k}=${v}`);
  for (const [k, v] of state.defaults) parts.push(`${k}:${v.kind === "zero" ? "0" : v.from}`);
  for (const [k, v] of state.facts) parts.push(v ? `+${k}` : `-${k}`);
  for (const [k, v] of state.marks) parts.push(`!${k}=${v}`);
  for (const [k, v] of state.epochs) parts.push(`@${k}=${v}`);
  return parts.sort().join(" ");
}

/** Like `stateKey`, without the facts: states that agree on memory and marks. */
export function shapeKey(state: State): string {
  const parts: string[] = [];
  for (const [k, v] of state.store) parts.push(`${k}=${v}`);
  for (const [k, v] of state.marks) parts.push(`!${k}=${v}`);
  return parts.sort().join(" ");
}

/** Memory alone. */
export function memoryKey(state: State): string {
  return [...state.store]
    .map(([k, v]) => `${k}=${v}`)
    .sort()
    .join(" ");
}
