/**
 * One finding as a reader sees it: a first line that grep finds, the place, an excerpt, the path
 * that proves it, why it matters, how to mend it.
 */
import type { JudgedFinding, Step } from "../findings/finding.js";
import type { Excerpts, Review } from "../findings/review.js";
import { drawExcerpt, type ExcerptLine, type Mark } from "./excerpt.js";
import type { Paint } from "./paint.js";
import { bisectText } from "./patch-name.js";
import { plain } from "./plain.js";
import { dense, lockCall, removedByCause } from "./removed-locks.js";
import { isGivenUp, pathSentences, stepText } from "./witness.js";
import { wrap } from "./wrap.js";

/** Lines of a function looked through for a lock that the patch took away. */
const MOST_LINES_BACK = 2000;
/** Locks of other objects drawn in an excerpt, the nearest ones. */
const MOST_LOCKS = 3;
const REST = " ".repeat(8);

export function findingText(finding: JudgedFinding, review: Review, paint: Paint): string[] {
  const { excerpts } = review;
  const locks = drawnLocks(finding, excerpts);
  return [
    ...headerText(finding.severity, finding.type, ticked(finding), paint),
    ...bisectLine(finding, review, paint),
    `  ${paint("frame", "-->")} ${plain(finding.file)}:${finding.line}  in ${plain(finding.function)}()${verdict(finding)}`,
    ...framed(drawExcerpt(excerptLines(finding, locks, excerpts), finding.severity, paint)),
    ...block("path:", pathSentences(finding, new Set(locks)), paint),
    ...block("note:", notes(finding, excerpts), paint),
    ...block("why:", sentence(finding.why), paint),
    ...block("fix:", sentence(finding.fix), paint),
  ];
}

/** `error[CHECK]: text`, on as many lines as the text needs. */
export function headerText(
  severity: JudgedFinding["severity"],
  types: string,
  text: string,
  paint: Paint,
): string[] {
  const tag = `${severity}[${types}]`;
  const [first = tag, ...rest] = wrap(text, `${tag}: `, "    ");
  return [
    `${paint(severity, tag)}${paint("strong", first.slice(tag.length))}`,
    ...rest.map((line) => paint("strong", line)),
  ];
}

/** Second line of a header: what a later patch of the series fixes. */
export function bisectLine(finding: JudgedFinding, review: Review, paint: Paint): string[] {
  const text = bisectText(finding, review);
  return text === null ? [] : [paint("strong", `    ${text}: the series does not bisect`)];
}

/** `  why:  ` and the sentences, each on lines of its own; nothing when there are none. */
export function block(label: string, sentences: readonly string[], paint: Paint): string[] {
  const lines = sentences.flatMap((text, index) =>
    wrap(text, index === 0 ? `  ${label}`.padEnd(REST.length) : REST, REST),
  );
  return lines.map((line, index) =>
    index === 0 ? line.replace(label, () => paint("strong", label)) : line,
  );
}

function sentence(text: string | undefined): string[] {
  return text === undefined || text === "" ? [] : [plain(text)];
}

/** The message with backticks round the object. */
function ticked(finding: JudgedFinding): string {
  const message = plain(finding.message);
  const object = plain(finding.object);
  const at = wordAt(message, object);
  if (at === -1) return message;
  return `${message.slice(0, at)}\`${object}\`${message.slice(at + object.length)}`;
}

