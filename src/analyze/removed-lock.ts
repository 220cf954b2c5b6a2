/**
 * The floor under all checks: a patch takes a lock away that no check knows the reason of. What
 * the lock guarded on the one side is demanded to be guarded on the other, in a run of its own;
 * where the graph shows nothing that it guarded, or that cannot be decided, the text decides: the
 * lock is gone and the patch adds none.
 */

import type { Finding } from "../findings/finding.js";
import type { Charge } from "../locks/blame.js";
import type { FunctionRun, Link, Obligation } from "../locks/obligation.js";
import type { Runner } from "../locks/run-function.js";
import type { Effect } from "../protocol/effect.js";
import { callersWithout } from "./callers-without.js";
import { findingsOf } from "./findings.js";
import {
  guardedBy,
  isLockedLater,
  keyOf,
  type LockSite,
  lockSites,
  locksArgument,
  usesObject,
} from "./guarded.js";
import type { KernelProcedure } from "./kernel-procedure.js";
import {
  isFewer,
  isGone,
  isLockOfNothing,
  type Surroundings,
  textFinding,
} from "./lost-lock-text.js";
import type { Program, Unit } from "./program.js";
import { unitRunner } from "./unit-runner.js";
import { isDoneElsewhere } from "./work-elsewhere.js";

/** One side of a patch, for one file. */
export interface UnitSide {
  readonly program: Program;
  readonly unit: Unit;
}

/** A lock that is gone, and the functions that hand in the object without it. */
export interface RemovedLock {
  readonly finding: Finding;
  readonly callers: readonly string[];
}

/**
 * Locks that `there` has and `here` lacks, in functions that both have, as findings of `here`.
 * `names` are those of this side.
 */
export function removedLocks(
  there: UnitSide,
  here: UnitSide,
  names: Iterable<string>,
  surroundings: Surroundings,
): RemovedLock[] {
  const removed: RemovedLock[] = [];
  for (const name of names) {
    if (!here.unit.scope[0]?.functions.has(name)) continue;
    const old = there.program.procedure(there.unit, surroundings.nameThere(name));
    const now = here.program.procedure(here.unit, name);
    if (old === null || now === null || old.syntax.errors.length > 0) continue;
    for (const sites of byObject(lockSites(old))) {
      const outcome = compare({ ...there, procedure: old }, { ...here, procedure: now }, sites);
      if (outcome === "guarded" && !isLockOfNothing(old, now, sites)) continue;
      if (typeof outcome !== "string") {
        const { callers } = outcome;
        for (const finding of findingsOf(here.program, [outcome.charge]))
          removed.push({ finding, callers });
      } else if (
        outcome === "elsewhere"
          ? isFewer(old, now, surroundings)
          : isGone(old, now, sites, surroundings)
      ) {
        const finding = textFinding(here.program, old, now, sites, surroundings);
        removed.push({ finding, callers: [] });
      }
    }
  }
  return removed;
}

/** Sites that lock what the code calls by the same name. */
function byObject(sites: readonly LockSite[]): LockSite[][] {
  const byText = new Map<string, LockSite[]>();
  for (const site of sites) byText.set(site.text, [...(byText.get(site.text) ?? []), site]);
  return [...byText.values()];
}

interface FunctionSide extends UnitSide {
  readonly procedure: KernelProcedure;
}

/**
 * `guarded`: by whatever means; `open`: not decided, or nothing to decide it by; `elsewhere`: the
 * work goes on under another name, or in a new function.
 */
function compare(
  there: FunctionSide,
  here: FunctionSide,
  sites: readonly LockSite[],
):
  | { readonly charge: Charge; readonly callers: readonly string[] }
  | "guarded"
  | "open"
  | "elsewhere" {
  const { removed } = here.program.protocol;
  const [{ text: object }] = sites as [LockSite];
  if (isLeftToOthers(there.procedure, here.procedure, object)) return "guarded";
  const lockers = lockingCalls(here, object);
  const guarded = sites.map((site) => {
    const all = guardedBy(there.procedure, site).map((one) => ({
      ...one,
      text: textOf(there, one.instruction),
    }));
    const relock = all.findIndex(({ isLevel, text }) => isLevel && lockers.has(text));
    const own = relock === -1 ? all : all.slice(0, relock);
    return { isLocked: relock !== -1, own: own.filter(({ text }) => !lockers.has(text)) };
  });
  if (guarded.some(({ isLocked, own }) => isLocked && own.length === 0)) return "guarded";
  const own = guarded.flatMap((one) => one.own);
  const level = new Set(own.filter(({ isLevel }) => isLevel).map(({ text }) => text));
  const texts = new Set(own.map(({ text }) => text));
  if (texts.size === 0) return "open";
  const old = runWith(there, texts, sites[0] as LockSite, removed);
  const lockedThere = new Set(
    byPlace(there, old.run, removed).flatMap(([text, all]) => (all.every(isLocked) ? [text] : [])),
  );
  if (lockedThere.size === 0) return "open";
  const now = runWith(here, lockedThere, sites[0] as LockSite, removed);
  const places = byPlace(here, now.run, removed);
  // What the lock guarded went with it.
  if (!hasAny(here, lockedThere, object)) {
    const calls = own.flatMap(({ instruction: one }) =>
      one.op === "call" ? (one.callee ?? []) : [],
    );
    return isDoneElsewhere(there, here, calls) ? "elsewhere" : "guarded";
  }
  const isOpen = now.run.limits.length > 0 || places.length === 0;
  const onLevel = places.filter(([text]) => level.has(text));
  const asked = onLevel.length > 0 ? onLevel : places;
  const missing = asked.map(([, all]) => all.find(({ unlocked }) => unlocked !== null));
  if (isOpen || missing.some((one) => one === undefined))
    return asked.some(([, all]) => all.some(isLocked)) ? "guarded" : "open";
  const [obligation] = missing as [Obligation];
  const isLater = isTakenLater(there, here, sites, now.run, obligation);
  if (obligation.lockedAt === null && isLater) return "guarded";
  const charge = { run: now.run, obligation, isByCaller: false };
  if (!obligation.fromParameter) return { charge, callers: [] };
  const callers = callersWithout(here, now.runner, here.procedure, removed, 0);
  return callers?.length === 0 ? "guarded" : { charge, callers: callers ?? [] };
}

