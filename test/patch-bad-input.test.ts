/** What a patch may not be: each text with the line and the sentence of its error. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { InputError } from "../src/findings/input-error.js";
import { applyFile } from "../src/patch/apply-file.js";
import { parsePatch } from "../src/patch/parse-patch.js";
import type { FilePatch } from "../src/patch/patch.js";

function parse(text: string) {
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  return parsePatch({ source: "x.patch", lines, lineNumbers: lines.map((_, index) => index + 1) });
}

/** The error as the command line prints it. */
function complaint(run: () => unknown): string {
  try {
    run();
  } catch (error) {
    assert.ok(error instanceof InputError, String(error));
    assert.ok(error.message.length < 300 && !error.message.includes("\n"), error.message);
    return `${error.file}:${error.line}: ${error.message}`;
  }
  return "no error";
}

const HEAD = "--- a/mm/x.c\n+++ b/mm/x.c\n";
const HUNK = "@@ -1,2 +1,3 @@\n one\n+two\n three\n";

const broken: readonly (readonly [name: string, patch: string, error: string])[] = [
  [
    "too few lines, end of the input",
    `${HEAD}@@ -1,2 +1,4 @@\n one\n+two\n three\n`,
    "x.patch:6: the patch ends inside hunk 1 of mm/x.c (2 of 2 old and 3 of 4 new lines)",
  ],
  [
    "too few lines, next file",
    `${HEAD}@@ -1,2 +1,4 @@\n one\n+two\n three\ndiff --git a/y b/y\n`,
    "x.patch:7: hunk 1 of mm/x.c, begun in line 3, ends here after 2 of 2 old and 3 of 4 new lines",
  ],
  [
    "too few lines, next hunk",
    `${HEAD}@@ -1,3 +1,4 @@\n one\n+two\n three\n${HUNK}`,
    "x.patch:7: hunk 1 of mm/x.c, begun in line 3, ends here after 2 of 3 old and 3 of 4 new lines",
  ],
  [
    "too many added lines",
    `${HEAD}@@ -1,2 +1,2 @@\n one\n+two\n three\n`,
    "x.patch:3: hunk 1 of mm/x.c has more lines than its header announces",
  ],
  [
    "too many lines at the end",
    `${HEAD}@@ -1 +1 @@\n one\n+two\n three\n`,
    "x.patch:3: hunk 1 of mm/x.c has more lines than its header announces",
  ],
  [
    "too many lines behind a blank one",
    `${HEAD}@@ -1,2 +1,2 @@\n one\n\n\n+two\n`,
    "x.patch:3: hunk 1 of mm/x.c has more lines than its header announces",
  ],
  [
    "a count that swallows the next file's names",
    `${HEAD}@@ -1,3 +1,3 @@\n one\n two\n--- a/y.c\n+++ b/y.c\n${HUNK}`,
    "x.patch:3: hunk 1 of mm/x.c has more lines than its header announces",
  ],
  [
    "a giant count",
    `${HEAD}@@ -1,99999999999999999999 +1,1 @@\n one\n`,
    "x.patch:3: this hunk header has a line number that cannot be",
  ],
  [
    "a giant start",
    `${HEAD}@@ -4000000000,1 +1,1 @@\n one\n`,
    "x.patch:3: this hunk header has a line number that cannot be",
  ],
  [
    "no lines at all",
    `${HEAD}@@ -1,0 +1,0 @@\n one\n`,
    "x.patch:3: this hunk header announces no lines",
  ],
  [
    "a broken hunk header",
    `${HEAD}@@ -1,2 1,2 @@\n one\n`,
    "x.patch:3: this hunk header cannot be read",
  ],
  [
    "no newline before any line",
    `${HEAD}@@ -1 +1 @@\n\\ No newline at end of file\n one\n`,
    "x.patch:4: hunk 1 of mm/x.c, begun in line 3, ends here after 0 of 1 old and 0 of 1 new lines",
  ],
  [
    "names and nothing else",
    "diff --git a/mm/x.c b/mm/x.c\nindex 1234567..89a",
    "x.patch:1: a diff begins here that cannot be read",
  ],
  ["a hunk without a file", HUNK, "x.patch:1: no file header stands above this hunk"],
  [
    "a hunk behind prose",
    `${HEAD}${HUNK}Some words.\n${HUNK}`,
    "x.patch:8: no file header stands above this hunk",
  ],
  [
    "cut off in the header",
    "diff --git a/mm/x.c b/mm/x.c\n",
    "x.patch:1: the patch ends inside a file's header",
  ],
  [
    "cut off behind the ids",
    "diff --git a/mm/x.c b/mm/x.c\nindex 1234567..89abcde 100644\n",
    "x.patch:2: no hunk follows the header of mm/x.c",
  ],
  [
    "cut off in a rename",
    "diff --git a/x.c b/y.c\nsimilarity index 100%\nrename from x.c\n",
    "x.patch:3: the patch ends inside a file's header",
  ],
  [
    "cut off before a rename",
    "diff --git a/x.c b/y.c\nsimilarity index 100%\n",
    "x.patch:2: the patch ends inside a file's header",
  ],
  [
    "damaged in a rename",
    "diff --git a/x.c b/y.c\nimilarity index 100%\nrename from x.c\nrename to y.c\n",
    "x.patch:2: this line of a file's header cannot be read",
  ],
  [
    "a rename with the names of another file",
    `diff --git a/x.c b/y.c\nrename from x.c\nrename to y.c\n--- a/z.c\n+++ b/z.c\n${HUNK}`,
    "x.patch:4: the names in this line are not those of the header above it",
  ],
  [
    "cut off in a mode",
    "diff --git a/x.c b/x.c\nold mode 100644\n",
    "x.patch:2: the patch ends inside a file's header",
  ],
  [
    "cut off in a new file",
    "diff --git a/x.c b/x.c\nnew file mode 100644\n",
    "x.patch:2: the patch ends inside a file's header",
  ],
  [
    "a new file without its lines",
    "diff --git a/x.c b/x.c\nnew file mode 100644\nindex 0000000..89abcde\n",
    "x.patch:3: no hunk follows the header of x.c",
  ],
  [
    "cut off behind --- without ids",
    "diff --git a/mm/x.c b/mm/x.c\n--- a/mm/x.c\n",
    "x.patch:2: a +++ line must follow this --- line",
  ],
  [
    "cut off behind ---",
    "diff --git a/mm/x.c b/mm/x.c\nindex 1234567..89abcde 100644\n--- a/mm/x.c\n",
    "x.patch:3: a +++ line must follow this --- line",
  ],
  [
    "cut off behind +++",
    "diff --git a/mm/x.c b/mm/x.c\nindex 1234567..89abcde 100644\n--- a/mm/x.c\n+++ b/mm/x.c\n",
    "x.patch:4: no hunk follows the header of mm/x.c",
  ],
  [
    "out of the tree",
    `--- a/../../etc/passwd\n+++ b/../../etc/passwd\n${HUNK}`,
    'x.patch:1: path "a/../../etc/passwd" is outside the tree',
  ],
  [
    "out of the tree below /dev/null",
    `--- /dev/null\n+++ b/../x.c\n@@ -0,0 +1 @@\n+one\n`,
    'x.patch:1: path "b/../x.c" is outside the tree',
  ],
  [
    "out of the tree by quotes",
    `--- "a/\\056\\056/x.c"\n+++ b/x.c\n${HUNK}`,
    'x.patch:1: path "a/../x.c" is outside the tree',
  ],
  [
    "an absolute path",
    `--- /etc/passwd\n+++ /etc/passwd\n${HUNK}`,
    'x.patch:1: path "/etc/passwd" is outside the tree (absolute)',
  ],
  [
    "an absolute rename",
    "diff --git a/x.c b/y.c\nsimilarity index 100%\nrename from /etc/passwd\nrename to y.c\n",
    'x.patch:1: path "/etc/passwd" is outside the tree (absolute)',
  ],
  [
    "a NUL byte",
    `--- a/x\0.c\n+++ b/x\0.c\n${HUNK}`,
    'x.patch:1: path "a/x\\u0000.c" has a NUL byte in it',
  ],
  [
    "git's own folder",
    `--- a/.git/config\n+++ b/.git/config\n${HUNK}`,
    'x.patch:1: path "a/.git/config" is inside .git',
  ],
];

