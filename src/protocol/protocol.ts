/**
 * A protocol: one kind of lock, as the files of a folder under `queries/` describe it. Loading
 * refuses what the vocabulary does not have, with file and line; meaning stays in `locks/`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Severity } from "../findings/finding.js";
import type { FunctionSyntax } from "../syntax/ast.js";
import { type CompiledQueries, captures, compileQueries } from "../syntax/query.js";
import { type Classes, loadClasses } from "./classes.js";
import {
  DEMANDS,
  EFFECT_KINDS,
  type Effect,
  type EffectKind,
  INSTEAD,
  type Instead,
} from "./effect.js";
import { type Entry, entriesOf } from "./entry.js";
import { memberWrites } from "./member-writes.js";
import { checkVocabulary, isEffectKind, literalsIn } from "./vocabulary.js";

export interface Check {
  readonly name: string;
  readonly severity: Severity;
  /** One line for `--list-types`. */
  readonly text: string;
  /** Templates with {object}, {verb}, {line}. */
  readonly message: string;
  readonly why: string;
  readonly fix: string;
  /** What is wrong at the place, in a few words; absent: the object is unlocked. */
  readonly label?: string;
  /** Folders in which it is as severe as it says; a warning elsewhere. Absent: everywhere. */
  readonly errorBelow?: readonly string[];
  /** The check that it becomes where a helper locked the object before a patch; absent: none. */
  readonly dropped?: string;
}

/** A member of the tracked struct. */
export interface Field {
  readonly check: string;
  /** Other structs have a member of that name: only the pointer's type tells. */
  readonly isShared: boolean;
}

export interface Protocol {
  readonly folder: string;
  /** Tag of the tracked struct. */
  readonly type: string;
  /** Tag of the struct that objects are handed over in. */
  readonly container: string;
  /** The tracked struct's member that tells whose locks fall together. */
  readonly owner: string;
  /** Functions that take the lock. */
  readonly acquires: ReadonlySet<string>;
  /** Functions after which the obligation falls due. */
  readonly commits: ReadonlySet<string>;
  /** The member whose object becomes reachable at the commit. */
  readonly inserted: string;
  /** The function that, where it asserts the lock, makes an unlocked new object an error. */
  readonly insertionAsserts: string;
  /** The check that speaks where a patch takes a lock away and no other check knows why it was there. */
  readonly removed: string;
  /** Members of the container whose objects the commit frees. */
  readonly freed: readonly string[];
  /** Functions that can be a mistake by themselves, or make one of what follows. */
  readonly mistakable: ReadonlySet<string>;
  /** Checks that speak of what else can be wrong, by what that is. */
  readonly instead: Readonly<Record<keyof Instead, ReadonlySet<string>>>;
  /** Files and folders (with a slash at the end) in which all of this is empty stubs. */
  readonly excluded: readonly string[];
  /** What happens to a member's object: "removed". */
  /** Folders whose functions files elsewhere call. */
  readonly home: readonly string[];
  readonly verbs: ReadonlyMap<string, string>;
  /** By name; the one that tells most about a missing lock first. */
  readonly checks: ReadonlyMap<string, Check>;
  readonly queries: CompiledQueries;
  /** Every function name the queries mention: a cheap pre-check for a function's text. */
  readonly names: ReadonlySet<string>;
  /** Of those, the ones whose own body is executed too: a hand-over may lock. */
  readonly entered: ReadonlySet<string>;
  /** Of those, the ones that are looked into by themselves, though never where they are called. */
  readonly handsBack: ReadonlySet<string>;
  /** The ones that demand something: without a way to one of these a function owes nothing. */
  readonly sinks: ReadonlySet<string>;
  /** Without run-time assertions, the ones that demand something, and those that change what is locked. */
  readonly outerSinks: ReadonlySet<string>;
  readonly actors: ReadonlySet<string>;
  /** Macros that may lock what they are given. */
  readonly guards: ReadonlySet<string>;
  /** Functions that are called from elsewhere, by where they are stored. */
  readonly entries: readonly Entry[];
  /** Members of which a write demands the lock. */
  readonly fields: ReadonlyMap<string, Field>;
  /** Whether a function's text writes such a member, by a lexical look. */
  readonly writes: { test(text: string): boolean };
  /** Those of them that no other struct has. */
  readonly written: ReadonlySet<string>;
  /** The configuration symbol that switches the locks on; stubs under its `#else` are not it. */
  readonly config: string;
  readonly classes: Classes;
  /** Matches a text that mentions anything of the protocol. */
  readonly needle: RegExp;
  /** Words of which every match of the needle holds one. */
  readonly hints: readonly string[];
}

/** Effects of a function by the place of their call or assignment, as `start:end`. */
export type Effects = ReadonlyMap<string, readonly Effect[]>;

/** Effects that can be a mistake by themselves, or make one of what follows. */
const MISTAKABLE: readonly string[] = ["acquire", "free", "hand-over"];

const KEYS = [
  "config",
  "type",
  "container",
  "owner",
  "inserted",
  "freed",
  "insertionAsserts",
  "removed",
  "home",
  "excluded",
  "verbs",
  "fields",
  "entries",
  "unseenLocks",
  "classes",
  "checks",
];