/** The calls that lock the object of a name themselves, as they read. */
function lockingCalls({ procedure }: FunctionSide, object: string): Set<string> {
  const calls = procedure.cfg.blocks.flatMap(({ instructions }) =>
    instructions.filter((one) => one.op === "call" && locksArgument(procedure, one, object)),
  );
  return new Set(calls.map((one) => textOf({ procedure }, one)));
}

/**
 * Whether the lock is taken later than before, as often as before or in time for what a check of
 * its own asks for.
 */
function isTakenLater(
  there: FunctionSide,
  { procedure, program }: FunctionSide,
  sites: readonly LockSite[],
  { obligations }: FunctionRun,
  missing: Obligation,
): boolean {
  const [site] = sites as [LockSite];
  const met = obligations.filter(
    (one) =>
      one.object === missing.object && one.check !== program.protocol.removed && isLocked(one),
  );
  const count = (side: KernelProcedure) =>
    lockSites(side).filter(({ text }) => text === site.text).length;
  if (met.length === 0 && count(procedure) < count(there.procedure)) return false;
  const place = (missing.chain.at(-1) as Link).site;
  const places = new Set(met.map(({ chain }) => (chain[0] as Link).site));
  return isLockedLater(procedure, place, site, places);
}

/**
 * Whether an assertion stands here for the lock, which a check of its own follows to the callers;
 * or the function no longer holds what the lock needs: it was given another scheme.
 */
function isLeftToOthers(old: KernelProcedure, now: KernelProcedure, object: string): boolean {
  const has = (procedure: KernelProcedure, kind: Effect["kind"], text?: string) =>
    procedure.cfg.blocks.some(({ instructions }) =>
      instructions.some(
        (one) =>
          one.op === "call" &&
          (procedure.effects.get(keyOf(one)) ?? []).some((effect) => effect.kind === kind) &&
          (text === undefined || one.argSpans.some((span) => procedure.text(span) === text)),
      ),
    );
  const isAsserted = has(now, "require", object) && !has(old, "require", object);
  return isAsserted || (has(old, "release-all") && !has(now, "release-all"));
}

/** The function run with a demand at each place that reads like one of the texts. */
function runWith(
  { program, unit, procedure }: FunctionSide,
  texts: ReadonlySet<string>,
  { operand, text }: LockSite,
  check: string,
): { runner: Runner; run: FunctionRun } {
  const demands = new Map<string, readonly Effect[]>();
  const effect: Effect = {
    kind: "demand",
    operand: null,
    value: operand,
    when: "always",
    otherwise: null,
    check,
    late: null,
    lock: null,
  };
  for (const instruction of procedure.cfg.blocks.flatMap(({ instructions }) => instructions)) {
    if (!usesObject(procedure, instruction, text)) continue;
    if (texts.has(textOf({ procedure }, instruction))) demands.set(keyOf(instruction), [effect]);
  }
  const runner = unitRunner(program, unit, { procedure, demands });
  return { runner, run: runner.run(procedure) };
}

function hasAny({ procedure }: FunctionSide, texts: ReadonlySet<string>, object: string): boolean {
  return procedure.cfg.blocks.some(({ instructions }) =>
    instructions.some(
      (one) => texts.has(textOf({ procedure }, one)) && usesObject(procedure, one, object),
    ),
  );
}

/** The obligations of a run that stem from the demands, by the text of the place. */
function byPlace(
  side: Pick<FunctionSide, "procedure">,
  { obligations }: FunctionRun,
  check: string,
): [string, Obligation[]][] {
  const places = new Map<string, Obligation[]>();
  for (const obligation of obligations) {
    const { procedure, site } = obligation.chain.at(-1) as Link;
    if (obligation.check !== check || procedure !== side.procedure) continue;
    const text = side.procedure.text(site);
    places.set(text, [...(places.get(text) ?? []), obligation]);
  }
  return [...places];
}

function isLocked({ unlocked, unknown, lockedAt, metOtherwise }: Obligation): boolean {
  return unlocked === null && !unknown && (lockedAt !== null || metOtherwise);
}

function textOf(
  { procedure }: Pick<FunctionSide, "procedure">,
  { span }: { readonly span: LockSite["call"]["span"] },
): string {
  return procedure.text(span);
}
