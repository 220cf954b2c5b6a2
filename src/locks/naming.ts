/**
 * How an object is called: by the names of the function it is told of, and, for comparing the
 * sides of a patch, by how that function obtained it.
 */
import type { Cfg } from "../cfg/cfg.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { type Event, eventsOf } from "../dataflow/witness.js";
import type { Charge } from "./blame.js";
import type { Obligation } from "./obligation.js";

/** How the function obtained the object, without the names of its variables. */
export function provenance(terms: Terms, procedure: Procedure, object: TermId): string {
  const term = terms.get(object);
  if (term.kind !== "atom") return "value";
  const { origin } = term;
  switch (origin.kind) {
    case "param":
      return `param ${procedure.cfg.params.indexOf(origin.name)}`;
    case "entry":
      return origin.base === null
        ? `global ${origin.path}`
        : `${provenance(terms, procedure, origin.base)}${origin.path}`;
    case "result":
      return `call ${origin.callee} ${callNumber(procedure, origin.callee, origin.site)}`;
    default:
      return origin.kind;
  }
}

/** Which of the function's calls of a callee this is, in order. */
function callNumber({ cfg }: Procedure, callee: string, site: string): number {
  let starts = callStarts.get(cfg);
  if (starts === undefined) {
    starts = startsOfCalls(cfg);
    callStarts.set(cfg, starts);
  }
  const start = Number.parseInt(site, 10);
  const own = starts.get(callee) ?? [];
  const at = own.findIndex((other) => other >= start);
  return (at === -1 ? own.length : at) + 1;
}

/** Asked for each finding: made once for each graph. */
const callStarts = new WeakMap<Cfg, ReadonlyMap<string, readonly number[]>>();

/** Where the calls of each function begin, in order, each once. */
function startsOfCalls({ blocks }: Cfg): ReadonlyMap<string, readonly number[]> {
  const starts = new Map<string, Set<number>>();
  for (const { instructions } of blocks) {
    for (const one of instructions) {
      if (one.op !== "call" || one.callee === null) continue;
      const own = starts.get(one.callee);
      if (own === undefined) starts.set(one.callee, new Set([one.span.start]));
      else own.add(one.span.start);
    }
  }
  return new Map([...starts].map(([name, own]) => [name, [...own].sort((a, b) => a - b)]));
}

export function nameOf({ run, obligation }: Charge): string {
  return objectName(run.terms, run.procedure, obligation, eventsOf(obligation.unlocked));
}

/** A parameter's or variable's name, or the access path the object was read through. */
export function objectName(
  terms: Terms,
  procedure: Procedure,
  { object, heldBy }: Pick<Obligation, "object" | "heldBy">,
  events: readonly Event[],
): string {
  const term = terms.get(object);
  if (term.kind === "address") return heldBy ?? term.of.replace(/^\w+:/, "&");
  if (term.kind !== "atom") return heldBy ?? "a VMA";
  if (term.origin.kind === "param") return term.origin.name;
  const named = assignedName(terms, object, events);
  if (named !== null) return named;
  if (heldBy !== null) return heldBy;
  if (term.origin.kind !== "entry") return storedName(procedure, object, events) ?? "a VMA";
  if (term.origin.base === null) return term.origin.path;
  const path = term.origin.path.slice(1);
  const base = objectName(terms, procedure, { object: term.origin.base, heldBy: null }, events);
  return path === "" ? `*${base}` : `${base}->${path}`;
}

/** The member the function stored the object in, as its code writes it: `vmg->vma`. */
function storedName(procedure: Procedure, object: TermId, events: readonly Event[]): string | null {
  const stored = events.find(
    ({ kind, depth, term, procedure: by }) =>
      kind === "assign" && depth === 0 && term === object && by === procedure,
  );
  const target =
    stored === undefined ? "" : (procedure.text(stored.span).split("=")[0] ?? "").trim();
  return /^[\w.>-]+$/.test(target) ? target : null;
}

/**
 * The variable of the function that was run which the object was assigned to; for an object of
 * an earlier turn of a loop, one that still holds it.
 */
function assignedName(terms: Terms, object: TermId, events: readonly Event[]): string | null {
  const term = terms.get(object);
  if (term.kind !== "atom") return null;
  const own = events.filter((event) => event.kind === "assign" && event.depth === 0 && event.holds);
  const last = new Map(own.map((event) => [event.name, event.term]));
  const plain = (name: string) => name.replace(/@\d+$/, "");
  if (term.generation === 0) {
    const first = own.find((event) => event.term === object);
    return first === undefined ? null : plain(first.name);
  }
  const sameMake = (id: TermId | null) => {
    const other = id === null ? null : terms.get(id);
    return other?.kind === "atom" && other.key === term.key;
  };
  const makes = own.filter((event) => sameMake(event.term));
  const newest = makes.at(-1);
  const kept = [...last].find(([name, value]) => sameMake(value) && name !== newest?.name);
  return kept === undefined ? (newest === undefined ? null : plain(newest.name)) : plain(kept[0]);
}
