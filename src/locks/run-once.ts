/**
 * One run of a function: on the contracts of its callees, or with their bodies, with or without
 * locks of other classes in view. It has a slice of its own: on contracts, only what the contracts
 * ask about is relevant at a call.
 */
import type { Instruction } from "../cfg/cfg.js";
import type { Budget } from "../dataflow/budget.js";
import { callsIn } from "../dataflow/calls-in.js";
import { Explorer } from "../dataflow/explore.js";
import { Guide } from "../dataflow/guide.js";
import type { Procedure } from "../dataflow/procedure.js";
import { computeSlice } from "../dataflow/slice.js";
import { Terms } from "../dataflow/term.js";
import type { Witness } from "../dataflow/witness.js";
import { DEMANDS, type Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import { contractOfCall } from "./calls.js";
import { mayLockUnseen } from "./class-locks.js";
import type { Contract } from "./contract.js";
import type { FunctionRun } from "./obligation.js";
import type { Observer } from "./observer.js";
import { passedOn } from "./passed-on.js";
import type { Rules } from "./rules.js";
import { membersOf, pathsAskedFor, seedOf, seedOfArguments } from "./seeds.js";
import { LockTransfer } from "./transfer.js";
import { WatchedTransfer } from "./watched-transfer.js";

export interface RunnerRules extends Omit<Rules, "contract" | "isProbed"> {
  /** Whether a procedure may lead to an effect that demands a lock. */
  reachesDemand(procedure: Procedure): boolean;
  /** Whether locks of other classes can matter in a procedure. */
  concernsClasses(procedure: Procedure): boolean;
  /** The same of those that come after the protocol's own. */
  concernsLaterClasses(procedure: Procedure): boolean;
}

export interface Way {
  /** The contracts that stand for callees. */
  readonly given: Rules["contract"];
  readonly observer: Observer | null;
  /** Callees whose bodies are run for what they demand alone. */
  readonly probed: ReadonlySet<Procedure>;
  readonly withClasses: boolean;
  /**
   * Of these only those that come later, and what takes the protocol's lock: nothing else is
   * demanded. After a callee that touches such locks nothing is known of them.
   */
  readonly isLight: boolean;
  readonly mostStates: number;
}

export function runOnce(
  all: RunnerRules,
  budget: Budget,
  procedure: Procedure,
  way: Way,
): FunctionRun {
  const { given, observer, probed, withClasses, isLight } = way;
  const isLater = ({ lock }: Effect) => all.classes.rules.get(lock?.name ?? "")?.kind === "after";
  const classEffectsAt = !withClasses
    ? noEffects
    : isLight
      ? (at: Procedure, span: Span) => all.classEffectsAt(at, span).filter(isLater)
      : all.classEffectsAt;
  // What a callee does to locks of other classes only its body tells.
  const contract: Rules["contract"] = (callee, caller) =>
    withClasses && !isLight && all.touchesClasses(callee)
      ? null
      : lightened(given(callee, caller), isLight);
  const contractAt = (at: Procedure, instruction: Instruction) =>
    contractOfCall(at, instruction, all, contract);
  const bodies = bodiesOf(budget, [procedure, ...probed], contractAt);
  const procedures = bodies ?? [procedure];
  const effectsAt = (at: Procedure, span: Span) => [
    ...all
      .effectsAt(at, span)
      .filter(({ kind }) => observer !== null || !WITHOUT_CONSEQUENCE.includes(kind))
      .filter(({ kind }) => !isLight || !HEAVY.includes(kind)),
    ...classEffectsAt(at, span),
  ];
  const callEffects = (at: Procedure, { span }: Instruction) => effectsAt(at, span);
  const slice = computeSlice({
    procedures: bodies ?? [],
    fields: [...all.members, all.owner],
    seed: (at, instruction) =>
      seedOf(at, instruction, effectsAt(at, instruction.span), contractAt(at, instruction)) ??
      (withClasses && !isLight && mayLockUnseen(at, instruction, all.classes)
        ? seedOfArguments(instruction)
        : null),
    handedOver: (at, instruction) => {
      const kinds = all.effectsAt(at, instruction.span).map(({ kind }) => kind);
      if (kinds.includes("hand-over") || kinds.includes("commit")) return all.members;
      if (kinds.includes("release-all")) return [all.owner];
      return membersOf(pathsAskedFor(contractAt(at, instruction)));
    },
    entersPredicates: withClasses && !isLight,
    byContract: (at, instruction) => contractAt(at, instruction) !== null,
    resultOf: observer === null ? undefined : procedure,
  });
  const rules = {
    ...all,
    classEffectsAt,
    contract,
    touchesClasses: (callee: Procedure) => withClasses && all.touchesClasses(callee),
    isProbed: (callee: Procedure) => probed.has(callee),
  };
  const transfer =
    observer === null ? new LockTransfer(rules) : new WatchedTransfer(rules, observer);
  const terms = new Terms();
  const explorer = new Explorer(terms, slice, transfer, null, undefined, budget, way.mostStates);
  const record = transfer.attach(explorer);
  const isAsked =
    observer !== null || withClasses || isAskedAnything(all, procedure, procedures, contractAt);
  if (isAsked && slice.matters(procedure))
    transfer.returned(explorer.run(procedure), explorer.exits);
  const passed = isAsked ? record : passedOn(procedure, { effectsAt: callEffects, contractAt });
  observer?.returned(explorer.exits);
  const walkAgain = (path: Witness) => {
    const walker = new LockTransfer(rules);
    const guide = new Guide(path);
    const again = new Explorer(terms, slice, walker, guide, explorer.contexts, budget);
    const { ledger } = walker.attach(again);
    walker.returned(again.run(procedure), again.exits);
    return ledger;
  };
  const isComplete = record.limits.size === 0 && !budget.isSpent && bodies !== null;
  const noted = record.ledger.settle(walkAgain, isComplete);
  if (isAsked && budget.isSpent) record.limits.add("budget");
  else if (bodies === null) record.limits.add("depth-limit");
  return {
    procedure,
    obligations: noted.filter(({ isMistake, isOwn }) => !isMistake && !isOwn),
    mistakes: noted.filter(({ isMistake }) => isMistake),
    own: noted.filter(({ isOwn }) => isOwn),
    ownTerms: terms,
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

/** For locks of other classes alone. */
export function runLight(
  rules: RunnerRules,
  budget: Budget,
  procedure: Procedure,
  given: Rules["contract"],
): FunctionRun {
  return runOnce(rules, budget, procedure, {
    given,
    observer: null,
    probed: new Set(),
    withClasses: true,
    isLight: true,
    mostStates: MOST_STATES_LIGHT,
  });
}

/** Locks taken and dropped matter only where something demands them, or can be wrong itself. */
function isAskedAnything(
  rules: RunnerRules,
  root: Procedure,
  procedures: readonly Procedure[],
  contractAt: (procedure: Procedure, instruction: Instruction) => Contract | null,
): boolean {
  return procedures.some((one) =>
    one.cfg.blocks.some(({ instructions }) =>
      instructions.some((instruction) => {
        const isAsking = ({ kind, instead }: Effect) =>
          DEMANDS.includes(kind) ||
          (one === root &&
            (instead?.nothing ?? instead?.freed ?? instead?.abandoned) !== undefined);
        if (rules.effectsAt(one, instruction.span).some(isAsking)) return true;
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
function bodiesOf(
  budget: Budget,
  procedures: readonly Procedure[],
  contractAt: (procedure: Procedure, instruction: Instruction) => Contract | null,
): Procedure[] | null {
  const found = new Set(procedures);
  for (const one of found) {
    budget.spend(one.cfg.blocks.length);
    if (found.size > MOST_BODIES || budget.isSpent) return null;
    for (const { call, callee } of callsIn(one))
      if (contractAt(one, call) === null) found.add(callee);
  }
  return [...found];
}

/** A contract without what it demands. */
function lightened(contract: Contract | null, isLight: boolean): Contract | null {
  return contract === null || !isLight ? contract : { ...contract, requires: [], assumes: [] };
}

/** Demands and mistakes that locks of other classes have no part in. */
const HEAVY: readonly Effect["kind"][] = ["demand", "require", "write", "detach", "free", "use"];

function noEffects(): readonly Effect[] {
  return [];
}

/** Functions whose bodies are run together; in the kernel there are never a third of it. */
export const MOST_BODIES = 200;

/** Spent where nothing but locks of other classes is looked at. */
const MOST_STATES_LIGHT = 4_000;

/** What a reader may rely on is not asked. */
const WITHOUT_CONSEQUENCE: readonly Effect["kind"][] = ["content"];
