/** Applying must agree with `git apply`: thousands of generated patches, git as the oracle. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { applyFile } from "../src/patch/apply-file.js";
import { parsePatch } from "../src/patch/parse-patch.js";
import type { FilePatch } from "../src/patch/patch.js";

const hasGit = spawnSync("git", ["--version"]).status === 0;
const skip = hasGit ? false : "git is not installed";
const CASES = 1500;

/** A file, what a patch makes of it, and the file as somebody else has it. */
interface Case {
  readonly before: string;
  readonly after: string;
  readonly other: string;
  readonly context: number;
}

/** Few different lines, so that hunks fit in several places. */
const line = fc.constantFrom(
  "{",
  "}",
  "",
  "\ta();",
  "\tb();",
  "\treturn 0;",
  "-- c;",
  "++ d;",
  "\\ e",
  " f",
  "@@ g",
);
const edit = fc.record({
  at: fc.nat(60),
  removed: fc.nat(3),
  added: fc.array(line, { maxLength: 3 }),
});

function edited(
  lines: readonly string[],
  edits: readonly { at: number; removed: number; added: string[] }[],
): string[] {
  const result = [...lines];
  for (const { at, removed, added } of edits)
    result.splice(at % (result.length + 1), removed, ...added);
  return result;
}

const text = (lines: readonly string[], newline: boolean) =>
  lines.join("\n") + (newline && lines.length > 0 ? "\n" : "");

const cases: fc.Arbitrary<Case> = fc
  .record({
    lines: fc.array(line, { maxLength: 60 }),
    edits: fc.array(edit, { minLength: 1, maxLength: 5 }),
    drift: fc.array(edit, { maxLength: 2 }),
    newlines: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
    context: fc.constantFrom(3, 3, 1, 2),
  })
  .map(({ lines, edits, drift, newlines, context }) => ({
    before: text(lines, newlines[0] || newlines[1]),
    after: text(edited(lines, edits), newlines[0] || newlines[2]),
    other: text(edited(lines, drift), newlines[0] || newlines[1]),
    context,
  }));

function git(folder: string, args: readonly string[]): string {
  const run = spawnSync("git", args, { cwd: folder, encoding: "utf8", maxBuffer: 1 << 28 });
  return run.stdout;
}

function repository(): string {
  const folder = mkdtempSync(join(tmpdir(), "vmalint-git-"));
  execFileSync("git", ["init", "-q", "."], { cwd: folder });
  return folder;
}

function write(folder: string, texts: readonly string[]): void {
  for (const [index, content] of texts.entries())
    writeFileSync(join(folder, `f${index}.c`), content);
}

/** The cases as one patch made by git: `before` is committed, `after` is the work tree. */
function diffs(folder: string, some: readonly Case[], context: number): string {
  write(
    folder,
    some.map((one) => one.before),
  );
  git(folder, ["add", "-A"]);
  write(
    folder,
    some.map((one) => one.after),
  );
  return git(folder, ["diff", `-U${context}`, "--no-renames"]);
}

function filesOf(patch: string): Map<string, FilePatch> {
  const lines = patch.split("\n");
  const parsed = parsePatch({
    source: "x.patch",
    lines: lines.slice(0, -1),
    lineNumbers: lines.map((_, at) => at + 1),
  });
  return new Map(parsed.files.map((file) => [file.newPath ?? "", file]));
}

/** undefined: does not apply. */
function ours(text: string, file: FilePatch): string | null | undefined {
  const { after, errors } = applyFile(text, file);
  return errors.length === 0 ? after : undefined;
}

test("a patch applied to its own base gives what git had, and its reverse gives the base", {
  skip,
}, () => {
  const folder = repository();
  try {
    for (const context of [1, 2, 3]) {
      const some = fc
        .sample(cases, { numRuns: CASES / 3, seed: context })
        .filter((one) => one.before !== one.after);
      const files = filesOf(diffs(folder, some, context));
      const reverse = filesOf(git(folder, ["diff", "-R", `-U${context}`, "--no-renames"]));
      for (const [index, one] of some.entries()) {
        const name = `f${index}.c`;
        assert.equal(ours(one.before, files.get(name) as FilePatch), one.after, name);
        assert.equal(ours(one.after, reverse.get(name) as FilePatch), one.before, name);
      }
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test("on a file that has drifted, git apply and vmalint agree", { skip }, () => {
  const folder = repository();
  try {
    let applied = 0;
    let refused = 0;
    for (const context of [1, 2, 3]) {
      const all = fc.sample(cases, { numRuns: CASES / 3, seed: 10 + context });
      const some = all.filter((one) => one.before !== one.after);
      const patch = diffs(folder, some, context);
      const files = filesOf(patch);
      const work = join(folder, `w${context}`);
      mkdirSync(work);
      write(
        work,
        some.map((one) => one.other),
      );
      spawnSync(
        "git",
        ["apply", "--reject", "--whitespace=nowarn", `--directory=w${context}`, "-"],
        { cwd: folder, input: patch },
      );
      for (const [index, one] of some.entries()) {
        const rejected = existsSync(join(work, `f${index}.c.rej`));
        const result = ours(one.other, files.get(`f${index}.c`) as FilePatch);
        const expected = rejected ? undefined : readFileSync(join(work, `f${index}.c`), "utf8");
        assert.equal(result, expected, JSON.stringify(one));
        if (rejected) refused++;
        else applied++;
      }
    }
    assert.ok(applied > 300 && refused > 100, `${applied} applied, ${refused} refused`);
  } finally {
    rmSync(folder, { recursive: true });
  }
});
