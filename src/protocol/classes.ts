/** Locks of other classes, as the protocol's folder describes them. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type CompiledQueries, compileQueries } from "../syntax/query.js";
import type { Check } from "./protocol.js";
import { checkVocabulary, literalsIn } from "./vocabulary.js";

/** How a lock of another class bears on the protocol's own; each names the check that speaks. */
export type ClassRule =
  /** It must be held for writing where the protocol's lock is taken or a member is written. */
  | { readonly kind: "needed"; readonly check: string }
  /** It is taken after the protocol's lock, never before. */
  | { readonly kind: "after"; readonly check: string };

/** Locks of other classes. */
export interface Classes {
  readonly rules: ReadonlyMap<string, ClassRule>;
  /** What is in the name of a function that may take such a lock, where its body is not in reach. */
  readonly unseen: string;
  readonly queries: CompiledQueries;
  /** Functions after which such a lock must be given up. */
  readonly ends: ReadonlySet<string>;
}

type ClassManifest = Readonly<Record<string, Readonly<Record<string, string>>>>;

export function loadClasses(
  folder: string,
  manifest: { readonly classes: ClassManifest; readonly unseenLocks: string },
  checks: ReadonlyMap<string, Check>,
  path: string,
): Classes {
  const rules = new Map<string, ClassRule>();
  for (const [name, rule] of Object.entries(manifest.classes)) {
    const [[kind, check] = ["", ""]] = Object.entries(rule);
    if (kind !== "needed" && kind !== "after")
      throw new Error(`${path}: unknown rule "${kind}" of class "${name}"`);
    if (!checks.has(check)) throw new Error(`${path}: no check "${check}"`);
    rules.set(name, { kind, check });
  }
  const queryPath = join(folder, "classes.scm");
  const queries = compileQueries(readFileSync(queryPath, "utf8"), queryPath);
  checkVocabulary(queries, queryPath, checks, rules);
  return {
    rules,
    unseen: manifest.unseenLocks,
    queries,
    ends: new Set(literalsIn(queries, ["ends"])),
  };
}
