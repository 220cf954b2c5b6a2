/**
 * Locks that another one makes superfluous for certain: the same variable, locked before or
 * after among the same statements, with nothing between that sets it, needs it or drops locks;
 * or a function that demands nothing itself, where the hand-over locks whatever it is given.
 * All other superfluous locks count as missed, for a person to see.
 */
import type { Stmt } from "../../syntax/ast.js";
import { callsIn, expressionsIn, writes } from "./expression.js";
import type { LockSite } from "./lock-site.js";
import type { Context } from "./mutation.js";

export function isRedundant(site: LockSite, sites: readonly LockSite[], context: Context): boolean {
  const { flow } = context;
  const isHandOver = flow.program.protocol.entered.has(site.procedure.name);
  if (!isHandOver && !flow.leads(site.procedure) && flow.handOverLocks()) return true;
  return sites.some(
    (other) =>
      other !== site &&
      other.procedure === site.procedure &&
      other.when === "always" &&
      other.object === site.object &&
      other.statement !== null &&
      (covers(other, site, context) ||
        (covers(site, other, context) && !isNeededBetween(site, other, context))),
  );
}

/** Whether control comes from the first to the second with the lock held, whenever it gets there. */
function covers(first: LockSite, second: LockSite, { releases }: Context): boolean {
  const list = first.path.at(-1)?.list ?? null;
  const from = list === null ? -1 : list.indexOf(first.path.at(-1)?.statement as Stmt);
  const to = second.path.find((step) => step.list === list)?.statement;
  if (list === null || to === undefined || list.indexOf(to) < from) return false;
  const between = list.slice(from + 1, list.indexOf(to) + 1);
  if (second.operand.kind !== "name") return false;
  const { name } = second.operand;
  return (
    ![...expressionsIn(between)].some((expr) => writes(expr, name)) &&
    ![...callsIn(between)].some(({ name: callee }) => releases.has(callee))
  );
}

/** The later of two locks makes the earlier superfluous only when it is reached before any demand. */
function isNeededBetween(first: LockSite, second: LockSite, { flow }: Context): boolean {
  const isSecond = ({ span }: { span: { start: number } }) => span.start === second.place.start;
  return second.path.length !== first.path.length || flow.demandsAhead(first, isSecond).length > 0;
}
