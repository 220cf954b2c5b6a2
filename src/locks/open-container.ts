/**
 * A container between the hand-over and its commit, and mistakes with it: the function leaves, or
 * puts something else in. What happens to it in a callee whose body is not run is not asked.
 */
import type { Block, Value } from "../cfg/cfg.js";
import { successors } from "../cfg/order.js";
import type { AssignInstruction, CallInstruction, Frame } from "../dataflow/frame.js";
import { BLURRED, type State } from "../dataflow/state.js";
import { ZERO } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Event } from "../dataflow/witness.js";
import type { Span } from "../text/source-file.js";
import type { ContractRun } from "./apply-contract.js";
import { LATE, LOCKED, PREPARED, UNSURE } from "./marks.js";
import { note } from "./note.js";
import { membersOf } from "./standing.js";

/** A container is handed over: what it holds is late to be locked. */
export function handOver(
  { rules, explorer }: ContractRun,
  state: State,
  frame: Frame,
  call: CallInstruction,
  container: TermId,
): void {
  for (const { object } of membersOf(state, explorer.terms, rules.members, container)) {
    if ((state.marksOf(object) & (LOCKED | BLURRED | UNSURE)) === 0) state.mark(object, LATE);
  }
  state.mark(container, PREPARED);
  note(state, frame, call.span, "hand-over", container);
}

/** A callee that is not run, or that this knows nothing of, is given the container: it may commit it. */
export function givenAway({ explorer }: ContractRun, state: State, args: readonly TermId[]): void {
  for (const container of prepared(state)) {
    const held = explorer.terms.get(container);
    const isGiven = args.some((arg) => {
      const term = explorer.terms.get(arg);
      return (
        arg === container ||
        (term.kind === "address" &&
          held.kind === "address" &&
          `${held.of}.`.startsWith(`${term.of}.`))
      );
    });
    if (isGiven) state.mark(container, 0, PREPARED);
  }
}

/**
 * A function returns with a container of its own open. Counts where no more than one decision was
 * open since the hand-over, and no way to the commit leads around the hand-over: else the two may
 * hang on conditions that belong together.
 */
export function leave(run: ContractRun, state: State, frame: Frame, site: Span): void {
  const { rules, explorer, record } = run;
  const check = rules.mistakes.abandoned;
  for (const container of prepared(state)) {
    const term = explorer.terms.get(container);
    if (term.kind !== "address" || !term.of.startsWith(`L${frame.context}:`)) continue;
    state.mark(container, 0, PREPARED);
    const handOver = handOverOf(state, frame, container);
    if (check === null || handOver === null || commitsWithout(run, frame, handOver.span)) continue;
    const due = { check, object: container, owner: frame.depth, name: null };
    record.ledger.mistake(state, frame, site, due, "on-a-path");
  }
}

/** A member of a container is assigned. */
export function assignMember(
  { rules, explorer, record }: ContractRun,
  state: State,
  frame: Frame,
  { target, value, span }: AssignInstruction,
): void {
  const check = rules.mistakes.mutated;
  const member = target.path.at(-1);
  if (check === null || member === undefined || !rules.members.includes(member)) return;
  const address: Value = { kind: "address", place: { ...target, path: target.path.slice(0, -1) } };
  if ((state.marksOf(explorer.evaluate(state, frame, address)) & PREPARED) === 0) return;
  const object = explorer.evaluate(state, frame, value);
  const name = object === ZERO ? (frame.procedure.text(span).split("=")[0] ?? "").trim() : null;
  const due = { check, object, owner: frame.depth, name };
  record.ledger.mistake(state, frame, span, due, "on-a-path");
}

function prepared(state: State): TermId[] {
  return [...state.marks].flatMap(([one, marks]) => ((marks & PREPARED) !== 0 ? [one] : []));
}

/** Where this function handed the container over, if one decision at most was open since then. */
function handOverOf(state: State, frame: Frame, container: TermId): Event | null {
  let open = 0;
  for (let at = state.witness; at !== null; at = at.previous) {
    const { kind, term, depth, procedure } = at.event;
    if (kind === "branch" && term !== null && ++open > 1) return null;
    if (kind === "hand-over" && term === container)
      return depth === frame.depth && procedure === frame.procedure ? at.event : null;
  }
  return null;
}

/** Whether a commit can be reached without coming by a call. */
function commitsWithout({ rules }: ContractRun, { procedure }: Frame, handOver: Span): boolean {
  const { blocks } = procedure.cfg;
  const isCommit = (call: CallInstruction) =>
    rules.effectsAt(procedure, call.span).some(({ kind }) => kind === "commit");
  const reached = new Set([0]);
  for (const at of reached) {
    const { instructions } = blocks[at] as Block;
    let isCut = false;
    for (const one of instructions) {
      if (one.op !== "call") continue;
      if (one.span === handOver) isCut = true;
      else if (!isCut && isCommit(one)) return true;
    }
    if (!isCut) for (const next of successors(blocks[at] as Block)) reached.add(next);
  }
  return false;
}
