/**
 * A loop that locks and a later one that relies on it may meet the same objects, which are linked
 * through a tree or list only. Misses locks of a loop in another function.
 */
import { successors } from "../cfg/order.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { FunctionRun, Link, Obligation } from "../locks/obligation.js";
import { effectsAt } from "./unit-runner.js";

/** Whether the function that was run takes locks in another loop than that of the demand. */
export function locksInOtherLoop({ procedure }: FunctionRun, { chain }: Obligation): boolean {
  const { site } = chain[0] as Link;
  const { blocks } = procedure.cfg;
  const own = blocks.findIndex(({ instructions }) =>
    instructions.some(({ span }) => span === site),
  );
  if (own === -1 || procedure.inLoop[own] !== true) return false;
  const after = reachableFrom(procedure, own);
  return blocks.some(
    ({ instructions }, block) =>
      procedure.inLoop[block] === true &&
      !(after.has(block) && reachableFrom(procedure, block).has(own)) &&
      instructions.some(({ span }) =>
        effectsAt(procedure, span).some(({ kind }) => kind === "acquire"),
      ),
  );
}

function reachableFrom({ cfg }: Procedure, block: number): Set<number> {
  const found = new Set<number>();
  const pending = [block];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const here = cfg.blocks[at];
    for (const next of here === undefined ? [] : successors(here)) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(next);
    }
  }
  return found;
}
