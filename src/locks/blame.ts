/**
 * Whose fault: which function is charged for an object that is not locked where it must be.
 *
 * Start at the function that has the effect and go outward along the chain of calls. A function
 * passes the blame to its callers only if at least one caller locks such an object first, or if
 * every caller did before the patch; then the callers that do not are charged. A run-time
 * assertion on what was handed in is always the callers' business. Otherwise, and
 * when no caller is in reach, the function itself is. Which callers count after a patch that
 * made the demand is said in `analyze/other-side.ts`.
 */
import type { Procedure } from "../dataflow/procedure.js";
import { hangsOnArguments, withoutInnerAssertions } from "./asserted.js";
import { MOST_LINKS } from "./contract.js";
import { effectName } from "./effect-name.js";
import { type FunctionRun, isFoundHere, type Link, type Obligation } from "./obligation.js";
import { ownDebts } from "./own-debts.js";
import { isKnownObject, isTentative } from "./tentative.js";

/** One obligation and the run it was seen in, charged to the function that was run. */
export interface Charge {
  readonly run: FunctionRun;
  readonly obligation: Obligation;
  /** Charged only because a caller was seen to hand in an object that others can reach. */
  readonly isByCaller: boolean;
}

/** A function that demands something of its callers, as a key. */
export type Demand = string;

/** What the functions of some runs demand of their callers. */
export function demandsOf(runs: Iterable<FunctionRun>): Set<Demand> {
  const demands = new Set<Demand>();
  for (const { obligations } of runs) {
    for (const obligation of obligations) {
      const { unlocked, fromParameter, inContainer } = obligation;
      if (unlocked !== null && fromParameter && !inContainer) demands.add(demandAt(obligation, 0));
    }
  }
  return demands;
}

/** A function that calls one that demands something, and hands it an object. */
interface Caller {
  /** Its own code, or a helper it calls first, locks the object. */
  locks: boolean;
  /** What it demands in turn, where the object is not its own. */
  demand: Demand | null;
}

/**
 * Which demands are the callers' business: one of them locks first, or most of them get the
 * object locked from their own callers. One alone that does, four calls further out, may do so
 * for reasons of its own.
 */
export class Evidence {
  readonly #callers = new Map<Demand, Map<string, Caller>>();
  readonly #met = new Map<Demand, boolean>();

  constructor(runs: Iterable<FunctionRun>) {
    for (const run of runs) this.#read(run);
  }

  has(demand: Demand): boolean {
    const known = this.#met.get(demand);
    if (known !== undefined) return known;
    // Functions that call each other show nothing of each other.
    this.#met.set(demand, false);
    const callers = [...(this.#callers.get(demand)?.values() ?? [])];
    const given = callers.filter((caller) => caller.demand !== null && this.has(caller.demand));
    const met = callers.some(({ locks }) => locks) || given.length * 2 > callers.length;
    this.#met.set(demand, met);
    return met;
  }

  /**
   * A caller that locks on every path meets a demand. One that lacks the lock on some path is in
   * charge all the same if its own code locks the object it hands on; but not where the lock
   * belongs to an earlier turn of a loop, or was left behind by a function that returned: that
   * may be an accident.
   */
  #read({ obligations, terms }: FunctionRun): void {
    const lacking = new Set<Demand>();
    for (const obligation of obligations) {
      if (obligation.unlocked === null && !obligation.unknown) continue;
      for (let depth = 1; depth < obligation.chain.length; depth++)
        lacking.add(demandAt(obligation, depth));
    }
    for (const obligation of obligations) {
      const { chain, lockedAt, metOtherwise, object, fromParameter } = obligation;
      // Nobody looked at its callers: they may have locked.
      if (chain.length > MOST_LINKS) this.#met.set(demandAt(obligation, 0), true);
      const term = terms.get(object);
      const isCurrent = term.kind !== "atom" || term.generation === 0;
      for (let depth = 1; depth < chain.length; depth++) {
        const demand = demandAt(obligation, depth);
        const isFirm = !lacking.has(demand);
        const caller = this.#caller(demand, nameOf((chain[depth - 1] as Link).procedure));
        const isOwn = isFirm || (isCurrent && isLockedBefore(obligation, depth - 1));
        if (lockedAt === depth - 1 && isOwn) caller.locks = true;
        if (depth === 1 && metOtherwise && isFirm) caller.locks = true;
        if (depth > 1 || fromParameter) caller.demand = demandAt(obligation, depth - 1);
      }
    }
  }

  #caller(demand: Demand, name: string): Caller {
    let callers = this.#callers.get(demand);
    if (callers === undefined) {
      callers = new Map();
      this.#callers.set(demand, callers);
    }
    let caller = callers.get(name);
    if (caller === undefined) {
      caller = { locks: false, demand: null };
      callers.set(name, caller);
    }
    return caller;
  }
}

