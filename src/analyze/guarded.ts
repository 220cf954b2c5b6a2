/**
 * What a lock guards in its function, read off the graph alone: calls with the object and writes
 * through it that come after the lock and run under every condition that the lock runs under.
 */
import type { Block, Cfg, Instruction, Value } from "../cfg/cfg.js";
import { reachableFrom, successors } from "../cfg/order.js";
import type { CallInstruction } from "../dataflow/frame.js";
import type { Span } from "../text/source-file.js";
import { KernelProcedure } from "./kernel-procedure.js";

/** A place that takes a lock. */
export interface LockSite {
  readonly call: CallInstruction;
  readonly operand: Value;
  /** The operand as the code writes it. */
  readonly text: string;
  readonly block: number;
}

export interface Guarded {
  readonly instruction: Instruction;
  /** Runs whenever the lock does, as far as the function goes on. */
  readonly isLevel: boolean;
}

export function lockSites(procedure: KernelProcedure): LockSite[] {
  return procedure.cfg.blocks.flatMap(({ instructions }, block) =>
    instructions.flatMap((call) => {
      if (call.op !== "call") return [];
      const operand = call.args[0];
      const span = call.argSpans[0];
      if (operand === undefined || span === undefined) return [];
      return isAcquire(procedure, call)
        ? [{ call, operand, text: procedure.text(span), block }]
        : [];
    }),
  );
}

/** In order of execution, as far as the text shows it. */
export function guardedBy(procedure: KernelProcedure, site: LockSite): Guarded[] {
  const { cfg } = procedure;
  const above = conditions(procedure);
  const wanted = withoutTests(procedure, site.operand, above(site.block));
  const after = reachableFrom(cfg, site.block);
  const position = (cfg.blocks[site.block] as Block).instructions.indexOf(site.call);
  return cfg.blocks.flatMap(({ instructions }, block) => {
    if (block !== site.block && !after.has(block)) return [];
    const own = above(block);
    if (![...wanted].every((one) => own.has(one))) return [];
    const isLevel = withoutTests(procedure, site.operand, own).size === wanted.size;
    return instructions
      .filter((_, index) => block !== site.block || after.has(block) || index > position)
      .filter((instruction) => usesObject(procedure, instruction, site.text))
      .map((instruction) => ({ instruction, isLevel }));
  });
}

/**
 * Whether an object is locked after a place, or known to be locked at one of `met`, under no
 * condition that does not hold there; those aside that leave for where nobody uses the object.
 */
export function isLockedLater(
  procedure: KernelProcedure,
  place: Span,
  { text: object, operand }: Pick<LockSite, "text" | "operand">,
  met: ReadonlySet<Span>,
): boolean {
  const { cfg } = procedure;
  const here = cfg.blocks.findIndex(({ instructions }) =>
    instructions.some(({ span }) => span === place),
  );
  if (here === -1) return false;
  const after = reachableFrom(cfg, here);
  const leaves = leavesAlone(procedure, object);
  const known = conditionTexts(procedure, operand, here);
  return cfg.blocks.some(({ instructions }, block) => {
    const isThere = instructions.some(
      (one) =>
        (isLockOf(procedure, one, object) || met.has(one.span)) &&
        (after.has(block) || (block === here && one.span.start > place.start)),
    );
    if (!isThere) return false;
    return [...conditionTexts(procedure, operand, block, leaves)].every((one) => known.has(one));
  });
}

/** Whether one side of a branch leads to where nobody locks or uses an object any more. */
function leavesAlone(procedure: KernelProcedure, object: string): (branch: number) => boolean {
  const { cfg } = procedure;
  return (branch) =>
    successors(cfg.blocks[branch] as Block).some((side) =>
      [side, ...reachableFrom(cfg, side)].every((block) =>
        (cfg.blocks[block] as Block).instructions.every(
          (one) => !isLockOf(procedure, one, object) && !usesObject(procedure, one, object),
        ),
      ),
    );
}

function isLockOf(procedure: KernelProcedure, instruction: Instruction, object: string): boolean {
  const [span] = instruction.op === "call" ? instruction.argSpans : [];
  return (
    instruction.op === "call" &&
    span !== undefined &&
    isAcquire(procedure, instruction) &&
    procedure.text(span) === object
  );
}

