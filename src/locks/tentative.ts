/** Whether a function is in charge of an object that it was handed, or its callers are. */
import { accessPath } from "./contract.js";
import type { FunctionRun, Obligation } from "./obligation.js";

/** Whether the function does more to an object than to insert it: then it is there already. */
export function isKnownObject(run: FunctionRun, { object }: Obligation): boolean {
  return run.obligations.some(
    (other) => other.object === object && !other.onlyIfNew && other.member !== null,
  );
}

/**
 * An object handed in may be new, or locked by somebody out of reach (an mmap handler's is). A
 * function that hands it over, or that locks it itself somewhere, takes charge of it.
 */
export function isTentative(run: FunctionRun, obligation: Obligation): boolean {
  const { object, member, fromParameter, onlyIfNew, isSure } = obligation;
  if (onlyIfNew) return true;
  if (member !== null || !fromParameter || isSure) return false;
  return !isLockedByItself(run, JSON.stringify(accessPath(run.terms, object)));
}

function isLockedByItself(run: FunctionRun, path: string): boolean {
  let locked = lockedPaths.get(run.ownLocks);
  if (locked === undefined) {
    locked = new Set(run.ownLocks.map((one) => JSON.stringify(one)));
    lockedPaths.set(run.ownLocks, locked);
  }
  return locked.has(path);
}

const lockedPaths = new WeakMap<object, ReadonlySet<string>>();
