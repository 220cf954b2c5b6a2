/**
 * Classes of scopes by name. One that is made of another (`DEFINE_GUARD_COND(base, _try, …)`) ends
 * as that one does.
 */
import type { FoundClass } from "../syntax/scope-class.js";
import type { Definitions } from "./program.js";

/** Null where no file in sight that matters defines it; what leads to nothing need not be run. */
export function findClass(
  scope: readonly Definitions[],
  name: string,
  leadsOn: (word: string) => boolean,
): FoundClass | null {
  for (const { classes } of scope) {
    const found = classes.get(name) ?? classes.get(baseOf(name));
    if (found === undefined) continue;
    const words = `${found.enter} ${found.leave}`.match(/[A-Za-z_]\w*/g) ?? [];
    return words.some(leadsOn) ? found : "harmless";
  }
  return null;
}

/** A header that has nothing to do with the protocol may define it. */
export function whereElse(name: string, texts: readonly string[]): FoundClass {
  const definition = new RegExp(`^[A-Z_\\d]+\\(\\s*(?:${name}|${baseOf(name)}),`, "m");
  return texts.some((text) => definition.test(text)) ? "harmless" : "unseen";
}

function baseOf(name: string): string {
  return name.replace(/_[a-z]+$/, "");
}
