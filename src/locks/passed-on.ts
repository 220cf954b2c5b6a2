/**
 * What a function passes on to its callers although nothing in it demands a lock, read off its
 * graph: it is not run, but it may lock, insert or let locks fall by those it calls. Only objects
 * that it names as parameters, or members of what they point to, are seen.
 */
import type { Value } from "../cfg/cfg.js";
import type { CallInstruction } from "../dataflow/frame.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Effect } from "../protocol/effect.js";
import type { AccessPath, Contract } from "./contract.js";
import { noteObject } from "./run-record.js";

export interface PassedOn {
  readonly locked: Map<string, AccessPath>;
  readonly inserted: Map<string, AccessPath>;
  releases: boolean;
}

export interface CallMeaning {
  effectsAt(procedure: Procedure, call: CallInstruction): readonly Effect[];
  contractAt(procedure: Procedure, call: CallInstruction): Contract | null;
}

/** `within`: those whose callee it is; one that calls itself adds nothing by that. */
export function passedOn(
  procedure: Procedure,
  meaning: CallMeaning,
  within: ReadonlySet<Procedure> = new Set(),
): PassedOn {
  const found: PassedOn = { locked: new Map(), inserted: new Map(), releases: false };
  for (const { instructions } of procedure.cfg.blocks) {
    for (const call of instructions) {
      if (call.op !== "call") continue;
      const effects = meaning.effectsAt(procedure, call);
      for (const effect of effects) addEffect(found, procedure, call, effect);
      const callee = call.callee === null ? null : procedure.callee(call.callee);
      if (effects.length > 0 || callee === null || within.has(callee) || within.size > DEEPEST)
        continue;
      const contract = meaning.contractAt(procedure, call);
      const inner =
        contract === null ? passedOn(callee, meaning, new Set([...within, procedure])) : contract;
      addCallee(found, procedure, call, callee, inner);
    }
  }
  return found;
}

const DEEPEST = 6;

function addEffect(
  found: PassedOn,
  procedure: Procedure,
  call: CallInstruction,
  { kind, operand }: Effect,
): void {
  if (kind === "release-all") found.releases = true;
  if ((kind !== "acquire" && kind !== "insert") || operand === null) return;
  const index = call.argSpans.findIndex(
    (span) => span.start <= operand.start && operand.end <= span.end,
  );
  const path = pathOf(procedure, call.args[index]);
  noteObject(kind === "acquire" ? found.locked : found.inserted, path);
}

function addCallee(
  found: PassedOn,
  procedure: Procedure,
  call: CallInstruction,
  callee: Procedure,
  inner: PassedOn | Contract,
): void {
  found.releases ||= inner.releases;
  const [locks, inserts] =
    "locks" in inner
      ? [inner.locks, inner.inserts]
      : [[...inner.locked.values()], [...inner.inserted.values()]];
  const add = (into: Map<string, AccessPath>, { param, path }: AccessPath) => {
    const base = pathOf(procedure, call.args[callee.cfg.params.indexOf(param)]);
    noteObject(into, base && { param: base.param, path: [...base.path, ...path] });
  };
  for (const path of locks) add(found.locked, path);
  for (const path of inserts) add(found.inserted, path);
}

function pathOf({ cfg }: Procedure, value: Value | undefined): AccessPath | null {
  const members: string[] = [];
  let at = value;
  while (at?.kind === "read") {
    const { base, path } = at.place;
    if (base.kind === "variable")
      return path.length === 0 && cfg.params.includes(base.name)
        ? { param: base.name, path: members.reverse() }
        : null;
    members.push(path.map((member) => `.${member}`).join(""));
    at = base.pointer;
  }
  return null;
}
