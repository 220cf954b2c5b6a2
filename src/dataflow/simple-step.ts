/**
 * Instructions that are no calls: declarations, assignments, zeroing, forgetting.
 */
import type { Instruction, Place } from "../cfg/cfg.js";
import type { Span } from "../text/source-file.js";
import { forgetCallsOn } from "./epochs.js";
import type { Evaluator } from "./evaluator.js";
import type { AssignInstruction, Client, Frame } from "./frame.js";
import type { State } from "./state.js";
import { ZERO } from "./term.js";
import type { Location, TermId } from "./term-kinds.js";
import { extend } from "./witness.js";

/**
 * Executes an instruction without calls; false when the path cannot be. `isKept`: what it writes
 * is asked for later, besides its effect.
 */
export function executeSimple(
  values: Evaluator,
  client: Client,
  frame: Frame,
  state: State,
  instruction: Exclude<Instruction, { op: "call" }>,
  isKept: boolean,
): boolean {
  if (instruction.op === "declare") {
    state.drop(values.variable(frame, instruction.name));
    return true;
  }
  const { base } = instruction.target;
  if (base.kind === "pointee") {
    const pointer = values.evaluate(state, frame, base.pointer);
    if (!state.assume(pointer, true)) return false;
  }
  const target = values.locate(state, frame, instruction.target);
  if (instruction.op === "assign") {
    client.assigned(state, frame, instruction);
    if (!isKept) return true;
    if (!values.dereferences(state, frame, instruction.value)) return false;
    assign(values, frame, state, instruction, target);
  } else if (target !== null) {
    if (instruction.op === "zero") state.zero(target);
    else forget(values, frame, state, target, instruction.span);
  }
  return true;
}

function assign(
  values: Evaluator,
  frame: Frame,
  state: State,
  instruction: AssignInstruction,
  target: Location | null,
): void {
  if (target === null) {
    // An element with an unknown index: any element may have changed.
    const known = instruction.target.path.findIndex((step) => step.startsWith("["));
    const place = { ...instruction.target, path: instruction.target.path.slice(0, known) };
    const whole = values.locate(state, frame, place);
    if (whole !== null) state.forget(whole, values.unknown(state, frame, `some of ${whole}`));
    return;
  }
  if (instruction.value.kind === "read") {
    const source = values.locate(state, frame, instruction.value.place);
    const { place } = instruction.value;
    const isWhole = isStruct(frame, instruction.target) || isStruct(frame, place);
    if (source !== null && (state.isAggregate(source) || isWhole)) {
      state.copy(target, source);
      return;
    }
  }
  const value = values.evaluate(state, frame, instruction.value);
  state.write(target, value);
  if (target[0] === "H") forgetCallsOn(state, target, `${frame.context}.${instruction.span.start}`);
  if (instruction.target.path.length === 0 || value !== ZERO) {
    note(frame, state, instruction.target, value, instruction.span);
  }
}

function note(frame: Frame, state: State, target: Place, value: TermId, span: Span): void {
  const name = target.path.at(-1) ?? (target.base.kind === "variable" ? target.base.name : "");
  if (name.startsWith("%")) return;
  state.witness = extend(state.witness, {
    kind: "assign",
    procedure: frame.procedure,
    depth: frame.depth,
    span,
    holds: target.path.length === 0 && target.base.kind === "variable",
    term: value,
    name,
  });
}

/** A variable that is a struct, or all that a pointer to a struct points to. */
function isStruct(frame: Frame, { base, path }: Place): boolean {
  if (path.length > 0) return false;
  const types = frame.procedure.cfg.types;
  if (base.kind === "variable")
    return /^[^*]*\b(?:struct|union)\b[^*]*$/.test(types.get(base.name) ?? "");
  const { pointer } = base;
  if (pointer.kind !== "read" || pointer.place.base.kind !== "variable") return false;
  if (pointer.place.path.length > 0) return false;
  const type = types.get(pointer.place.base.name) ?? "";
  return /^[^*]*\b(?:struct|union)\b[^*]*\*[^*]*$/.test(type);
}

function forget(values: Evaluator, frame: Frame, state: State, target: Location, span: Span): void {
  state.forget(
    target,
    values.fresh(frame, state, `forget ${span.start}`, { callee: "", fresh: false }),
  );
}
