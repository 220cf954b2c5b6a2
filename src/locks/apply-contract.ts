/**
 * A call carried out by the callee's contract.
 */
import type { Explorer } from "../dataflow/explore.js";
import type { CallInstruction, Frame, Outcome } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { Terms } from "../dataflow/term.js";
import type { Origin, TermId } from "../dataflow/term-kinds.js";
import type { ClassLocks } from "./class-locks.js";
import { type AccessPath, accessPath, valueAt } from "./contract.js";
import { speaker } from "./demands.js";
import type { Due } from "./ledger.js";
import { FRESH, LATE, LOCKED, PUBLISHED, UNSURE } from "./marks.js";
import type { Obligation } from "./obligation.js";
import { givenAway } from "./open-container.js";
import type { Rules } from "./rules.js";
import { noteObject, type RunRecord } from "./run-record.js";
import { isPrivate, releaseAll, standingOf } from "./standing.js";

/** Units of the run's budget: a demand is recorded, and each call that leads to it weighed. */
const COST_OF_LINK = 50;

/** The run that meets the call. */
export interface ContractRun {
  readonly rules: Rules;
  readonly explorer: Explorer;
  readonly record: RunRecord;
  /** Locks of other classes, held or not. */
  readonly classes: ClassLocks;
  takenForGranted(state: State, frame: Frame, condition: TermId): boolean | null;
}

/**
 * A callee is not run where its contract is enough: what it may write is forgotten, what it
 * may lock is unsure, and what it demands is noted.
 */
export function applyContract(
  run: ContractRun,
  state: State,
  frame: Frame,
  call: CallInstruction,
  args: readonly TermId[],
): Outcome[] | null {
  const { rules, explorer, record } = run;
  const callee = call.callee === null ? null : frame.procedure.callee(call.callee);
  const contract = callee === null ? null : rules.contract(callee, frame.procedure);
  if (callee === null || contract === null) return null;
  const isProbed = rules.isProbed(callee);
  if (!isProbed && run.classes.isRisky(state)) record.needsBodies.add(callee);
  if (isProbed) explorer.probe(frame, state, call, callee, args);
  const valueOf = ({ param, path }: AccessPath): TermId | null => {
    const argument = args[callee.cfg.params.indexOf(param)];
    return argument === undefined ? null : valueAt(explorer.terms, state, argument, { path });
  };
  for (const flag of contract.assumes) {
    const value = valueOf(flag);
    if (!isProbed && (value === null || !isZero(run, state, frame, value)))
      record.needsBodies.add(callee);
  }
  givenAway(run, state, args);
  const inserted: TermId[] = [];
  for (const { object: path, obligation } of contract.requires) {
    if (!explorer.spend(COST_OF_LINK * (1 + obligation.chain.length))) {
      record.limits.add("budget");
      break;
    }
    const object = valueOf(path);
    if (object === null && !isProbed) record.needsBodies.add(callee);
    if (object === null || state.truth(object) === false) continue;
    if (isProbed) {
      if (obligation.onlyIfNew) inserted.push(object);
      continue;
    }
    const inContainer = obligation.inContainer && hasOrigin(explorer.terms, "entry", object);
    const standing = standingFor(explorer.terms, obligation, state, object);
    const due = {
      ...obligation,
      ...speaker(rules, state.marksOf(object), standing, obligation.check),
      object,
      inContainer,
      standing,
    };
    if (!obligation.onlyIfNew) record.ledger.oweByContract(state, frame, call.span, due);
    else if ((state.marksOf(object) & FRESH) !== 0) {
      record.ledger.oweByContract(state, frame, call.span, {
        ...due,
        inserted: true,
        onlyIfNew: false,
      });
      inserted.push(object);
    } else if (hasOrigin(explorer.terms, "param", object))
      record.ledger.oweByContract(state, frame, call.span, due);
  }
  for (const object of inserted) state.mark(object, 0, FRESH);
  record.skipped++;
  if (rules.touchesClasses(callee)) run.classes.forget(state);
  for (const limit of contract.limits) record.limits.add(limit);
  if (contract.releases) {
    record.releases = true;
    releaseAll(state, rules.owner, null);
  }
  for (const path of contract.locks) {
    const object = valueOf(path);
    if (object === null) continue;
    if ((state.marksOf(object) & LOCKED) === 0) state.mark(object, UNSURE);
    noteObject(record.locked, accessPath(explorer.terms, object));
  }
  for (const path of contract.inserts) {
    const object = valueOf(path);
    if (object === null) continue;
    if (isPrivate(state.marksOf(object))) state.mark(object, PUBLISHED);
    noteObject(record.inserted, accessPath(explorer.terms, object));
  }
  for (const made of explorer.forgetWrites(frame, state, call, args, contract.writes))
    state.mark(made, UNSURE);
  const result = explorer.result(frame, state, call, false);
  state.mark(result, UNSURE);
  return [{ state, result }];
}

/** How an object stands to what a contract demands of it. */
function standingFor(
  terms: Terms,
  demanded: Obligation,
  state: State,
  object: TermId,
): Due["standing"] {
  const marks = state.marksOf(object);
  if (demanded.onlyIfNew) return standingOf(state, terms, object);
  // Handed over in a container it may be the one that is inserted: the body tells.
  if (isPrivate(marks)) return demanded.member === null ? "private" : "new";
  return (marks & LATE) !== 0 ? "unlocked" : standingOf(state, terms, object);
}

function hasOrigin(terms: Terms, kind: Origin["kind"], value: TermId): boolean {
  const term = terms.get(value);
  return term.kind === "atom" && term.origin.kind === kind;
}

/** Whether a flag is known to be zero, or may be taken to be on entry, as a branch on it would. */
function isZero(run: ContractRun, state: State, frame: Frame, flag: TermId): boolean {
  const known = state.truth(flag);
  if (known !== null) return !known;
  const inner: Frame = { ...frame, depth: frame.depth + 1, caller: frame };
  return run.takenForGranted(state, inner, flag) !== null;
}
