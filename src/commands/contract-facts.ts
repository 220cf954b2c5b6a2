/**
 * From the paths of one function to its contract: what it requires, what it promises, what it
 * hands over. A statement is made only where it holds on every path that was seen.
 */
import type { Observation } from "../analyze/observe-function.js";
import type { Link } from "../locks/obligation.js";
import type { DemandRecord, ExitRecord } from "../locks/path-record.js";
import { pathKey } from "../locks/path-record.js";
import type { Protocol } from "../protocol/protocol.js";
import type {
  ContractPage,
  HandOver,
  LockedWhen,
  LockPromise,
  Requirement,
  ResultKind,
  RunTimeCheck,
} from "../report/contract-page.js";
import type { Place } from "../report/cover-table.js";
import { distinguish, necessary } from "./contract-conditions.js";
import { placeOf } from "./cover-cases.js";

/** A longer condition is no help to a reader. */
const MOST_CONDITIONS = 4;

export function contractFacts(
  observation: Observation,
  protocol: Protocol,
  members: readonly string[],
): ContractPage {
  const { procedure, run, withBodies, hasConditions } = observation;
  return {
    function: procedure.name,
    file: procedure.file,
    line: procedure.syntax.file.position(procedure.item.span.start).line,
    result: resultKind(observation),
    isPrimitive: protocol.names.has(procedure.name) && !protocol.entered.has(procedure.name),
    requires: requirements(observation, protocol),
    locks: promises(observation),
    locksItsOwn: ownLocks(observation),
    handsOver: handsOver(observation, members),
    checks: runTimeChecks(observation),
    assumes: run.assumptions.map(({ text }) => text),
    releases: run.releases,
    notes: [
      ...(withBodies
        ? []
        : ["too many paths with all callees' bodies: callees were taken at their contracts"]),
      ...doubtfulObjects(observation).map(
        (object) => `whether ${object} must be write-locked on entry was not decided`,
      ),
      ...unnamedDemands(observation),
      ...(hasConditions ? [] : ["too many paths to tell conditions"]),
      ...unknownMembers(observation).map(
        (member) => `what is handed over as ${member} could not be told on every path`,
      ),
      ...(run.limits.length > 0 ? [`not every path was followed (${run.limits.join(", ")})`] : []),
    ],
  };
}

function requirements({ paths, hasConditions }: Observation, protocol: Protocol): Requirement[] {
  const certain = paths.demands.filter(({ isDoubtful }) => !isDoubtful);
  return [...groupBy(certain, ({ object }) => pathKey(object))].map(
    ([object, demands]): Requirement => {
      const others = paths.exits.filter(({ demanded }) => !demanded.has(object));
      const onlyIfNew = demands.every((demand) => demand.onlyIfNew);
      const reasons = groupBy(
        demands.filter((demand) => onlyIfNew || !demand.onlyIfNew),
        (demand) => reasonText(demand, protocol),
      );
      return {
        object,
        onlyIf: hasConditions ? necessary(decisionsOf(demands), decisionsOf(others), object) : "",
        onlyIfNew,
        reasons: [...reasons].map(([text, group]) => ({ text, places: placesOf(group) })),
      };
    },
  );
}

/** The check's own message about "it", without what is wrong with it. */
function reasonText({ check, member }: DemandRecord, protocol: Protocol): string {
  if (check === null) return "its lock is asserted";
  const message = protocol.checks.get(check)?.message ?? "{object} is changed";
  return message
    .replace(/ without\b.*$/, "")
    .replaceAll("{object}'s", "its")
    .replaceAll("{object}", "it")
    .replaceAll("{verb}", protocol.verbs.get(member ?? "") ?? "changed");
}

function promises(observation: Observation): LockPromise[] {
  const { paths, procedure } = observation;
  const byObject = groupBy(
    paths.locks.filter(({ path }) => path !== null),
    ({ path }) => (path === null ? "" : pathKey(path)),
  );
  const named = [...byObject].flatMap(([object, sites]) => {
    const promise = promiseOf(
      observation,
      (exit) => exit.locked.has(object),
      (exit) => exit.absent.has(object),
    );
    return promise === null ? [] : [{ object, ...promise, places: placesOf(sites) }];
  });
  if (!procedure.returnsTracked) return named;
  const returned = promiseOf(
    observation,
    (exit) => exit.returnsLocked,
    ({ result }) => result === false,
  );
  return returned === null || returned.when === "some"
    ? named
    : [...named, { object: null, ...returned, places: [] }];
}

