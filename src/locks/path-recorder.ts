/**
 * Watches a run and keeps a record of each path: what it handed over at a commit, what it
 * demanded of the callers, and how it left.
 *
 * Branches that are pinned keep paths apart which the run would take for one; what is said of
 * their conditions is then true of every path. Pinning too many runs into the limits of the
 * explorer: whoever asks looks at the run's limits and asks again with none.
 */
import type { Explorer } from "../dataflow/explore.js";
import type { Branch, CallInstruction, Frame, Outcome } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import { BLURRED, type State } from "../dataflow/state.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { eventsOf } from "../dataflow/witness.js";
import type { Span } from "../text/source-file.js";
import { entryFlag } from "./assumed-flag.js";
import { chainOf, variableHolding } from "./call-chain.js";
import { type AccessPath, accessPath } from "./contract.js";
import type { Due } from "./ledger.js";
import { FRESH, LOCKED, UNSURE } from "./marks.js";
import { objectName } from "./naming.js";
import type { Link } from "./obligation.js";
import type { Member, Observer } from "./observer.js";
import { isOutright } from "./outright-assertion.js";
import { PathNotes } from "./path-notes.js";
import {
  type CommitRecord,
  type DemandRecord,
  type ExitRecord,
  type HeldMember,
  type PathRecord,
  pathKey,
  type SiteRecord,
  type Standing,
} from "./path-record.js";
import type { Pinned } from "./pinned-branches.js";

export interface Watch {
  /** Whether a branch keeps paths apart; then its condition as the function that was run has it. */
  pinned(frame: Frame, branch: Branch, condition: TermId, terms: Terms): Pinned | null;
  /** The function that was run has a result: some of its tests are for failure. */
  readonly canFail: boolean;
  /** Whether an access path leads to an object of the tracked type. */
  isTracked(path: AccessPath): boolean;
}

