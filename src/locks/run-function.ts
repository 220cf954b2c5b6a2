/**
 * Runs functions in their most general context: on the contracts of their callees, which are
 * run first, or, for a closer look, with the callees' bodies. Each run has a slice of its own:
 * on contracts, only what the contracts ask about is relevant at a call.
 */
import type { Instruction } from "../cfg/cfg.js";
import type { Budget } from "../dataflow/budget.js";
import { callsIn } from "../dataflow/calls-in.js";
import { Explorer, MOST_STATES } from "../dataflow/explore.js";
import { Guide } from "../dataflow/guide.js";
import type { Procedure } from "../dataflow/procedure.js";
import { computeSlice } from "../dataflow/slice.js";
import { Terms } from "../dataflow/term.js";
import type { Witness } from "../dataflow/witness.js";
import { WriteSets } from "../dataflow/writes.js";
import { DEMANDS, type Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import { contractOfCall, hasNoDemands } from "./calls.js";
import { type Contract, contractOf } from "./contract.js";
import { doubtfulCallees, isNeverLocked, isOwnDebt, isSettledOrMinor, settle } from "./doubts.js";
import type { FunctionRun } from "./obligation.js";
import type { Observer } from "./observer.js";
import { passedOn } from "./passed-on.js";
import type { Rules } from "./rules.js";
import { membersOf, pathsAskedFor, seedOf } from "./seeds.js";
import { LockTransfer } from "./transfer.js";
import { WatchedTransfer } from "./watched-transfer.js";

export interface RunnerRules extends Omit<Rules, "contract" | "isProbed"> {
  /** Whether a procedure may lead to an effect that demands a lock. */
  reachesDemand(procedure: Procedure): boolean;
}

export class Runner {
  readonly #rules: RunnerRules;
  readonly #budget: Budget;
  readonly #writes = new WriteSets();
  readonly #runs = new Map<Procedure, FunctionRun | "running">();
  readonly #contracts = new Map<Procedure, Contract | null>();

  constructor(rules: RunnerRules, budget: Budget) {
    this.#rules = rules;
    this.#budget = budget;
  }

  /**
   * On contracts where they can be weighed: fast, and exact where nothing is left open. The
   * callees come first, however many call one another: no call of ours stands for one of theirs.
   */
  run(procedure: Procedure): FunctionRun {
    const begun: { procedure: Procedure; asked: Iterator<Procedure> }[] = [];
    const begin = (one: Procedure) => {
      this.#runs.set(one, "running");
      begun.push({ procedure: one, asked: this.#askedBy(one) });
    };
    if (!this.#isRun(procedure)) begin(procedure);
    for (let top = begun.at(-1); top !== undefined; top = begun.at(-1)) {
      const { done, value: callee } = top.asked.next();
      if (done !== true) {
        if (!this.#isRun(callee)) begin(callee);
        continue;
      }
      begun.pop();
      this.#budget.next();
      this.#runs.set(top.procedure, this.#runOnContracts(top.procedure));
    }
    return this.#runs.get(procedure) as FunctionRun;
  }

  /** Whether a function need not be run again: it was, and not cut short by its share of work. */
  #isRun(procedure: Procedure): boolean {
    const known = this.#runs.get(procedure);
    if (known === undefined || known === "running") return false;
    return !known.limits.includes("budget") || this.#budget.isSpent;
  }

  #runOnContracts(procedure: Procedure): FunctionRun {
    const first = this.#explore(procedure, (callee) => this.#contract(callee));
    return first.needsBodies.size > 0 ? this.#lookCloser(procedure, first) : first;
  }

  /** Functions whose contracts a run of this one will ask for, those of bodies it runs included. */
  *#askedBy(procedure: Procedure): Iterator<Procedure> {
    const found = new Set([procedure]);
    for (const one of found) {
      if (found.size > MOST_BODIES) return;
      for (const { call, callee } of callsIn(one)) {
        const isByContract = hasNoDemands(one, call, this.#rules);
        if (isByContract && this.#isOpen(callee)) yield callee;
        if (!isByContract || this.#contract(callee) === null) found.add(callee);
      }
    }
  }

  /** Whether a contract is still to be made. */
  #isOpen(callee: Procedure): boolean {
    return (
      !this.#contracts.has(callee) &&
      this.#runs.get(callee) !== "running" &&
      this.#rules.reachesDemand(callee)
    );
  }

  /** The same with bodies, where what was run so far leaves a doubt. */
  runWithBodies(procedure: Procedure): FunctionRun {
    const first = this.run(procedure);
    return settle(first) ?? this.#lookCloser(procedure, first);
  }

  /**
   * With bodies: first of what the doubts are about, each run for what it demands alone. Where
   * that does not settle them, of all in reach. Where that is too much, what the first run saw
   * stands as far as no body could change it: an object that no path locks, or a path on which no
   * decision hangs on what a contract made unknown.
   */
  #lookCloser(procedure: Procedure, first: FunctionRun): FunctionRun {
    const doubtful = doubtfulCallees(first);
    const isMinor = first.limits.length === 0 && first.obligations.every(isSettledOrMinor);
    const most = isMinor ? MOST_STATES_FOR_MINOR : MOST_STATES;
    const contract = (callee: Procedure, caller: Procedure) =>
      caller !== procedure && doubtful.has(callee) ? null : this.#contract(callee);
    const settled = settle(this.#explore(procedure, contract, null, doubtful, most));
    if (settled !== null) return settled;
    const run = this.#explore(procedure, () => null, null, NONE, most);
    if (run.limits.length === 0) return run;
    if (isMinor) return { ...first, skipped: 0 };
    const certain = first.obligations
      .filter(isOwnDebt)
      .map((one) => (one.firm === null ? one : { ...one, unlocked: one.firm }))
      .filter((one) => one.firm !== null || isNeverLocked(one));
    // Terms are of one run: its obligations cannot stand beside those of another.
    return certain.length === 0
      ? run
      : { ...first, obligations: certain, mistakes: [], limits: run.limits, skipped: 0 };
  }

  /** Watched, down to the exits, and also where nothing demands a lock. */
  observe(procedure: Procedure, observer: Observer, callees: "bodies" | "contracts"): FunctionRun {
    const contract = (callee: Procedure) => (callees === "bodies" ? null : this.#contract(callee));
    return this.#explore(procedure, contract, observer);
  }

  #contract(callee: Procedure): Contract | null {
    const known = this.#contracts.get(callee);
    if (known !== undefined) return known;
    if (this.#runs.get(callee) === "running") return null;
    const contract = this.#rules.reachesDemand(callee)
      ? contractOf(this.run(callee), this.#writes.of(callee))
      : null;
    this.#contracts.set(callee, contract);
    return contract;
  }

  /** Locks taken and dropped matter only where something demands them, or can be wrong itself. */
  #isAskedAnything(
    root: Procedure,
    procedures: readonly Procedure[],
    contractAt: (procedure: Procedure, instruction: Instruction) => Contract | null,
  ): boolean {
    return procedures.some((one) =>
      one.cfg.blocks.some(({ instructions }) =>
        instructions.some((instruction) => {
          if (
            this.#rules
              .effectsAt(one, instruction.span)
              .some(
                ({ kind, instead }) =>
                  DEMANDS.includes(kind) ||
                  (one === root &&
                    (instead?.nothing ?? instead?.freed ?? instead?.abandoned) !== undefined),
              )
          )
            return true;
          const contract = contractAt(one, instruction);
          return (
            contract !== null &&
            contract.requires.length + contract.assumes.length + contract.limits.length > 0
          );
        }),
      ),
    );
  }

  /**
   * The procedures and everything in reach whose body is run with them; null where that is too
   * much. Bodies that call each other in a ring are all looked at for each of them.
   */
  #bodies(
    procedures: readonly Procedure[],
    contractAt: (procedure: Procedure, instruction: Instruction) => Contract | null,
  ): Procedure[] | null {
    const found = new Set(procedures);
    for (const one of found) {
      this.#budget.spend(one.cfg.blocks.length);
      if (found.size > MOST_BODIES || this.#budget.isSpent) return null;
      for (const { call, callee } of callsIn(one))
        if (contractAt(one, call) === null) found.add(callee);
    }
    return [...found];
  }

  #explore(
    procedure: Procedure,
    contract: Rules["contract"],
    observer: Observer | null = null,
    probed: ReadonlySet<Procedure> = NONE,
    mostStates = MOST_STATES,
  ): FunctionRun {
    const contractAt = (at: Procedure, instruction: Instruction) =>
      contractOfCall(at, instruction, this.#rules, contract);
    const bodies = this.#bodies([procedure, ...probed], contractAt);
    const procedures = bodies ?? [procedure];
    const effectsAt = (at: Procedure, span: Span) =>
      this.#rules
        .effectsAt(at, span)
        .filter(({ kind }) => observer !== null || !WITHOUT_CONSEQUENCE.includes(kind));
    const callEffects = (at: Procedure, { span }: Instruction) => effectsAt(at, span);
    const slice = computeSlice({
      procedures: bodies ?? [],
      fields: [...this.#rules.members, this.#rules.owner],
      seed: (at, instruction) =>
        seedOf(at, instruction, effectsAt(at, instruction.span), contractAt(at, instruction)),
      handedOver: (at, instruction) => {
        const kinds = this.#rules.effectsAt(at, instruction.span).map(({ kind }) => kind);
        if (kinds.includes("hand-over") || kinds.includes("commit")) return this.#rules.members;
        if (kinds.includes("release-all")) return [this.#rules.owner];
        return membersOf(pathsAskedFor(contractAt(at, instruction)));
      },
      byContract: (at, instruction) => contractAt(at, instruction) !== null,
      resultOf: observer === null ? undefined : procedure,
    });
    const rules = {
      ...this.#rules,
      contract,
      isProbed: (callee: Procedure) => probed.has(callee),
    };
    const transfer =
      observer === null ? new LockTransfer(rules) : new WatchedTransfer(rules, observer);
    const terms = new Terms();
    const explorer = new Explorer(
      terms,
      slice,
      transfer,
      null,
      undefined,
      this.#budget,
      mostStates,
    );
    const record = transfer.attach(explorer);
    const isAsked = observer !== null || this.#isAskedAnything(procedure, procedures, contractAt);
    if (isAsked && slice.matters(procedure)) explorer.run(procedure);
    const passed = isAsked ? record : passedOn(procedure, { effectsAt: callEffects, contractAt });
    observer?.returned(explorer.exits);
    const walkAgain = (path: Witness) => {
      const walker = new LockTransfer(rules);
      const guide = new Guide(path);
      const again = new Explorer(terms, slice, walker, guide, explorer.contexts, this.#budget);
      const { ledger } = walker.attach(again);
      again.run(procedure);
      return ledger;
    };
    const isComplete = record.limits.size === 0 && !this.#budget.isSpent && bodies !== null;
    const noted = record.ledger.settle(walkAgain, isComplete);
    if (isAsked && this.#budget.isSpent) record.limits.add("budget");
    else if (bodies === null) record.limits.add("depth-limit");
    return {
      procedure,
      obligations: noted.filter(({ isMistake }) => !isMistake),
      mistakes: noted.filter(({ isMistake }) => isMistake),
      assumptions: [...record.assumptions.values()],
      limits: [...record.limits],
      locks: [...passed.locked.values()],
      ownLocks: [...record.lockedHere.values()],
      inserts: [...passed.inserted.values()],
      releases: passed.releases,
      skipped: record.skipped,
      needsBodies: record.needsBodies,
      terms,
      states: explorer.states,
    };
  }
}

const NONE: ReadonlySet<Procedure> = new Set();

/** Functions whose bodies are run together; in the kernel there are never a third of it. */
const MOST_BODIES = 200;

/** Spent on doubts that are not about a commit. */
const MOST_STATES_FOR_MINOR = 1_000;

/** What a reader may rely on is not asked. */
const WITHOUT_CONSEQUENCE: readonly Effect["kind"][] = ["content"];
