/**
 * Runs functions in their most general context: on the contracts of their callees, which are
 * run first, or, for a closer look, with the callees' bodies.
 */
import { Explorer } from "../dataflow/explore.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Slice } from "../dataflow/slice.js";
import { Terms } from "../dataflow/term.js";
import { WriteSets } from "../dataflow/writes.js";
import { type Contract, contractOf } from "./contract.js";
import type { FunctionRun } from "./obligation.js";
import { LockTransfer, type Rules } from "./transfer.js";

export class Runner {
  readonly #slice: Slice;
  readonly #rules: Omit<Rules, "contract">;
  readonly #writes: WriteSets;
  readonly #runs = new Map<Procedure, FunctionRun | "running">();
  readonly #contracts = new Map<Procedure, Contract | null>();

  constructor(slice: Slice, rules: Omit<Rules, "contract">) {
    this.#slice = slice;
    this.#rules = rules;
    this.#writes = new WriteSets(slice);
  }

  /** On contracts: fast, and exact where nothing is left open. */
  run(procedure: Procedure): FunctionRun {
    const known = this.#runs.get(procedure);
    if (known !== undefined && known !== "running") return known;
    this.#runs.set(procedure, "running");
    const run = this.#explore(procedure, (callee) => this.#contract(callee));
    this.#runs.set(procedure, run);
    return run;
  }

  /** With every body in reach. */
  runWithBodies(procedure: Procedure): FunctionRun {
    return this.#explore(procedure, () => null);
  }

  #contract(callee: Procedure): Contract | null {
    const known = this.#contracts.get(callee);
    if (known !== undefined) return known;
    if (this.#runs.get(callee) === "running" || !this.#slice.matters(callee)) return null;
    const contract = contractOf(this.run(callee), this.#writes.of(callee));
    this.#contracts.set(callee, contract);
    return contract;
  }

  #explore(procedure: Procedure, contract: Rules["contract"]): FunctionRun {
    const transfer = new LockTransfer({ ...this.#rules, contract });
    const explorer = new Explorer(new Terms(), this.#slice, transfer);
    const ledger = transfer.attach(explorer);
    explorer.run(procedure);
    return {
      procedure,
      obligations: ledger.settle(),
      assumptions: [...transfer.assumptions.values()],
      limits: [...transfer.limits],
      locks: [...transfer.locked.values()],
      releases: transfer.releases,
      skipped: transfer.skipped,
      terms: explorer.terms,
      states: explorer.states,
    };
  }
}