/** The conditions a block runs under, as they read; without those of some branches. */
function conditionTexts(
  procedure: KernelProcedure,
  operand: Value,
  block: number,
  isLeftOut: (branch: number) => boolean = () => false,
): Set<string> {
  const branches = withoutTests(procedure, operand, conditions(procedure)(block));
  const texts = [...branches]
    .filter((branch) => !isLeftOut(branch))
    .map((branch) => {
      const { terminator } = procedure.cfg.blocks[branch] as Block;
      return procedure.text(terminator.span);
    });
  return new Set(texts);
}

/** Whether an instruction other than a lock or an assertion does something to the object of a name. */
export function usesObject(
  procedure: KernelProcedure,
  instruction: Instruction,
  object: string,
): boolean {
  const isNamedIn = mention(object);
  if (instruction.op === "assign") {
    const { base } = instruction.target;
    const [target = ""] = procedure.text(instruction.span).split("=");
    return base.kind === "pointee" && isNamedIn.test(target);
  }
  if (instruction.op !== "call") return false;
  const effects = procedure.effects.get(keyOf(instruction)) ?? [];
  if (effects.some(({ kind }) => kind === "acquire" || kind === "require" || kind === "free"))
    return false;
  return instruction.argSpans.some((span) => isNamedIn.test(procedure.text(span)));
}

function mention(object: string): RegExp {
  return new RegExp(`(?<![\\w.>])${object.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}\\b(?!\\s*\\()`);
}

export function keyOf({ span }: Instruction): string {
  return `${span.start}:${span.end}`;
}

/** Calls nested deeper than this are not followed. */
const DEEPEST = 4;

/**
 * Whether a call locks what it is given in an argument, unless it leaves that alone: by its own
 * code, or a callee's.
 */
export function locksArgument(
  procedure: KernelProcedure,
  call: CallInstruction,
  object: string,
  depth = 0,
): boolean {
  const callee = call.callee === null ? null : procedure.callee(call.callee);
  if (!(callee instanceof KernelProcedure) || depth > DEEPEST) return false;
  const index = call.argSpans.findIndex((span) => procedure.text(span) === object);
  const parameter = callee.cfg.params[index];
  if (parameter === undefined || parameter === "") return false;
  const above = conditions(callee);
  const leaves = leavesAlone(callee, parameter);
  return callee.cfg.blocks.some(({ instructions }, block) => {
    const isAlways = [...above(block)].every(leaves);
    return (
      isAlways &&
      instructions.some(
        (one) =>
          one.op === "call" &&
          one.argSpans.some((span) => callee.text(span) === parameter) &&
          (isAcquire(callee, one) || locksArgument(callee, one, parameter, depth + 1)),
      )
    );
  });
}

function isAcquire(procedure: KernelProcedure, call: CallInstruction): boolean {
  return (procedure.effects.get(keyOf(call)) ?? []).some(({ kind }) => kind === "acquire");
}

/** Whether two sites run under conditions that read the same, those on the one's object aside. */
export function isSameArm(
  a: KernelProcedure,
  one: LockSite,
  b: KernelProcedure,
  other: LockSite,
): boolean {
  const texts = (procedure: KernelProcedure, { block }: LockSite) =>
    [...conditionTexts(procedure, one.operand, block)].join();
  return texts(a, one) === texts(b, other);
}

/** The branches that decide whether a block runs, directly or not. */
function conditions({ cfg, controls }: KernelProcedure): (block: number) => ReadonlySet<number> {
  const direct = cfg.blocks.map(() => [] as number[]);
  controls.forEach((controlled, branch) => {
    for (const block of controlled) direct[block]?.push(branch);
  });
  return (block) => {
    const found = new Set(direct[block]);
    for (const branch of found) for (const one of direct[branch] ?? []) found.add(one);
    return found;
  };
}

/** Without those that only keep a loop going, or ask whether there is an object at all. */
function withoutTests(
  { cfg }: KernelProcedure,
  operand: Value,
  branches: ReadonlySet<number>,
): Set<number> {
  const asksForObject = (branch: number) => {
    const { terminator } = cfg.blocks[branch] as Block;
    return terminator.op === "branch" && isSameValue(terminator.condition, operand);
  };
  const keepsLoopGoing = (branch: number) => {
    const next = successors(cfg.blocks[branch] as Block);
    return (
      next.some((one) => reaches(cfg, one, branch)) &&
      next.some((one) => !reaches(cfg, one, branch))
    );
  };
  return new Set([...branches].filter((one) => !asksForObject(one) && !keepsLoopGoing(one)));
}

function reaches(cfg: Cfg, from: number, to: number): boolean {
  return from === to || reachableFrom(cfg, from).has(to);
}

function isSameValue(a: Value, b: Value): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}
