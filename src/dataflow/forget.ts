/**
 * What is forgotten at a call whose body is not run.
 */
import { forgetField, versionsOf } from "./epochs.js";
import type { Evaluator } from "./evaluator.js";
import type { CallInstruction, Frame } from "./frame.js";
import type { Slice } from "./slice.js";
import type { State } from "./state.js";
import type { Terms } from "./term.js";
import type { Location, TermId } from "./term-kinds.js";
import type { Writes } from "./writes.js";

/** A callee in reach that was not run: members it may write are unknown, by name. */
export function forgetWrites(
  evaluator: Evaluator,
  slice: Slice,
  frame: Frame,
  state: State,
  call: CallInstruction,
  args: readonly TermId[],
  writes: Writes,
): TermId[] {
  const made: TermId[] = [];
  const forget = (location: Location, what: string) => {
    const value = evaluator.fresh(frame, state, `${call.span.start} ${what}`, {
      callee: call.callee ?? "",
      fresh: false,
    });
    state.drop(location);
    state.write(location, value);
    made.push(value);
  };
  const members = [...writes.members].filter((member) => slice.fields.has(member));
  for (const member of members) forgetField(state, member, `${frame.context}.${call.span.start}`);
  for (const name of writes.globals) if (slice.globals.has(name)) forget(`G:${name}`, name);
  for (const [index, arg] of args.entries()) {
    const term = evaluator.terms.get(arg);
    if (term.kind !== "address" || term.of[0] === "G") continue;
    for (const member of members) forget(`${term.of}.${member}`, member);
    if (writes.throughPointers && !state.isAggregate(term.of)) forget(term.of, `out ${index}`);
  }
  return made;
}

/**
 * A body not in reach: what it is handed the address of is unknown afterwards, and what members of
 * that hold the addresses of.
 */
export function forgetArguments(
  evaluator: Evaluator,
  frame: Frame,
  state: State,
  call: CallInstruction,
  args: readonly TermId[],
): void {
  for (const [index, arg] of [...args, ...addressesIn(state, args)].entries()) {
    const term = evaluator.terms.get(arg);
    if (term.kind !== "address" || term.of[0] === "G") continue;
    const scalar = state.store.has(term.of) || !state.isAggregate(term.of);
    state.drop(term.of);
    if (scalar)
      state.write(
        term.of,
        evaluator.fresh(frame, state, `${call.span.start} out ${index}`, {
          callee: call.callee ?? "",
          fresh: false,
        }),
      );
    else
      state.defaults.set(term.of, { kind: "copy", from: `H${contents(evaluator.terms, term.of)}` });
  }
}

/** Addresses of variables that lie in what the arguments point to. */
function addressesIn(state: State, args: readonly TermId[]): Set<TermId> {
  const found = new Set<TermId>();
  const roots = args.map((arg) => `${state.terms.pointee(arg)}.`);
  for (const [location, value] of state.store) {
    const term = state.terms.get(value);
    if (term.kind === "address" && term.of[0] === "L" && !args.includes(value))
      if (roots.some((root) => location.startsWith(root))) found.add(value);
  }
  return found;
}

/** What an aggregate holds after somebody unknown wrote to it: one value, however often that was. */
function contents(terms: Terms, location: Location): TermId {
  return terms.atom(`contents ${location}`, { kind: "unknown", frame: 0, site: "contents" });
}

/**
 * Equal arguments give equal numbers, where no loop and no address is involved; a function that
 * acts gives another one at each place.
 */
export function unknownResult(
  evaluator: Evaluator,
  frame: Frame,
  state: State,
  call: CallInstruction,
  args: readonly TermId[],
): TermId {
  const { callee } = call;
  if (
    callee !== null &&
    args.length > 0 &&
    evaluator.sites.isScalarOutsideLoops(frame.procedure, call) &&
    args.every((arg) => evaluator.terms.get(arg).kind !== "address")
  ) {
    const site = `${frame.context} ${call.span.start}`;
    const result = evaluator.terms.pureCall(callee, args, versionsOf(state, args));
    if (evaluator.terms.firstSite(result, site) === site || !frame.procedure.acts(callee))
      return result;
  }
  return evaluator.result(frame, state, call, false);
}