/** Where `word` stands in `text` on its own, not inside a longer name; -1 when nowhere. */
function wordAt(text: string, word: string): number {
  if (word === "") return -1;
  for (let at = text.indexOf(word); at !== -1; at = text.indexOf(word, at + 1)) {
    const around = text.charAt(at - 1) + text.charAt(at + word.length);
    if (!/[\w`]/.test(around)) return at;
  }
  return -1;
}

function verdict(finding: JudgedFinding): string {
  return finding.status === "persisting" ? "  (was there before)" : "";
}

function notes(finding: JudgedFinding, excerpts: Excerpts): string[] {
  if (finding.cause === undefined) return [];
  const { function: name, file, hunk } = finding.cause;
  const subject = `hunk ${hunk} of ${plain(file)}`;
  const calls = removedCalls(finding, excerpts);
  if (calls[0] === undefined) return [`${subject} changed what ${plain(name)}() promises`];
  return [`${subject} took ${calls.length === 1 ? calls[0] : "locks"} out of ${plain(name)}()`];
}

/** The locks that the cause took away; of several, those of the finding's own members. */
function removedCalls(finding: JudgedFinding, excerpts: Excerpts): string[] {
  const removed = removedByCause([finding], excerpts).map(({ text }) => text.trim());
  const all = [...new Set(removed.map((text) => plain(text.replace(/;$/, ""))))];
  const own = all.filter((text) => finding.members.some((member) => wordAt(text, member) !== -1));
  return own.length > 0 ? own : all;
}

/** Locks of other objects in the blamed function: what the reader may have taken for the right one. */
function drawnLocks(finding: JudgedFinding, excerpts: Excerpts): Step[] {
  return finding.path
    .filter(isLock)
    .filter(({ event }) => finding.label === undefined || isOfOtherClass(event))
    .filter((step) => step.file === finding.file && step.function === finding.function)
    .filter((step) => excerpts.line(finding.patch, finding.side, step.file, step.line) !== "")
    .slice(-MOST_LOCKS);
}

function isLock({ event }: Step): boolean {
  return event === "lock" || event === "late-lock" || isOfOtherClass(event);
}

function isOfOtherClass(event: Step["event"]): boolean {
  return event === "hold" || event === "hold-read" || event === "let-go";
}

function excerptLines(
  finding: JudgedFinding,
  locks: readonly Step[],
  excerpts: Excerpts,
): ExcerptLine[] {
  const textOf = (line: number) => excerpts.line(finding.patch, finding.side, finding.file, line);
  if (textOf(finding.line) === "") return [];
  const marks = new Map<number, Mark[]>([[finding.line, [primaryMark(finding)]]]);
  for (const step of locks) {
    const label = lockLabel(step, finding);
    const length = callLength(textOf(step.line), step.column);
    const here = marks.get(step.line) ?? [];
    marks.set(step.line, [...here, { column: step.column, length, label, kind: "secondary" }]);
  }
  const drawn = [...marks].map(([line, onLine]) => ({
    order: line,
    drawing: { number: line, text: textOf(line), marks: onLine },
  }));
  return [...drawn, ...removedLocks(finding, excerpts)]
    .sort((a, b) => a.order - b.order)
    .map(({ drawing }) => drawing);
}

function primaryMark(finding: JudgedFinding): Mark {
  const { column, length } = finding;
  return { column, length, label: primaryLabel(finding), kind: "primary" };
}

function primaryLabel(finding: JudgedFinding): string {
  if (finding.label !== undefined) return finding.label;
  const { path } = finding;
  const late = path.findIndex((step) => step.event === "late-lock");
  if (late === -1) return "unlocked here";
  const commit = path.findLastIndex((step) => step.event === "commit");
  if (late > commit) return "not locked yet";
  return isGivenUp(path[late] as Step, finding) ? "not locked any more" : "locked too late";
}

function lockLabel(step: Step, finding: JudgedFinding): string {
  const text = stepText(step);
  if (step.event === "hold") return "held from here on";
  if (step.event === "hold-read") return "held for reading only";
  if (step.event === "let-go") return "given up here";
  if (step.event === "late-lock") {
    return isGivenUp(step, finding) ? `${text}, given up below` : "too late";
  }
  return text.includes(", ") ? text : `${text}, never ${plain(finding.object)}`;
}

/** Length of the call that starts at a column: a name and its balanced parentheses, on one line. */
function callLength(text: string, column: number): number {
  const from = column - 1;
  const name = /^[\w>.-]*/.exec(text.slice(from))?.[0].length ?? 0;
  let depth = 0;
  for (let at = from + name; at < text.length; at++) {
    const character = text.charAt(at);
    if (character === "(") depth++;
    else if (character === ")") depth--;
    if (depth === 0) return character === ")" ? at + 1 - from : Math.max(1, name);
  }
  return Math.max(1, name);
}

/**
 * Lines above the finding, in its function, on which the patch removed the very call that the
 * fix asks for. Kernel style is relied on for the start of the function: a brace in column 1.
 * What is written otherwise is looked for a little too far, which the match on the call outweighs.
 */
function removedLocks(
  finding: JudgedFinding,
  excerpts: Excerpts,
): { order: number; drawing: ExcerptLine }[] {
  const call = lockCall(finding);
  if (call === null || finding.side !== "after" || finding.patch === 0) return [];
  const found: { order: number; drawing: ExcerptLine }[] = [];
  const first = Math.max(1, finding.line - MOST_LINES_BACK);
  for (let line = finding.line; line >= first; line--) {
    found.unshift(
      ...excerpts
        .removedAbove(finding.patch, finding.file, line)
        .filter((text) => dense(text).includes(dense(call)))
        .map((text) => ({
          order: line - 0.5,
          drawing: { number: null, text, marks: [], note: "<- removed by this patch" },
        })),
    );
    if (/^[{}]/.test(excerpts.line(finding.patch, "after", finding.file, line))) break;
  }
  return found.slice(-MOST_LOCKS);
}

/** A drawing between empty lines, as far as there is one. */
function framed(drawing: readonly string[]): string[] {
  return drawing.length === 0 ? [] : ["", ...drawing];
}
