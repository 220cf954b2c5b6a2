/** What must hold for all patches and all mails, however broken: properties, with fast-check. */
import assert from "node:assert/strict";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import fc from "fast-check";
import { openTree } from "../src/base/folder-tree.js";
import { preparePatch } from "../src/base/prepare-patch.js";
import { InputError } from "../src/findings/input-error.js";
import { readMailbox } from "../src/mail/read-patches.js";
import { applyFile } from "../src/patch/apply-file.js";
import { parseLoosePatch } from "../src/patch/parse-loose-patch.js";
import { parsePatch } from "../src/patch/parse-patch.js";
import type { Hunk, Patch } from "../src/patch/patch.js";
import { recoverFile } from "../src/patch/recover-file.js";

const samples = join(dirname(fileURLToPath(import.meta.url)), "../../samples/mail");
const places = { tree: openTree(join(samples, "tree")), repository: null, base: null };

const diffText = (text: string) => {
  const lines = text.split("\n");
  if (lines[lines.length - 1] === "") lines.pop();
  return { source: "x", lines, lineNumbers: lines.map((_, index) => index + 1) };
};

const word = fc.constantFrom(
  "",
  "a",
  "\tb();",
  "-- c",
  "++ d",
  "@@ -1 +1 @@",
  "--- a/x",
  "+++ b/x",
  "diff --git a/x b/x",
  "\\ x",
  "ü",
  "x\r",
);
const hunkLine = fc.record({
  kind: fc.constantFrom(" " as const, "+" as const, "-" as const),
  text: word,
});

/** A hunk with context around, as diff writes it. */
const hunk = fc
  .record({
    lines: fc.array(hunkLine, { minLength: 1, maxLength: 8 }),
    header: fc.constantFrom("", "int f(void)"),
  })
  .map(({ lines, header }) => {
    const all = [
      { kind: " " as const, text: "first" },
      ...lines,
      { kind: " " as const, text: "last" },
    ];
    const count = (kind: string) =>
      all.filter((one) => one.kind === " " || one.kind === kind).length;
    return {
      oldStart: 10,
      oldCount: count("-"),
      newStart: 10,
      newCount: count("+"),
      header,
      lines: all,
    };
  });

const printedFile = fc.record({
  path: fc.constantFrom("x.c", "mm/vma.c", "a b.c", "__proto__"),
  hunks: fc.array(hunk, { minLength: 1, maxLength: 3 }),
});

function print(
  path: string,
  hunks: readonly Pick<
    Hunk,
    "oldStart" | "oldCount" | "newStart" | "newCount" | "header" | "lines"
  >[],
): string {
  const text = hunks.map((one) => {
    const lines = one.lines.map((line) => `${line.kind}${line.text}\n`).join("");
    return `@@ -${one.oldStart},${one.oldCount} +${one.newStart},${one.newCount} @@${one.header === "" ? "" : ` ${one.header}`}\n${lines}`;
  });
  return `diff --git a/${path} b/${path}\nindex 1234567..89abcde 100644\n--- a/${path}\n+++ b/${path}\n${text.join("")}`;
}

const printed = (patch: Patch) =>
  patch.files.map((file) => print(file.newPath ?? "", file.hunks)).join("");

test("parsing a printed patch and printing it again gives the same text", () => {
  fc.assert(
    fc.property(fc.array(printedFile, { minLength: 1, maxLength: 3 }), (files) => {
      const text = files.map((file) => print(file.path, file.hunks as unknown as Hunk[])).join("");
      assert.equal(printed(parsePatch(diffText(text))), text);
    }),
    { numRuns: 500 },
  );
});

test("a patch cut off anywhere is an error or loses only whole hunks", async () => {
  const text = readFileSync(join(samples, "format-patch-series.mbox"), "utf8");
  const complete = (part: string) => (part.match(/^@@ /gm) ?? []).length;
  for (let length = 0; length <= text.length; length += 7) {
    const part = text.slice(0, length);
    const outcome = await attempt(part);
    if (typeof outcome === "number")
      assert.equal(outcome, complete(part), `cut at ${length}: ${JSON.stringify(part.slice(-40))}`);
  }
});

/** Number of hunks read, or the complaint. Anything but an InputError is a bug. */
async function attempt(text: string | Uint8Array): Promise<number | string> {
  const box = await readMailbox([
    { name: "x", bytes: typeof text === "string" ? Buffer.from(text) : text },
  ]);
  let hunks = 0;
  let complaint = box.errors[0]?.message;
  for (const patch of box.patches) {
    try {
      hunks += parsePatch(patch).files.reduce((sum, file) => sum + file.hunks.length, 0);
      preparePatch(patch, { places });
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      if (/does not apply|is not in the tree|exists/.test(error.message)) continue;
      complaint = error.message;
      assert.ok(error.line > 0 && !/[\n\0]/.test(error.message), error.message);
    }
  }
  return complaint ?? hunks;
}

const files = readdirSync(samples).filter(
  (name) => statSync(join(samples, name)).isFile() && !name.endsWith(".json"),
);

/** A line of some mail changed, doubled, lost, cut, or given bytes that it should not have. */
const damage = fc.record({
  at: fc.nat(400),
  how: fc.constantFrom("lose", "double", "cut", "join", "nul", "latin", "digit", "swap", "indent"),
  digit: fc.nat(9),
});

