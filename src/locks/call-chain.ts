/**
 * How a place was reached from the function that was run, and which variable of that function
 * holds an object there.
 */
import type { Frame } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Span } from "../text/source-file.js";
import type { Link } from "./obligation.js";

/** From the function that was run to the place. */
export function chainOf(frame: Frame, site: Span): Link[] {
  const chain: Link[] = [];
  let at: Frame | null = frame;
  let span: Span | null = site;
  while (at !== null && span !== null) {
    chain.unshift({ procedure: at.procedure, site: span });
    span = at.site;
    at = at.caller;
  }
  return chain;
}

/** A variable of the function that was run which holds an object. */
export function variableHolding(state: State, object: TermId, frame: Frame): string | null {
  let root = frame;
  while (root.caller !== null) root = root.caller;
  const prefix = `L${root.context}:`;
  for (const [location, value] of state.store) {
    if (value !== object || !location.startsWith(prefix)) continue;
    const name = location.slice(prefix.length);
    if (/^\w+(@\d+)?$/.test(name)) return name.replace(/@\d+$/, "");
  }
  return null;
}