export interface Blame {
  readonly charges: readonly Charge[];
  /**
   * What a function does to an object it was handed, where nothing shows that the object is one
   * that others can reach: taken for granted.
   */
  readonly tentative: readonly Charge[];
  /** Runs on contracts whose doubts only the callees' bodies can settle. */
  readonly doubtful: readonly FunctionRun[];
}

export interface Circumstances {
  /** Whether callers are in charge of a demand: at least one meets it. */
  isMet(demand: Demand): boolean;
  /** Whether the function locked the object itself before a patch. */
  wasLocked(run: FunctionRun, obligation: Obligation): boolean;
  /** Whether the function did the same to the object before a patch, on its caller's account. */
  wasTolerated(run: FunctionRun, obligation: Obligation): boolean;
  /** Whether the function locks in another loop what may be the same object. */
  locksInOtherLoop(run: FunctionRun, obligation: Obligation): boolean;
  /** Whether the function is handed the object new, by who it is stored for. */
  isNew(run: FunctionRun, obligation: Obligation): boolean;
  /** Whether somebody out of reach may call the function, or one that calls it. */
  isOpenEnded(run: FunctionRun): boolean;
}

/** Places the blame for what the runs owe; `everyone` is all functions that were run, callers included. */
export function blame(
  runs: readonly FunctionRun[],
  everyone: readonly FunctionRun[],
  { isMet, wasLocked, wasTolerated, locksInOtherLoop, isNew, isOpenEnded }: Circumstances,
): Blame {
  const demanded = demandsOf(everyone);
  const confirmed = confirmedDemands(everyone);
  const charges: Charge[] = [];
  const tentative: Charge[] = [];
  const doubtful = new Set<FunctionRun>();
  for (const run of runs) {
    const own = ownDebts(run);
    if (own === null) doubtful.add(run);
    else for (const one of own) charges.push({ ...one, isByCaller: false });
    for (const obligation of run.obligations) {
      if (obligation.onlyIfNew && isKnownObject(run, obligation)) continue;
      if (obligation.unknown && run.skipped > 0 && !isInnerFault(obligation, demanded, isMet))
        doubtful.add(run);
      if (obligation.unlocked === null || obligation.owner > 0 || obligation.inContainer) continue;
      if (obligation.isAsserted) {
        const isLost = wasLocked(run, obligation);
        if (
          !isLost &&
          (obligation.fromParameter ||
            hangsOnArguments(run, obligation) ||
            locksInOtherLoop(run, obligation))
        ) {
          const demand = demandAt(obligation, 0);
          if (!confirmed.has(demand) && !isMet(demand))
            tentative.push({ run, obligation, isByCaller: false });
          continue;
        }
      } else if (!obligation.isSure && isInnerFault(obligation, demanded, isMet)) continue;
      const isConfirmed = confirmed.has(demandAt(obligation, 0));
      const mayBeMet = isFoundHere(obligation) || (obligation.fromParameter && isConfirmed);
      if (!obligation.isAsserted && mayBeMet && !wasLocked(run, obligation) && !obligation.isSure)
        if (locksInOtherLoop(run, obligation)) continue;
      if (obligation.fromParameter && isMet(demandAt(obligation, 0))) continue;
      const isOwn =
        (!isTentative(run, obligation) && !wasTolerated(run, obligation)) ||
        wasLocked(run, obligation);
      if (!isOwn && !isConfirmed) {
        if (isNew(run, obligation)) continue;
        if (isOpenEnded(run)) tentative.push({ run, obligation, isByCaller: false });
        else if (!obligation.onlyIfNew) charges.push({ run, obligation, isByCaller: false });
      } else if (run.skipped > 0) doubtful.add(run);
      else charges.push({ run, obligation, isByCaller: !isOwn });
    }
  }
  for (const run of undecidedCallers(charges, everyone)) doubtful.add(run);
  return { charges: withoutInnerAssertions(charges), tentative, doubtful: [...doubtful] };
}

