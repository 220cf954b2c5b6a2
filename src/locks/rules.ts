/** What the meaning of effects asks of the protocol and the tree. */
import type { Procedure } from "../dataflow/procedure.js";
import type { Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import type { Contract } from "./contract.js";

export interface Rules {
  effectsAt(procedure: Procedure, span: Span): readonly Effect[];
  /** Members of the container that hold tracked objects, in the struct's order. */
  readonly members: readonly string[];
  readonly inserted: string;
  /** The member of an object that tells whose locks fall together. */
  readonly owner: string;
  /** The configuration symbol that switches the locks on. */
  readonly configured: string;
  /** For a mark on an object that is not locked, the check that tells more than the demand's own. */
  readonly tellsMore: ReadonlyMap<number, string>;
  isErrorCode(name: string): boolean;
  /** A callee's contract where its body need not be run by a call of `caller`; null to run it. */
  contract(callee: Procedure, caller: Procedure): Contract | null;
  /** Whether a callee's body is run for what it demands where its contract stands for all else. */
  isProbed(callee: Procedure): boolean;
}