/** null when no way out has it locked. */
function promiseOf(
  observation: Observation,
  isLocked: (exit: ExitRecord) => boolean,
  isNull: (exit: ExitRecord) => boolean,
): Pick<LockPromise, "when" | "condition" | "mayBeNull"> | null {
  const { paths, hasConditions } = observation;
  const isKept = (exit: ExitRecord) => isLocked(exit) || isNull(exit);
  const [success, failure] = splitByResult(paths.exits, resultKind(observation));
  const locked = paths.exits.filter(isLocked);
  if (locked.length === 0) return null;
  const say = (when: LockedWhen, among: readonly ExitRecord[], condition = "") => ({
    when,
    condition,
    mayBeNull: condition === "" && among.some((exit) => !isLocked(exit) && isNull(exit)),
  });
  if (paths.exits.every(isKept)) return say("every", paths.exits);
  if (success.length > 0 && success.some(isLocked) && success.every(isKept))
    return say("success", success);
  for (const [when, among] of [
    ["every", paths.exits],
    ["success", success],
  ] as const) {
    const group = among.filter(isLocked);
    const others = among.filter((exit) => !isLocked(exit));
    if (!hasConditions || group.length === 0) continue;
    const { text, isExact } = distinguish(decisionsOf(group), decisionsOf(others));
    if (isExact && text.split(/&&|\|\|/).length <= MOST_CONDITIONS) return say(when, among, text);
  }
  const onFailure = failure.some(isLocked) && failure.every(isKept);
  return onFailure ? say("failure", failure) : say("some", []);
}

/** Exits that may be a success, and exits that may be a failure; a result unknown counts for both. */
function splitByResult(
  exits: readonly ExitRecord[],
  kind: ResultKind,
): [ExitRecord[], ExitRecord[]] {
  if (kind === "none") return [[], []];
  const zero = exits.filter(({ result }) => result !== true);
  const other = exits.filter(({ result }) => result !== false);
  return kind === "number" ? [zero, other] : [other, zero];
}

function resultKind({ procedure }: Observation): ResultKind {
  const { syntax, item } = procedure;
  const head = syntax.file.text.slice(item.span.start, item.body.start).split("(")[0] ?? "";
  if (head.includes("*")) return "pointer";
  if (/\bbool\b/.test(head)) return "truth";
  return /\bvoid\b/.test(head) ? "none" : "number";
}

/** Locks that the function takes itself on what its callers have no name for. */
function ownLocks({ paths }: Observation): ContractPage["locksItsOwn"] {
  const own = paths.locks.filter(
    ({ path, name, chain }) => path === null && name !== null && chain.length === 1,
  );
  return [...groupBy(own, ({ name }) => name ?? "")].map(([object, sites]) => ({
    object,
    places: placesOf(sites),
  }));
}

function handsOver({ paths }: Observation, members: readonly string[]): HandOver[] {
  const byPlace = groupBy(paths.commits, ({ chain }) =>
    chain.map(({ procedure, site }) => `${procedure.name}:${site.start}`).join(" "),
  );
  return [...byPlace.values()].flatMap((commits): HandOver[] => {
    const [place, ...through] = (commits[0]?.chain ?? []).map(placeOf);
    const rows = members.map((member) => {
      const objects = commits.map((commit) => {
        const held = commit.members.find((one) => one.member === member);
        if (held === undefined) return "NULL";
        return held.path === null ? held.name : `@${pathKey(held.path)}`;
      });
      return {
        member,
        objects: [...new Set(objects)].sort((a, b) => Number(a === "NULL") - Number(b === "NULL")),
      };
    });
    const given = rows.filter(({ objects }) => objects.some((object) => object !== "NULL"));
    const isNamed = given.every(({ objects }) => !objects.includes("a VMA"));
    return place === undefined || !isNamed ? [] : [{ place, through, members: given }];
  });
}

/** Demanded by a callee's contract alone. */
export function doubtfulObjects({ paths }: Observation): string[] {
  const objects = (isDoubtful: boolean) =>
    paths.demands
      .filter((demand) => demand.isDoubtful === isDoubtful)
      .map(({ object }) => pathKey(object));
  const certain = new Set(objects(false));
  return [...new Set(objects(true))].filter((object) => !certain.has(object));
}

/** What it asks for that is no requirement of its callers, as far as they can tell. */
function unnamedDemands({ paths }: Observation): string[] {
  const places = placesOf(paths.unnamed).map((place) => `${place.function}():${place.line}`);
  if (places.length === 0) return [];
  return [`it demands the lock of a VMA that callers have no name for, too (${places.join(", ")})`];
}

function unknownMembers({ paths }: Observation): string[] {
  const unknown = paths.commits.flatMap(({ members }) =>
    members.filter(({ standing }) => standing === "unknown"),
  );
  return [...new Set(unknown.map(({ member }) => member))];
}

function runTimeChecks({ paths }: Observation): RunTimeCheck[] {
  const checks = paths.asserts.flatMap(({ chain, path, name }) => {
    const object = path === null ? name : `@${pathKey(path)}`;
    const { procedure, site } = chain.at(-1) as Link;
    return object === null
      ? []
      : [{ object, source: procedure.text(site), place: placeOf({ procedure, site }) }];
  });
  return distinct(checks, ({ object, place }) => `${object} ${place.file}:${place.line}`);
}

function placesOf(sites: readonly { readonly chain: readonly Link[] }[]): Place[] {
  const places = sites.map(({ chain }) => placeOf(chain.at(-1) as Link));
  return distinct(places, ({ file, line }) => `${file}:${line}`).sort((a, b) => a.line - b.line);
}

function decisionsOf(records: readonly { readonly decisions: ReadonlyMap<string, boolean> }[]) {
  return records.map(({ decisions }) => decisions);
}

function groupBy<T>(items: readonly T[], keyOf: (item: T) => string): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function distinct<T>(items: readonly T[], keyOf: (item: T) => string): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}
