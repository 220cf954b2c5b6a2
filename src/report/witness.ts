/**
 * The path that proves a finding, told in few words: the decisions on it and where the pointer
 * got its value, then the chain of calls, then a lock that came too late. Steps that the excerpt
 * already draws, and calls, which the chain names, are left out.
 */
import type { JudgedFinding, Step } from "../findings/finding.js";
import { plain } from "./plain.js";

/** Characters of a sentence: about two lines of a report. */
const MOST_CHARACTERS = 140;
/** Characters of one decision. */
const MOST_DECISION = 68;
const DOTS = "...";

/** Sentences for the `path:` block, without line breaks; empty when there is nothing to say. */
export function pathSentences(finding: JudgedFinding, drawn: ReadonlySet<Step>): string[] {
  const told = finding.path.filter((step) => isTold(step, finding) && !drawn.has(step));
  return [decisions(told, finding), chain(finding), ...lateLocks(finding)].filter(
    (sentence) => sentence !== "",
  );
}

/** What a step says: of a lock, which object it locks, where the step only quotes the call. */
export function stepText(step: Step): string {
  const text = step.text.replace(/\s+/g, " ");
  if (step.event !== "lock" && step.event !== "late-lock") return plain(text);
  const call = /^\w+\((.*)\)$/.exec(text);
  return plain(call === null ? text : `locks ${call[1]}`);
}

/**
 * Whether a lock of the object was taken in time, so that it must have been given up again. A
 * check on late locks says of itself that its lock is late.
 */
export function isGivenUp(step: Step, finding: JudgedFinding): boolean {
  const commit = finding.path.findLastIndex(({ event }) => event === "commit");
  return (
    step.event === "late-lock" &&
    finding.path.indexOf(step) < commit &&
    !finding.type.includes("_AFTER_")
  );
}

/**
 * The decisions that fit. Locks of other objects elsewhere go first, then what is furthest from
 * the end of the path.
 */
function decisions(told: readonly Step[], finding: JudgedFinding): string {
  const sentence = (steps: readonly Step[]) =>
    groupByPlace(steps)
      .map((group) => `${group.map(decisionText).join(", ")} (${place(group[0] as Step, finding)})`)
      .join(", ");
  const all = sentence(told);
  if (all.length <= MOST_CHARACTERS) return all;
  let kept = told.filter((step) => step.event !== "lock" || step.function === finding.function);
  while (kept.length > 1 && sentence(kept).length > MOST_CHARACTERS - DOTS.length) {
    kept = kept.slice(1);
  }
  return kept.length < told.length ? `${DOTS} ${sentence(kept)}` : sentence(kept);
}

/** With the middle of a long condition left out: its end says which way it went. */
function decisionText(step: Step): string {
  const text = [...stepText(step)];
  if (text.length <= MOST_DECISION) return text.join("");
  const half = (MOST_DECISION - DOTS.length) / 2;
  return [...text.slice(0, Math.ceil(half)), DOTS, ...text.slice(-Math.floor(half))].join("");
}

function lateLocks(finding: JudgedFinding): string[] {
  return finding.path
    .filter((step) => step.event === "late-lock")
    .map((step) => {
      const what = isGivenUp(step, finding)
        ? `${stepText(step)}, but gives it up again before line ${finding.line}`
        : `${stepText(step)}, too late; a run-time assert after it would pass`;
      return step.function === finding.function
        ? `${place(step, finding)} ${what}`
        : `${plain(step.function)} (${plain(step.file)}:${step.line}) ${what}`;
    });
}

/** Calls and the commit stand in the chain; what happens on the finding's own line, in its header. */
function isTold(step: Step, finding: JudgedFinding): boolean {
  switch (step.event) {
    case "branch":
    case "assign":
    case "lock":
    case "hold":
    case "hold-read":
    case "let-go":
      return true;
    case "hand-over":
      return step.file !== finding.file || step.line !== finding.line;
    default:
      return false;
  }
}

/** Neighbours on one line of one file share one "(line N)". Equal texts are said once. */
function groupByPlace(steps: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const step of steps) {
    const group = groups.at(-1);
    const last = group?.at(-1);
    if (
      group === undefined ||
      last === undefined ||
      last.line !== step.line ||
      last.file !== step.file
    ) {
      groups.push([step]);
    } else if (!group.some((other) => other.text === step.text)) {
      group.push(step);
    }
  }
  return groups;
}

/** `line 1029` in the blamed function, `commit_merge:612` elsewhere, with the file if it differs. */
function place(step: Step, finding: JudgedFinding): string {
  if (step.file !== finding.file)
    return `${plain(step.file)}:${step.line}, ${plain(step.function)}`;
  if (step.function !== finding.function) return `${plain(step.function)}:${step.line}`;
  return `line ${step.line}`;
}

/** `f:1043 -> g:629 -> h (member remove)`. A link with line 0 is the effect itself. */
function chain(finding: JudgedFinding): string {
  const links = finding.chain.map(({ function: name, line }) =>
    line === 0 ? plain(name) : `${plain(name)}:${line}`,
  );
  if (finding.chain.at(-1)?.line !== 0) links.push(...effect(finding));
  const members = finding.members.map(plain).join(", ");
  if (members === "") return links.length > 1 ? shortened(links) : "";
  const noun = finding.members.length === 1 ? "member" : "members";
  return [shortened(links), `(${noun} ${members})`].filter((part) => part !== "").join(" ");
}

/** A long chain without its middle. */
function shortened(links: readonly string[]): string {
  const all = links.join(" -> ");
  if (all.length <= MOST_CHARACTERS || links.length < 6) return all;
  return [...links.slice(0, 2), DOTS, ...links.slice(-2)].join(" -> ");
}

/** The function that has the effect, where the last step of the path quotes a call of it. */
function effect(finding: JudgedFinding): string[] {
  const step = finding.path.findLast(({ event }) => event === "commit");
  const name = /^(\w+)\(/.exec(step?.text ?? "")?.[1];
  return name === undefined ? [] : [name];
}
