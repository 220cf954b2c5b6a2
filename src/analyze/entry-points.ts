/**
 * Functions of a file that are stored where somebody else calls them, as the protocol names such
 * places: a member of a struct, by an initialiser, designated or positional, or by an assignment.
 * What they are handed there is known. Read off the text; a function that another file stores is
 * not seen.
 */
import type { Procedure } from "../dataflow/procedure.js";
import { type AccessPath, accessPath } from "../locks/contract.js";
import type { FunctionRun, Obligation } from "../locks/obligation.js";
import type { Entry } from "../protocol/entry.js";
import { KernelProcedure } from "./kernel-procedure.js";
import { withoutComments } from "./lexical-looks.js";
import type { Program, Unit } from "./program.js";

/** What a function is handed, of a kind, as paths of its parameters. */
export function handedIn(procedure: Procedure, is: Entry["is"]): readonly AccessPath[] {
  if (!(procedure instanceof KernelProcedure) || procedure.file !== procedure.unit.file.path)
    return [];
  const entries = entriesIn(procedure.program, procedure.unit).get(procedure.name) ?? [];
  return [...entries]
    .filter((entry) => entry.is === is)
    .flatMap(({ parameter, path }) => {
      const type = new RegExp(`\\bstruct\\s+${parameter}\\s*\\*[^*]*$`);
      const { params, types } = procedure.cfg;
      const param = params.find((name) => type.test(types.get(name) ?? ""));
      return param === undefined ? [] : [{ param, path }];
    });
}

/** Whether a function is stored where what it does something to is handed in new. */
export function isNewOnEntry(
  { procedure, terms }: FunctionRun,
  { object, isAsserted }: Obligation,
): boolean {
  const path = accessPath(terms, object);
  return (
    !isAsserted &&
    path !== null &&
    handedIn(procedure, "new").some(
      (one) => one.param === path.param && one.path.join() === path.path.join(),
    )
  );
}

/** Asked for each function that is run: read once for each file. */
const known = new WeakMap<Unit, ReadonlyMap<string, ReadonlySet<Entry>>>();

function entriesIn(program: Program, unit: Unit): ReadonlyMap<string, ReadonlySet<Entry>> {
  let found = known.get(unit);
  if (found === undefined) {
    found = readEntries(program, unit);
    known.set(unit, found);
  }
  return found;
}

function readEntries(program: Program, unit: Unit): Map<string, Set<Entry>> {
  const { entries } = program.protocol;
  const found = new Map<string, Set<Entry>>();
  if (!entries.some(({ members }) => members.some((name) => unit.file.text.includes(name))))
    return found;
  const text = withoutComments(unit.file.text)
    .replace(/^[ \t]*#.*$/gm, " ")
    .replace(/\s+/g, " ");
  for (const entry of entries) {
    const add = ([member, name]: Stored) => {
      if (member === undefined || !entry.members.includes(member)) return;
      const all = found.get(name);
      if (all === undefined) found.set(name, new Set([entry]));
      else all.add(entry);
    };
    for (const tag of entry.structs) {
      const order = program.struct(unit, tag)?.members.map(({ name }) => name) ?? [];
      for (const body of initialisersOf(text, tag)) elements(body, order).forEach(add);
    }
    // Whose member it is, is not known here: the type of the parameter tells.
    for (const [, member, name = ""] of text.matchAll(/(?:->|\.) ?(\w+) ?= ?&? ?(\w+) ?;/g))
      add([member, name]);
  }
  return found;
}

/** A member, where that is known, and the name that is put into it. */
type Stored = readonly [string | undefined, string];

/** What stands between the braces of a struct's initialisers and literals. */
function initialisersOf(text: string, tag: string): string[] {
  const begins = new RegExp(
    `\\bstruct ${tag}\\b[^;{}()=]*= ?\\{|\\( ?(?:const )?struct ${tag} ?\\) ?\\{`,
    "g",
  );
  const bodies: string[] = [];
  let end = 0;
  for (const { index, 0: head } of text.matchAll(begins)) {
    if (index < end) continue;
    const start = index + head.length;
    end = closing(text, start);
    bodies.push(text.slice(start, end));
  }
  return bodies;
}

function closing(text: string, start: number): number {
  let depth = 1;
  for (let at = start; at < text.length; at++) {
    if (text[at] === "{") depth++;
    else if (text[at] === "}" && --depth === 0) return at;
  }
  return text.length;
}

/** Structs in arrays in structs. */
const DEEPEST = 4;

/** `order`: of the struct's members, for elements without a name. */
function elements(body: string, order: readonly string[], depth = 0): Stored[] {
  let index = 0;
  return splitAtCommas(body).flatMap((element): Stored[] => {
    const open = element.indexOf("{");
    if (open !== -1)
      return depth < DEEPEST
        ? elements(element.slice(open + 1, element.lastIndexOf("}")), order, depth + 1)
        : [];
    const [, member, name] = /^ ?(?:\. ?(\w+) ?=)? ?&? ?(\w+) ?$/.exec(element) ?? [];
    if (member !== undefined && order.includes(member)) index = order.indexOf(member);
    const place = member ?? order[index];
    index++;
    return name === undefined ? [] : [[place, name]];
  });
}

function splitAtCommas(body: string): string[] {
  const parts: string[] = [];
  let depth = 0;
  let start = 0;
  for (let at = 0; at <= body.length; at++) {
    const char = body[at];
    if (char === "{" || char === "(") depth++;
    else if (char === "}" || char === ")") depth--;
    else if (char === undefined || (char === "," && depth === 0)) {
      parts.push(body.slice(start, at));
      start = at + 1;
    }
  }
  return parts.filter((part) => part.trim() !== "");
}
