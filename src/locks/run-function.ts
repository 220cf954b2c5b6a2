/**
 * Runs functions in their most general context: on the contracts of their callees, which are
 * run first, or, for a closer look, with the callees' bodies.
 */
import type { Budget } from "../dataflow/budget.js";
import { callsIn } from "../dataflow/calls-in.js";
import { MOST_STATES } from "../dataflow/explore.js";
import type { Procedure } from "../dataflow/procedure.js";
import { WriteSets } from "../dataflow/writes.js";
import { hasNoDemands } from "./calls.js";
import { type Contract, contractOf } from "./contract.js";
import {
  allOf,
  certainOwn,
  doubtfulCallees,
  isNeverLocked,
  isOpen,
  isOwnDebt,
  isSettledOrMinor,
  settle,
} from "./doubts.js";
import type { FunctionRun } from "./obligation.js";
import type { Observer } from "./observer.js";
import type { Rules } from "./rules.js";
import { MOST_BODIES, type RunnerRules, runLight, runOnce } from "./run-once.js";

export class Runner {
  readonly #rules: RunnerRules;
  readonly #budget: Budget;
  readonly #writes = new WriteSets();
  readonly #runs = new Map<Procedure, FunctionRun | "running">();
  readonly #contracts = new Map<Procedure, Contract | null>();
  /** Procedures in which locks of other classes led to too many states: they are left out there. */
  readonly #blind = new Map<Procedure, Pick<FunctionRun, "own" | "ownTerms">>();

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
    return this.#orBlind(procedure, () => {
      const first = this.#explore(procedure, (callee) => this.#contract(callee));
      if (first.limits.length > 0 && this.#seesClasses(procedure)) return first;
      return first.needsBodies.size > 0 ? this.#lookCloser(procedure, first) : first;
    });
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
    return this.#orBlind(procedure, () => {
      const first = this.run(procedure);
      return settle(first) ?? this.#lookCloser(procedure, first);
    });
  }

  /** Once more without locks of other classes, where these are too much. */
  #orBlind(procedure: Procedure, run: () => FunctionRun): FunctionRun {
    const seeing = run();
    if (seeing.limits.length > 0 && this.#seesClasses(procedure)) {
      const own = certainOwn(seeing);
      const isLight = own.length === 0 && this.#rules.concernsLaterClasses(procedure);
      const given = (callee: Procedure) => this.#contract(callee);
      const seen = isLight ? runLight(this.#rules, this.#budget, procedure, given) : seeing;
      this.#blind.set(procedure, { own: certainOwn(seen), ownTerms: seen.terms });
      if (this.#runs.get(procedure) !== "running") this.#runs.delete(procedure);
      return this.#orBlind(procedure, run);
    }
    const seen = this.#blind.get(procedure);
    if (seen === undefined) return seeing;
    const { assumptions } = seeing;
    const isTaken = seen.own.length === 0 && !assumptions.some(({ text }) => text === BLIND);
    const granted = isTaken ? [{ text: BLIND, flag: null }] : [];
    return { ...seeing, ...seen, assumptions: [...assumptions, ...granted] };
  }

  #seesClasses(procedure: Procedure): boolean {
    return this.#rules.concernsClasses(procedure) && !this.#blind.has(procedure);
  }

  /**
   * With bodies: first of what the doubts are about, each run for what it demands alone. Where
   * that does not settle them, of all in reach. Where that is too much, what the first run saw
   * stands as far as no body could change it: an object that no path locks, or a path on which no
   * decision hangs on what a contract made unknown.
   */
  #lookCloser(procedure: Procedure, first: FunctionRun): FunctionRun {
    const doubtful = doubtfulCallees(first);
    const isMinor = first.limits.length === 0 && allOf(first).every(isSettledOrMinor);
    const most = isMinor ? MOST_STATES_FOR_MINOR : MOST_STATES;
    const contract = (callee: Procedure, caller: Procedure) =>
      caller !== procedure && doubtful.has(callee) ? null : this.#contract(callee);
    let probed = this.#explore(procedure, contract, null, doubtful, most);
    const settled = settle(probed);
    if (settled !== null) return settled;
    if (this.#seesClasses(procedure)) {
      // Callees of callees: each round looks one call further in.
      for (let round = 1; round < MOST_ROUNDS && isOpen(probed); round++) {
        for (const callee of probed.needsBodies) doubtful.add(callee);
        probed = this.#explore(procedure, contract, null, doubtful, most);
      }
      const own = certainOwn(probed);
      if (own.length > 0) return { ...probed, own, limits: ["state-limit"] };
    }
    const run = this.#explore(procedure, () => null, null, NONE, most);
    if (run.limits.length === 0 || this.#seesClasses(procedure)) return run;
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

  #explore(
    procedure: Procedure,
    given: Rules["contract"],
    observer: Observer | null = null,
    probed: ReadonlySet<Procedure> = NONE,
    mostStates = MOST_STATES,
  ): FunctionRun {
    const withClasses = observer === null && this.#seesClasses(procedure);
    return runOnce(this.#rules, this.#budget, procedure, {
      given,
      observer,
      probed,
      withClasses,
      isLight: false,
      mostStates: withClasses ? Math.min(mostStates, MOST_STATES_WITH_CLASSES) : mostStates,
    });
  }
}

const NONE: ReadonlySet<Procedure> = new Set();

/** Spent on a function in which locks of other classes matter, before these are left out. */
const MOST_STATES_WITH_CLASSES = 600;
const MOST_ROUNDS = 4;

const BLIND = "the mmap and rmap locks it takes and lets go are held as they must be";

/** Spent on doubts that are not about a commit. */
const MOST_STATES_FOR_MINOR = 1_000;