function damaged(
  text: string,
  damages: readonly { at: number; how: string; digit: number }[],
): Uint8Array {
  const lines = text.split("\n");
  for (const { at: place, how, digit } of damages) {
    const at = place % lines.length;
    const line = lines[at] as string;
    if (how === "lose") lines.splice(at, 1);
    else if (how === "double") lines.splice(at, 0, line);
    else if (how === "cut") lines[at] = line.slice(0, line.length / 2);
    else if (how === "join") lines.splice(at, 2, line + (lines[at + 1] ?? ""));
    else if (how === "nul") lines[at] = `${line.slice(0, 3)}\0${line.slice(3)}`;
    else if (how === "latin") lines[at] = `${line}\xff`;
    else if (how === "digit") lines[at] = line.replace(/\d+/, (number) => `${number}${digit}`);
    else if (how === "indent") lines[at] = ` ${line}`;
    else lines.splice(at, 2, lines[at + 1] ?? "", line);
    if (lines.length === 0) lines.push("");
  }
  return Buffer.from(
    lines.join("\n"),
    damages.some((one) => one.how === "latin") ? "latin1" : "utf8",
  );
}

test("a damaged mail is read, or refused with file and line; never anything else", async () => {
  const texts = files.map((name) => readFileSync(join(samples, name), "utf8"));
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...texts),
      fc.array(damage, { minLength: 1, maxLength: 4 }),
      async (text, damages) => {
        await attempt(damaged(text, damages));
      },
    ),
    { numRuns: 1500 },
  );
});

test("noise is never a patch and never a crash", async () => {
  const noise = fc.array(
    fc.oneof(
      word,
      fc.constantFrom(
        "From: a",
        "Subject: b",
        "@@ -1,2 +1,2 @@",
        "> @@ -1 +1 @@",
        "From a@b Mon May  6 10:00:00 2024",
        "Content-Type: multipart/mixed; boundary=x",
        "--x",
        "--x--",
        "rename from a",
        "index 1234567..1234567",
        "GIT binary patch",
        "diff --cc x",
        "+a",
        "-b",
        " c",
      ),
      fc.string(),
    ),
    { maxLength: 40 },
  );
  await fc.assert(
    fc.asyncProperty(noise, async (lines) => {
      await attempt(lines.join("\n"));
    }),
    { numRuns: 3000 },
  );
});

test("what a reply quotes is the patch", async () => {
  const text = readFileSync(join(samples, "git-diff.patch"), "utf8");
  const lines = text.split("\n").slice(0, -1);
  const expected = parsePatch(diffText(text)).files[0]?.hunks.map((one) =>
    one.lines.map(({ kind, text: line }) => kind + line),
  );
  const comment = fc.constantFrom("", "Why?", "- because", "+1", "> and so on", "> > deeper");
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 3 }),
      fc.constantFrom("> ", ">"),
      fc.array(fc.record({ at: fc.nat(60), comment })),
      async (depth, mark, comments) => {
        const quoted = lines.map((line) => mark.repeat(depth) + line);
        for (const { at, comment: said } of comments) {
          // Between hunks or in them, less deep than the patch.
          if ((said.match(/>/g) ?? []).length < depth) quoted.splice(at % quoted.length, 0, said);
        }
        const reply = [
          "Subject: Re: [PATCH] x",
          "From: b@mail.example",
          "",
          "On Monday, A wrote:",
          ...quoted,
          "",
          "Thanks",
        ].join("\n");
        const { patches, errors } = await readMailbox([{ name: "x", bytes: Buffer.from(reply) }]);
        assert.deepEqual([patches.length, errors.length, patches[0]?.quoted], [1, 0, true]);
        const hunks = parsePatch(patches[0] as never).files[0]?.hunks;
        assert.deepEqual(
          hunks?.map((one) => one.lines.map(({ kind, text: line }) => kind + line)),
          expected,
        );
      },
    ),
    { numRuns: 300 },
  );
});

const BASE = readFileSync(join(samples, "tree/mm/shelf.c"), "utf8").split("\n").slice(0, -1);
const statement = fc.constantFrom(
  "\tvma_start_write(x);",
  "\tif (a)",
  "\t\treturn;",
  "",
  "\t}",
  "\tx = -1;",
  "+x;",
  "\t- y;",
  "\t/* z */",
);
const change = fc.record({
  at: fc.nat(BASE.length - 1),
  removed: fc.nat(2),
  added: fc.array(statement, { maxLength: 3 }),
});

/** One hunk with three lines of context, as an archive shows it: no white space at the edges, runs of it single. */
function collapsed(at: number, removed: number, added: readonly string[]): string {
  const from = Math.max(0, at - 3);
  const to = Math.min(BASE.length, at + removed + 3);
  const lines = [
    ...BASE.slice(from, at).map((line) => ` ${line}`),
    ...BASE.slice(at, at + removed).map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...BASE.slice(at + removed, to).map((line) => ` ${line}`),
  ];
  const header = `@@ -${from + 1},${to - from} +${from + 1},${to - from - removed + added.length} @@`;
  const bare = lines.map((line) => line.replace(/\s+/g, " ").trim());
  return `--- a/mm/shelf.c\n+++ b/mm/shelf.c\n${header}\n${bare.join("\n")}\n`;
}

test("a patch that lost its white space is recovered but for white space", () => {
  const words = (text: string) => text.split("\n").map((line) => line.trim().replace(/\s+/g, " "));
  fc.assert(
    fc.property(change, ({ at, removed: wanted, added }) => {
      const removed = Math.min(wanted, BASE.length - at);
      fc.pre(removed + added.length > 0);
      const before = `${BASE.join("\n")}\n`;
      const after = [...BASE.slice(0, at), ...added, ...BASE.slice(at + removed)].join("\n");
      const [loose] = parseLoosePatch(diffText(collapsed(at, removed, added))).files;
      assert.ok(loose);
      const { file } = recoverFile(before, loose, { recognise: null, fuzz: 0, lenient: true });
      assert.deepEqual(words(applyFile(before, file).after ?? ""), words(`${after}\n`));
    }),
    { numRuns: 500 },
  );
});
