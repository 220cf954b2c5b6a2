/** What runs owe, and whose runs those of callers and callees are. */
import type { FunctionRun, Obligation } from "../locks/obligation.js";

/** Each once, the last that is given. */
export function distinct(runs: readonly FunctionRun[]): FunctionRun[] {
  return [...new Map(runs.map((run) => [run.procedure, run])).values()];
}

/** Functions further in whose demands these runs fail. */
export function demandersAmong(
  runs: readonly FunctionRun[],
  everyone: readonly FunctionRun[],
): FunctionRun[] {
  const inner = new Set(
    runs.flatMap(({ obligations }) =>
      obligations
        .filter(isOwed)
        .flatMap(({ chain }) => chain.slice(1).map(({ procedure }) => procedure)),
    ),
  );
  return everyone.filter(({ procedure }) => inner.has(procedure));
}

export function isOwed({ unlocked }: Obligation): boolean {
  return unlocked !== null;
}

export function isOpen({ unlocked, unknown, perhapsInserted }: Obligation): boolean {
  return unlocked !== null || unknown || perhapsInserted;
}

export function isHandedOn({ unlocked, fromParameter, inContainer }: Obligation): boolean {
  return unlocked !== null && fromParameter && !inContainer;
}
