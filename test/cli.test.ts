/**
 * The program as a user runs it: options, exit codes, streams. What the analysis says is tested
 * elsewhere; here no input has anything in it to analyse.
 */
import assert from "node:assert/strict";
import { spawn, spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { PROGRAM } from "./program.js";

const ROOT = new URL("../../", import.meta.url);

const folder = mkdtempSync(join(tmpdir(), "vmalint-cli-"));
mkdirSync(join(folder, "tree", "mm"), { recursive: true });
writeFileSync(join(folder, "tree", "mm", "nothing.c"), "int nothing;\n");
writeFileSync(
  join(folder, "harmless.patch"),
  [
    "diff --git a/mm/nothing.c b/mm/nothing.c",
    "--- a/mm/nothing.c",
    "+++ b/mm/nothing.c",
    "@@ -1 +1 @@",
    "-int nothing;",
    "+int nothing_at_all;",
    "",
  ].join("\n"),
);
for (const name of ["queue", "broken-queue", "empty"]) mkdirSync(join(folder, name));
copyFileSync(join(folder, "harmless.patch"), join(folder, "queue", "0001.patch"));
writeFileSync(join(folder, "broken-queue", "series"), "missing.patch\n");
writeFileSync(
  join(folder, "letter.eml"),
  "From: A Developer <dev@example.org>\nSubject: hello\n\nno patch today\n",
);
after(() => rmSync(folder, { recursive: true, force: true }));

interface Outcome {
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function vmalint(words: readonly string[], input = ""): Outcome {
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
    cwd: folder,
    input,
    encoding: "utf8",
    env: { ...process.env, NO_COLOR: "", FORCE_COLOR: "", VMALINT_DEBUG: "" },
  });
  return { status, stdout, stderr };
}

function assertOneComplaint(outcome: Outcome, pattern: RegExp): void {
  assert.equal(outcome.status, 2);
  assert.match(outcome.stderr, /^vmalint: [^\n]*\n$/);
  assert.match(outcome.stderr, pattern);
  assert.doesNotMatch(outcome.stderr, /\n {4}at /);
}

test("--version prints name and version of the package", () => {
  const { version } = JSON.parse(readFileSync(new URL("package.json", ROOT), "utf8"));
  assert.deepEqual(vmalint(["--version"]), {
    status: 0,
    stdout: `vmalint ${version}\n`,
    stderr: "",
  });
});

test("--help fits 80 columns and names the exit codes", () => {
  const { status, stdout, stderr } = vmalint(["--help"]);
  assert.equal(status, 0);
  assert.equal(stderr, "");
  assert.match(stdout, /^Usage: vmalint /);
  for (const option of [
    "--tree",
    "--format",
    "--strict",
    "--gaps",
    "--explain",
    "--dump",
    "--git",
    "--cached",
    "--base",
    "--fuzz",
    "--since",
  ]) {
    assert.ok(stdout.includes(option), option);
  }
  assert.match(stdout, /Exit status:\n {2}0 /);
  for (const line of stdout.split("\n")) assert.ok(line.length <= 80, line);
});

test("bad usage is one line and exit 2", () => {
  assertOneComplaint(vmalint(["--no-such-option"]), /--no-such-option/);
  assertOneComplaint(vmalint([]), /no patch given/);
  assertOneComplaint(vmalint(["-f"]), /-f needs a file/);
  assertOneComplaint(vmalint(["--format", "xml", "x"]), /text, terse, json/);
  assertOneComplaint(vmalint(["--color=blue", "x"]), /always, never, auto/);
  assertOneComplaint(vmalint(["--terse", "--format", "json", "x"]), /contradict/);
  assertOneComplaint(vmalint(["--dump", "cfg", "f"]), /--dump needs a function and a file/);
  assertOneComplaint(vmalint(["--fuzz", "many", "x"]), /number of lines/);
  assertOneComplaint(vmalint(["-g", "HEAD", "--cached"]), /-g <revisions> and --cached contradict/);
  assertOneComplaint(vmalint(["-f", "x.c", "--since", "v1.mbox"]), /-f and --since contradict/);
  assertOneComplaint(vmalint(["--since", "v1.mbox"]), /no patch given/);
});

test("an unknown check is exit 2 with the list of checks", () => {
  for (const words of [
    ["--types", "VMA_NO_SUCH", "x"],
    ["--ignore", "VMA_NO_SUCH", "x"],
    ["--explain", "VMA_NO_SUCH"],
  ]) {
    assertOneComplaint(vmalint(words), /VMA_NO_SUCH; there are .*VMA_COMPLETE_UNLOCKED/);
  }
});

test("--list-types has one line for each check, and --explain knows them all", () => {
  const { status, stdout } = vmalint(["--list-types"]);
  assert.equal(status, 0);
  for (const line of stdout.trimEnd().split("\n")) {
    assert.match(line, /^VMA_[A-Z_]+ +(error|warning|check) +\S/);
    const name = line.split(" ")[0] as string;
    const page = vmalint(["--explain", name.toLowerCase()]);
    assert.equal(page.status, 0);
    assert.ok(page.stdout.startsWith(`${name} (`), page.stdout.slice(0, 80));
    for (const heading of ["What", "Why", "Example", "When it is wrong", "References"]) {
      assert.ok(page.stdout.includes(`\n\n${heading}\n\n`), `${name}: ${heading}`);
    }
    for (const shown of page.stdout.split("\n")) assert.ok(shown.length <= 80, shown);
  }
});

