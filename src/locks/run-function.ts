/**
 * Runs functions in their most general context: on the contracts of their callees, which are
 * run first, or, for a closer look, with the callees' bodies. Each run has a slice of its own:
 * on contracts, only what the contracts ask about is relevant at a call.
 */
import type { Instruction } from "../cfg/cfg.js";
import type { Budget } from "../dataflow/budget.js";
import { Explorer, MOST_STATES } from "../dataflow/explore.js";
import { Guide } from "../dataflow/guide.js";
import type { Procedure } from "../dataflow/procedure.js";
import { computeSlice } from "../dataflow/slice.js";
import { Terms } from "../dataflow/term.js";
import type { Witness } from "../dataflow/witness.js";
import { WriteSets } from "../dataflow/writes.js";
import { DEMANDS, type Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import { type Contract, contractOf } from "./contract.js";
import { withoutDemands } from "./effect-at-call.js";
import type { FunctionRun, Obligation } from "./obligation.js";
import type { Observer } from "./observer.js";
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
  #depth = 0;
  readonly #writes = new WriteSets();
  readonly #runs = new Map<Procedure, FunctionRun | "running">();
  readonly #contracts = new Map<Procedure, Contract | null>();

  constructor(rules: RunnerRules, budget: Budget) {
    this.#rules = rules;
    this.#budget = budget;
  }

  /** On contracts where they can be weighed: fast, and exact where nothing is left open. */
  run(procedure: Procedure): FunctionRun {
    const known = this.#runs.get(procedure);
    const isCutShort = (run: FunctionRun) => run.limits.includes("budget") && !this.#budget.isSpent;
    if (known !== undefined && known !== "running" && !isCutShort(known)) return known;
    this.#runs.set(procedure, "running");
    const first = this.#explore(procedure, (callee) => this.#contract(callee));
    const run = first.needsBodies.size > 0 ? this.#lookCloser(procedure, first) : first;
    this.#runs.set(procedure, run);
    return run;
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
      : { ...first, obligations: certain, limits: run.limits, skipped: 0 };
  }

  /** Watched, down to the exits, and also where nothing demands a lock. */
  observe(procedure: Procedure, observer: Observer, callees: "bodies" | "contracts"): FunctionRun {
    const contract = (callee: Procedure) => (callees === "bodies" ? null : this.#contract(callee));
    return this.#explore(procedure, contract, observer);
  }

  #contract(callee: Procedure): Contract | null {
    const known = this.#contracts.get(callee);
    if (known !== undefined) return known;
    if (this.#runs.get(callee) === "running" || this.#depth >= DEEPEST) return null;
    this.#depth++;
    try {
      const contract = this.#rules.reachesDemand(callee)
        ? contractOf(this.run(callee), this.#writes.of(callee))
        : null;
      this.#contracts.set(callee, contract);
      return contract;
    } finally {
      this.#depth--;
    }
  }

  /** Locks taken and dropped matter only where something demands them. */
  #isAskedAnything(
    procedures: readonly Procedure[],
    contractAt: (procedure: Procedure, instruction: Instruction) => Contract | null,
  ): boolean {
    return procedures.some((one) =>
      one.cfg.blocks.some(({ instructions }) =>
        instructions.some((instruction) => {
          if (
            this.#rules.effectsAt(one, instruction.span).some(({ kind }) => DEMANDS.includes(kind))
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

  #explore(
    procedure: Procedure,
    contract: Rules["contract"],
    observer: Observer | null = null,
    probed: ReadonlySet<Procedure> = NONE,
    mostStates = MOST_STATES,
  ): FunctionRun {
    const contractAt = (at: Procedure, instruction: Instruction) =>
      contractOfCall(at, instruction, this.#rules, contract);
    const procedures = withCallees([procedure, ...probed], contractAt);
    // Bodies that call each other in a ring are all looked at for each of them.
    this.#budget.spend(procedures.reduce((sum, { cfg }) => sum + cfg.blocks.length, 0));
    const effectsAt = (at: Procedure, span: Span) =>
      this.#rules
        .effectsAt(at, span)
        .filter(({ kind }) => observer !== null || !WITHOUT_CONSEQUENCE.includes(kind));
    const slice = computeSlice({
      procedures: this.#budget.isSpent ? [] : procedures,
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
    const isAsked = observer !== null || this.#isAskedAnything(procedures, contractAt);
    if (isAsked && slice.matters(procedure)) explorer.run(procedure);
    observer?.returned(explorer.exits);
    const walkAgain = (path: Witness) => {
      const walker = new LockTransfer(rules);
      const guide = new Guide(path);
      const again = new Explorer(terms, slice, walker, guide, explorer.contexts, this.#budget);
      const { ledger } = walker.attach(again);
      again.run(procedure);
      return ledger;
    };
    const obligations = record.ledger.settle(walkAgain);
    if (isAsked && this.#budget.isSpent) record.limits.add("budget");
    return {
      procedure,
      obligations,
      assumptions: [...record.assumptions.values()],
      limits: [...record.limits],
      locks: [...record.locked.values()],
      ownLocks: [...record.lockedHere.values()],
      releases: record.releases,
      skipped: record.skipped,
      needsBodies: record.needsBodies,
      terms,
      states: explorer.states,
    };
  }
}

const NONE: ReadonlySet<Procedure> = new Set();
/** Contracts made for one another; further in, bodies are run, which has a bound of its own. */
const DEEPEST = 40;

/** Spent on doubts that are not about a commit. */
const MOST_STATES_FOR_MINOR = 1_000;

/** Not about a commit: what stays open of it is taken for granted, not left undecided. */
function isSettledOrMinor(one: Obligation): boolean {
  return isMet(one) || (one.member === null && one.unlocked === null && !one.perhapsInserted);
}

/** Callees on the way to what a run did not see locked, and those whose contracts it could not weigh. */
function doubtfulCallees({ obligations, needsBodies }: FunctionRun): Set<Procedure> {
  const open = obligations.filter((one) => !isMet(one));
  const onTheWay = open.flatMap(({ chain }) => chain.slice(1).map(({ procedure }) => procedure));
  return new Set([...needsBodies, ...onTheWay]);
}

/** A run, if it leaves no doubt that other bodies could settle. */
function settle(run: FunctionRun): FunctionRun | null {
  const isSure = (one: Obligation) =>
    isMet(one) || (isOwnDebt(one) && one.firm !== null && !one.unknown && !one.perhapsInserted);
  if (run.limits.length + run.needsBodies.size > 0 || !run.obligations.every(isSure)) return null;
  const obligations = run.obligations.map((one) => ({ ...one, unlocked: one.firm }));
  return { ...run, obligations, skipped: 0 };
}

function isMet({ unlocked, unknown, perhapsInserted }: Obligation): boolean {
  return unlocked === null && !unknown && !perhapsInserted;
}

function isOwnDebt({ unlocked, fromContract }: Obligation): boolean {
  return unlocked !== null && !fromContract;
}

function isNeverLocked({ lockedAt, metOtherwise }: Obligation): boolean {
  return lockedAt === null && !metOtherwise;
}

function contractOfCall(
  procedure: Procedure,
  instruction: Instruction,
  rules: RunnerRules,
  contract: Rules["contract"],
): Contract | null {
  if (instruction.op !== "call" || instruction.callee === null) return null;
  if (withoutDemands(rules.effectsAt(procedure, instruction.span)).length > 0) return null;
  const callee = procedure.callee(instruction.callee);
  return callee === null ? null : contract(callee, procedure);
}

/** The procedures and everything in reach whose body is run with them. */
function withCallees(
  procedures: readonly Procedure[],
  contractAt: (procedure: Procedure, instruction: Instruction) => Contract | null,
): Procedure[] {
  const found = new Set(procedures);
  for (const one of found) {
    for (const { instructions } of one.cfg.blocks) {
      for (const instruction of instructions) {
        if (instruction.op !== "call" || instruction.callee === null) continue;
        const callee = one.callee(instruction.callee);
        if (callee !== null && contractAt(one, instruction) === null) found.add(callee);
      }
    }
  }
  return [...found];
}

/** What becomes of an object's memory is not asked, nor what a reader may rely on. */
const WITHOUT_CONSEQUENCE: readonly Effect["kind"][] = ["free", "content"];
