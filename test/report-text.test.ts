/** The text report: what a reader sees, to the letter. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { stripVTControlCharacters } from "node:util";
import type { Step } from "../src/findings/finding.js";
import type { Excerpts } from "../src/findings/review.js";
import { report } from "../src/report/report.js";
import { CLEAN, FINDING, lines, OPTIONS, PATCH, SOURCE, withFindings } from "./report-fixture.js";

const LOCK = FINDING.path[0] as Step;

test("a finding shows header, place, excerpt, path, why and fix", () => {
  assert.equal(
    report(withFindings({}), OPTIONS),
    lines(
      "error[VMA_COMPLETE_UNLOCKED]: `next` is removed without its VMA write lock",
      "  --> mm/grow.c:10  in grow()",
      "",
      "    6 |   vma_start_write(vma);",
      "      |   -------------------- locks vma, never next",
      "    - |           vma_start_write(next);          <- removed by this patch",
      "   10 |   return commit(vmi, vma, remove_next ? next : NULL);",
      "      |                           ^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked here",
      "  path: next is not NULL, end > next->vm_start (line 7)",
      "        grow:10 -> commit:21 -> vma_complete (member remove)",
      "  why:  a page fault can still hold next's VMA read lock while next is detached",
      "        and freed",
      "  fix:  vma_start_write(next) before line 8",
      "",
      "0001-mm-grow.patch: 1 error, 0 warnings (4 functions proved, 0 undecided, 1 assumed; base: blob 0123456789ab)",
    ),
  );
});

test("a clean run is one line that says what was looked at", () => {
  assert.equal(
    report(CLEAN, OPTIONS),
    "0001-mm-grow.patch: no VMA locking problems (4 functions proved, 0 undecided, 1 assumed; base: blob 0123456789ab)\n",
  );
});

test("quiet and --no-summary leave a clean run without output", () => {
  assert.equal(report(CLEAN, { ...OPTIONS, quiet: true }), "");
  assert.equal(report(CLEAN, { ...OPTIONS, summary: false }), "");
  assert.doesNotMatch(report(withFindings({}), { ...OPTIONS, quiet: true }), /0001-mm-grow/);
});

test("a mail without a patch is silent", () => {
  assert.equal(report({ ...CLEAN, patches: [] }, OPTIONS), "");
});

test("fixed findings are named in the last line only", () => {
  const text = report(withFindings({ status: "fixed", side: "before" }), OPTIONS);
  assert.match(text, /^0001-mm-grow\.patch: no VMA locking problems, fixes 1 \(4 functions/);
  assert.equal(text.split("\n").length, 2);
});

test("persisting findings are counted, and shown only with --all", () => {
  const review = withFindings({ status: "persisting" });
  assert.match(
    report(review, OPTIONS),
    /^0001-mm-grow\.patch: no new VMA locking problems, 1 persisting \(/,
  );
  const all = report(review, { ...OPTIONS, all: true });
  assert.match(all, /--> mm\/grow\.c:10 {2}in grow\(\) {2}\(was there before\)/);
  assert.match(all, /patch: 0 errors, 0 warnings, 1 persisting \(/);
});

test("check level is shown with --strict only", () => {
  const review = withFindings({ severity: "check" });
  assert.match(report(review, OPTIONS), /no VMA locking problems/);
  const strict = report(review, { ...OPTIONS, strict: true });
  assert.match(strict, /^check\[VMA_COMPLETE_UNLOCKED\]/);
  assert.match(strict, /0 errors, 0 warnings, 1 check \(/);
});

test("a patch with an input error is never called clean", () => {
  const errors = [{ file: PATCH.source, line: 12, text: "hunk 1 does not apply" }];
  assert.match(report({ ...CLEAN, errors }, OPTIONS), /: not all of it could be checked \(/);
});

test("each way to find the base has its words", () => {
  const base = (how: typeof PATCH.base.how, commit: string | null, exact: boolean) => {
    const file = { path: "mm/grow.c", id: "0123456789ab", exact };
    const patch = {
      ...PATCH,
      base: { how, commit, files: [file, { ...file, id: "ba9876543210" }] },
    };
    return /base: (.*)\)$/m.exec(report({ ...CLEAN, patches: [patch] }, OPTIONS))?.[1];
  };
  const commit = "c137381f71aec755fbf47cd4e9bd4dce752c054c";
  assert.equal(base("blob", null, true), "blob 0123456789ab and 1 more");
  assert.equal(base("blob", null, false), "blob 0123456789ab and 1 more, not exact");
  assert.equal(base("blob", commit, true), "blob 0123456789ab and 1 more of commit c137381f71ae");
  assert.equal(base("commit", commit, true), "commit c137381f71ae (--base)");
  assert.equal(base("trailer", commit, false), "trailer c137381f71ae, not exact");
  assert.equal(base("tree", null, false), "the tree as it stands");
  assert.equal(base("index", null, true), "index");
  assert.equal(base("none", null, true), "none");
});

test("patches of one mailbox are told apart by their number", () => {
  const patches = [1, 2].map((index) => ({ ...PATCH, source: "series.mbox", index, total: 2 }));
  const text = report({ ...CLEAN, patches }, OPTIONS);
  assert.match(text, /^series\.mbox \[1\/2\]: .*\nseries\.mbox \[2\/2\]: /);
  const unnumbered = patches.map((patch) => ({ ...patch, index: 1, total: 1 }));
  assert.match(
    report({ ...CLEAN, patches: unnumbered }, OPTIONS),
    /^series\.mbox \[1\/2\]: .*\nseries\.mbox \[2\/2\]: /,
  );
});

test("whole files end with one line for all of them", () => {
  const finding = { ...FINDING, status: "present" as const, patch: 0 };
  const review = { ...CLEAN, patches: [], wholeFiles: ["mm/grow.c"], findings: [finding] };
  assert.match(
    report(review, OPTIONS),
    /\nmm\/grow\.c: 1 error, 0 warnings \(4 functions proved, 0 undecided, 1 assumed\)\n$/,
  );
  const two = { ...CLEAN, patches: [], wholeFiles: ["mm/grow.c", "mm/vma.c"] };
  assert.match(report(two, OPTIONS), /^2 files: no VMA locking problems \(/);
});

test("a lock that comes too late is named", () => {
  const late = { ...LOCK, event: "late-lock" as const, text: "vma_start_write(next)" };
  const commit = FINDING.path.slice(-1);
  const after = report(
    withFindings({ path: [...commit, { ...late, line: 12 }], fix: "" }),
    OPTIONS,
  );
  assert.match(after, /\^ not locked yet\n/);
  assert.match(after, /line 12 locks next, too late; a run-time assert after it would pass\n/);
  const type = "VMA_LOCK_AFTER_PREPARE";
  const before = report(withFindings({ type, path: [late, ...commit], fix: "" }), OPTIONS);
  assert.match(before, / {6}\| {3}-{20} too late\n/);
  assert.match(before, /\^ locked too late\n/);
  const inside = { ...late, function: "flags_set", file: "include/mm.h", line: 81 };
  assert.match(
    report(withFindings({ type, path: [inside, ...commit] }), OPTIONS),
    / flags_set \(include\/mm\.h:81\) locks next, too late;/,
  );
});

test("a lock that was taken in time must have been given up again", () => {
  const lock = { ...LOCK, event: "late-lock" as const, text: "vma_start_write(next)" };
  const path = [lock, ...FINDING.path.slice(-1)];
  const text = report(withFindings({ path, fix: "" }), OPTIONS);
  assert.match(text, / {6}\| {3}-{20} locks next, given up below\n/);
  assert.match(text, /\^ not locked any more\n/);
  assert.match(text, /line 6 locks next, but gives it up again before line 10\n/);
});

test("a removed line that leaves no room for its note has it below", () => {
  const removed = `${"\t".repeat(3)}vma_start_write(next) /* with a comment */;`;
  const excerpts = {
    ...CLEAN.excerpts,
    removedAbove: (_patch: number, _file: string, line: number) => (line === 9 ? [removed] : []),
  };
  const text = report({ ...withFindings({ path: [] }), excerpts }, OPTIONS);
  assert.match(
    text,
    / {4}- \| .*vma_start_write\(next\).* comment \*\/;\n {6}\| +<- removed by this patch\n/,
  );
});

test("a path of many decisions is cut to the last ones", () => {
  const [step] = FINDING.path as [Step];
  const path = Array.from({ length: 12 }, (_, line) => ({
    ...step,
    line,
    event: "branch" as const,
    text: `first_condition_${line} &&\n\t\tsecond_condition_${line} is true`,
  }));
  const text = report(withFindings({ path }), OPTIONS);
  const block = / {2}path: ([^]*?) {2}why:/.exec(text)?.[1] ?? "";
  assert.match(block, /^\.\.\. first_condition_10 && second_condition_10 is true \(line 10\),\n/);
  assert.ok(block.trimEnd().split("\n").length <= 4, block);
});

test("a long condition keeps its beginning and its end", () => {
  const [step] = FINDING.path as [Step];
  const text = `${"condition && ".repeat(20)}last is false`;
  const path = [{ ...step, event: "branch" as const, text }];
  const shown = report(withFindings({ path }), OPTIONS).replace(/\n +/g, " ");
  assert.match(shown, /path: condition && [a-z& ]*\.\.\.[a-z& ]* && last is false \(line 6\)/);
});

test("a long chain of calls loses its middle", () => {
  const chain = Array.from({ length: 12 }, (_, index) => ({
    function: `rather_long_function_name_${index}`,
    file: "mm/grow.c",
    line: index + 1,
  }));
  const shown = report(withFindings({ chain, path: [] }), OPTIONS).replace(/\n {8}/g, " ");
  assert.match(shown, /name_0:1 -> \S*name_1:2 -> \.\.\. -> \S*name_10:11 -> \S*name_11:12 \(/);
});

test("a finding that a later patch fixes says so in its header", () => {
  const patches = [1, 2, 3].map((index) => ({ ...PATCH, index, total: 3, follows: index > 1 }));
  const review = { ...withFindings({ patch: 1, fixedIn: 3 }), patches };
  const [, second] = report(review, OPTIONS).split("\n");
  assert.equal(second, "    introduced in 1/3, fixed in 3/3: the series does not bisect");
});

test("what a hunk removed elsewhere is quoted", () => {
  const cause = { function: "prepare", file: "mm/grow.c", hunk: 3 };
  const removed = (...texts: readonly string[]) => ({
    ...withFindings({ cause }),
    excerpts: {
      ...CLEAN.excerpts,
      removedBy: () => texts.map((text) => ({ above: 4, text })),
    },
  });
  const note = (review: ReturnType<typeof withFindings>) =>
    / {2}note: (.*)/.exec(report(review, OPTIONS))?.[1];
  assert.equal(
    note(removed("\tint x;", "\tvma_start_write(vp->remove);", "\tvma_start_write(vp->vma);")),
    "hunk 3 of mm/grow.c took vma_start_write(vp->remove) out of prepare()",
  );
  assert.equal(
    note(removed("\tvma_start_write(a);", "\tvma_start_write(b);")),
    "hunk 3 of mm/grow.c took locks out of prepare()",
  );
  assert.equal(note(removed("\tint x;")), "hunk 3 of mm/grow.c changed what prepare() promises");
});

test("a step that only quotes a call of the lock says what it locks", () => {
  const path = [{ ...LOCK, text: "vma_start_write(vma)" }];
  assert.match(report(withFindings({ path }), OPTIONS), /- locks vma, never next\n/);
  const elsewhere = [{ ...LOCK, function: "commit", line: 18, text: "vma_start_write(vp->vma)" }];
  assert.match(
    report(withFindings({ path: elsewhere }), OPTIONS),
    /path: locks vp->vma \(commit:18\)\n/,
  );
});

test("the chain ends with the effect that the last step quotes", () => {
  const [, , , , commit] = FINDING.path;
  const path = [{ ...(commit as Step), text: "vma_complete(&vp, vmi, mm) (member remove)" }];
  assert.match(
    report(withFindings({ path, chain: FINDING.chain.slice(0, 2) }), OPTIONS),
    /grow:10 -> commit:21 -> vma_complete \(member remove\)\n/,
  );
});

test("steps in other functions and files say where they are", () => {
  const step = { column: 1, event: "branch" as const };
  const path = [
    { ...step, file: "mm/grow.c", line: 18, function: "commit", text: "remove is not NULL" },
    { ...step, file: "mm/vma.h", line: 40, function: "prepare", text: "vp->file is NULL" },
  ];
  assert.match(
    report(withFindings({ path }), OPTIONS),
    / {2}path: remove is not NULL \(commit:18\), vp->file is NULL \(mm\/vma\.h:40, prepare\)\n/,
  );
});

test("callers that fail for one hunk are folded into one table", () => {
  const cause = { function: "prepare", file: "mm/grow.c", hunk: 1 };
  const text = report(
    withFindings(
      { cause, type: "VMA_HELPER_DROPPED_LOCK" },
      {
        cause,
        type: "VMA_HELPER_DROPPED_LOCK",
        object: "vma",
        members: ["vma"],
        fingerprint: "b",
        fix: "vma_start_write(vma) before line 8",
      },
      {
        cause,
        type: "VMA_HELPER_DROPPED_LOCK",
        function: "shrink",
        line: 44,
        members: ["vma"],
        object: "vma",
        fingerprint: "c",
        fix: "vma_start_write(vma) before line 40",
      },
    ),
    OPTIONS,
  );
  assert.equal(
    text,
    lines(
      "error[VMA_HELPER_DROPPED_LOCK]: 2 callers of `prepare` leave a VMA unlocked",
      "  --> mm/grow.c, hunk 1  in prepare()",
      "",
      "  caller  commits at    remove   vma",
      "  grow    mm/grow.c:10  missing  missing",
      "  shrink  mm/grow.c:44  -        missing",
      "  missing: handed over unlocked on some path; -: nothing found to be missing",
      "  why:  a page fault can still hold next's VMA read lock while next is detached",
      "        and freed",
      "  fix:  vma_start_write() of next, vma before line 8 in grow()",
      "        vma_start_write(vma) before line 40 in shrink()",
      "",
      "0001-mm-grow.patch: 3 errors, 0 warnings (4 functions proved, 0 undecided, 1 assumed; base: blob 0123456789ab)",
    ),
  );
});

test("one caller that fails for a hunk elsewhere is told which hunk", () => {
  const cause = { function: "prepare", file: "mm/grow.c", hunk: 3 };
  assert.match(
    report(withFindings({ cause }), OPTIONS),
    / {2}note: hunk 3 of mm\/grow\.c changed what prepare\(\) promises\n/,
  );
});

test("gaps and assumptions are listed when asked for", () => {
  const place = { file: "mm/grow.c", line: 1, function: "grow" };
  const review = {
    ...CLEAN,
    gaps: [
      {
        ...place,
        reason: "state-limit" as const,
        text: "more than 64 states at line 7 were joined",
      },
    ],
    assumptions: [{ ...place, text: "every caller holds vma's write lock", callers: 3 }],
  };
  assert.equal(
    report(review, { ...OPTIONS, gaps: true, assumptions: true, quiet: true }),
    lines(
      "gaps: 1 place not decided",
      "  mm/grow.c:1  in grow()  [state-limit]",
      "      more than 64 states at line 7 were joined",
      "",
      "assumptions: 1 fact taken for granted",
      "  mm/grow.c:1  in grow()",
      "      every caller holds vma's write lock (3 callers checked)",
    ),
  );
  assert.match(report(CLEAN, { ...OPTIONS, gaps: true }), /\ngaps: none\n$/);
});

test("a long line is cut to the part around the mark, which keeps its carets", () => {
  const source = `\t${"aaaa + ".repeat(30)}victim${" + bbbb".repeat(30)};`;
  const review = {
    ...withFindings({ column: source.indexOf("victim") + 1, length: 6, line: 1, path: [] }),
    excerpts: { line: () => source, removedAbove: () => [], removedBy: () => null },
  };
  const [code = "", carets = ""] = report(review, OPTIONS).split("\n").slice(3, 5);
  assert.ok(code.length <= 80, code);
  assert.ok(carets.length <= 80, carets);
  assert.match(code, /^ {4}1 \| \.\.\.\S.*\.\.\.$/);
  assert.equal(code.indexOf("victim"), carets.indexOf("^"));
  assert.match(carets, /\^{6} unlocked here/);
});

test("carets stand under their text with tabs and with characters that are not ASCII", () => {
  for (const before of ["\t\tf(\t", "/* \u00e9\u{1f600} */ f(", "\u202ef("]) {
    const source = `${before}victim);`;
    const review = {
      ...withFindings({ column: before.length + 1, length: 6, line: 1, path: [] }),
      excerpts: { line: () => source, removedAbove: () => [], removedBy: () => null },
    };
    const [code = "", carets = ""] = report(review, OPTIONS).split("\n").slice(3, 5);
    assert.equal(code.indexOf("victim"), carets.indexOf("^"), JSON.stringify(before));
    assert.match(code, /^[ -~]*$/);
  }
});

test("no report line but the first and the last is wider than 80 columns", () => {
  const wide = "some_rather_long_condition_name is not equal to another_long_condition_name";
  const [step] = FINDING.path;
  const path = Array.from({ length: 9 }, (_, line) => ({
    ...(step as NonNullable<typeof step>),
    line,
    event: "branch" as const,
    text: wide,
  }));
  const text = report(withFindings({ path, fix: `f(next) before ${wide}` }), OPTIONS);
  for (const line of text.split("\n").slice(1, -2)) assert.ok(line.length <= 80, line);
});

test("a finding without source lines is still reported", () => {
  const excerpts: Excerpts = { line: () => "", removedAbove: () => [], removedBy: () => null };
  const text = report({ ...withFindings({}), excerpts }, OPTIONS);
  assert.doesNotMatch(text, /\|/);
  assert.match(text, /locks vma, never next \(line 6\), next is not NULL/);
});

test("a removed line is looked for in the same function only", () => {
  const source = ["void other(void)", "{", "}", ...SOURCE];
  const excerpts: Excerpts = {
    line: (_patch, _side, _file, line) => source[line - 1] ?? "",
    removedAbove: (_patch, _file, line) => (line === 2 ? ["\tvma_start_write(next);"] : []),
    removedBy: () => null,
  };
  const review = { ...withFindings({ line: 13, path: [] }), excerpts };
  assert.doesNotMatch(report(review, OPTIONS), /removed by this patch/);
});

test("colour changes no letter of the text", () => {
  const coloured = report(withFindings({}), { ...OPTIONS, colour: true });
  assert.ok(coloured.includes("\u001b["));
  assert.equal(stripVTControlCharacters(coloured), report(withFindings({}), OPTIONS));
});
