/**
 * A loop that locks and a later one that relies on it may meet the same objects, which are linked
 * through a tree or list only. Misses locks of a loop in another function.
 */
import { reachableFrom } from "../cfg/order.js";
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
  const after = reachableFrom(procedure.cfg, own);
  return blocks.some(
    ({ instructions }, block) =>
      procedure.inLoop[block] === true &&
      !(after.has(block) && reachableFrom(procedure.cfg, block).has(own)) &&
      instructions.some(({ span }) =>
        effectsAt(procedure, span).some(({ kind }) => kind === "acquire"),
      ),
  );
}