test("a patch without anything to report is one line and exit 0", () => {
  const { status, stdout, stderr } = vmalint(["--tree", "tree", "harmless.patch"]);
  assert.equal(stderr, "");
  assert.match(
    stdout,
    /^harmless\.patch: no VMA locking problems \(0 functions proved, 0 undecided, 0 assumed; base: .*\)\n$/,
  );
  assert.equal(status, 0);
});

test("a patch comes from standard input as well", () => {
  const patch = readFileSync(join(folder, "harmless.patch"), "utf8");
  const { status, stdout } = vmalint(["--tree", "tree", "-"], patch);
  assert.match(stdout, /^-: no VMA locking problems/);
  assert.equal(status, 0);
});

test("a mail without a patch is silent", () => {
  assert.deepEqual(vmalint(["--tree", "tree", "letter.eml"]), {
    status: 0,
    stdout: "",
    stderr: "",
  });
});

test("terse and quiet print nothing when there is nothing to report", () => {
  for (const option of ["--terse", "-q", "--no-summary", "--format=terse"]) {
    assert.deepEqual(vmalint(["--tree", "tree", option, "harmless.patch"]), {
      status: 0,
      stdout: "",
      stderr: "",
    });
  }
});

test("inputs that cannot be read are one line each, and the others are checked", () => {
  const words = ["--tree", "tree", "--format", "json", "missing.patch", "harmless.patch", "empty"];
  const { status, stdout, stderr } = vmalint(words);
  assert.equal(status, 2);
  assert.equal(stderr, "vmalint: missing.patch: no such file\n");
  const { errors, patches } = JSON.parse(stdout);
  assert.equal(patches.length, 1);
  assert.deepEqual(errors, [{ file: "missing.patch", line: 0, text: "no such file" }]);
});

test("a folder of patches is an input, and its files are named from it", () => {
  const { status, stdout, stderr } = vmalint(["--tree", "tree", "queue"]);
  assert.equal(stderr, "");
  assert.match(stdout, /^queue\/0001\.patch: no VMA locking problems \(.*\)\n$/);
  assert.equal(status, 0);
  const broken = vmalint(["--tree", "tree", "broken-queue"]);
  assertOneComplaint(broken, /^vmalint: broken-queue\/series:1: .*missing\.patch cannot be read/);
});

test("a folder without patches is not called clean", () => {
  assertOneComplaint(vmalint(["--tree", "tree", "empty"]), /empty: a folder without patches/);
});

test("--since that cannot be read is bad input", () => {
  const outcome = vmalint(["--tree", "tree", "harmless.patch", "--since", "missing.mbox"]);
  assertOneComplaint(outcome, /missing\.mbox: no such file/);
  assert.match(outcome.stdout, /^harmless\.patch: no VMA/);
});

test("-g, --cached and --base outside a repository are bad input", () => {
  assertOneComplaint(vmalint(["-g", "HEAD"]), /HEAD: the tree is in no git repository/);
  assertOneComplaint(vmalint(["-g"]), /in no git repository/);
  assertOneComplaint(vmalint(["--cached"]), /--cached: the tree is in no git repository/);
  assertOneComplaint(
    vmalint(["--tree", "tree", "--base", "HEAD", "harmless.patch"]),
    /HEAD: --base names no commit/,
  );
});

test("a missing tree is one line and exit 2", () => {
  assertOneComplaint(vmalint(["--tree", "no-such-tree", "harmless.patch"]), /no-such-tree/);
  assertOneComplaint(vmalint(["--tree", "no-such-tree", "-f", "mm/nothing.c"]), /no-such-tree/);
});

test("-f takes a path from the tree's top, and none outside it", () => {
  assert.equal(vmalint(["--tree", "tree", "-f", "mm/nothing.c"]).status, 0);
  assertOneComplaint(vmalint(["--tree", "tree", "-f", "../harmless.patch"]), /harmless\.patch/);
  assertOneComplaint(vmalint(["--tree", "tree", "-f", "mm/missing.c"]), /mm\/missing\.c/);
});

test("names with control characters are shown escaped", () => {
  const { stderr } = vmalint(["--tree", "tree", "evil\u001b[2J\n.patch"]);
  assert.equal(stderr, "vmalint: evil\\x1b[2J\\x0a.patch: no such file\n");
});

test("--color alone does not swallow the name that follows", () => {
  assert.match(
    vmalint(["--tree", "tree", "--color", "harmless.patch"]).stdout,
    /^harmless\.patch: /,
  );
});

test("a reader that goes away early is no error", async () => {
  const child = spawn(process.execPath, [PROGRAM, "--help"], { cwd: folder });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  child.stdout.destroy();
  const status = await new Promise((resolve) => child.on("close", resolve));
  assert.equal(stderr, "");
  assert.equal(status, 0);
});
