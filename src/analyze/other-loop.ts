/**
 * A loop that locks and a later one that relies on it may meet the same objects, which are linked
 * through a tree or list only. Seen are loops of the function itself and of its callers in the
 * file, with what they call, and loops of functions that these call. Misses a caller's caller.
 */
import type { Instruction } from "../cfg/cfg.js";
import { reachableFrom } from "../cfg/order.js";
import { callsIn } from "../dataflow/calls-in.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { FunctionRun, Link, Obligation } from "../locks/obligation.js";
import type { EffectKind } from "../protocol/effect.js";
import { KernelProcedure } from "./kernel-procedure.js";
import { effectsAt } from "./unit-runner.js";

/** Functions looked at below one call. */
const MOST = 50;

/** Whether the function that was run, or a caller, takes locks in a loop before that of the demand. */
export function locksInOtherLoop({ procedure }: FunctionRun, { chain }: Obligation): boolean {
  const { site } = chain[0] as Link;
  const own = procedure.cfg.blocks.findIndex(({ instructions }) =>
    instructions.some(({ span }) => span === site),
  );
  if (own === -1 || procedure.inLoop[own] !== true) return false;
  const isLockedFirst = (caller: Procedure) =>
    caller.cfg.blocks.some(
      (_, block) => calleesAt(caller, block).includes(procedure) && locksLoopBefore(caller, block),
    );
  return locksLoopBefore(procedure, own) || callersOf(procedure).some(isLockedFirst);
}

/** Functions of the file that mention one. */
function callersOf(procedure: Procedure): Procedure[] {
  if (!(procedure instanceof KernelProcedure)) return [];
  const { program, unit, name } = procedure;
  const own = unit.scope[0]?.functions;
  const users = [...program.mentions(unit).users([name])].filter((user) => own?.has(user));
  return users.flatMap((user) => program.procedure(unit, user) ?? []);
}

/** Whether a loop before a block takes locks that nothing in between lets go. */
function locksLoopBefore(procedure: Procedure, own: number): boolean {
  const { blocks } = procedure.cfg;
  const after = reachableFrom(procedure.cfg, own);
  const lockers = blocks.flatMap((_, block) =>
    !after.has(block) && locksLoopAt(procedure, block) ? [block] : [],
  );
  if (lockers.length === 0) return false;
  const releases = blocks.flatMap((_, block) =>
    leadsAt(procedure, block, "release-all") && reachableFrom(procedure.cfg, block).has(own)
      ? [block]
      : [],
  );
  return lockers.some((block) => {
    const from = reachableFrom(procedure.cfg, block).add(block);
    return from.has(own) && !releases.some((other) => from.has(other));
  });
}

/** Whether a block is of a loop that locks, or calls a function that has one. */
function locksLoopAt(procedure: Procedure, block: number): boolean {
  if (procedure.inLoop[block] === true) return leadsAt(procedure, block, "acquire");
  return calleesAt(procedure, block).some((callee) =>
    callee.cfg.blocks.some((_, inner) => callee.inLoop[inner] && leadsAt(callee, inner, "acquire")),
  );
}

/** Whether a block, or what it calls, has an effect. */
function leadsAt(procedure: Procedure, block: number, kind: EffectKind): boolean {
  if (hasAt(procedure, block, kind)) return true;
  const reached = new Set(calleesAt(procedure, block));
  for (const one of reached) {
    if (one.cfg.blocks.some((_, inner) => hasAt(one, inner, kind))) return true;
    if (reached.size < MOST) for (const { callee } of callsIn(one)) reached.add(callee);
  }
  return false;
}

function hasAt(procedure: Procedure, block: number, kind: EffectKind): boolean {
  return instructionsAt(procedure, block).some(({ span }) =>
    effectsAt(procedure, span).some((one) => one.kind === kind),
  );
}

function calleesAt(procedure: Procedure, block: number): Procedure[] {
  return instructionsAt(procedure, block).flatMap((one) =>
    one.op === "call" && one.callee !== null ? (procedure.callee(one.callee) ?? []) : [],
  );
}

function instructionsAt({ cfg }: Procedure, block: number): readonly Instruction[] {
  return cfg.blocks[block]?.instructions ?? [];
}
