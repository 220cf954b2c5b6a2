/** What patches say, read: kinds of change, names, line ends; and applied: offsets, fuzz, line maps. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { applyFile } from "../src/patch/apply-file.js";
import { parsePatch } from "../src/patch/parse-patch.js";
import type { FilePatch } from "../src/patch/patch.js";
import { choosePaths } from "../src/patch/read-paths.js";

function parse(text: string) {
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  return parsePatch({ source: "x.patch", lines, lineNumbers: lines.map((_, index) => index + 1) });
}

const only = (text: string) => parse(text).files[0] as FilePatch;

const HUNK = "@@ -1,2 +1,3 @@\n one\n+two\n three\n";

const headers: readonly (readonly [name: string, text: string, expected: Partial<FilePatch>])[] = [
  [
    "a change",
    `diff --git a/x.c b/x.c\nindex 1234567..89abcde 100644\n--- a/x.c\n+++ b/x.c\n${HUNK}`,
    { kind: "modify", oldPath: "x.c", newPath: "x.c", oldId: "1234567", newId: "89abcde" },
  ],
  [
    "a new file",
    `diff --git a/x.c b/x.c\nnew file mode 100644\nindex 0000000..89abcde\n--- /dev/null\n+++ b/x.c\n@@ -0,0 +1 @@\n+one\n`,
    { kind: "new", oldPath: null, newPath: "x.c", oldId: null, newId: "89abcde" },
  ],
  [
    "a new empty file",
    "diff --git a/x.c b/x.c\nnew file mode 100644\nindex 0000000..e69de29\n",
    { kind: "new", oldPath: null, newPath: "x.c" },
  ],
  [
    "a deleted file",
    `diff --git a/x.c b/x.c\ndeleted file mode 100644\nindex 1234567..0000000\n--- a/x.c\n+++ /dev/null\n@@ -1 +0,0 @@\n-one\n`,
    { kind: "delete", oldPath: "x.c", newPath: null, oldId: "1234567", newId: null },
  ],
  [
    "a pure rename",
    "diff --git a/x.c b/y.c\nsimilarity index 100%\nrename from x.c\nrename to y.c\n",
    { kind: "rename", oldPath: "x.c", newPath: "y.c" },
  ],
  [
    "a rename with changes",
    `diff --git a/x.c b/y.c\nsimilarity index 90%\nrename from x.c\nrename to y.c\nindex 1234567..89abcde 100644\n--- a/x.c\n+++ b/y.c\n${HUNK}`,
    { kind: "rename", oldPath: "x.c", newPath: "y.c" },
  ],
  [
    "a copy",
    "diff --git a/x.c b/y.c\nsimilarity index 100%\ncopy from x.c\ncopy to y.c\n",
    { kind: "copy", oldPath: "x.c", newPath: "y.c" },
  ],
  [
    "a mode",
    "diff --git a/x.sh b/x.sh\nold mode 100644\nnew mode 100755\n",
    { kind: "mode", oldPath: "x.sh", newPath: "x.sh" },
  ],
  [
    "a mode and a change",
    `diff --git a/x.sh b/x.sh\nold mode 100644\nnew mode 100755\nindex 1234567..89abcde\n--- a/x.sh\n+++ b/x.sh\n${HUNK}`,
    { kind: "modify", oldPath: "x.sh", newPath: "x.sh" },
  ],
  [
    "binary, as git says it",
    "diff --git a/x.png b/x.png\nindex 1234567..89abcde 100644\nBinary files a/x.png and b/x.png differ\n",
    { kind: "binary", oldPath: "x.png", newPath: "x.png" },
  ],
  [
    "octal names",
    `diff --git "a/\\303\\244 b.c" "b/\\303\\244 b.c"\nindex 1234567..89abcde 100644\n--- "a/\\303\\244 b.c"\n+++ "b/\\303\\244 b.c"\n${HUNK}`,
    { kind: "modify", oldPath: "ä b.c", newPath: "ä b.c" },
  ],
  [
    "names with blanks, no hunk",
    "diff --git a/x y.c b/x y.c\nold mode 100644\nnew mode 100755\n",
    { kind: "mode", oldPath: "x y.c", newPath: "x y.c" },
  ],
  [
    "git's mnemonic prefixes",
    `diff --git i/x.c w/x.c\nindex 1234567..89abcde 100644\n--- i/x.c\n+++ w/x.c\n${HUNK}`,
    { oldPath: "x.c", newPath: "x.c" },
  ],
  [
    "a plain diff with time stamps",
    `--- linux.orig/mm/x.c\t2024-05-06 10:00:00.000000000 +0200\n+++ linux/mm/x.c\t2024-05-06 10:00:00.000000000 +0200\n${HUNK}`,
    { kind: "modify", oldPath: "mm/x.c", newPath: "mm/x.c" },
  ],
  [
    "a plain diff, tab lost",
    `--- linux.orig/mm/x.c 2024-05-06 10:00:00.000000000 +0200\n+++ linux/mm/x.c 2024-05-06 10:00:00.000000000 +0200\n${HUNK}`,
    { kind: "modify", oldPath: "mm/x.c", newPath: "mm/x.c" },
  ],
  [
    "a new file by its time stamp",
    "--- a/x.c\t1970-01-01 01:00:00.000000000 +0100\n+++ b/x.c\t2024-05-06 10:00:00.000000000 +0200\n@@ -0,0 +1 @@\n+one\n",
    { kind: "new", oldPath: null, newPath: "x.c" },
  ],
  [
    "quilt's names",
    `--- a/mm/vma.c~mm-vma-fix-it\n+++ a/mm/vma.c\n${HUNK}`,
    { kind: "modify", oldPath: "mm/vma.c", newPath: "mm/vma.c" },
  ],
];

for (const [name, text, expected] of headers) {
  test(`read: ${name}`, () => {
    const file = only(text);
    const said = Object.fromEntries(
      Object.keys(expected).map((key) => [key, file[key as keyof FilePatch]]),
    );
    assert.deepEqual(said, expected);
  });
}

test("-p0 or -p1 is what the tree has", () => {
  const patch = parse(`--- mm/x.c.orig\n+++ mm/x.c\n${HUNK}`);
  assert.equal(choosePaths(patch, (path) => path === "mm/x.c").files[0]?.newPath, "mm/x.c");
  assert.equal(choosePaths(patch, (path) => path === "x.c").files[0]?.newPath, "x.c");
  const folder = parse(`--- a/x.c\n+++ b/x.c\n${HUNK}`);
  assert.equal(choosePaths(folder, (path) => path === "a/x.c").files[0]?.oldPath, "a/x.c");
  assert.equal(choosePaths(folder, () => false).files[0]?.oldPath, "x.c");
});

test("binary and combined diffs are named and skipped, what follows is read", () => {
  const patch = parse(
    `diff --git a/x.png b/x.png\nnew file mode 100644\nindex 0000000..89abcde\nGIT binary patch\nliteral 3\nKcmZQzWMT#Y01f~L\n\nliteral 0\nHcmV?d00001\n\ndiff --cc mm/y.c\nindex 1234567,89abcde..1111111\n--- a/mm/y.c\n+++ b/mm/y.c\n@@@ -1,1 -1,1 +1,1 @@@\n++one\ndiff --git a/z.c b/z.c\n--- a/z.c\n+++ b/z.c\n${HUNK}`,
  );
  assert.deepEqual(patch.notes, [
    "x.png: binary, skipped",
    "mm/y.c: a combined diff of a merge, skipped",
  ]);
  assert.deepEqual(
    patch.files.map((file) => [file.newPath, file.kind, file.hunks.length]),
    [
      ["x.png", "binary", 0],
      ["z.c", "modify", 1],
    ],
  );
});

test("lines know their line of the input", () => {
  const [hunk] = only(`prose\n\n--- a/x.c\n+++ b/x.c\n${HUNK}`).hunks;
  assert.equal(hunk?.inputLine, 5);
  assert.deepEqual(
    hunk?.lines.map(({ kind, text, inputLine }) => [kind, text, inputLine]),
    [
      [" ", "one", 6],
      ["+", "two", 7],
      [" ", "three", 8],
    ],
  );
});

test("blank context lines may have lost their blank", () => {
  const file = only("--- a/x.c\n+++ b/x.c\n@@ -1,3 +1,4 @@\n one\n\n+two\n three\n");
  assert.equal(applyFile("one\n\nthree\n", file).after, "one\n\ntwo\nthree\n");
});

test("a missing newline at the end is part of a line", () => {
  const text =
    "--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,2 @@\n one\n-two\n\\ No newline at end of file\n+two\n";
  assert.equal(applyFile("one\ntwo", only(text)).after, "one\ntwo\n");
  assert.equal(applyFile("one\ntwo\n", only(text)).errors.length, 1);
});

test("carriage returns: a file that has them, a patch that lost or gained them", () => {
  const lf = only(`--- a/x.c\n+++ b/x.c\n${HUNK}`);
  const crlf = only(`--- a/x.c\n+++ b/x.c\n${HUNK.replaceAll(/^([ +].*)$/gm, "$1\r")}`);
  assert.equal(applyFile("one\r\nthree\r\n", crlf).after, "one\r\ntwo\r\nthree\r\n");
  assert.equal(applyFile("one\nthree\n", crlf).after, "one\ntwo\nthree\n");
  const back = applyFile("one\r\nthree\r\n", lf);
  assert.equal(back.after, "one\r\ntwo\r\nthree\r\n");
  assert.deepEqual(back.notes, ["x.c: the patch's carriage returns were put back"]);
});

test("a hunk is found where its lines have gone, the nearest place first", () => {
  const file = only(
    "--- a/x.c\n+++ b/x.c\n@@ -3,2 +3,3 @@\n one\n+two\n three\n four\n".replace(
      "-3,2 +3,3",
      "-3,3 +3,4",
    ),
  );
  const lines = ["one", "three", "four"];
  const text = ["a", "b", "c", "d", ...lines, "e", ...lines, "f"].join("\n");
  const applied = applyFile(text, file);
  assert.deepEqual(
    applied.hunks.map(({ offset, beforeStart }) => [offset, beforeStart]),
    [[2, 5]],
  );
  assert.deepEqual(applied.notes, ["hunk 1 of x.c applied at line 5, +2 lines off"]);
});

test("fuzz only when asked for", () => {
  const file = only("--- a/x.c\n+++ b/x.c\n@@ -2,5 +2,6 @@\n a\n b\n+new\n c\n d\n e\n");
  const before = "0\nA\nb\nc\nd\nE\n9\n";
  assert.equal(applyFile(before, file).errors.length, 1);
  const applied = applyFile(before, file, { fuzz: 2 });
  assert.equal(applied.after, "0\nA\nb\nnew\nc\nd\nE\n9\n");
  assert.deepEqual(applied.notes, ["hunk 1 of x.c applied with fuzz 2"]);
});

test("diff -U0 is taken at its word", () => {
  const file = only("--- a/x.c\n+++ b/x.c\n@@ -2 +1,0 @@\n-b\n@@ -4,0 +4,2 @@\n+x\n+y\n");
  assert.equal(applyFile("a\nb\nc\nd\ne\n", file).after, "a\nc\nd\nx\ny\ne\n");
});

test("the line map leads both ways", () => {
  const file = only("--- a/x.c\n+++ b/x.c\n@@ -1,6 +1,6 @@\n a\n-b\n-c\n+B\n d\n+D\n e\n f\n");
  const { lineMap, after } = applyFile("a\nb\nc\nd\ne\nf\ng\n", file);
  assert.equal(after, "a\nB\nd\nD\ne\nf\ng\n");
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7].map((line) => lineMap.toBefore(line)),
    [1, null, 4, null, 5, 6, 7],
  );
  assert.deepEqual(
    [1, 2, 3, 4, 5, 6, 7].map((line) => lineMap.toAfter(line)),
    [1, null, null, 3, 5, 6, 7],
  );
  assert.deepEqual(lineMap.removedAbove(2), [2, 3]);
  assert.deepEqual(lineMap.removedAbove(3), []);
  assert.deepEqual(lineMap.removedAbove(5), []);
});