/** Reads a protocol folder; throws an Error with file and line for what it does not know. */
export function loadProtocol(folder: string): Protocol {
  const path = join(folder, "protocol.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  for (const key of Object.keys(manifest))
    if (!KEYS.includes(key)) throw new Error(`${path}: unknown key "${key}"`);
  const queryPath = join(folder, "effects.scm");
  const queries = compileQueries(readFileSync(queryPath, "utf8"), queryPath);
  const checks = new Map<string, Check>();
  for (const [name, check] of Object.entries(
    manifest.checks as Record<string, Omit<Check, "name">>,
  )) {
    checks.set(name, { name, ...check });
  }
  if (!checks.has(manifest.removed)) throw new Error(`${path}: no check "${manifest.removed}"`);
  const classes = loadClasses(folder, manifest, checks, path);
  checkVocabulary(queries, queryPath, checks, null);
  const fields = fieldsOf(manifest.fields, checks, path);
  const literalsOf = (kinds: readonly EffectKind[]) => literalsIn(queries, kinds);
  const outerDemands = DEMANDS.filter((kind) => kind !== "require");
  const names = new Set(literalsOf(EFFECT_KINDS.filter((kind) => kind !== "may-acquire")));
  return {
    folder,
    config: manifest.config,
    entered: new Set(literalsOf(["hand-over"])),
    handsBack: new Set(literalsOf(["hand-back"])),
    sinks: new Set(literalsOf(DEMANDS)),
    outerSinks: new Set(literalsOf(outerDemands)),
    actors: new Set(literalsOf(["acquire", "hand-over", ...outerDemands])),
    guards: new Set(literalsOf(["may-acquire"])),
    fields,
    writes: memberWrites(fields, manifest.type),
    written: new Set([...fields].flatMap(([name, { isShared }]) => (isShared ? [] : [name]))),
    hints: wordsOf([...names, manifest.type, manifest.container]),
    needle: new RegExp(
      `\\b(?:${[...names].join("|")}|struct (?:${manifest.type}|${manifest.container}) \\{)`,
    ),
    type: manifest.type,
    container: manifest.container,
    owner: manifest.owner,
    acquires: new Set(literalsOf(["acquire"])),
    commits: new Set(literalsOf(["commit"])),
    entries: entriesOf(manifest.entries, checks, path),
    freed: manifest.freed,
    mistakable: new Set(
      queries.patterns
        .filter(({ captures }) => captures.some((name) => MISTAKABLE.includes(name)))
        .flatMap(({ literals }) => literals.flat()),
    ),
    inserted: manifest.inserted,
    insertionAsserts: manifest.insertionAsserts,
    removed: manifest.removed,
    instead: Object.fromEntries(
      INSTEAD.map((key) => [
        key,
        new Set(queries.patterns.flatMap(({ properties }) => properties[key] ?? [])),
      ]),
    ) as unknown as Protocol["instead"],
    home: manifest.home,
    excluded: manifest.excluded,
    verbs: new Map(Object.entries(manifest.verbs)),
    checks,
    queries,
    classes,
    names,
  };
}

/** The effects that queries find at places of one function. */
export function effectsOf(queries: CompiledQueries, fn: FunctionSyntax): Effects {
  const effects = new Map<string, Effect[]>();
  for (const match of captures(queries, fn)) {
    const object = match.captures.find((capture) => capture.name === "object");
    const place = match.captures.find((capture) => isEffectKind(capture.name));
    if (place === undefined) continue;
    const key = `${place.span.start}:${place.span.end}`;
    const { when, otherwise, check, late, class: name, mode } = match.properties;
    const effect: Effect = {
      kind: place.name as EffectKind,
      operand: object?.span ?? null,
      when: when === "zero" || when === "nonzero" ? when : "always",
      otherwise: otherwise ?? null,
      check: check ?? null,
      late: late ?? null,
      instead: insteadOf(match.properties),
      lock: name === undefined ? null : { name, mode: mode === "read" ? "read" : "write" },
    };
    const known = effects.get(key);
    if (known === undefined) effects.set(key, [effect]);
    else known.push(effect);
  }
  return effects;
}

function insteadOf(properties: Readonly<Record<string, string>>): Instead {
  return Object.fromEntries(
    INSTEAD.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])),
  );
}

/** The fewest first words (up to the first underscore, included) that all the names begin with. */
function wordsOf(names: readonly string[]): string[] {
  return [...new Set(names.map((name) => /^[^_]+_?/.exec(name)?.[0] ?? name))];
}

type FieldNames = Readonly<Record<string, { readonly own: string[]; readonly shared: string[] }>>;

function fieldsOf(
  manifest: FieldNames,
  checks: ReadonlyMap<string, Check>,
  path: string,
): Map<string, Field> {
  const fields = new Map<string, Field>();
  for (const [check, { own, shared }] of Object.entries(manifest)) {
    if (!checks.has(check)) throw new Error(`${path}: no check "${check}"`);
    for (const name of own) fields.set(name, { check, isShared: false });
    for (const name of shared) fields.set(name, { check, isShared: true });
  }
  return fields;
}
