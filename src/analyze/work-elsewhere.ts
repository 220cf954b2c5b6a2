/** Whether what a function did before a patch is still done after it, there or in new functions. */
import type { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";

/** One function of one side. */
interface FunctionSide {
  readonly program: Program;
  readonly unit: Unit;
  readonly procedure: KernelProcedure;
}

/** Whether a function and those that are new call each callee as often as the function did. */
export function isDoneElsewhere(
  there: FunctionSide,
  here: FunctionSide,
  callees: readonly string[],
): boolean {
  const known = there.unit.scope[0]?.functions;
  const added = [...(here.unit.scope[0]?.functions.keys() ?? [])]
    .filter((name) => known?.has(name) === false)
    .flatMap((name) => here.program.procedure(here.unit, name) ?? []);
  const count = (procedures: readonly KernelProcedure[], callee: string) =>
    procedures
      .flatMap(({ cfg }) => cfg.blocks.flatMap(({ instructions }) => instructions))
      .filter((one) => one.op === "call" && one.callee === callee).length;
  const now = added.includes(here.procedure) ? added : [here.procedure, ...added];
  return (
    callees.length > 0 &&
    callees.every((callee) => count(now, callee) >= count([there.procedure], callee))
  );
}
