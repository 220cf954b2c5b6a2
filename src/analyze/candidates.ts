/** Which functions of a file are worth running. */
import type { FunctionRun } from "../locks/obligation.js";
import type { FunctionItem } from "../syntax/outline.js";
import { isAddressTaken } from "./lexical-looks.js";
import type { Program, Unit } from "./program.js";

/**
 * Functions defined in the file itself that lead to something that demands a lock, or take one, or
 * free an object, in their own text, or that take locks of other classes beside the protocol's.
 */
export function candidates(program: Program, unit: Unit): string[] {
  const { names, entered, handsBack, mistakable } = program.protocol;
  const demanding = program.demanding(unit);
  const locks = (name: string, { identifiers }: FunctionItem) =>
    [...mistakable].some((callee) => identifiers.has(callee) && callee !== name);
  return [...(unit.scope[0]?.functions ?? [])]
    .filter(([name]) => !names.has(name) || entered.has(name) || handsBack.has(name))
    .filter(
      ([name, item]) =>
        demanding.has(name) || locks(name, item) || program.classFlow.isWorthRunning(unit, item),
    )
    .map(([name]) => name);
}

/** Of a function that demands nothing, and is looked at for its locks alone, nothing is left open. */
export function owes(
  program: Program,
  unit: Unit,
  { procedure, obligations, own }: FunctionRun,
): boolean {
  return (
    obligations.length + own.length > 0 ||
    procedure.file !== unit.file.path ||
    program.demanding(unit).has(procedure.name)
  );
}

/** Functions of the file that call one, also by macros; null where somebody unseen may. */
export function callersIn(program: Program, unit: Unit, name: string): string[] | null {
  const own = unit.scope[0]?.functions;
  const callers: string[] = [];
  const called = new Set([name]);
  for (const one of called) {
    if (isAddressTaken(unit, one)) return null;
    for (const user of program.mentions(unit).users([one])) {
      if (own?.has(user)) callers.push(user);
      else if (program.find(unit, user) === null) called.add(user);
      else return null;
    }
  }
  return callers;
}

/** Functions that are not static, or whose address is taken, have callers nobody sees. */
export function isOpenEnded(program: Program, unit: Unit, name: string): boolean {
  const own = unit.scope[0]?.functions;
  for (const caller of program.mentions(unit).reaching([name])) {
    const item = own?.get(caller);
    if (item !== undefined && (!item.isStatic || isAddressTaken(unit, caller))) return true;
  }
  return false;
}
