/**
 * What kernel C adds to C, as data: which names are attributes, assertions, loop heads, calls
 * that end a path. The names come from `queries/kernel-c/dialect.json`; none stands here.
 * A pattern is a name in which `*` matches any characters.
 */
import { plainText } from "./conditions.js";
import { parseMacro } from "./macro-definition.js";
import type { Macro } from "./outline.js";

export interface Dialect {
  /** Attribute macros, with their arguments if any: they are blanked. */
  readonly attributes: NamePatterns;
  /** `likely(x)`: the call is its first argument's value. */
  readonly transparent: NamePatterns;
  /** Dropped when they are a whole statement; `WARN_ON(f())` keeps the value's evaluation. */
  readonly ignoredStatements: NamePatterns;
  /** Values that tell nothing and write nothing: `container_of`, `min_t`. */
  readonly opaqueValues: NamePatterns;
  /** Number of elements of the array that is the first argument. */
  readonly lengths: NamePatterns;
  /** Calls that return the address of something all zero, or NULL. */
  readonly zeroed: NamePatterns;
  /** Calls that do not return. */
  readonly stops: NamePatterns;
  /** The path on which the first argument holds ends. */
  readonly stopsIf: NamePatterns;
  /** Loop heads, besides those of `.clang-format`. */
  readonly forEach: NamePatterns;
  /** `while_each_thread(g, t)` after a `}`. */
  readonly loopEnds: NamePatterns;
  /** `scoped_guard(…)`: a call that opens a scope for the statement after it. */
  readonly scopes: NamePatterns;
  /** `guard(name)(…)`: something is done here and at the end of the scope. */
  readonly guards: NamePatterns;
  /** `type *p __free(name)`: what is done to a variable when its scope ends, by name. */
  readonly cleanups: NamePatterns;
  /** `__attribute__((cleanup(f)))`: the same, by a function. */
  readonly cleanupAttributes: NamePatterns;
  /** Macros that define what such a name does: `DEFINE_FREE(name, type, leave)`. */
  readonly classes: readonly string[];
  /** `IS_ENABLED(CONFIG_X)`: asks a configuration symbol. */
  readonly configTests: NamePatterns;
  /** Constants that are not zero, as in `return -EINVAL;`. */
  readonly errorCodes: NamePatterns;
  /** Macros always expanded as written here, whatever the tree's own definition. */
  readonly rewrites: ReadonlyMap<string, Macro>;
}

/** A set of names and patterns. */
export class NamePatterns {
  readonly #names: ReadonlySet<string>;
  readonly #pattern: RegExp | null;
  /** Names asked before: the same ones are asked for function after function. */
  readonly #asked = new Map<string, boolean>();

  constructor(entries: readonly string[]) {
    this.#names = new Set(entries.filter((entry) => !entry.includes("*")));
    const patterns = entries
      .filter((entry) => entry.includes("*"))
      .map((entry) => entry.replaceAll("*", "\\w*"));
    this.#pattern = patterns.length === 0 ? null : new RegExp(`^(?:${patterns.join("|")})$`);
  }

  has(name: string): boolean {
    if (this.#pattern === null || this.#names.has(name)) return this.#names.has(name);
    let known = this.#asked.get(name);
    if (known === undefined) {
      known = this.#pattern.test(name);
      this.#asked.set(name, known);
    }
    return known;
  }
}

const LISTS = [
  "attributes",
  "transparent",
  "ignoredStatements",
  "opaqueValues",
  "lengths",
  "zeroed",
  "stops",
  "stopsIf",
  "errorCodes",
  "forEach",
  "loopEnds",
  "scopes",
  "guards",
  "cleanups",
  "cleanupAttributes",
  "configTests",
] as const;

/** Reads `dialect.json`; throws an Error that begins with `path` when it is not as it must be. */
export function loadDialect(json: string, path: string): Dialect {
  const data = parseObject(json, path);
  for (const key of Object.keys(data)) {
    if (key !== "rewrites" && key !== "classes" && !(LISTS as readonly string[]).includes(key))
      throw new Error(`${path}: unknown key "${key}"`);
  }
  const lists = Object.fromEntries(
    LISTS.map((key) => [key, new NamePatterns(nameList(data, key, path))]),
  );
  return {
    ...(lists as Record<(typeof LISTS)[number], NamePatterns>),
    classes: stringList(data, "classes", path),
    rewrites: readRewrites(data, path),
  };
}

function parseObject(json: string, path: string): Record<string, unknown> {
  let data: unknown;
  try {
    data = JSON.parse(json);
  } catch (error) {
    throw new Error(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (typeof data !== "object" || data === null || Array.isArray(data))
    throw new Error(`${path}: not an object`);
  return data as Record<string, unknown>;
}

function stringList(data: Record<string, unknown>, key: string, path: string): readonly string[] {
  const value = data[key] ?? [];
  if (!Array.isArray(value) || !value.every((entry) => typeof entry === "string")) {
    throw new Error(`${path}: "${key}" is not a list of strings`);
  }
  return value;
}

function nameList(data: Record<string, unknown>, key: string, path: string): readonly string[] {
  const names = stringList(data, key, path);
  const bad = names.find((name) => !/^[A-Za-z_*][\w*]*$/.test(name));
  if (bad !== undefined) throw new Error(`${path}: "${key}": "${bad}" is no name or pattern`);
  return names;
}

/** Entries as after `#define`: `"smp_load_acquire(p) (*(p))"`. */
function readRewrites(data: Record<string, unknown>, path: string): ReadonlyMap<string, Macro> {
  const rewrites = new Map<string, Macro>();
  for (const entry of stringList(data, "rewrites", path)) {
    const macro = parseMacro(plainText(entry), { start: 0, end: 0 }, []);
    if (macro === null) throw new Error(`${path}: "rewrites": "${entry}" defines no macro`);
    rewrites.set(macro.name, macro);
  }
  return rewrites;
}
