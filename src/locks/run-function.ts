/**
 * Runs functions in their most general context, callees before callers. A function is first
 * run with the contracts of its callees; when that leaves anything open, again with their
 * bodies: a contract forgets what the body would have told.
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

  run(procedure: Procedure): FunctionRun {
    const known = this.#runs.get(procedure);
    if (known !== undefined && known !== "running") return known;
    this.#runs.set(procedure, "running");
    const first = this.#explore(procedure, (callee) => this.#contract(callee));
    const isOpen = first.obligations.some(({ unlocked, unknown }) => unlocked !== null || unknown);
    if (process.env.DBGT) console.log(procedure.name, first.states, first.skipped, isOpen, first.limits.join());
    const run = isOpen && first.skipped > 0 ? this.#explore(procedure, () => null) : first;
    this.#runs.set(procedure, run);
    return run;
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
    transfer.attach(explorer);
    explorer.run(procedure);
    return {
      procedure,
      obligations: [...transfer.obligations.values()],
      assumptions: [...transfer.assumptions.values()],
      limits: [...transfer.limits],
      releases: transfer.releases,
      terms: explorer.terms,
      states: explorer.states,
      skipped: transfer.skipped,
    };
  }
}
