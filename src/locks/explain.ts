/**
 * From a charge to a finding: names the object as the charged function names it, and cuts the
 * witness down to the steps that matter.
 */
import type { Finding, Step } from "../findings/finding.js";
import type { Check } from "../protocol/protocol.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { TermId, Terms } from "../dataflow/term.js";
import { type Event, eventsOf } from "../dataflow/witness.js";
import type { Charge } from "./blame.js";
import type { Obligation } from "./obligation.js";

export interface Vocabulary {
  check(name: string): Check | undefined;
  verb(member: string): string;
  /** Order of the container's members. */
  readonly members: readonly string[];
}

/** One finding per check, function and object; its members are collected. */
export function explain(charges: readonly Charge[], vocabulary: Vocabulary): Finding[] {
  const groups = new Map<string, Charge[]>();
  for (const charge of charges) {
    const key = `${charge.obligation.check} ${objectIdentity(charge)}`;
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [charge]);
    else group.push(charge);
  }
  return [...groups.values()].map((group) => finding(group, vocabulary));
}

function finding(group: readonly Charge[], vocabulary: Vocabulary): Finding {
  const order = (charge: Charge) => vocabulary.members.indexOf(charge.obligation.member ?? "");
  const [first] = [...group].sort(
    (a, b) => order(a) - order(b) || (a.obligation.unlocked?.length ?? 0) - (b.obligation.unlocked?.length ?? 0),
  ) as [Charge];
  const { run, obligation } = first;
  const { procedure } = run;
  const check = vocabulary.check(obligation.check) as Check;
  const members = vocabulary.members.filter((member) => group.some((charge) => charge.obligation.member === member));
  const events = eventsOf(obligation.unlocked);
  const object = objectName(run.terms, procedure, obligation.object, events);
  const place = procedure.place((obligation.chain[0] as Obligation["chain"][number]).site);
  const fill = (template: string) =>
    template
      .replaceAll("{object}", object)
      .replaceAll("{verb}", vocabulary.verb(obligation.member ?? ""))
      .replaceAll("{line}", String(place.line));
  return {
    type: obligation.check,
    severity: obligation.inserted ? "warning" : check.severity,
    file: procedure.file,
    ...place,
    function: procedure.name,
    object,
    members,
    message: fill(check.message),
    path: steps(events, obligation, object),
    chain: obligation.chain.map((link) => ({
      function: link.procedure.name,
      file: link.procedure.file,
      line: link.procedure.place(link.site).line,
    })),
    fingerprint: `${obligation.check} ${procedure.file} ${objectIdentity(first)} ${members.join(",")}`,
    why: fill(check.why),
    fix: fill(check.fix),
  };
}

/** Function and how it obtained the object: equal on both sides of a patch. */
function objectIdentity({ run, obligation }: Charge): string {
  const events = eventsOf(obligation.unlocked);
  return `${run.procedure.name} ${provenance(run.terms, run.procedure, obligation.object, events)}`;
}

function provenance(terms: Terms, procedure: Procedure, object: TermId, events: readonly Event[]): string {
  const term = terms.get(object);
  if (term.kind !== "atom") return `term ${objectName(terms, procedure, object, events)}`;
  const { origin } = term;
  switch (origin.kind) {
    case "param":
      return `param ${origin.name}`;
    case "entry":
      return origin.base === null
        ? `global ${origin.path}`
        : `${provenance(terms, procedure, origin.base, events)}${origin.path}`;
    case "result":
      return `call ${origin.callee} ${objectName(terms, procedure, object, events)}`;
    default:
      return origin.kind;
  }
}

/** A parameter's or variable's name, or the access path the object was read through. */
export function objectName(terms: Terms, procedure: Procedure, object: TermId, events: readonly Event[]): string {
  const term = terms.get(object);
  if (term.kind === "atom" && term.origin.kind === "param") return term.origin.name;
  const named = events.find(
    (event) => event.kind === "assign" && event.depth === 0 && event.holds && event.term === object,
  );
  if (named !== undefined) return named.name.replace(/@\d+$/, "");
  if (term.kind === "atom" && term.origin.kind === "entry") {
    const path = term.origin.path.slice(1);
    if (term.origin.base === null) return term.origin.path;
    const base = objectName(terms, procedure, term.origin.base, events);
    return path === "" ? `*${base}` : `${base}->${path}`;
  }
  if (term.kind === "address") return term.of.replace(/^\w+:/, "&");
  const held = events.find((event) => event.kind === "assign" && event.depth === 0 && event.term === object);
  return held?.name.replace(/@\d+$/, "") ?? "a VMA";
}

/** Steps of the witness that a reader needs to see that the path is real. */
function steps(events: readonly Event[], obligation: Obligation, object: string): Step[] {
  const path: Step[] = [];
  const last = events.at(-1);
  for (const event of events) {
    const step = describe(event, event === last, obligation, object);
    if (step === null) continue;
    const { line, column } = event.procedure.place(event.span);
    path.push({ file: event.procedure.file, line, column, function: event.procedure.name, ...step });
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
      if (event.term === null || !decidesSomething(event)) return null;
      return { event: "branch", text: truthText(source, event.holds) };
    case "assign":
      if (event.term !== obligation.object || !event.holds || event.name === object) return null;
      return { event: "assign", text: `${event.name.replace(/@\d+$/, "")} is ${object}` };
    case "lock": {
      if (event.term === null) return null;
      return { event: event.term === obligation.object ? "late-lock" : "lock", text: source };
    }
    case "call":
      if (isLast) return { event: "commit", text: event.name === "" ? source : `${source} (member ${event.name})` };
      return null;
    default:
      return null;
  }
}

/** `if (err) goto out;` says nothing: only decisions that come back together are shown. */
function decidesSomething(event: Event): boolean {
  const { procedure } = event;
  const block = procedure.cfg.blocks.findIndex((candidate) => candidate.terminator.span === event.span);
  return block !== -1 && (procedure.postdominator[block] ?? null) !== null;
}

function truthText(source: string, holds: boolean): string {
  if (/^\w+$/.test(source)) return `${source} is ${holds ? "true" : "false"}`;
  const negated = /^!\s*([\w.>-]+)$/.exec(source);
  if (negated !== null) return `${negated[1]} is ${holds ? "false" : "true"}`;
  return `${source} is ${holds ? "true" : "false"}`;
}
