/** Where an object must be locked: what the places that demand it put into the ledger. */
import type { CallInstruction, Frame } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import type { ContractRun } from "./apply-contract.js";
import { accessPath } from "./contract.js";
import { checkOf } from "./effect-at-call.js";
import type { Due } from "./ledger.js";
import { ASSERTED, DETACHED, FRESH, LATE, LOCKED, PREPARED, PUBLISHED } from "./marks.js";
import { free, use } from "./mistakes.js";
import { PLAIN } from "./obligation.js";
import type { Rules } from "./rules.js";
import { noteObject } from "./run-record.js";
import { isPrivate, membersOf, standingOf } from "./standing.js";

/** The members of a container are modified: what it holds falls due. */
export function commit(
  run: ContractRun,
  effect: Effect,
  state: State,
  frame: Frame,
  call: CallInstruction,
  container: TermId,
): void {
  const { terms } = run.explorer;
  const { ledger } = run.record;
  const { rules } = run;
  const members = membersOf(state, terms, rules.members, container);
  state.mark(container, 0, PREPARED);
  for (const { member, object, isGiven } of members) {
    const inserted = member === rules.inserted;
    const marks = state.marksOf(object);
    use(run, state, frame, call.span, object);
    if (!inserted && isPrivate(marks)) continue;
    const standing = standingOf(state, terms, object);
    const late = standing === "locked" && (marks & LATE) !== 0 ? effect.late : null;
    ledger.owe(state, frame, call.span, {
      ...speaker(rules, marks, standing, checkOf(effect)),
      ...(late === null ? {} : { told: late }),
      member,
      object,
      inserted: inserted && (marks & FRESH) !== 0,
      inContainer: isGiven,
      onlyIfNew: false,
      isAsserted: false,
      isOwn: false,
      standing: late === null ? standing : "unlocked",
    });
  }
  for (const { member, object } of members) {
    state.mark(object, 0, LATE | FRESH);
    if (rules.freed.includes(member)) free(run, effect, state, frame, call.span, object);
    if (member === rules.inserted) publish(run, state, object);
  }
}

/** A place demands that an object may be modified. */
export function demand(
  run: ContractRun,
  effect: Effect,
  state: State,
  frame: Frame,
  site: Span,
  object: TermId,
): void {
  const { terms } = run.explorer;
  const { ledger } = run.record;

  // A struct of this function's own is nobody else's.
  if (terms.get(object).kind !== "atom" || state.truth(object) === false) return;
  const marks = state.marksOf(object);
  use(run, state, frame, site, object);
  // What was asserted first is demanded there.
  if (effect.kind === "write" && (marks & (ASSERTED | LOCKED)) === ASSERTED) return;
  const standing = isPrivate(marks) ? "private" : standingOf(state, terms, object);
  const isAsserted = effect.kind === "require";
  const checks = speaker(run.rules, marks, standing, checkOf(effect));
  ledger.owe(state, frame, site, { ...PLAIN, ...checks, object, isAsserted, standing });
}

/** The check that a demand belongs to, and the one that tells more of how the object stands. */
export function speaker(
  { tellsMore }: Rules,
  marks: number,
  standing: Due["standing"],
  check: string,
): Pick<Due, "check" | "told" | "isSure"> {
  if (standing === "unlocked") {
    const more = tellsMore.find(
      ({ mark, of }) => (marks & mark) !== 0 && (of === null || of.has(check)),
    );
    if (more !== undefined) return { check, told: more.check, isSure: more.isSure };
  }
  return { check };
}

/** A new object becomes reachable; what was there before is looked at where it is changed. */
export function insert(
  run: ContractRun,
  effect: Effect,
  state: State,
  frame: Frame,
  call: CallInstruction,
  object: TermId,
): void {
  const { terms } = run.explorer;
  const { ledger } = run.record;
  const term = terms.get(object);
  if (term.kind !== "atom" || state.truth(object) === false) return;
  const standing = standingOf(state, terms, object);
  const marks = state.marksOf(object);
  use(run, state, frame, call.span, object);
  const due = {
    ...PLAIN,
    ...speaker(run.rules, marks, standing, checkOf(effect)),
    object,
    standing,
  };
  if ((marks & FRESH) !== 0) ledger.owe(state, frame, call.span, { ...due, inserted: true });
  else if (term.origin.kind === "param")
    ledger.owe(state, frame, call.span, { ...due, onlyIfNew: true });
  publish(run, state, object);
}

/** Others can reach the object from here on. */
function publish({ explorer, record }: ContractRun, state: State, object: TermId): void {
  state.mark(object, 0, FRESH | DETACHED | PUBLISHED);
  noteObject(record.inserted, accessPath(explorer.terms, object));
}
