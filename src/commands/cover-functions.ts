/**
 * Which functions of a file belong into its cover tables: those that commit themselves, and,
 * outward from them, the callers of those that leave a lock to their callers.
 */
import type { KernelProcedure } from "../analyze/kernel-procedure.js";
import { type Observation, UnitObserver } from "../analyze/observe-function.js";
import type { Program, Unit } from "../analyze/program.js";
import type { CommitRecord } from "../locks/path-record.js";
import type { CoverTable } from "../report/cover-table.js";
import { coverTables } from "./cover-cases.js";

/** Further out a table tells of other functions' work. */
const MOST_CALLS = 4;

/** A commit in a callee is seen in its body alone. */
const WAYS = [
  { withBodies: true, hasConditions: true },
  { withBodies: true, hasConditions: false },
];

interface Seen {
  readonly observation: Observation;
  readonly leftToCallers: boolean;
}

/** `isWanted`: only these functions of the file. Whose callers lock is found in all of it. */
export function coverFile(
  program: Program,
  unit: Unit,
  isWanted: (name: string) => boolean,
): CoverTable[] {
  const seen = observeOutward(new UnitObserver(program, unit), ownFunctions(program, unit));
  const members = program.members(unit);
  return [...seen.values()]
    .filter(({ observation }) => isWanted(observation.procedure.name))
    .sort((a, b) => startOf(a) - startOf(b))
    .flatMap(({ observation, leftToCallers }) =>
      coverTables(observation, ownCommits(observation, seen), { members, leftToCallers }),
    );
}

function observeOutward(
  observer: UnitObserver,
  own: readonly KernelProcedure[],
): Map<string, Seen> {
  const callersOf = (name: string) =>
    own.filter(({ item }) => item.name !== name && item.identifiers.has(name));
  const seen = new Map<string, Seen>();
  let wave = new Set(own.filter(commits));
  for (let depth = 0; depth < MOST_CALLS; depth++) {
    const next = new Set<KernelProcedure>();
    for (const { name } of wave) {
      const observation = seen.has(name) ? null : observer.observe(name, ["acquire"], WAYS);
      if (observation === null) continue;
      const callers = leavesToCallers(observation) ? callersOf(name) : [];
      seen.set(name, { observation, leftToCallers: callers.length > 0 });
      for (const caller of callers) next.add(caller);
    }
    wave = next;
  }
  return seen;
}

/** Functions of the file itself that lead to something that demands a lock. */
function ownFunctions(program: Program, unit: Unit): KernelProcedure[] {
  const { names, entered } = program.protocol;
  return [...(unit.scope[0]?.functions.keys() ?? [])]
    .filter((name) => program.demanding(unit).has(name) && (!names.has(name) || entered.has(name)))
    .flatMap((name) => program.procedure(unit, name) ?? []);
}

function commits({ effects }: KernelProcedure): boolean {
  return [...effects.values()].flat().some(({ kind }) => kind === "commit");
}

function leavesToCallers({ paths }: Observation): boolean {
  return paths.commits.some(({ members }) =>
    members.some(({ standing, path }) => standing === "unlocked" && path !== null),
  );
}

/** Commits of its own, and those of callees that leave a lock to it. */
function ownCommits({ paths }: Observation, seen: ReadonlyMap<string, Seen>): CommitRecord[] {
  return paths.commits.filter(({ chain }) =>
    chain.slice(1).every(({ procedure }) => seen.get(procedure.name)?.leftToCallers === true),
  );
}

function startOf({ observation }: Seen): number {
  return observation.procedure.item.span.start;
}
