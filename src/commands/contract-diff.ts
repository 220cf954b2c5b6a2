/**
 * `vmalint contract --diff`: the contracts of two trees, of functions in mm/*.c (or in the files
 * given) that lead to something that demands a lock, or lock or assert themselves in one of the
 * trees. Callees are taken at their contracts where that leaves no doubt: fast, and what differs
 * in a callee is told at the callee.
 */

import { UnitObserver, type Way } from "../analyze/observe-function.js";
import type { Program, Unit } from "../analyze/program.js";
import { openTree } from "../base/folder-tree.js";
import { InputError } from "../findings/input-error.js";
import { Rulebook } from "../open-program.js";
import { changesText } from "../report/contract-changes.js";
import { jsonText } from "../report/json-text.js";
import { compareContracts, type KnownContract } from "./contract-compare.js";
import { contractFacts, doubtfulObjects } from "./contract-facts.js";
import { CONTRACT_KINDS } from "./contract-kinds.js";

const FOLDERS = ["mm"];
const WAYS: readonly Way[] = [
  { withBodies: false, hasConditions: true },
  { withBodies: true, hasConditions: true },
  { withBodies: false, hasConditions: false },
];

/** `files` are paths in both trees; one that only one of them has is fine. */
export function contractDiff(
  treeA: string,
  treeB: string,
  files: readonly string[],
  format: "text" | "json",
): string {
  const rules = new Rulebook();
  const [before, after] = [treeA, treeB].map((folder) => rules.program(openTree(folder))) as [
    Program,
    Program,
  ];
  for (const file of files) {
    if (before.tree.read(file) === null && after.tree.read(file) === null)
      throw new InputError(file, 0, "in neither of the trees");
  }
  const wanted = new Set([before, after].flatMap((program) => [...wantedNames(program, files)]));
  const comparison = compareContracts(
    contractsOf(before, files, wanted),
    contractsOf(after, files, wanted),
  );
  return format === "json" ? jsonText({ version: 1, ...comparison }) : changesText(comparison);
}

function unitsOf(program: Program, files: readonly string[]): Unit[] {
  const { names } = program.protocol;
  const paths =
    files.length > 0
      ? files
      : program.tree.find([...names], FOLDERS).filter((path) => path.endsWith(".c"));
  return paths.flatMap((path) => (program.isExcluded(path) ? [] : (program.unit(path) ?? [])));
}

function wantedNames(program: Program, files: readonly string[]): Set<string> {
  const { names, entered } = program.protocol;
  const wanted = new Set<string>();
  for (const unit of unitsOf(program, files)) {
    for (const name of unit.scope[0]?.functions.keys() ?? []) {
      if (names.has(name) && !entered.has(name)) continue;
      if (program.demanding(unit).has(name) || locksItself(program, unit, name)) wanted.add(name);
    }
  }
  return wanted;
}

function locksItself(program: Program, unit: Unit, name: string): boolean {
  if (!program.reaches(unit, name)) return false;
  const effects = [...(program.procedure(unit, name)?.effects.values() ?? [])].flat();
  return effects.some(({ kind }) => kind === "acquire" || kind === "require");
}

function contractsOf(
  program: Program,
  files: readonly string[],
  wanted: ReadonlySet<string>,
): KnownContract[] {
  return unitsOf(program, files).flatMap((unit) => {
    const observer = new UnitObserver(program, unit);
    const items = [...(unit.scope[0]?.functions.values() ?? [])].filter(({ name }) =>
      wanted.has(name),
    );
    return items.flatMap(({ name, identifiers }): KnownContract[] => {
      const observation = observer.observe(name, CONTRACT_KINDS, WAYS);
      if (observation === null) return [];
      const { run, procedure } = observation;
      return [
        {
          page: contractFacts(observation, program.protocol, program.members(unit)),
          params: procedure.cfg.params,
          identifiers,
          asksMore: observation.paths.unnamed.length > 0,
          locksMore:
            run.skipped > 0 ||
            observation.paths.locks.some((lock) => lock.path === null && !lock.isNew),
          isDecided: run.limits.length === 0 && doubtfulObjects(observation).length === 0,
        },
      ];
    });
  });
}