export class PathRecorder implements Observer {
  readonly commits: CommitRecord[] = [];
  readonly demands: DemandRecord[] = [];
  readonly exits: ExitRecord[] = [];
  readonly locks: SiteRecord[] = [];
  readonly asserts: SiteRecord[] = [];
  /** Where something must be locked and is not that the callers have no name for. */
  readonly unnamed: SiteRecord[] = [];
  readonly #procedure: Procedure;
  readonly #watch: Watch;
  readonly #seen = new Set<string>();
  readonly #outright = new Map<string, boolean>();
  readonly #sites: (readonly Link[])[] = [];
  readonly #siteNumbers = new Map<string, number>();
  #attached: { readonly explorer: Explorer; readonly notes: PathNotes } | null = null;
  /** What fell due at the place and in the state that were told last. */
  #due: {
    readonly state: State;
    readonly site: Span;
    readonly standings: Map<string, Standing>;
  } | null = null;

  constructor(procedure: Procedure, watch: Watch) {
    this.#procedure = procedure;
    this.#watch = watch;
  }

  attach(explorer: Explorer): void {
    this.#attached = { explorer, notes: new PathNotes(explorer.terms) };
  }

  acquired(state: State, frame: Frame, call: CallInstruction, object: TermId): void {
    if ((state.marksOf(object) & LOCKED) === 0) return;
    const site = this.#site(frame, call.span);
    this.#notes.lockedBy(state, object, site);
    const path = this.#path(object);
    if (path !== null) this.#notes.note(state, "locked", pathKey(path));
    this.#addSite(this.locks, "lock", state, frame, site, object);
  }

  required(state: State, frame: Frame, call: CallInstruction, object: TermId): void {
    if (!this.#isOutright(frame, call.span)) return;
    this.#addSite(this.asserts, "assert", state, frame, this.#site(frame, call.span), object);
    const marks = state.marksOf(object);
    if ((marks & (LOCKED | FRESH)) !== 0) return;
    this.#demand(state, frame, call.span, object, {
      check: null,
      member: null,
      onlyIfNew: false,
      isDoubtful: (marks & (BLURRED | UNSURE)) !== 0,
    });
  }

  owed(state: State, frame: Frame, site: Span, due: Due): void {
    const isLate = due.standing === "unlocked" && (state.marksOf(due.object) & LOCKED) !== 0;
    if (due.standing === "unlocked" && !isLate)
      this.#demand(state, frame, site, due.object, { ...due, isDoubtful: false });
    if (due.member === null) return;
    if (this.#due?.state !== state || this.#due.site !== site)
      this.#due = { state, site, standings: new Map() };
    // A path that a join may have made up proves nothing.
    const isVague = state.isJoined && due.standing === "unlocked";
    const isOpen = due.standing === "new" || due.standing === "free";
    const standing = isOpen ? "unknown" : due.standing;
    this.#due.standings.set(due.member, isVague ? "unknown" : isLate ? "late" : standing);
  }

  owedByContract(state: State, frame: Frame, site: Span, due: Due): void {
    if (due.standing === "locked" || due.standing === "private") return;
    this.#demand(state, frame, site, due.object, { ...due, isDoubtful: true });
  }

  committed(state: State, frame: Frame, call: CallInstruction, members: readonly Member[]): void {
    const standings =
      this.#due?.state === state && this.#due.site === call.span ? this.#due.standings : null;
    this.#due = null;
    const chain = this.#sites[this.#site(frame, call.span)] as readonly Link[];
    const held = members.map(({ member, object }) => ({
      member,
      object,
      standing: standings?.get(member) ?? ("private" as const),
      sites: this.#notes.locksOf(state, object),
    }));
    const decisions = this.#notes.decisions(state);
    if (!this.#isNew(["commit", this.#site(frame, call.span), held, [...decisions]])) return;
    const events = eventsOf(state.witness);
    this.commits.push({
      chain,
      decisions,
      events,
      members: held.map(
        ({ member, object, standing, sites }): HeldMember => ({
          member,
          object,
          standing,
          name: this.#name(state, frame, object, events) ?? "a VMA",
          path: this.#path(object),
          locks: sites.map((site) => this.#sites[site] as readonly Link[]),
        }),
      ),
    });
  }

  decided(state: State, frame: Frame, branch: Branch, holds: boolean, condition: TermId): void {
    this.#noteAbsence(state, holds, condition);
    const { terms } = this.#explorer;
    // What is taken for granted is no decision.
    if (entryFlag(terms, frame, condition) !== null) return;
    const pinned = this.#watch.pinned(frame, branch, condition, terms);
    if (pinned !== null) this.#notes.decide(state, pinned.text, holds !== pinned.isNegated);
  }

  returned(outcomes: readonly Outcome[]): void {
    for (const { state, result } of outcomes) {
      const exit: Omit<ExitRecord, "events"> = {
        decisions: this.#notes.decisions(state),
        result: state.truth(result),
        returnsLocked: (state.marksOf(result) & LOCKED) !== 0,
        locked: this.#notes.noted(state, "locked"),
        absent: this.#notes.noted(state, "absent"),
        demanded: this.#notes.noted(state, "demanded"),
      };
      const parts = [exit.decisions, exit.locked, exit.absent, exit.demanded].map((part) => [
        ...part,
      ]);
      if (this.#isNew(["exit", exit.result, exit.returnsLocked, parts])) {
        this.exits.push({ ...exit, events: eventsOf(state.witness) });
      }
    }
  }

  get #explorer(): Explorer {
    return (this.#attached as { explorer: Explorer }).explorer;
  }

  get #notes(): PathNotes {
    return (this.#attached as { notes: PathNotes }).notes;
  }

  #demand(
    state: State,
    frame: Frame,
    place: Span,
    object: TermId,
    demand: Pick<DemandRecord, "check" | "member" | "onlyIfNew" | "isDoubtful">,
  ): void {
    const path = this.#path(object);
    if (path === null) {
      this.#addSite(this.unnamed, "unnamed", state, frame, this.#site(frame, place), object);
      return;
    }
    const { check, member, onlyIfNew } = demand;
    const isDoubtful = demand.isDoubtful || state.isJoined;
    if (!isDoubtful) this.#notes.note(state, "demanded", pathKey(path));
    const site = this.#site(frame, place);
    const decisions = this.#notes.decisions(state);
    if (
      !this.#isNew(["demand", site, object, check, member, onlyIfNew, isDoubtful, [...decisions]])
    )
      return;
    const record: Omit<DemandRecord, keyof PathRecord> = {
      chain: this.#sites[site] as readonly Link[],
      object: path,
      member,
      check,
      onlyIfNew,
      isDoubtful,
    };
    this.demands.push({ ...record, decisions, events: eventsOf(state.witness) });
  }

  /** A pointer that a caller can name was tested and is NULL. */
  #noteAbsence(state: State, holds: boolean, condition: TermId): void {
    const term = this.#explorer.terms.get(condition);
    const isNegated = term.kind === "op" && term.op === "!";
    if (holds !== isNegated) return;
    const path = this.#path(isNegated ? (term.args[0] as TermId) : condition);
    if (path !== null) this.#notes.note(state, "absent", pathKey(path));
  }

  /** The access path of an object of the tracked type. */
  #path(object: TermId): AccessPath | null {
    const path = accessPath(this.#explorer.terms, object);
    return path !== null && this.#watch.isTracked(path) ? path : null;
  }

  #name(state: State, frame: Frame, object: TermId, events: CommitRecord["events"]): string | null {
    const heldBy = variableHolding(state, object, frame);
    const name = objectName(this.#explorer.terms, this.#procedure, { object, heldBy }, events);
    if (name !== "" && name !== "a VMA") return name;
    return heldBy;
  }

  /** The function that was run may have had to get hold of something before it asserts. */
  #isOutright({ procedure, caller }: Frame, site: Span): boolean {
    if (caller === null && this.#watch.canFail) return true;
    const key = `${procedure.file}:${procedure.name}:${site.start}`;
    let known = this.#outright.get(key);
    if (known === undefined) {
      known = isOutright(procedure, site);
      this.#outright.set(key, known);
    }
    return known;
  }

  #addSite(
    into: SiteRecord[],
    kind: string,
    state: State,
    frame: Frame,
    site: number,
    object: TermId,
  ): void {
    if (!this.#isNew([kind, site, object])) return;
    into.push({
      chain: this.#sites[site] as readonly Link[],
      path: this.#path(object),
      name: this.#name(state, frame, object, eventsOf(state.witness)),
      isNew: isNew(this.#explorer.terms, object),
    });
  }

  /** The number of a place, by the calls that lead to it. */
  #site(frame: Frame, span: Span): number {
    const key = `${frame.context}:${span.start}:${span.end}`;
    let number = this.#siteNumbers.get(key);
    if (number === undefined) {
      number = this.#sites.length;
      this.#siteNumbers.set(key, number);
      this.#sites.push(chainOf(frame, span));
    }
    return number;
  }

  #isNew(parts: readonly unknown[]): boolean {
    const key = JSON.stringify(parts);
    if (this.#seen.has(key)) return false;
    this.#seen.add(key);
    return true;
  }
}

function isNew(terms: Terms, object: TermId): boolean {
  const term = terms.get(object);
  return term.kind === "atom" && term.origin.kind === "result" && term.origin.fresh;
}