for (const [name, patch, error] of broken) {
  test(`refused: ${name}`, () =>
    assert.equal(
      complaint(() => parse(patch)),
      error,
    ));
}

test("__proto__ is a file name like any other", () => {
  const [file] = parse(`--- a/__proto__\n+++ b/__proto__\n${HUNK}`).files;
  assert.equal(file?.newPath, "__proto__");
  assert.equal(applyFile("one\nthree\n", file as FilePatch).after, "one\ntwo\nthree\n");
});

const only = (patch: string) => parse(patch).files[0] as FilePatch;

const misfits: readonly (readonly [
  name: string,
  before: string | null,
  patch: string,
  error: string,
])[] = [
  [
    "another line",
    "one\nfour\n",
    HEAD + HUNK,
    'x.patch:3: hunk 1 of mm/x.c does not apply: expected "three" at line 2, found "four"',
  ],
  [
    "the file ends",
    "one\n",
    HEAD + HUNK,
    'x.patch:3: hunk 1 of mm/x.c does not apply: expected "three" at line 2, found the end of the file',
  ],
  [
    "white space",
    "one\n\tthree\n",
    HEAD + HUNK,
    'x.patch:3: hunk 1 of mm/x.c does not apply: expected "three" at line 2, found it with other white space',
  ],
  [
    "applied already",
    "one\ntwo\nthree\n",
    HEAD + HUNK,
    "x.patch:3: hunk 1 of mm/x.c does not apply: it seems to be applied already",
  ],
  [
    "a long line",
    `one\n${"x".repeat(500)}\n`,
    HEAD + HUNK,
    `x.patch:3: hunk 1 of mm/x.c does not apply: expected "three" at line 2, found "${"x".repeat(57)}..."`,
  ],
  ["no such file", null, HEAD + HUNK, "x.patch:1: the patch changes mm/x.c, which does not exist"],
  [
    "a file over an existing one",
    "one\n",
    "--- /dev/null\n+++ b/mm/x.c\n@@ -0,0 +1 @@\n+two\n",
    "x.patch:1: the patch adds mm/x.c, which exists already",
  ],
  [
    "two hunks on one line",
    "one\nthree\nfour\n",
    `${HEAD}${HUNK}@@ -2,2 +3,3 @@\n three\n+five\n four\n`,
    "x.patch:7: hunk 2 of mm/x.c does not apply: an earlier hunk has changed its lines",
  ],
  [
    "a deletion that leaves lines",
    "one\ntwo\n",
    "--- a/mm/x.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n",
    'x.patch:3: hunk 1 of mm/x.c does not apply: expected the end of the file at line 2, found "two"',
  ],
];

for (const [name, before, patch, error] of misfits) {
  test(`does not apply: ${name}`, () =>
    assert.equal(
      complaint(() => {
        throw applyFile(before, only(patch)).errors[0];
      }),
      error,
    ));
}
