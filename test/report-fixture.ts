/** A finding and a review to vary, for the tests of the reporters. The C is our own. */
import type { JudgedFinding } from "../src/findings/finding.js";
import type { Review, ReviewedPatch } from "../src/findings/review.js";
import type { ReportOptions } from "../src/report/options.js";

/** mm/grow.c after the patch; line 7 was followed by a lock of `next` before. */
export const SOURCE = [
  "static int grow(struct vma_iterator *vmi, struct vm_area_struct *vma,", // 1
  "\t\tstruct vm_area_struct *next, unsigned long end)",
  "{",
  "\tbool remove_next = false;",
  "",
  "\tvma_start_write(vma);", // 6
  "\tif (next && end > next->vm_start) {",
  "\t\tremove_next = true;",
  "\t}",
  "\treturn commit(vmi, vma, remove_next ? next : NULL);", // 10
  "}",
];

export const FINDING: JudgedFinding = {
  type: "VMA_COMPLETE_UNLOCKED",
  severity: "error",
  status: "introduced",
  side: "after",
  patch: 1,
  file: "mm/grow.c",
  line: 10,
  column: 26,
  length: 25,
  function: "grow",
  object: "next",
  members: ["remove"],
  message: "next is removed without its VMA write lock",
  path: [
    {
      file: "mm/grow.c",
      line: 6,
      column: 2,
      function: "grow",
      event: "lock",
      text: "locks vma, never next",
    },
    {
      file: "mm/grow.c",
      line: 7,
      column: 6,
      function: "grow",
      event: "branch",
      text: "next is not NULL",
    },
    {
      file: "mm/grow.c",
      line: 7,
      column: 14,
      function: "grow",
      event: "branch",
      text: "end > next->vm_start",
    },
    { file: "mm/grow.c", line: 10, column: 9, function: "grow", event: "call", text: "commit" },
    {
      file: "mm/grow.c",
      line: 21,
      column: 2,
      function: "commit",
      event: "commit",
      text: "vma_complete",
    },
  ],
  chain: [
    { function: "grow", file: "mm/grow.c", line: 10 },
    { function: "commit", file: "mm/grow.c", line: 21 },
    { function: "vma_complete", file: "", line: 0 },
  ],
  fingerprint: "VMA_COMPLETE_UNLOCKED/grow/remove/parameter",
  why: "a page fault can still hold next's VMA read lock while next is detached and freed",
  fix: "vma_start_write(next) before line 8",
};

export const PATCH: ReviewedPatch = {
  source: "0001-mm-grow.patch",
  subject: "mm: grow without a lock",
  messageId: null,
  index: 1,
  total: 1,
  hunks: 1,
  missing: [],
  base: {
    how: "blob",
    commit: null,
    files: [{ path: "mm/grow.c", id: "0123456789ab", exact: true }],
  },
  functions: { proved: 4, undecided: 0, assumed: 1 },
  notes: [],
  applied: true,
  follows: false,
};

export const CLEAN: Review = {
  wholeFiles: [],
  patches: [PATCH],
  findings: [],
  gaps: [],
  assumptions: [],
  errors: [],
  functions: { proved: 4, undecided: 0, assumed: 1 },
  excerpts: {
    line: (_patch, _side, file, line) => (file === "mm/grow.c" ? (SOURCE[line - 1] ?? "") : ""),
    removedAbove: (_patch, file, line) =>
      file === "mm/grow.c" && line === 9 ? ["\t\tvma_start_write(next);"] : [],
    removedBy: () => null,
  },
  reordering: null,
  since: null,
};

export const OPTIONS: ReportOptions = {
  format: "text",
  tool: { name: "vmalint", version: "0.1.0" },
  strict: false,
  all: false,
  quiet: false,
  summary: true,
  gaps: false,
  assumptions: false,
  colour: false,
};

export function withFindings(...findings: readonly Partial<JudgedFinding>[]): Review {
  return { ...CLEAN, findings: findings.map((finding) => ({ ...FINDING, ...finding })) };
}

/** The text of a report, with its lines under each other as they are in the source. */
export function lines(...text: readonly string[]): string {
  return text.map((line) => `${line}\n`).join("");
}
