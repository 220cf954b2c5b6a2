/**
 * The path that proves a finding, told in few words: the decisions on it and where the pointer
 * got its value, then the chain of calls, then a lock that came too late. Steps that the excerpt
 * already draws, and calls, which the chain names, are left out.
 */
import type { JudgedFinding, Step } from "../findings/finding.js";
import { plain } from "./plain.js";

/** Sentences for the `path:` block, without line breaks; empty when there is nothing to say. */
export function pathSentences(finding: JudgedFinding, drawn: ReadonlySet<Step>): string[] {
  const told = finding.path.filter((step) => isTold(step, finding) && !drawn.has(step));
  const decisions = groupByPlace(told).map((steps) => {
    const texts = steps.map(stepText).join(", ");
    return `${texts} (${place(steps[0] as Step, finding)})`;
  });
  return [decisions.join(", "), chain(finding), ...lateLocks(finding)].filter(
    (sentence) => sentence !== "",
  );
}

/** What a step says: of a lock, which object it locks, where the step only quotes the call. */
export function stepText(step: Step): string {
  if (step.event !== "lock" && step.event !== "late-lock") return plain(step.text);
  const call = /^\w+\((.*)\)$/.exec(step.text);
  return plain(call === null ? step.text : `locks ${call[1]}`);
}

function lateLocks(finding: JudgedFinding): string[] {
  return finding.path
    .filter((step) => step.event === "late-lock")
    .map((step) => {
      const what = `${stepText(step)}, too late; a run-time assert after it would pass`;
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
  if (members === "") return links.length > 1 ? links.join(" -> ") : "";
  const noun = finding.members.length === 1 ? "member" : "members";
  return [links.join(" -> "), `(${noun} ${members})`].filter((part) => part !== "").join(" ");
}

/** The function that has the effect, where the last step of the path quotes a call of it. */
function effect(finding: JudgedFinding): string[] {
  const step = finding.path.findLast(({ event }) => event === "commit");
  const name = /^(\w+)\(/.exec(step?.text ?? "")?.[1];
  return name === undefined ? [] : [name];
}
