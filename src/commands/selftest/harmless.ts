/**
 * Edits that leave every object locked where it must be. None of them may be reported, or make
 * a function undecided that was decided before.
 */
import type { Edit } from "./edit.js";
import { baseVariable, callsIn, expressionsIn, isPure, writes } from "./expression.js";
import { intoCallee } from "./into-callee.js";
import type { LockSite } from "./lock-site.js";
import {
  type Context,
  guardedLockOf,
  inHelper,
  type Kind,
  lockOf,
  OPAQUE,
  removed,
  replaced,
} from "./mutation.js";
import { before, type Step } from "./place.js";
import { split, toCallers } from "./to-callers.js";

export const HARMLESS: readonly Kind[] = [
  { name: "noise", expects: "harmless", make: noise },
  { name: "alias", expects: "harmless", make: alias },
  { name: "helper", expects: "harmless", make: helper },
  { name: "branches", expects: "harmless", make: branches },
  { name: "once", expects: "harmless", make: once },
  { name: "twice", expects: "harmless", make: twice },
  { name: "weaker", expects: "harmless", make: weaker },
  { name: "hoist", expects: "harmless", make: hoist },
  { name: "to-callers", expects: "harmless", make: toCallers },
  { name: "split", expects: "harmless", make: split },
  { name: "into-callee", expects: "harmless", make: intoCallee },
];

/** A comment that names the lock, a message, a warning. */
function noise(site: LockSite): readonly Edit[] | string {
  const text = `/* ${site.callee}(${OPAQUE}) */ pr_debug("vmalint\\n"); WARN_ON(!(${site.object}));`;
  return before(site.procedure, site.path, text) ?? "no statement of its own";
}

/** Under another name for the object. */
function alias(site: LockSite, { type }: Context): readonly Edit[] {
  const body = `struct ${type} *vmalint_alias = ${site.object}; ${lockOf(site, "vmalint_alias")}`;
  return [replaced(site, `{ ${body} }`, `({ ${body} })`)];
}

/** In a function of its own. */
function helper(site: LockSite, context: Context): readonly Edit[] {
  return inHelper(site, context, "");
}

/** On both ways of a condition that nobody knows. */
function branches(site: LockSite): readonly Edit[] {
  const call = `${site.callee}(${site.object})`;
  return [
    replaced(site, `{ if (${OPAQUE}) ${call}; else ${call}; }`, `(${OPAQUE} ? ${call} : ${call})`),
  ];
}

/** In a loop that runs once. */
function once(site: LockSite): readonly Edit[] | string {
  if (site.statement === null) return "its result is used";
  return [replaced(site, `do { ${lockOf(site, site.object)} } while (0);`, "")];
}

function twice(site: LockSite): readonly Edit[] {
  const lock = lockOf(site, site.object);
  const value = `({ int vmalint_error = ${lock} if (!vmalint_error) vmalint_error = ${lock} vmalint_error; })`;
  return [replaced(site, `{ ${lock} ${lock} }`, value)];
}

/** Before the `if` it stands in, under a condition that holds more often. */
function weaker(site: LockSite, context: Context): readonly Edit[] | string {
  const found = enclosingIf(site, context);
  if (typeof found === "string") return found;
  const { procedure, object } = site;
  const test = procedure.syntax.origin(found.test.span);
  if (!isPure(found.test)) return "its condition cannot be tested twice";
  const text = procedure.syntax.file.text.slice(test.start, test.end).replace(/\s+/g, " ");
  const condition = found.isNegated ? `!(${text})` : `(${text})`;
  const lock = `if (${object} && (${condition} || ${OPAQUE})) ${lockOf(site, object)}`;
  const edits = before(procedure, found.path, lock);
  return edits === null ? "its condition has no place of its own" : [removed(site), ...edits];
}

/** Before the `if` it stands in, whenever there is an object. */
function hoist(site: LockSite, context: Context): readonly Edit[] | string {
  const found = enclosingIf(site, context);
  if (typeof found === "string") return found;
  const edits = before(site.procedure, found.path, guardedLockOf(site, site.object));
  return edits === null ? "its condition has no place of its own" : [removed(site), ...edits];
}

/** The `if` around a lock, provided that the object is the same before it. */
function enclosingIf(site: LockSite, { releases }: Context) {
  if (site.statement === null) return "its result is used";
  const at = site.path.findLastIndex(({ statement }) => statement.kind === "if");
  const step = site.path[at];
  if (step?.statement.kind !== "if") return "it is under no condition";
  const inside = site.path.slice(at + 1);
  const branch = inside[0]?.branch;
  if (inside.some(({ statement }) => !["block", "expression"].includes(statement.kind))) {
    return "more than a condition is around it";
  }
  const earlier = inside.flatMap(({ list }, depth) => statementsBefore(list, inside[depth]));
  const variable = baseVariable(site.operand);
  const expressions = [step.statement.test, ...expressionsIn(earlier)];
  if (
    variable === null ||
    earlier.some((one) => one.kind === "declaration" && one.name === variable)
  ) {
    return "its variable is not known before the condition";
  }
  if (expressions.some((expr) => writes(expr, variable)))
    return "its variable is set behind the condition";
  if (site.operand.kind !== "name" && earlier.length > 0)
    return "its member may be set behind the condition";
  if ([...callsIn(earlier)].some(({ name }) => releases.has(name)))
    return "locks may fall before it";
  return {
    path: site.path.slice(0, at + 1),
    test: step.statement.test,
    isNegated: branch === "otherwise",
  };
}

function statementsBefore(list: Step["list"], step: Step | undefined) {
  return list === null || step === undefined ? [] : list.slice(0, list.indexOf(step.statement));
}
