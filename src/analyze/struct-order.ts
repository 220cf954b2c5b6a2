/** The order of a struct's members, which initialisers without names follow. */
import type { Unit } from "./program.js";

/** Null where a nested struct or an `#if` leaves their places open. */
export function membersInOrder({ scope }: Unit, tag: string): string[] | null {
  for (const { structs, file } of scope) {
    const struct = structs.get(tag);
    if (struct === undefined) continue;
    const text = file.text.slice(struct.span.start, struct.span.end);
    const isFlat = text.indexOf("{") === text.lastIndexOf("{") && !/^\s*#/m.test(text);
    return isFlat ? struct.members.map(({ name }) => name) : null;
  }
  return null;
}
