/**
 * Who mentions whom in a unit: functions and macros by the identifiers in their bodies, turned
 * round, so that "everything that may reach one of these names" is one walk. Lexical: a mention
 * that is no call makes a function look relevant that is not, never the reverse.
 */
import type { Definitions } from "./program.js";

export class Mentions {
  readonly #mentionedBy = new Map<string, string[]>();

  constructor(scope: readonly Definitions[]) {
    const seen = new Set<string>();
    for (const { functions, macros } of scope) {
      for (const item of functions.values()) this.#add(item.name, item.identifiers, seen);
      for (const macro of macros.values()) {
        this.#add(macro.name, new Set(macro.body.match(/[A-Za-z_]\w*/g)), seen);
      }
    }
  }

  /** The names that mention one of the given names, directly or through others, and themselves. */
  reaching(names: Iterable<string>): Set<string> {
    const found = new Set(names);
    for (const name of found) for (const user of this.#mentionedBy.get(name) ?? []) found.add(user);
    return found;
  }

  /** The first definition of a name counts, as everywhere in a unit. */
  #add(name: string, identifiers: ReadonlySet<string>, seen: Set<string>): void {
    if (seen.has(name)) return;
    seen.add(name);
    for (const identifier of identifiers) {
      const users = this.#mentionedBy.get(identifier);
      if (users === undefined) this.#mentionedBy.set(identifier, [name]);
      else users.push(name);
    }
  }
}
