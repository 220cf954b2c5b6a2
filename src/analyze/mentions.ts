/**
 * Who mentions whom in a unit: functions and macros by the identifiers in their bodies, turned
 * round, so that "everything that may reach one of these names" is one walk. Lexical: a mention
 * that is no call makes a function look relevant that is not, never the reverse.
 */
import type { Definitions } from "./program.js";

/** By identifier, the functions and macros of one file that mention it. */
export type MentionIndex = ReadonlyMap<string, readonly string[]>;

export function indexMentions({
  functions,
  macros,
  classes,
}: Pick<Definitions, "functions" | "macros" | "classes">): MentionIndex {
  const index = new Map<string, string[]>();
  const add = (name: string, identifiers: Iterable<string>) => {
    for (const identifier of identifiers) {
      const users = index.get(identifier);
      if (users === undefined) index.set(identifier, [name]);
      else users.push(name);
    }
  };
  for (const item of functions.values()) add(item.name, item.identifiers);
  for (const macro of macros.values()) add(macro.name, new Set(macro.body.match(/[A-Za-z_]\w*/g)));
  for (const [name, { enter, leave }] of classes)
    add(name, new Set(`${enter} ${leave}`.match(/[A-Za-z_]\w*/g)));
  return index;
}

export class Mentions {
  readonly #indexes: readonly MentionIndex[];

  constructor(scope: readonly Definitions[]) {
    this.#indexes = scope.map((definitions) => definitions.mentions());
  }

  /** The names that mention one of the given names in their own text. */
  users(names: readonly string[]): Set<string> {
    return new Set(
      names.flatMap((name) => this.#indexes.flatMap((index) => index.get(name) ?? [])),
    );
  }

  /** The names that mention one of the given names, directly or through others, and themselves. */
  reaching(names: Iterable<string>): Set<string> {
    const found = new Set(names);
    for (const name of found) {
      for (const index of this.#indexes) for (const user of index.get(name) ?? []) found.add(user);
    }
    return found;
  }
}
