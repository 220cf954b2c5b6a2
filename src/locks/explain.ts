/**
 * From a charge to a finding: names the object as the charged function names it, and cuts the
 * witness down to the steps that matter.
 */

import type { Instruction } from "../cfg/cfg.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Terms } from "../dataflow/term.js";
import type { TermId } from "../dataflow/term-kinds.js";
import { type Event, eventsOf } from "../dataflow/witness.js";
import type { Finding, Step } from "../findings/finding.js";
import type { Check } from "../protocol/protocol.js";
import type { Charge } from "./blame.js";
import type { Obligation } from "./obligation.js";

export interface Vocabulary {
  check(name: string): Check | undefined;
  verb(member: string): string;
  /** Order of the container's members. */
  readonly members: readonly string[];
  /** A function's name for comparing: the same on both sides of a patch that renames it. */
  identity(procedure: Procedure): string;
  /** Whether an instruction takes a lock. */
  locks(procedure: Procedure, instruction: Instruction): boolean;
  /** Whether a new object may go in unlocked, with a warning. */
  readonly toleratesInsertion: boolean;
}

/** One finding per check, function and object; its members are collected. */
export function explain(charges: readonly Charge[], vocabulary: Vocabulary): Finding[] {
  const groups = new Map<string, Charge[]>();
  for (const charge of charges) {
    const { run, obligation } = charge;
    const { line } = run.procedure.place((obligation.chain[0] as Obligation["chain"][number]).site);
    const key = `${obligation.check} ${run.procedure.file} ${run.procedure.name} ${nameOf(charge)} ${line}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [charge]);
    else group.push(charge);
  }
  const weighed = new Map<string, Weighed>();
  for (const group of groups.values()) {
    const one = finding(group, vocabulary);
    const isVague = group.every(({ obligation }) => obligation.onlyIfNew);
    const weight = isVague ? CHECKS_BY_WEIGHT.length : CHECKS_BY_WEIGHT.indexOf(one.type);
    if (!weighed.has(one.fingerprint)) weighed.set(one.fingerprint, { finding: one, weight });
  }
  return mainFaults([...weighed.values()]);
}

/** Lighter is nearer to the root. */
interface Weighed {
  readonly finding: Finding;
  readonly weight: number;
}

/** The check that tells most about a missing lock, first. */
const CHECKS_BY_WEIGHT = [
  "VMA_COMPLETE_UNLOCKED",
  "VMA_LOCK_AFTER_PREPARE",
  "VMA_INSERT_UNLOCKED",
  "VMA_DETACH_UNLOCKED",
  "VMA_FIELD_UNLOCKED",
];

/** One root cause is one finding: a missing lock shows at the hand-over and at every write. */
function mainFaults(all: readonly Weighed[]): Finding[] {
  const sameObject = (a: Finding, b: Finding) =>
    a.function === b.function && a.object === b.object && a.file === b.file;
  return all
    .filter(
      ({ finding: one, weight }) =>
        !all.some((other) => sameObject(other.finding, one) && other.weight < weight),
    )
    .map(({ finding: one }) => one);
}

function finding(group: readonly Charge[], vocabulary: Vocabulary): Finding {
  const order = (charge: Charge) => vocabulary.members.indexOf(charge.obligation.member ?? "");
  const [first] = [...group].sort(
    (a, b) =>
      order(a) - order(b) ||
      (a.obligation.unlocked?.length ?? 0) - (b.obligation.unlocked?.length ?? 0),
  ) as [Charge];
  const { run, obligation } = first;
  const { procedure } = run;
  const check = vocabulary.check(obligation.check) as Check;
  const members = vocabulary.members.filter((member) =>
    group.some((charge) => charge.obligation.member === member),
  );
  const object = nameOf(first);
  const place = procedure.place((obligation.chain[0] as Obligation["chain"][number]).site);
  const fill = (template: string) =>
    template
      .replaceAll("{object}", object)
      .replaceAll("{verb}", vocabulary.verb(obligation.member ?? ""))
      .replaceAll("{line}", String(place.line));
  const origin = provenance(run.terms, procedure, obligation.object);
  return {
    type: obligation.check,
    severity:
      (obligation.inserted || obligation.onlyIfNew) && vocabulary.toleratesInsertion
        ? "warning"
        : check.severity,
    file: procedure.file,
    ...place,
    function: procedure.name,
    object,
    members,
    message: fill(check.message),
    path: steps(eventsOf(obligation.unlocked), obligation, object, vocabulary),
    chain: obligation.chain.map((link) => ({
      function: link.procedure.name,
      file: link.procedure.file,
      line: link.procedure.place(link.site).line,
    })),
    fingerprint: `${obligation.check} ${vocabulary.identity(procedure)} ${origin} ${members.join(",")}`,
    why: fill(check.why),
    fix: fill(check.fix),
  };
}

/** How the function obtained the object, without the names of its variables. */
function provenance(terms: Terms, procedure: Procedure, object: TermId): string {
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
function callNumber(procedure: Procedure, callee: string, site: string): number {
  const starts = procedure.cfg.blocks
    .flatMap(({ instructions }) => instructions)
    .flatMap((instruction) =>
      instruction.op === "call" && instruction.callee === callee ? instruction.span.start : [],
    );
  const start = Number.parseInt(site, 10);
  return new Set(starts.filter((other) => other < start)).size + 1;
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
  if (term.kind === "address") return term.of.replace(/^\w+:/, "&");
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
  const target = stored === undefined ? "" : (procedure.text(stored.span).split("=")[0] ?? "").trim();
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

/** More decisions than this do not help to see that a path is real. */
const MOST_BRANCHES = 6;

/** Steps of the witness that a reader needs to see that the path is real. */
function steps(
  events: readonly Event[],
  obligation: Obligation,
  object: string,
  vocabulary: Vocabulary,
): Step[] {
  const matters = (event: Event) => decidesSomething(event, obligation, events, vocabulary);
  const branches = events
    .filter((event) => event.kind === "branch" && matters(event))
    .slice(-MOST_BRANCHES);
  const path: Step[] = [];
  const last = events.at(-1);
  for (const event of events) {
    if (event.kind === "branch" && !branches.includes(event)) continue;
    const step = describe(event, event === last, obligation, object);
    if (step === null) continue;
    const { line, column } = event.procedure.place(event.span);
    path.push({
      file: event.procedure.file,
      line,
      column,
      function: event.procedure.name,
      ...step,
    });
  }
  return path;
}

function describe(
  event: Event,
  isLast: boolean,
  obligation: Obligation,
  object: string,
): Pick<Step, "event" | "text"> | null {
  const source = event.procedure.text(event.span);
  switch (event.kind) {
    case "branch":
      return { event: "branch", text: truthText(event.procedure, source, event.holds) };
    case "assign":
      if (event.term !== obligation.object || !event.holds || event.name === object) return null;
      return { event: "assign", text: `${event.name.replace(/@\d+$/, "")} is ${object}` };
    case "lock":
      if (event.term === null) return null;
      return { event: event.term === obligation.object ? "late-lock" : "lock", text: source };
    case "call":
      if (!isLast) return null;
      return {
        event: "commit",
        text: event.name === "" ? source : `${source} (member ${event.name})`,
      };
    default:
      return null;
  }
}

/**
 * A decision is worth telling when it was open, when the ways come back together (`if (err)
 * goto out;` says nothing), and when it decides over a lock or over where the object came from.
 */
function decidesSomething(
  event: Event,
  { object }: Obligation,
  events: readonly Event[],
  { locks }: Vocabulary,
): boolean {
  const { procedure } = event;
  const { blocks } = procedure.cfg;
  const block = blocks.findIndex(({ terminator }) => terminator.span === event.span);
  if (event.term === null || block === -1 || (procedure.postdominator[block] ?? null) === null)
    return false;
  const came = new Set(
    events.filter(({ kind, term }) => kind === "assign" && term === object).map(({ span }) => span),
  );
  return (procedure.controls[block] ?? []).some((controlled) =>
    (blocks[controlled]?.instructions ?? []).some(
      (instruction) => locks(procedure, instruction) || came.has(instruction.span),
    ),
  );
}

function truthText(procedure: Procedure, source: string, holds: boolean): string {
  const negated = /^!\s*([\w.>-]+)$/.exec(source);
  const subject = negated?.[1] ?? source;
  const isTrue = negated === null ? holds : !holds;
  if (/^[\w.>-]+$/.test(subject) && procedure.isPointer(subject)) {
    return `${subject} is ${isTrue ? "not NULL" : "NULL"}`;
  }
  return `${subject} is ${isTrue ? "true" : "false"}`;
}
