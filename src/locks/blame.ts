/**
 * Whose fault: which function is charged for an object that is not locked where it must be.
 *
 * Start at the function that has the effect and go outward along the chain of calls. A function
 * passes the blame to its callers only if at least one caller locks such an object first, or if
 * every caller did before the patch; then the callers that do not are charged. Otherwise, and
 * when no caller is in reach, the function itself is.
 */
import type { FunctionRun, Link, Obligation } from "./obligation.js";

/** One obligation and the run it was seen in, charged to the function that was run. */
export interface Charge {
  readonly run: FunctionRun;
  readonly obligation: Obligation;
}

/** A function that demands something of its callers, as a key. */
type Demand = string;

/** Which demands some caller met by locking first. */
export class Evidence {
  readonly #met = new Set<Demand>();

  constructor(runs: Iterable<FunctionRun>) {
    for (const { obligations } of runs) {
      for (const obligation of obligations) {
        if (obligation.lockedAt === null) continue;
        for (let depth = obligation.lockedAt + 1; depth < obligation.chain.length; depth++) {
          this.#met.add(demandAt(obligation, depth));
        }
      }
    }
  }

  has(demand: Demand): boolean {
    return this.#met.has(demand);
  }
}

export function charge(runs: readonly FunctionRun[], evidence: readonly Evidence[]): Charge[] {
  const isMet = (demand: Demand) => evidence.some((one) => one.has(demand));
  const demanded = new Set<Demand>();
  for (const { obligations } of runs) {
    for (const obligation of obligations) {
      if (obligation.unlocked !== null && obligation.fromParameter) demanded.add(demandAt(obligation, 0));
    }
  }
  const charges: Charge[] = [];
  for (const run of runs) {
    for (const obligation of run.obligations) {
      if (obligation.unlocked === null || obligation.owner > 0) continue;
      if (isInnerFault(obligation, demanded, isMet)) continue;
      if (obligation.fromParameter && isMet(demandAt(obligation, 0))) continue;
      charges.push({ run, obligation });
    }
  }
  return charges;
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

/** The demand that the function at a depth of the chain has on what it is given. */
function demandAt(obligation: Obligation, depth: number): Demand {
  const effect = obligation.chain.at(-1) as Link;
  const demander = obligation.chain[depth] as Link;
  const where = (link: Link) => `${link.procedure.file}:${link.procedure.name}`;
  return `${where(demander)} ${where(effect)}:${effect.site.start} ${obligation.member}`;
}
