/**
 * Who hands an object to a function that no longer locks it: callers in the file by their runs,
 * those of other files by the text.
 */
import type { Runner } from "../locks/run-function.js";
import { callersIn } from "./candidates.js";
import { usersElsewhere } from "./elsewhere.js";
import { lockSites } from "./guarded.js";
import type { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";

/** Callers further out than this are not asked. */
const FARTHEST = 3;

/**
 * Callers that hand in the object without its lock, and do not have it from their own callers;
 * null when there are none in reach, or others.
 */
export function callersWithout(
  side: { readonly program: Program; readonly unit: Unit },
  runner: Runner,
  { name, item }: KernelProcedure,
  check: string,
  distance: number,
): string[] | null {
  const { program, unit } = side;
  const own = distance < FARTHEST ? callersIn(program, unit, name) : null;
  if (own === null) return null;
  const others = item.isStatic ? [] : usersElsewhere(program, unit, [name]);
  if (own.length + others.length === 0) return null;
  if (!others.every((path) => locksBeforeUse(program, path, name))) return null;
  return own.flatMap((caller) => {
    const procedure = program.procedure(unit, caller);
    if (procedure === null) return [caller];
    // A struct may have the function's name.
    if (!calls(procedure, name)) return [];
    const { obligations } = runner.runWithBodies(procedure);
    const reached = obligations.filter(
      (one) =>
        one.check === check &&
        one.chain.some(({ procedure }, depth) => depth > 0 && procedure.name === name),
    );
    // What a callee may have locked is not seen to be locked.
    const owed = reached.filter(
      ({ unlocked, unknown, lockedAt, metOtherwise }) =>
        unlocked !== null || (unknown && lockedAt === null && !metOtherwise),
    );
    // A run that was cut short before the call shows nothing; what the caller says does.
    if (owed.length === 0)
      return reached.length > 0 || lockSites(procedure).length > 0 ? [] : [caller];
    if (!owed.every((one) => one.fromParameter)) return [caller];
    const further = callersWithout(side, runner, procedure, check, distance + 1);
    return further?.length === 0 ? [] : [caller, ...(further ?? [])];
  });
}

function calls({ cfg }: KernelProcedure, name: string): boolean {
  return cfg.blocks.some(({ instructions }) =>
    instructions.some((one) => one.op === "call" && one.callee === name),
  );
}

/** By the text alone: whether the functions of another file that call one may lock as well. */
function locksBeforeUse(program: Program, path: string, name: string): boolean {
  const unit = program.unit(path);
  if (unit === null) return false;
  const locking = program.mentions(unit).reaching(program.protocol.acquires);
  const users = [...program.mentions(unit).users([name])];
  return users.every((user) => !unit.scope[0]?.functions.has(user) || locking.has(user));
}
