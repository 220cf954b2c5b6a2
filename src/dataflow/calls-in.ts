/** Calls of functions in reach, found once for each function: rings of them ask again and again. */
import type { CallInstruction } from "./frame.js";
import type { Procedure } from "./procedure.js";

export interface Call {
  readonly call: CallInstruction;
  readonly callee: Procedure;
}

export function callsIn(procedure: Procedure): readonly Call[] {
  let calls = known.get(procedure);
  if (calls === undefined) {
    calls = procedure.cfg.blocks.flatMap(({ instructions }) =>
      instructions.flatMap((call) => {
        const callee =
          call.op === "call" && call.callee !== null ? procedure.callee(call.callee) : null;
        return callee === null ? [] : [{ call: call as CallInstruction, callee }];
      }),
    );
    known.set(procedure, calls);
  }
  return calls;
}

const known = new WeakMap<Procedure, readonly Call[]>();
