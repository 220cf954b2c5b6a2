/** What one run of a function finds out, collected while it runs. */

import type { Limit } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { AccessPath } from "./contract.js";
import type { Ledger } from "./ledger.js";
import type { Assumption } from "./obligation.js";

export class RunRecord {
  readonly ledger: Ledger;
  readonly assumptions = new Map<string, Assumption>();
  readonly limits = new Set<Limit>();
  /** Objects locked on some path, as far as a caller can name them. */
  readonly locked = new Map<string, AccessPath>();
  /** Of those, the ones the function that is run locks in its own code. */
  readonly lockedHere = new Map<string, AccessPath>();
  /** Objects that become reachable on some path, as far as a caller can name them. */
  readonly inserted = new Map<string, AccessPath>();
  /** Some path lets all locks fall. */
  releases = false;
  /** Calls whose bodies were not run. */
  skipped = 0;
  /** A contract could not be weighed against a state. */
  readonly needsBodies = new Set<Procedure>();

  constructor(ledger: Ledger) {
    this.ledger = ledger;
  }
}

export function noteObject(objects: Map<string, AccessPath>, path: AccessPath | null): void {
  if (path !== null) objects.set(`${path.param}${path.path.join("")}`, path);
}
