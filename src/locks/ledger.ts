/**
 * Keeps the obligations of one run: what each place demanded of which object, and how the
 * paths that came by stood to it.
 */
import type { Explorer } from "../dataflow/explore.js";
import type { Frame } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { type Event, eventsOf, extend, type Witness } from "../dataflow/witness.js";
import type { Span } from "../text/source-file.js";
import { chainOf, variableHolding } from "./call-chain.js";
import { isFirm } from "./firm-path.js";
import { debtKey, type Link, type Obligation, PLAIN } from "./obligation.js";

/** A demand as it falls due. */
export interface Due {
  /** The check that the demand belongs to. */
  readonly check: string;
  /** The one that speaks instead, because it tells more. */
  readonly told?: string;
  /** That one knows that others can reach the object. */
  readonly isSure?: boolean;
  readonly member: string | null;
  readonly object: TermId;
  readonly inserted: boolean;
  readonly inContainer: boolean;
  readonly onlyIfNew: boolean;
  readonly isAsserted: boolean;
  readonly isOwn: boolean;
  /**
   * `private`: nobody else can reach the object; `new`: that, until a callee inserts it perhaps;
   * `free`: nothing is demanded on this path.
   */
  readonly standing: "locked" | "private" | "new" | "free" | "unlocked" | "unknown";
}

/** What a function does that is wrong whoever holds what. */
export interface Mistake {
  readonly check: string;
  readonly object: TermId;
  /** Depth of the frame whose function made it. */
  readonly owner: number;
  /** The object, as that function writes it; null: as the variable that holds it is called. */
  readonly name: string | null;
}

/** Paths that joins may have made up. */
interface Vague {
  readonly shortest: Witness;
  readonly firm: Witness | null;
}

export class Ledger {
  readonly #obligations = new Map<string, Obligation>();
  /** Obligations seen unlocked only on paths that joins may have made up. */
  readonly #vague = new Map<Obligation, Vague>();
  /** Places of mistakes that some path comes by without making them. */
  readonly #avoided = new Set<string>();
  /** Mistakes that are none where they are avoided. */
  readonly #onAllPaths = new Set<Obligation>();
  readonly #explorer: Explorer;

  constructor(explorer: Explorer) {
    this.#explorer = explorer;
  }

  /**
   * A path that a join may have made up proves nothing where other paths lock the object, unless
   * it can be walked again alone; where none does, it does not matter which path it was.
   * `isComplete`: all paths were seen; else none can be said to be without a lock of something.
   */
  settle(walkAgain: (path: Witness) => Ledger, isComplete: boolean): Obligation[] {
    for (const record of this.#onAllPaths) {
      if (!isComplete || this.#avoided.has(placeKey(record.check, record.chain)))
        this.#obligations.delete(debtKey(record));
    }
    const all = [...this.#obligations.values()];
    const met = all.filter(
      ({ lockedAt, metOtherwise, isFreeSomewhere }) =>
        lockedAt !== null || metOtherwise || isFreeSomewhere,
    );
    const everMet = new Set(met.map(demandKey));
    for (const [record, { shortest, firm }] of this.#vague) {
      const isReal = (path: Witness) => walkAgain(path).#isOwed(debtKey(record));
      if (record.firm === null && firm !== null && isReal(firm)) record.firm = firm;
      if (record.unlocked !== null) continue;
      const isNeverLocked = !everMet.has(demandKey(record));
      if (isNeverLocked || isReal(shortest)) record.unlocked = shortest;
      else record.unlocked = record.firm;
      if (record.unlocked === null) record.unknown = true;
    }
    return all;
  }

  #isOwed(key: string): boolean {
    return (this.#obligations.get(key)?.unlocked ?? null) !== null;
  }

  /** Notes a demand of the place `site` in the innermost frame. */
  owe(state: State, frame: Frame, site: Span, due: Due): void {
    const record = this.#record(frame, chainOf(frame, site), due, false);
    this.#noteStanding(record, state, frame, site, due.standing);
  }

  /** Notes what a callee demands, by its contract, of a caller that does not run its body. */
  oweByContract(
    state: State,
    frame: Frame,
    site: Span,
    due: Due & Pick<Obligation, "chain">,
  ): void {
    const record = this.#record(frame, [...chainOf(frame, site), ...due.chain], due, true);
    this.#noteStanding(record, state, frame, site, due.standing);
  }

  /** Notes that a path comes by a place without the mistake that others may make there. */
  avoid(frame: Frame, site: Span, check: string): void {
    this.#avoided.add(placeKey(check, chainOf(frame, site)));
  }

  /** Notes that a place does what is wrong on this path; what that shows, alone or with all others. */
  mistake(
    state: State,
    frame: Frame,
    site: Span,
    { check, object, owner, name }: Mistake,
    counts: "on-a-path" | "on-all-paths",
  ): void {
    const due = { ...PLAIN, check, object };
    const record = this.#record(frame, chainOf(frame, site), due, false, owner);
    if (counts === "on-all-paths") this.#onAllPaths.add(record);
    this.#noteMissing(record, state, frame, site);
    if (name !== null) record.heldBy = name;
  }

  #noteStanding(
    record: Obligation,
    state: State,
    frame: Frame,
    site: Span,
    standing: Due["standing"],
  ): void {
    if (standing === "free") {
      record.isFreeSomewhere = true;
      return;
    }
    if (standing === "new") record.perhapsInserted = true;
    if (
      standing === "unknown" ||
      standing === "new" ||
      this.#ownerOf(record.object, frame) === null
    )
      record.unknown = true;
    else if (standing === "locked") this.#noteLock(record, state);
    else if (standing === "private") record.metOtherwise = true;
    else this.#noteMissing(record, state, frame, site);
  }

  #noteLock(record: Obligation, state: State): void {
    for (const event of locksOf(state.witness, record.object)) {
      const isKnown = record.lockedBy.some(
        ({ site, procedure }) => site === event.span && procedure === event.procedure,
      );
      if (!isKnown) record.lockedBy.push({ procedure: event.procedure, site: event.span });
      if (record.chain[event.depth]?.procedure !== event.procedure) record.metOtherwise = true;
      else if (record.lockedAt === null || event.depth < record.lockedAt)
        record.lockedAt = event.depth;
    }
  }

