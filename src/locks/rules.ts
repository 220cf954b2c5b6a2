/** What the meaning of effects asks of the protocol and the tree. */
import type { Procedure } from "../dataflow/procedure.js";
import type { Classes } from "../protocol/classes.js";
import type { Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import type { AccessPath, Contract } from "./contract.js";

export interface TellsMore {
  /** Of objects with this mark. */
  readonly mark: number;
  /** Where the demand belongs to one of these; null: any. */
  readonly of: ReadonlySet<string> | null;
  readonly check: string;
  /** It shows that others can reach the object, whoever handed it in. */
  readonly isSure: boolean;
}

export interface Rules {
  effectsAt(procedure: Procedure, span: Span): readonly Effect[];
  /** Effects on locks of other classes; none where they do not matter. */
  classEffectsAt(procedure: Procedure, span: Span): readonly Effect[];
  readonly classes: Pick<Classes, "rules" | "unseen">;
  /** Whether a procedure may take or give up locks of other classes, where they matter. */
  touchesClasses(procedure: Procedure): boolean;
  /** Whether all callers of a function are seen, and give such locks up themselves. */
  leavesToCallers(procedure: Procedure): boolean;
  /** Members of the container that hold tracked objects, in the struct's order. */
  readonly members: readonly string[];
  readonly inserted: string;
  /** The member of an object that tells whose locks fall together. */
  readonly owner: string;
  /** The configuration symbol that switches the locks on. */
  readonly configured: string;
  /** Checks that tell more than a demand's own, of an object that is not locked. */
  readonly tellsMore: readonly TellsMore[];
  /** Checks that speak of mistakes, by what is wrong; null: nobody asks. */
  readonly mistakes: Readonly<Record<"freed" | "abandoned" | "mutated", string | null>>;
  /** Members of the container whose objects the commit frees. */
  readonly freed: readonly string[];
  /** Objects that a function is handed read-locked at best, because of where it is stored. */
  readLocked(procedure: Procedure): readonly AccessPath[];
  isErrorCode(name: string): boolean;
  /** A callee's contract where its body need not be run by a call of `caller`; null to run it. */
  contract(callee: Procedure, caller: Procedure): Contract | null;
  /** Whether a callee's body is run for what it demands where its contract stands for all else. */
  isProbed(callee: Procedure): boolean;
}
