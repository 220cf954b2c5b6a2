/** What an effect is called, for demands to be compared between the sides of a patch. */
import type { Cfg } from "../cfg/cfg.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Span } from "../text/source-file.js";

/**
 * An effect's name in its function, the same on both sides of a patch: of a call the function
 * called, with its text where there are several.
 */
export function effectName(procedure: Procedure, site: Span): string {
  let name = effectNames.get(site);
  if (name === undefined) {
    name = callName(procedure, site) ?? procedure.text(site);
    effectNames.set(site, name);
  }
  return name;
}

/** Asked for every link of every chain. */
const effectNames = new WeakMap<Span, string>();

function callName(procedure: Procedure, site: Span): string | undefined {
  let names = callNames.get(procedure.cfg);
  if (names === undefined) {
    names = uniqueCalls(procedure.cfg);
    callNames.set(procedure.cfg, names);
  }
  return names.get(site.start);
}

/** Made once for each graph. */
const callNames = new WeakMap<Cfg, ReadonlyMap<number, string>>();

/** Functions that a graph calls once, by the place of the call. */
function uniqueCalls({ blocks }: Cfg): ReadonlyMap<number, string> {
  const places = new Map<string, number[]>();
  const seen = new Set<number>();
  for (const { instructions } of blocks) {
    for (const one of instructions) {
      if (one.op !== "call") continue;
      // Of calls that begin at one place, as in f()(), the first is meant.
      const isFirst = !seen.has(one.span.start);
      seen.add(one.span.start);
      if (one.callee === null) continue;
      const at = places.get(one.callee) ?? [];
      at.push(isFirst ? one.span.start : -1);
      places.set(one.callee, at);
    }
  }
  return new Map(
    [...places].flatMap(([name, at]) => (at.length === 1 ? [[at[0] as number, name]] : [])),
  );
}
