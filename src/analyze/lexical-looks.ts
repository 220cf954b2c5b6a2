/** Questions about functions answered from their text alone, before anything is parsed. */
import type { Protocol } from "../protocol/protocol.js";
import { itemText } from "../syntax/item-tokens.js";
import type { FunctionItem, Macro } from "../syntax/outline.js";
import type { Definitions, Unit } from "./program.js";

/** A function and the file that defines it. */
export interface Found {
  readonly definitions: Definitions;
  readonly item: FunctionItem;
}

/** Whether a function is mentioned in the file other than to be called or defined; tags aside. */
export function isAddressTaken(unit: Unit, name: string): boolean {
  let taken = takenIn.get(unit);
  if (taken === undefined) {
    const words = withoutComments(unit.file.text).match(
      /(?<![\w.>]|\b(?:struct|union|enum)\s+)\b[A-Za-z_]\w*\b(?!\s*\()/g,
    );
    taken = new Set(words);
    takenIn.set(unit, taken);
  }
  return taken.has(name);
}

/** Asked for each caller of each function: read once for each file. */
const takenIn = new WeakMap<Unit, ReadonlySet<string>>();

/** Functions and macros in which a member is written that takes a lock to write. */
export function writersAmong(scope: readonly Definitions[], { writes }: Protocol): string[] {
  return scope.flatMap(({ file, functions, macros }) => {
    if (!writes.test(file.text)) return [];
    const items = [...functions.values()].filter((item) => writes.test(itemText(file, item)));
    return [...items, ...[...macros.values()].filter(({ body }) => writes.test(body))].map(
      ({ name }) => name,
    );
  });
}

/** Whether a function fills a container or writes pointers to tracked objects for its caller. */
export function handlesObjects(
  { definitions, item }: Found,
  { type, container }: Protocol,
): boolean {
  const text = definitions.file.text.slice(item.span.start, item.span.end);
  return text.includes(container) || new RegExp(`\\b${type}\\s*\\*\\s*\\*`).test(text);
}

/** Whether a macro declares, initialises or jumps, or pastes together a name of the protocol. */
export function hidesCode({ body }: Macro, { names }: Protocol): boolean {
  if (/^(?:\(\s*struct\s+\w+\s*\)\s*)?\{/.test(body)) return true;
  if (/\b(return|goto|while|for)\b|\bstruct\s+\w+\s+\**\w+\s*=/.test(body)) return true;
  return [...body.matchAll(/(\w*)\s*##\s*(\w*)/g)].some(([, left = "", right = ""]) =>
    [...names].some(
      (name) => (left !== "" && name.startsWith(left)) || (right !== "" && name.endsWith(right)),
    ),
  );
}

export function withoutComments(text: string): string {
  return text.replace(/\/\*[^]*?\*\/|\/\/[^\n]*/g, " ");
}

/** Names of members that are a `bool` or one bit in every struct in sight that has them. */
export function truthMembers({ scope }: Unit): Set<string> {
  const members = scope.flatMap(({ structs }) =>
    [...structs.values()].flatMap((one) => one.members),
  );
  const isTruth = ({ type, pointers }: (typeof members)[number]) =>
    pointers === 0 && /^(?:const )?_?[bB]ool\b|: 1$/.test(type);
  const others = new Set(members.filter((one) => !isTruth(one)).map(({ name }) => name));
  return new Set(
    members
      .filter(isTruth)
      .map(({ name }) => name)
      .filter((name) => !others.has(name)),
  );
}

/** Whether some struct in sight has a member of that name that is a pointer. */
export function isPointerMember({ scope }: Unit, name: string): boolean {
  return scope.some(({ structs }) =>
    [...structs.values()].some(({ members }) =>
      members.some((member) => member.name === name && member.pointers > 0),
    ),
  );
}
