/**
 * What a place in a function does to a tracked object, as the query files say it. The meaning
 * of each kind is in `locks/transfer.ts`.
 */
import type { Value } from "../cfg/cfg.js";
import type { Span } from "../text/source-file.js";

export const EFFECT_KINDS = [
  "acquire", // the object is write-locked from here on
  "may-acquire", // what this does cannot be seen: the object may be locked from here on
  "release-all", // every lock of this mm falls
  "require", // a run-time assertion that the object is locked: demands it, discharges nothing
  "content", // a run-time assertion that a reader's lock meets as well: demands nothing
  "demand", // the object must be locked at this call or write, which goes on as any other
  "fresh", // the result is a new object nobody can reach
  "hand-over", // the container's members must be locked when the call returns
  "commit", // the container's members are modified: the obligation
  "write", // a member of the object is written
  "insert", // the object becomes reachable
  "detach", // the object is taken out of reach
  "free", // the object ceases to exist
  "hand-back", // the result is the object as it is, or another that may be locked
  "use", // the object is read or handed on: of what was freed, a mistake
  "hold", // a lock of another class is held from here on, for reading or writing
  "let-go", // a lock of another class is given up
  "ends", // the protocol's locks fall: the other class's lock must be given up next
] as const;

export type EffectKind = (typeof EFFECT_KINDS)[number];

/** Kinds that demand a lock. */
export const DEMANDS: readonly EffectKind[] = [
  "commit",
  "write",
  "insert",
  "detach",
  "require",
  "demand",
];

/** Kinds that are about locks of other classes. */
export const OF_CLASSES: readonly EffectKind[] = ["hold", "let-go", "ends"];

/** A lock of another class, as an effect takes it or gives it up. */
export interface ClassLock {
  readonly name: string;
  readonly mode: "read" | "write";
}

export interface Effect {
  readonly kind: EffectKind;
  /** Span of the operand in the prepared text; null: the call's result, or nothing. */
  readonly operand: Span | null;
  /** The operand as a value of the function's graph, where that names it and no span does. */
  readonly value?: Value;
  /** `zero`, `nonzero`: takes place only when the call returns 0, or anything else. */
  readonly when: "always" | "zero" | "nonzero";
  /** The error code whose negative the call returns when the effect did not take place. */
  readonly otherwise: string | null;
  /** The check that speaks where the effect demands a lock that is not held; null: it demands none. */
  readonly check: string | null;
  /** The check that speaks instead where the lock came after the hand-over; null: none does. */
  readonly late: string | null;
  /** Of an effect on a lock of another class: which; null for all others. */
  readonly lock: ClassLock | null;
  /** Checks that speak of other things that can be wrong here; absent: nothing else is looked at. */
  readonly instead?: Instead;
}

/** By what is wrong, the check that speaks. */
export interface Instead {
  /** The object is NULL, or its variable was never set. */
  readonly nothing?: string;
  /** Something demands the lock where the call said that it was not taken. */
  readonly failed?: string;
  /** What is freed here is used afterwards. */
  readonly freed?: string;
  /** Something demands the lock of what came back as it was. */
  readonly returned?: string;
  /** The function leaves without the commit of what it handed over here. */
  readonly abandoned?: string;
  /** A member of the container is assigned between this and the commit. */
  readonly mutated?: string;
}

export const INSTEAD = ["nothing", "failed", "freed", "returned", "abandoned", "mutated"] as const;
