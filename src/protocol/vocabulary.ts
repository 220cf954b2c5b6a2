/** What the query files may say: captures, properties and predicates that the vocabulary has. */
import { type CompiledQueries, EVALUATED_PREDICATES } from "../syntax/query.js";
import type { Classes } from "./classes.js";
import { DEMANDS, EFFECT_KINDS, type EffectKind, INSTEAD, OF_CLASSES } from "./effect.js";
import type { Check } from "./protocol.js";

export function isEffectKind(name: string): name is EffectKind {
  return (EFFECT_KINDS as readonly string[]).includes(name);
}

/** `classes`: null for queries on the protocol's own lock. */
export function checkVocabulary(
  queries: CompiledQueries,
  path: string,
  checks: ReadonlyMap<string, Check>,
  classes: Classes["rules"] | null,
): void {
  for (const pattern of queries.patterns) {
    const where = `${path}:${pattern.line}`;
    for (const name of pattern.captures) {
      if (name === "object" || name.startsWith("_")) continue;
      if (isEffectKind(name) && OF_CLASSES.includes(name) === (classes !== null)) continue;
      throw new Error(`${where}: unknown capture @${name}`);
    }
    for (const { operator, line } of pattern.predicates) {
      if (!EVALUATED_PREDICATES.has(operator))
        throw new Error(`${path}:${line}: unknown predicate #${operator}`);
    }
    for (const [key, value] of Object.entries(pattern.properties)) {
      if (key === "when" && (value === "zero" || value === "always")) continue;
      if (classes !== null && key === "when" && value === "nonzero") continue;
      if (key === "class" && classes?.has(value)) continue;
      if (classes !== null && key === "mode" && (value === "read" || value === "write")) continue;
      if (key === "otherwise" && /^E[A-Z]+$/.test(value)) continue;
      if (isCheckKey(key) && checks.has(value)) continue;
      throw new Error(`${where}: unknown property "${key}" "${value}"`);
    }
    if (classes !== null && pattern.properties.class === undefined)
      throw new Error(`${where}: a lock of no class`);
    const demands = DEMANDS.some((kind) => pattern.captures.includes(kind));
    if (demands && pattern.properties.check === undefined)
      throw new Error(`${where}: a demand without a check`);
  }
}

function isCheckKey(key: string): boolean {
  return key === "check" || key === "late" || (INSTEAD as readonly string[]).includes(key);
}

/** The names of functions that stand in patterns of some kinds. */
export function literalsIn({ patterns }: CompiledQueries, kinds: readonly EffectKind[]): string[] {
  return patterns
    .filter(({ captures }) => kinds.some((kind) => captures.includes(kind)))
    .flatMap(({ literals }) => literals.flat());
}
