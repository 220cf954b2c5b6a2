/**
 * A lock moved out of its function into one that it calls: one in the same file that is given
 * the object and hands it over, or commits.
 */
import type { KernelProcedure } from "../../analyze/kernel-procedure.js";
import type { Instruction } from "../../cfg/cfg.js";
import type { Procedure } from "../../dataflow/procedure.js";
import type { Expr } from "../../syntax/ast.js";
import { type Edit, insertion } from "./edit.js";
import { type CallExpr, callsIn, expressionsIn, outcomes } from "./expression.js";
import { calleeOf, instructionsOf, kindsAt } from "./flow.js";
import type { LockSite } from "./lock-site.js";
import { type Context, guardedLockOf, removed } from "./mutation.js";
import { allStatements } from "./place.js";

/** Calls that an assertion is looked for in. */
const DEEPEST = 4;

export function intoCallee(site: LockSite, context: Context): readonly Edit[] | string {
  if (site.statement === null) return "its result is used";
  const { flow } = context;
  const ahead = flow.ahead(site);
  for (const { name, call } of callsIn(site.procedure.syntax.body)) {
    const callee = ownCallee(site, name, context);
    const at = call.args.findIndex((arg) => gives(arg, site.operand));
    const param = callee?.syntax.params[at];
    const instruction = ahead.find((one) => isAt(one, call));
    if (callee === null || param === undefined || param.name === "" || instruction === undefined)
      continue;
    if (call.args[at]?.kind !== "name" && !isOnlyWay(site, call, callee)) continue;
    if (isNeededBefore(site, instruction, context)) continue;
    const text = ` ${guardedLockOf(site, param.name)}`;
    return [removed(site), insertion(callee.item.body.start + 1, text)];
  }
  return "no function of the file is given the object in time";
}

/** A function of the file that commits, or fills the container. */
function ownCallee(site: LockSite, name: string, { flow }: Context): KernelProcedure | null {
  const { unit, program } = flow;
  const item = unit.scope[0]?.functions.get(name);
  if (item === undefined || name === site.procedure.name || program.protocol.names.has(name))
    return null;
  const callee = program.procedure(unit, name);
  if (callee === null) return null;
  const isGivenContainer = callee.syntax.params.some(({ type }) =>
    type.includes(program.protocol.container),
  );
  return isGivenContainer || flow.leads(callee) ? callee : null;
}

/** The argument is the object, or the object or NULL. */
function gives(argument: Expr, operand: Expr): boolean {
  if (operand.kind !== "name") return false;
  const values = outcomes(argument);
  const isIt = (one: Expr) => one.kind === "name" && one.name === operand.name;
  const isNull = (one: Expr) =>
    (one.kind === "name" && one.name === "NULL") || (one.kind === "number" && one.value === 0);
  return values.some(isIt) && values.every((one) => isIt(one) || isNull(one));
}

/** Whether an object that is passed under a condition gets there in no other way. */
function isOnlyWay(
  { operand, procedure }: LockSite,
  call: CallExpr,
  callee: KernelProcedure,
): boolean {
  const isIt = (one: Expr) =>
    one.kind === "name" && operand.kind === "name" && one.name === operand.name;
  const { body } = procedure.syntax;
  if (call.args.filter((arg) => outcomes(arg).some(isIt)).length !== 1) return false;
  for (const statement of allStatements(body)) {
    if (statement.kind !== "declaration" || statement.init === null) continue;
    if (outcomes(statement.init).some(isIt)) return false;
    const [source] = outcomes(statement.init);
    const isOwn = operand.kind === "name" && statement.name === operand.name;
    if (isOwn && source?.kind === "member" && callee.item.identifiers.has(source.field))
      return false;
  }
  return ![...expressionsIn(body)].some(
    (one) => one.kind === "assign" && (isIt(one.target) || outcomes(one.value).some(isIt)),
  );
}

/** Whether the lock is asked for before that call, or on a way that does not go through it. */
function isNeededBefore(site: LockSite, call: Instruction, { flow }: Context): boolean {
  const { procedure, operand } = site;
  const stop = (one: Instruction) => one === call;
  if (flow.demandsAhead(site, stop).length > 0 || operand.kind !== "name") return true;
  return flow.ahead(site, stop).some((one) => isAskedOf(procedure, one, operand.name));
}

/** Whether an instruction asserts the lock of a variable, itself or in what it calls. */
function isAskedOf(
  procedure: Procedure,
  instruction: Instruction,
  variable: string,
  depth = 0,
): boolean {
  if (instruction.op !== "call" || depth > DEEPEST) return false;
  const at = instruction.args.findIndex(
    (arg) =>
      arg.kind === "read" && arg.place.base.kind === "variable" && arg.place.base.name === variable,
  );
  if (at === -1) return false;
  if (kindsAt(procedure, instruction).includes("require")) return true;
  const callee = calleeOf(procedure, instruction);
  const param = callee?.cfg.params[at];
  if (callee === null || param === undefined) return false;
  return instructionsOf(callee).some((one) => isAskedOf(callee, one, param, depth + 1));
}

function isAt(instruction: Instruction, { span }: Expr): boolean {
  return (
    instruction.op === "call" &&
    instruction.span.start === span.start &&
    instruction.span.end === span.end
  );
}
