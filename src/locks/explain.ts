/**
 * From a charge to a finding: names the object as the charged function names it, and cuts the
 * witness down to the steps that matter.
 */

import type { Instruction } from "../cfg/cfg.js";
import type { Procedure } from "../dataflow/procedure.js";
import { ZERO } from "../dataflow/term.js";
import { type Event, eventsOf } from "../dataflow/witness.js";
import type { Finding, Step } from "../findings/finding.js";
import type { Check } from "../protocol/protocol.js";
import type { Charge } from "./blame.js";
import { nameOf, provenance } from "./naming.js";
import type { Obligation } from "./obligation.js";

export interface Vocabulary {
  /** By name; the one that tells most about a missing lock first. */
  readonly checks: ReadonlyMap<string, Check>;
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
  const order = [...vocabulary.checks.keys()];
  const weighed = new Map<string, Weighed>();
  for (const group of groups.values()) {
    const one = finding(group, vocabulary);
    const isVague = group.every(({ obligation }) => obligation.onlyIfNew);
    const [{ obligation }] = group as [Charge];
    // Of demands that one check speaks of instead of theirs, the one that tells most.
    const nth = order.indexOf(one.type) + order.indexOf(obligation.demanded) / order.length;
    const weight = isVague ? order.length : nth;
    if (!weighed.has(one.fingerprint)) weighed.set(one.fingerprint, { finding: one, weight });
  }
  return mainFaults([...weighed.values()]);
}

/** Lighter is nearer to the root. */
interface Weighed {
  readonly finding: Finding;
  readonly weight: number;
}

/** One root cause is one finding: a missing lock shows at the hand-over and at every write. */
function mainFaults(all: readonly Weighed[]): Finding[] {
  const lightest = new Map<string, number>();
  const keyOf = (one: Finding) => JSON.stringify([one.function, one.object, one.file]);
  for (const { finding: one, weight } of all)
    lightest.set(keyOf(one), Math.min(weight, lightest.get(keyOf(one)) ?? weight));
  return all
    .filter(({ finding: one, weight }) => weight === lightest.get(keyOf(one)))
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
  const check = vocabulary.checks.get(obligation.check) as Check;
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
  // What is nothing comes from nowhere: its name tells it from others.
  const came = provenance(run.terms, procedure, obligation.object);
  const origin = NOWHERE.includes(came) ? `${came} ${object}` : came;
  const isTolerated =
    ((obligation.inserted || obligation.onlyIfNew) && vocabulary.toleratesInsertion) ||
    isElsewhere(procedure.file, check);
  return {
    type: obligation.check,
    severity: isTolerated ? "warning" : check.severity,
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
    ...(check.label === undefined ? {} : { label: check.label }),
    why: fill(check.why),
    fix: fill(check.fix),
  };
}

const NOWHERE = ["value", "uninitialised"];

/** A file at the top of a tree is in no folder, and counts as the kernel's core. */
function isElsewhere(file: string, { errorBelow }: Check): boolean {
  return file.includes("/") && errorBelow?.some((folder) => file.startsWith(folder)) === false;
}

/** More decisions than this do not help to see that a path is real. */
const MOST_BRANCHES = 6;
/** Nor do more locks of other objects. */
const MOST_LOCKS = 100;

/** Steps of the witness that a reader needs to see that the path is real. */
function steps(
  events: readonly Event[],
  obligation: Obligation,
  object: string,
  vocabulary: Vocabulary,
): Step[] {
  const came = new Set(
    events
      .filter(({ kind, term }) => kind === "assign" && term === obligation.object)
      .map(({ span }) => span),
  );
  const told = new Set<Event>();
  let branches = 0;
  let others = 0;
  const decisive = events.findLast(
    ({ kind, name }) => (kind === "hold" || kind === "release") && name === obligation.check,
  );
  for (let at = events.length - 1; at >= 0; at--) {
    const event = events[at] as Event;
    if (event.kind === "branch") {
      if (branches < MOST_BRANCHES && decidesSomething(event, came, vocabulary)) {
        branches++;
        told.add(event);
      }
    } else if (event.kind === "hold" || event.kind === "release") {
      if (event === decisive && event.span !== events.at(-1)?.span) told.add(event);
    } else if (event.kind !== "lock" || event.term === obligation.object || others++ < MOST_LOCKS)
      told.add(event);
  }
  const path: Step[] = [];
  const last = events.at(-1);
  for (const event of events) {
    if (!told.has(event)) continue;
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
  const source = () => event.procedure.text(event.span);
  switch (event.kind) {
    case "branch":
      return { event: "branch", text: truthText(event.procedure, source(), event.holds) };
    case "assign":
      if (event.term === ZERO && obligation.object === ZERO)
        return event.name === object ? { event: "assign", text: `${object} is NULL` } : null;
      if (event.term !== obligation.object || !event.holds || event.name === object) return null;
      return { event: "assign", text: `${event.name.replace(/@\d+$/, "")} is ${object}` };
    case "lock":
      if (event.term === null) return null;
      return { event: event.term === obligation.object ? "late-lock" : "lock", text: source() };
    case "free":
      return event.term === obligation.object ? { event: "call", text: source() } : null;
    case "hold":
      return { event: event.holds ? "hold" : "hold-read", text: source() };
    case "release":
      return { event: "let-go", text: source() };
    case "call":
      if (!isLast) return null;
      return { event: "commit", text: effectText(obligation, event.name) };
    default:
      return null;
  }
}

function effectText({ chain }: Obligation, member: string): string {
  const { procedure, site } = chain.at(-1) as Obligation["chain"][number];
  const text = procedure.text(site);
  return member === "" ? text : `${text} (member ${member})`;
}

/**
 * A decision is worth telling when it was open, when the ways come back together (`if (err)
 * goto out;` says nothing), and when it decides over a lock or over where the object came from.
 */
function decidesSomething(
  event: Event,
  came: ReadonlySet<Event["span"]>,
  { locks }: Vocabulary,
): boolean {
  const { procedure } = event;
  const { blocks } = procedure.cfg;
  const block = blocks.findIndex(({ terminator }) => terminator.span === event.span);
  if (event.term === null || block === -1 || (procedure.postdominator[block] ?? null) === null)
    return false;
  return (procedure.controls[block] ?? []).some((controlled) =>
    (blocks[controlled]?.instructions ?? []).some(
      (instruction) => locks(procedure, instruction) || came.has(instruction.span),
    ),
  );
}

/** The graph asks for the symbol, the line perhaps for its absence. */
const ASKS_FOR_ABSENCE = /^#\s*(?:el)?if(?:ndef\b|\s*!\s*(?:defined|IS_ENABLED)\b[^&|]*$)/;

function truthText(procedure: Procedure, source: string, holds: boolean): string {
  if (ASKS_FOR_ABSENCE.test(source)) return `${source} is ${holds ? "false" : "true"}`;
  const negated = /^!\s*([\w.>-]+)$/.exec(source);
  const subject = negated?.[1] ?? source;
  const isTrue = negated === null ? holds : !holds;
  if (/^[\w.>-]+$/.test(subject) && procedure.isPointer(subject)) {
    return `${subject} is ${isTrue ? "not NULL" : "NULL"}`;
  }
  return `${subject} is ${isTrue ? "true" : "false"}`;
}
