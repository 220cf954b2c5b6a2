/** Whether a lock is gone, by the text alone: the last word where no path can tell. */
import type { Finding } from "../findings/finding.js";
import type { Check } from "../protocol/protocol.js";
import type { Span } from "../text/source-file.js";
import { isSameArm, keyOf, type LockSite, lockSites, usesObject } from "./guarded.js";
import type { KernelProcedure } from "./kernel-procedure.js";
import type { Program } from "./program.js";

/** What is the same for all functions of a file. */
export interface Surroundings {
  /** A function's name on the other side, by its name on this one. */
  nameThere(name: string): string;
  /** Whether a function that the patch changes takes more locks here than there, in whatever file. */
  readonly addsLocks: boolean;
  /** The line here at which a line of the other side is, or would be. */
  lineHere(line: number): number;
}

/**
 * Fewer locks of an object, none of any other added, no call with the object added that might
 * lock it, and what stood beside the lock has not gone with it.
 */
export function isGone(
  old: KernelProcedure,
  now: KernelProcedure,
  sites: readonly LockSite[],
  { addsLocks }: Surroundings,
): boolean {
  if (addsLocks) return false;
  const [{ text }] = sites as [LockSite];
  const left = lockSites(now);
  if (sites.some((site) => isMisdirected(old, now, site))) return true;
  if (left.length >= lockSites(old).length) return false;
  if (left.filter((site) => site.text === text).length >= sites.length) return false;
  if (callsWith(now, text).some((call) => !callsWith(old, text).includes(call))) return false;
  const kept = new Set(instructionTexts(now));
  return sites.some((site) => {
    const beside = (old.cfg.blocks[site.block]?.instructions ?? [])
      .filter((one) => keyOf(one) !== keyOf(site.call))
      .map(({ span }) => old.text(span));
    const hasMate = left.some((one) => one.text === text && isSameArm(old, site, now, one));
    return !hasMate && (beside.length === 0 || beside.some((one) => kept.has(one)));
  });
}

/** Whether a function takes fewer locks than before, and no other takes more. */
export function isFewer(
  old: KernelProcedure,
  now: KernelProcedure,
  { addsLocks }: Surroundings,
): boolean {
  return !addsLocks && lockSites(now).length < lockSites(old).length;
}

/** Whether one of the locks has become one of a variable in which there is no object yet. */
export function isLockOfNothing(
  old: KernelProcedure,
  now: KernelProcedure,
  sites: readonly LockSite[],
): boolean {
  return sites.some((site) => isMisdirected(old, now, site, locksNothing));
}

/**
 * Whether what stands in a lock's place locks another of the objects that the function knew, of
 * the kind that is asked for.
 */
function isMisdirected(
  old: KernelProcedure,
  now: KernelProcedure,
  site: LockSite,
  isMeant: (now: KernelProcedure, other: LockSite) => boolean = () => true,
): boolean {
  const count = (procedure: KernelProcedure, object: string) =>
    lockSites(procedure).filter(({ text }) => text === object).length;
  const isUsed = now.cfg.blocks.some(({ instructions }) =>
    instructions.some((one) => usesObject(now, one, baseOf(site.text))),
  );
  if (!isUsed || count(now, site.text) >= count(old, site.text)) return false;
  return lockSites(now).some((other) => {
    return (
      other.text !== site.text &&
      old.cfg.types.has(baseOf(other.text)) &&
      count(now, other.text) > count(old, other.text) &&
      isSameArm(old, site, now, other) &&
      !isSameThere(now, other, site.text) &&
      isMeant(now, other)
    );
  });
}

/** The variable that an object is reached from. */
function baseOf(object: string): string {
  return /\w+/.exec(object)?.[0] ?? object;
}

/** Whether the last assignment to either of two above a lock, NULL aside, sets one to the other. */
function isSameThere(
  procedure: KernelProcedure,
  { call, text }: LockSite,
  object: string,
): boolean {
  const pair = [text, object];
  const assignments = assignmentsAbove(procedure, call.span).filter(
    ([target = "", value]) => pair.includes(target) && value !== "NULL",
  );
  return pair.every((one) => assignments.at(-1)?.includes(one) === true);
}

/** Targets and values of the assignments above a place, in their order. */
function assignmentsAbove(procedure: KernelProcedure, { start }: Span): string[][] {
  return procedure.cfg.blocks
    .flatMap(({ instructions }) => instructions)
    .filter(({ op, span }) => op === "assign" && span.start < start)
    .sort((a, b) => a.span.end - b.span.end || b.span.start - a.span.start)
    .map(({ span }) => procedure.text(span).replace(/;$/, "").split("="))
    .map((sides) => sides.map((side) => side.trim()))
    .map(([target = "", ...values]) => [target.replace(/^.+\s\**(?=\w+$)/, ""), ...values]);
}

/** Whether a lock is of a local variable that nothing but NULL was put into above. */
function locksNothing(procedure: KernelProcedure, { call, text }: LockSite): boolean {
  const { cfg } = procedure;
  if (!cfg.types.has(text) || cfg.params.includes(text)) return false;
  const isSet = assignmentsAbove(procedure, call.span).some(
    ([target, value]) => target === text && value !== "NULL",
  );
  const isHandedOut = cfg.blocks
    .flatMap(({ instructions }) => instructions)
    .some(
      ({ op, span }) =>
        op !== "assign" &&
        span.start < call.span.start &&
        new RegExp(`&${text}\\b`).test(procedure.text(span)),
    );
  return !isSet && !isHandedOut;
}

function callsWith(procedure: KernelProcedure, object: string): string[] {
  return procedure.cfg.blocks.flatMap(({ instructions }) =>
    instructions.flatMap((one) => {
      if (one.op !== "call" || one.callee === null) return [];
      return one.argSpans.some((span) => procedure.text(span).includes(object)) ? [one.callee] : [];
    }),
  );
}

function instructionTexts(procedure: KernelProcedure): string[] {
  return procedure.cfg.blocks.flatMap(({ instructions }) =>
    instructions.map(({ span }) => procedure.text(span)),
  );
}

export function textFinding(
  { protocol }: Program,
  old: KernelProcedure,
  now: KernelProcedure,
  sites: readonly LockSite[],
  { lineHere }: Surroundings,
): Finding {
  const [site] = sites as [LockSite];
  const check = protocol.checks.get(protocol.removed) as Check;
  const line = Math.max(1, lineHere(old.place(site.call.span).line));
  const fill = (template: string) =>
    template.replaceAll("{object}", site.text).replaceAll("{line}", String(line));
  const length = Math.max(1, now.syntax.file.line(line).trim().length);
  const column = now.syntax.file.line(line).search(/\S|$/) + 1;
  return {
    type: check.name,
    severity: check.severity,
    file: now.file,
    line,
    column,
    length,
    function: now.name,
    object: site.text,
    members: [],
    message: fill(check.message),
    path: [],
    chain: [{ function: now.name, file: now.file, line }],
    fingerprint: `${check.name} ${now.name} text ${site.text} `,
    why: fill(check.why),
    fix: fill(check.fix),
  };
}