  #noteMissing(record: Obligation, state: State, frame: Frame, site: Span): void {
    const known = state.isJoined ? this.#vague.get(record) : undefined;
    const [shortest, firm] = state.isJoined
      ? [known?.shortest ?? null, known?.firm ?? record.firm]
      : [record.unlocked, record.firm];
    const isShorter = shortest === null || shortest.length > (state.witness?.length ?? 0) + 1;
    if (!isShorter && firm !== null) return;
    const witness = extend(state.witness, {
      kind: "call",
      procedure: frame.procedure,
      depth: frame.depth,
      span: site,
      holds: false,
      term: record.object,
      name: record.member ?? "",
    });
    const firmer = firm ?? (isFirm(eventsOf(witness), this.#explorer.terms) ? witness : null);
    if (isShorter) record.heldBy = variableHolding(state, record.object, frame);
    if (state.isJoined)
      this.#vague.set(record, { shortest: isShorter ? witness : shortest, firm: firmer });
    else {
      record.firm = firmer;
      if (isShorter) record.unlocked = witness;
    }
  }

  #record(
    frame: Frame,
    chain: readonly Link[],
    due: Pick<
      Due,
      | "told"
      | "isSure"
      | "check"
      | "member"
      | "object"
      | "inserted"
      | "inContainer"
      | "onlyIfNew"
      | "isAsserted"
      | "isOwn"
    >,
    fromContract: boolean,
    mistakenAt: number | null = null,
  ): Obligation {
    const check = due.told ?? due.check;
    const key = debtKey({ ...due, check, chain });
    let record = this.#obligations.get(key);
    if (record === undefined) {
      const owner = this.#ownerOf(due.object, frame);
      record = {
        check,
        demanded: due.check,
        chain,
        member: due.member,
        object: due.object,
        owner: mistakenAt ?? owner?.depth ?? 0,
        fromParameter: mistakenAt === null && (owner?.parameter ?? false),
        inContainer: due.inContainer,
        inserted: due.inserted,
        onlyIfNew: due.onlyIfNew,
        isAsserted: due.isAsserted,
        isSure: due.isSure === true,
        isMistake: mistakenAt !== null,
        isOwn: due.isOwn,
        fromContract,
        unlocked: null,
        firm: null,
        heldBy: null,
        lockedAt: null,
        lockedBy: [],
        metOtherwise: false,
        unknown: false,
        isFreeSomewhere: false,
        perhapsInserted: false,
      };
      this.#obligations.set(key, record);
    }
    return record;
  }

  /** Where an object came from; null when that cannot be told. */
  #ownerOf(object: TermId, frame: Frame): { depth: number; parameter: boolean } | null {
    const term = this.#explorer.terms.get(object);
    if (term.kind !== "atom") return null;
    const { origin } = term;
    switch (origin.kind) {
      case "param":
        return { depth: 0, parameter: true };
      case "entry":
        return origin.base === null
          ? { depth: frame.depth, parameter: false }
          : this.#ownerOf(origin.base, frame);
      case "result":
        return { depth: this.#explorer.contexts.depthOf(origin.frame, frame), parameter: false };
      default:
        return null;
    }
  }
}

/** Of so many locks of one object on one path, the last are looked at. */
const MOST_LOCKS = 50;

/** Where a path locked an object, oldest first. */
function locksOf(witness: Witness | null, object: TermId): Event[] {
  const locks: Event[] = [];
  for (let at = witness; at !== null && locks.length < MOST_LOCKS; at = at.previous)
    if (at.event.kind === "lock" && at.event.term === object) locks.push(at.event);
  return locks.reverse();
}

/** The same for a demand, whichever check speaks of it. */
function demandKey(record: Obligation): string {
  return debtKey({ ...record, check: record.isOwn ? record.check : "" });
}

function placeKey(check: string, chain: readonly Link[]): string {
  return debtKey({ ...PLAIN, check, chain, object: 0 });
}
