/** What is known of one object on a path: bits in the marks of `dataflow/state.ts`. */
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";

/** Write-locked, in the current hold of the mmap lock. */
export const LOCKED = 1;
/** Allocated here, not reachable for anybody else. */
export const FRESH = 2;
/** Taken out of the tree. */
export const DETACHED = 4;
/** Was handed over while not locked. */
export const LATE = 8;
/** Somebody asserted at run time that it is locked: no proof. */
export const ASSERTED = 16;
/** Was locked once on this path, and the lock fell with the mmap lock. */
export const DROPPED = 32;
/** A callee that was not run may have locked it. */
export const UNSURE = 64;
/** Its lock was tried and not taken: the call said so. */
export const FAILED = 128;
/** Read-locked at best, by who calls the function that is run. */
export const READ_LOCKED = 256;
/** Freed: the memory is somebody else's. */
export const FREED = 512;
/** A call gave it back as it was. */
export const RETURNED = 1024;
/** A container that was handed over, and not committed yet. */
export const PREPARED = 2048;

/** A callee that was not run may have made it reachable. */
export const PUBLISHED = 4096;

/* Marks of locks of other classes, on atoms of their own (`class-locks.ts`). */
/** Held for writing, or, of a class that only comes after the protocol's own, at all. */
export const HELD = 1 << 16;
/** Held for reading only. */
export const READ_HELD = 1 << 17;
/** Given up on this path. */
export const GIVEN_UP = 1 << 18;
/** The protocol's locks fell on this path, and this one was not given up since. */
export const ENDED = 1 << 19;

/** Stands for any object: carries LOCKED once something was locked that cannot be told from others. */
export function somebody(terms: Terms): TermId {
  return terms.atom("somebody", { kind: "config", symbol: "" });
}
