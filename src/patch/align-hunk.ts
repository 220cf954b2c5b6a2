/**
 * Lays the lines of a quoted hunk over the base, white space apart: which are context, removed,
 * added. Its header's counts and the base decide together. A shortest path: agreeing lines are
 * free; a blank line too many or too few, a line that the mailer broke in two and a differing
 * outer context line cost something.
 */
import { isSignature } from "./cut-hunks.js";
import type { LooseHunk } from "./loose-patch.js";

/** One line of the hunk after alignment. Old lines are lines of the base; added ones have text. */
export type AlignedLine =
  | { readonly kind: " " | "-"; readonly inputLine: number }
  | { readonly kind: "+"; readonly text: string; readonly inputLine: number };

export interface Alignment {
  readonly lines: readonly AlignedLine[];
  /** 0 when every line agrees. */
  readonly cost: number;
  /** The quote lacks the end of the hunk. */
  readonly missing: boolean;
}

/** A line for comparison: white space collapsed. */
export function looseKey(text: string): string {
  return text.trim().replace(/\s+/g, " ");
}

/** Whether a quoted line is this line of the base; archives mask mail addresses with `x`. */
function agrees(text: string, base: string): boolean {
  const key = looseKey(text);
  return key === base || (key.includes("@xx") && maskAddresses(key) === maskAddresses(base));
}

function maskAddresses(text: string): string {
  return text.replace(/@[\w.-]+/g, "@");
}

const COST = { blank: 1, broken: 2, brokenAdded: 5, fuzz: 20, missing: 1000 };

/** `strict`: every line agrees, but for blank and broken ones. `lenient`: context may differ or be cut off. */
export const MOST_COST = { strict: COST.fuzz - 1, lenient: 1200 };

/** A hunk of n lines takes some n steps; far more only where everything looks alike. */
const STEPS = { atLeast: 10_000, perLine: 8 };

/** How far the hunk has been read (`next` quoted line, `before` and `after` lines made) and how. */
interface Step {
  readonly next: number;
  readonly before: number;
  readonly after: number;
  readonly cost: number;
  /** null where a quoted line was passed over. */
  readonly line: AlignedLine | null;
  readonly from: Step | null;
}

/** A hunk at one place of the base: `keys` are those of all the base's lines. */
interface Attempt {
  readonly hunk: LooseHunk;
  readonly keys: readonly string[];
  readonly at: number;
  /** How many outer context lines may differ. */
  readonly fuzz: number;
  /** One of MOST_COST. */
  readonly mostCost: number;
  /** Steps that aligning may still take; counted down. */
  readonly work: { left: number };
}

/** The cheapest alignment (Dijkstra, costs in buckets); null when there is none. */
export function alignHunk(attempt: Attempt): Alignment | null {
  const { hunk, keys, at } = attempt;
  const { oldCount, newCount } = hunk.numbers;
  if (at < 0 || at + oldCount > keys.length) return null;
  const queue: Step[][] = [[{ next: 0, before: 0, after: 0, cost: 0, line: null, from: null }]];
  const settled = new Set<string>();
  const mostSteps = STEPS.atLeast + STEPS.perLine * hunk.lines.length;
  for (let cost = 0; cost < queue.length && cost <= attempt.mostCost; cost++) {
    const bucket = queue[cost] ?? [];
    for (let step = bucket.pop(); step !== undefined; step = bucket.pop()) {
      const key = `${step.next},${step.before},${step.after}`;
      if (settled.has(key)) continue;
      settled.add(key);
      if (attempt.work.left-- <= 0 || settled.size > mostSteps) return null;
      if (step.before === oldCount && step.after === newCount) {
        if (isLeftOver(hunk, step.next)) continue;
        return { lines: trace(step), cost, missing: cost >= COST.missing };
      }
      for (const next of successors(step, attempt)) {
        if (next.before > oldCount || next.after > newCount) continue;
        const later = queue[next.cost] ?? [];
        later.push(next);
        queue[next.cost] = later;
      }
    }
  }
  return null;
}

function successors(step: Step, attempt: Attempt): Step[] {
  const { hunk, keys, at } = attempt;
  const { oldCount } = hunk.numbers;
  const base = step.before < oldCount ? keys[at + step.before] : undefined;
  const quoted = hunk.lines[step.next];
  const steps: Step[] = [];
  const inputLine = quoted?.inputLine ?? hunk.inputLine;
  const go = (line: AlignedLine | null, read: number, cost: number) => {
    const before = step.before + (line !== null && line.kind !== "+" ? 1 : 0);
    const after = step.after + (line !== null && line.kind !== "-" ? 1 : 0);
    steps.push({ next: step.next + read, before, after, cost: step.cost + cost, line, from: step });
  };
  if (base === "") go({ kind: " ", inputLine }, 0, COST.blank);
  if (quoted === undefined) {
    // The rest of the hunk was cut off: its old lines are taken for context.
    const rest = oldCount - step.before;
    if (rest > 0 && step.next > 0)
      go({ kind: " ", inputLine }, 0, step.cost >= COST.missing ? 0 : COST.missing);
    return steps;
  }
  if (quoted.text.trim() === "" || quoted.text.startsWith("\\ "))
    go(null, 1, quoted.text.trim() === "" ? COST.blank : 0);
  // What the mailer broke off the hunk's header.
  if (step.from === null) go(null, 1, COST.broken);
  const further = hunk.lines[step.next + 1];
  const readings = [{ text: quoted.text, read: 1, old: 0, added: 0 }];
  if (further !== undefined && further.text.trim() !== "") {
    readings.push({
      text: `${quoted.text} ${further.text}`,
      read: 2,
      old: COST.broken,
      added: COST.brokenAdded,
    });
  }
  for (const { text, read, old, added } of readings) {
    if (base !== undefined && agrees(text, base)) go({ kind: " ", inputLine }, read, old);
    if (base !== undefined && text.startsWith("-") && agrees(text.slice(1), base))
      go({ kind: "-", inputLine }, read, old);
    if (text.startsWith("+")) go({ kind: "+", text: text.slice(1), inputLine }, read, added);
  }
  const outer = step.before < attempt.fuzz || step.before >= oldCount - attempt.fuzz;
  if (base !== undefined && outer && !/^[-+]/.test(quoted.text))
    go({ kind: " ", inputLine }, 1, COST.fuzz);
  return steps;
}

/** Lines that look added or removed follow although the hunk is complete: this is not the reading. */
function isLeftOver(hunk: LooseHunk, next: number): boolean {
  const rest = hunk.lines.slice(next).find((line) => line.text.trim() !== "");
  return rest !== undefined && /^[-+]/.test(rest.text) && !isSignature(rest.text);
}

function trace(last: Step): AlignedLine[] {
  const lines: AlignedLine[] = [];
  for (let step: Step | null = last; step !== null; step = step.from)
    if (step.line !== null) lines.push(step.line);
  return lines.reverse();
}
