/**
 * Runs one function in its most general context and returns what it owes.
 */
import { Explorer } from "../dataflow/explore.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Slice } from "../dataflow/slice.js";
import { Terms } from "../dataflow/term.js";
import type { FunctionRun } from "./obligation.js";
import { LockTransfer, type Rules } from "./transfer.js";

export function runFunction(procedure: Procedure, slice: Slice, rules: Rules): FunctionRun {
  const transfer = new LockTransfer(rules);
  const explorer = new Explorer(new Terms(), slice, transfer);
  transfer.attach(explorer);
  explorer.run(procedure);
  return {
    procedure,
    obligations: [...transfer.obligations.values()],
    assumptions: [...transfer.assumptions].map((text) => ({ text })),
    limits: [...transfer.limits],
    terms: explorer.terms,
    states: explorer.states,
  };
}
