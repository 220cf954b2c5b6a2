/**
 * What is wrong by itself, whoever holds what: a lock of nothing, the use of what was freed. The
 * function that made the mistake is charged, not its callers.
 */
import type { Value } from "../cfg/cfg.js";
import type { CallInstruction, Frame } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Event, Witness } from "../dataflow/witness.js";
import type { Effect } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import type { ContractRun } from "./apply-contract.js";
import type { Charge } from "./blame.js";
import { FREED } from "./marks.js";
import { note } from "./note.js";
import type { FunctionRun } from "./obligation.js";

/**
 * A lock is taken of a pointer. Where no path that comes by sets it, the lock is one of nothing. One
 * path on which it is NULL shows nothing: what it hangs on may be decided by what the lock hangs on.
 * False: this path cannot go on.
 */
export function lockOf(
  run: ContractRun,
  effect: Effect,
  state: State,
  frame: Frame,
  call: CallInstruction,
  object: TermId,
): boolean {
  const { explorer, record } = run;
  const check = effect.instead?.nothing;
  const term = explorer.terms.get(object);
  const isUnset =
    term.kind === "atom" && term.origin.kind === "uninitialised" && !term.origin.name.includes(".");
  const isNothing = state.truth(object) === false || isUnset;
  if (check === undefined) return state.assume(object, true);
  if (isNothing) {
    const giver = giverOf(effect, frame, call);
    record.ledger.mistake(state, frame, call.span, { check, object, ...giver }, "on-all-paths");
  } else {
    record.ledger.avoid(frame, call.span, check);
    use(run, state, frame, call.span, object);
  }
  return !isNothing && state.assume(object, true);
}

/** An object is freed; `check`: speaks of what is done with it afterwards. */
export function free(
  run: ContractRun,
  effect: Effect,
  state: State,
  frame: Frame,
  site: Span,
  object: TermId,
): void {
  if (effect.instead?.freed === undefined || state.truth(object) === false) return;
  if (run.explorer.terms.get(object).kind !== "atom") return;
  state.mark(object, FREED);
  note(state, frame, site, "free", object);
}

/**
 * Something is done with an object. Of a freed one it is a mistake where the freeing leads here
 * whatever the decisions on the way: an open one may be decided by what the freeing hung on.
 */
export function use(
  { rules, record }: ContractRun,
  state: State,
  frame: Frame,
  site: Span,
  object: TermId,
): void {
  if ((state.marksOf(object) & FREED) === 0) return;
  state.mark(object, 0, FREED);
  const freeing = lastFreeing(state.witness, object);
  if (freeing === null || rules.mistakes.freed === null) return;
  const common = commonDepth(frame, freeing);
  const due = { check: rules.mistakes.freed, object, owner: common, name: null };
  record.ledger.mistake(state, frame, site, due, "on-a-path");
}

function lastFreeing(witness: Witness | null, object: TermId): Event | null {
  for (let at = witness; at !== null; at = at.previous) {
    const { kind, term } = at.event;
    if (kind === "free" && term === object) return at.event;
    if (kind === "branch" && term !== null) return null;
  }
  return null;
}

/** Depth of the innermost function in which both the freeing and the use took place. */
function commonDepth(frame: Frame, { depth, procedure }: Event): number {
  let at: Frame | null = frame;
  while (at !== null && at.depth > depth) at = at.caller;
  if (at === null || at.depth < depth) return frame.depth;
  return at.procedure === procedure ? depth : depth - 1;
}

/** Outward along the calls, where an operand is no parameter that was handed on; how it reads there. */
function giverOf(
  { operand }: Effect,
  frame: Frame,
  call: CallInstruction,
): { owner: number; name: string | null } {
  let at = frame;
  let to: CallInstruction = call;
  let index = call.argSpans.findIndex(
    (span) => operand !== null && span.start <= operand.start && operand.end <= span.end,
  );
  for (;;) {
    const parameter = parameterOf(at, to.args[index]);
    const outer = parameter === null ? null : callInto(at);
    if (parameter === null || outer === null || at.caller === null) break;
    index = parameter;
    to = outer;
    at = at.caller;
  }
  const span = to.argSpans[index];
  return { owner: at.depth, name: span === undefined ? null : at.procedure.text(span) };
}

function parameterOf({ procedure }: Frame, value: Value | undefined): number | null {
  if (value?.kind !== "read" || value.place.base.kind !== "variable") return null;
  const index = procedure.cfg.params.indexOf(value.place.base.name);
  return index === -1 || value.place.path.length > 0 ? null : index;
}

function callInto({ caller, site }: Frame): CallInstruction | null {
  for (const { instructions } of caller?.procedure.cfg.blocks ?? []) {
    for (const one of instructions) if (one.op === "call" && one.span === site) return one;
  }
  return null;
}

/** Charges for the mistakes that functions made in their own code, and the runs that leave them in doubt. */
export function mistakesIn(runs: readonly FunctionRun[]): {
  readonly charges: readonly Charge[];
  readonly doubtful: readonly FunctionRun[];
} {
  const made = runs.map((run) => ({
    run,
    own: run.mistakes.filter(({ owner, unlocked }) => owner === 0 && unlocked !== null),
  }));
  const isInDoubt = ({ run, own }: (typeof made)[number]) => own.length > 0 && run.skipped > 0;
  return {
    charges: made.flatMap((one) =>
      isInDoubt(one)
        ? []
        : one.own.map((obligation) => ({ run: one.run, obligation, isByCaller: false })),
    ),
    doubtful: made.filter(isInDoubt).map(({ run }) => run),
  };
}
