/**
 * Where vmalint means to differ from `git apply`: the list that the README gives, as data. Of a
 * disagreement that none of them explains one of the two is wrong.
 */
import type { Outcome } from "./git-apply.js";
import type { PatchCase } from "./patch-cases.js";

export interface Disagreement {
  readonly made: PatchCase;
  readonly git: Outcome;
  readonly us: Outcome;
  /** Remarks on a patch that was applied. */
  readonly notes: readonly string[];
}

interface Leniency {
  readonly name: string;
  /** What git complains of; null: it applies. */
  readonly git: RegExp | null;
  /** What vmalint complains of; null: it applies. */
  readonly us: RegExp | null;
  /** What the patch must hold, or vmalint remark. */
  readonly patch?: RegExp;
  readonly notes?: RegExp;
}

const STAMPED =
  /^(?:---|\+\+\+) (?:.* (?:\d{4}-\d\d-\d\d [\d:.]+ -?\d{4}|\w{3} \w{3} \d+ [\d:]+ \d{4})|[^\t\n]* )\r?$|^(?:copy|rename) .* $/m;

const LENIENCIES: readonly Leniency[] = [
  {
    name: "hunks without context are taken at their word",
    git: /patch does not apply/,
    us: null,
    patch: /^@@[^\n]*\n(?:[-+\\][^\n]*\n)+(?:@@|[^ ]|$)/m,
  },
  {
    name: "carriage returns that were lost or added throughout",
    git: /patch does not apply/,
    us: null,
    notes: /carriage returns were/,
  },
  {
    name: "carriage returns that were lost or added throughout",
    git: /patch does not apply|lacks filename|corrupt/,
    us: null,
    patch: /^(?:[^\n]*\r\n)+$/,
  },
  {
    name: "white space where no tab is left",
    git: /patch does not apply/,
    us: null,
    notes: /lost its white space/,
  },
  {
    name: "a blank line of context that lost its blank before a carriage return",
    git: /corrupt/,
    us: null,
    patch: /\n\r\n/,
  },
  {
    name: "of the two names of a plain diff the one that is there",
    git: /No such file/,
    us: null,
    patch: /^--- "?a\/(.*)"?\n\+\+\+ "?b\/(?!\1)/m,
  },
  {
    name: "prose that begins as a header does",
    git: /lacks filename|expected \/dev\/null/,
    us: null,
    patch: /^(diff --git .*)\n\1$/m,
  },
  {
    name: "a new or deleted file that only /dev/null tells",
    git: /dev\/null: No such file/,
    us: null,
  },
  {
    name: "a new or deleted file that only /dev/null tells",
    git: null,
    us: null,
    patch: /^\+\+\+ \/dev\/null/m,
  },
  {
    name: "a time stamp or blank behind a name, without a tab",
    git: /invalid mode/,
    us: null,
    patch: /^index \S+ $|mode \d+ $/m,
  },
  {
    name: "files that the tree does not have are left out",
    git: /No such file/,
    us: null,
    notes: /is not in the tree, skipped/,
  },
  {
    name: "a binary file is noted, and is a patch",
    git: /No valid patches|already exists|cannot apply binary/,
    us: null,
    notes: /binary, skipped/,
  },
  {
    name: "a time stamp or blank behind a name, without a tab",
    git: null,
    us: /not in the tree/,
    patch: / {2,}\(revision/,
  },
  {
    name: "of the two names of a plain diff the one that is there",
    git: null,
    us: null,
    patch: /^--- "?a\/(.*)"?\n\+\+\+ "?b\/(?!\1)/m,
  },
  { name: "git itself fails", git: /Assertion/, us: null },
  {
    name: "a patch all in CR LF makes files in LF",
    git: null,
    us: null,
    patch: /^(?:[^\n]*\r\n)*[^\n]*$/,
  },
  {
    name: "a time stamp or blank behind a name, without a tab",
    git: /./,
    us: null,
    patch: STAMPED,
  },
  {
    name: "a time stamp or blank behind a name, without a tab",
    git: null,
    us: null,
    patch: STAMPED,
  },
  {
    name: "a time stamp or blank behind a name, without a tab",
    git: null,
    us: /exists already|does not apply|not in the tree/,
    patch: STAMPED,
  },
  {
    name: "no newline at the end of the patch",
    git: /corrupt patch|garbage|lacks/,
    us: null,
    patch: /[^\n]$/,
  },
  {
    name: "prose that begins as a header does",
    git: /lacks filename|garbage|corrupt|inconsistent/,
    us: null,
    patch:
      /^(?:diff --git is|--- is|\+\+\+ b\/mm\/f0\.c\n\n|rename from here|index 1234567\.\.89abcde 100644\n\n|--- a\/mm\/f0\.c\nis)/m,
  },
  {
    name: "what looks like a hunk or header and cannot be read is refused",
    git: null,
    us: /ends here after 0 of/,
    patch: /^@@[^\n]*\n\\/m,
  },
  { name: "a path with a control character is refused", git: null, us: /control character/ },
  { name: "lines that no hunk announces are refused", git: null, us: /more lines than its header/ },
  {
    name: "what looks like a hunk or header and cannot be read is refused",
    git: null,
    us: /cannot be read|no hunk follows|no file header stands|ends inside|no rename or copy|must follow|no patch in it|announces no lines/,
  },
];

/** The name of the leniency that explains it; null when none does. */
export function explain({ made, git, us, notes }: Disagreement): string | null {
  const found = LENIENCIES.find(
    (one) =>
      fits(one.git, git) &&
      fits(one.us, us) &&
      (one.patch?.test(made.patch) ?? true) &&
      (one.notes === undefined || notes.some((note) => one.notes?.test(note))),
  );
  return found?.name ?? null;
}

function fits(complaint: RegExp | null, outcome: Outcome): boolean {
  return typeof outcome === "string" ? (complaint?.test(outcome) ?? false) : complaint === null;
}

export function agrees(git: Outcome, us: Outcome): boolean {
  if (typeof git === "string" || typeof us === "string")
    return typeof git === "string" && typeof us === "string";
  return JSON.stringify([...git]) === JSON.stringify([...us]);
}