/** Callers that hand a new object to functions that are to be charged: they may have locked it. */
function undecidedCallers(
  charges: readonly Charge[],
  everyone: readonly FunctionRun[],
): FunctionRun[] {
  const charged = new Set(charges.map(({ obligation }) => demandAt(obligation, 0)));
  return everyone.filter(
    ({ skipped, obligations }) =>
      skipped > 0 &&
      obligations.some(
        (one) =>
          one.perhapsInserted &&
          one.chain.some((_, depth) => depth > 0 && charged.has(demandAt(one, depth))),
      ),
  );
}

/** Demands that a caller in reach was seen to fail with an object of its own that others can reach. */
function confirmedDemands(runs: readonly FunctionRun[]): Set<Demand> {
  const confirmed = new Set<Demand>();
  for (const { obligations } of runs) {
    for (const obligation of obligations) {
      if (obligation.unlocked === null || obligation.fromParameter || obligation.onlyIfNew)
        continue;
      for (let depth = 1; depth < obligation.chain.length; depth++)
        confirmed.add(demandAt(obligation, depth));
    }
  }
  return confirmed;
}

/** Whether a function further in, on the way to the effect, is charged for it instead. */
function isInnerFault(
  obligation: Obligation,
  demanded: ReadonlySet<Demand>,
  isMet: (demand: Demand) => boolean,
): boolean {
  for (let depth = obligation.chain.length - 1; depth > 0; depth--) {
    const demand = demandAt(obligation, depth);
    if (demanded.has(demand) && !isMet(demand)) return true;
  }
  return false;
}

/** Whether a frame's function locks the object further up in its text than it hands it on. */
function isLockedBefore({ chain, lockedBy }: Obligation, depth: number): boolean {
  const { procedure, site } = chain[depth] as Link;
  return lockedBy.some((lock) => lock.procedure === procedure && lock.site.start < site.start);
}

/** The demand that the function at a depth of the chain has on what it is given. */
export function demandAt(obligation: Obligation, depth: number): Demand {
  const { procedure, site } = obligation.chain.at(-1) as Link;
  const demander = (obligation.chain[depth] as Link).procedure;
  return [nameOf(demander), nameOf(procedure), effectName(procedure, site), obligation.member].join(
    SEPARATOR,
  );
}

const SEPARATOR = "\n";

/** The function that demands, as `file:name`. */
export function demanderOf(demand: Demand): string {
  return demand.split(SEPARATOR)[0] as string;
}

/** The same demand where functions have other names; `names` by `file:name`. */
export function renamed(demand: Demand, names: (name: string) => string): Demand {
  const [demander = "", effect = "", ...rest] = demand.split(SEPARATOR);
  return [names(demander), names(effect), ...rest].join(SEPARATOR);
}

function nameOf({ file, name }: Procedure): string {
  return `${file}:${name}`;
}
