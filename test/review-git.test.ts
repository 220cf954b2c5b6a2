/**
 * The ways a patch comes out of a repository, and into one, as a user runs them: commits, the
 * index, the work tree, bases, folders of mails. The real git makes all of it.
 */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PROGRAM } from "./program.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));
const SERIES = join(SAMPLES, "patches", "series-broken-in-the-middle.patch");

const skip = spawnSync("git", ["--version"]).status === 0 ? false : "git is not installed";
const top = mkdtempSync(join(tmpdir(), "vmalint-git-"));
after(() => rmSync(top, { recursive: true, force: true }));

/** A kernel in a repository; `HEAD~2` is clean, `HEAD~1` drops a lock, `HEAD` brings it back. */
class Kernel {
  readonly folder: string;

  /** `below`: where in the repository the sources lie. */
  constructor(name: string, below = ".") {
    this.folder = join(top, name);
    mkdirSync(this.folder);
    cpSync(join(SAMPLES, "linux"), join(this.folder, below), { recursive: true });
    this.git("init", "-q", ".");
    this.git("config", "user.name", "A");
    this.git("config", "user.email", "a@b.example");
    this.commit("base");
    this.git("am", "-q", ...(below === "." ? [] : [`--directory=${below}`]), SERIES);
  }

  git(...args: readonly string[]): string {
    return execFileSync("git", args, {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  }

  commit(subject: string): void {
    this.git("add", "-A");
    this.git("commit", "-q", "-m", subject);
  }

  id(revision: string): string {
    return this.git("rev-parse", revision).slice(0, 12);
  }

  replace(path: string, from: string, to: string): void {
    const text = readFileSync(join(this.folder, path), "utf8");
    assert.ok(text.includes(from), from);
    writeFileSync(join(this.folder, path), text.replace(from, to));
  }

  run(words: readonly string[], below = "."): { status: number | null; out: string; err: string } {
    const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM, ...words], {
      cwd: join(this.folder, below),
      encoding: "utf8",
    });
    return { status, out: stdout, err: stderr };
  }
}

function assertOneComplaint(outcome: ReturnType<Kernel["run"]>, pattern: RegExp): void {
  assert.equal(outcome.status, 2);
  assert.match(outcome.err, /^vmalint: [^\n]*\n$/);
  assert.match(outcome.err, pattern);
  assert.equal(outcome.out, "");
}

const shared = skip === false ? new Kernel("shared") : null;

function kernel(): Kernel {
  return shared as Kernel;
}

test("-g with a range: the commits, oldest first, on what they were made for", { skip }, () => {
  const [first, second, base] = ["HEAD~1", "HEAD", "HEAD~2"].map((name) => kernel().id(name));
  for (const [words, below] of [
    [["-g", "HEAD~2.."], "."],
    [["-g", "HEAD-2"], "mm"],
  ] as const) {
    const { status, out, err } = kernel().run(words, below);
    assert.equal(err, "");
    assert.match(
      out,
      new RegExp(`^${first}: 1 error, .* blob 6f68bdb13558 of commit ${base}\\)$`, "m"),
    );
    assert.match(out, new RegExp(`^${second}: .* fixes 1 .* blob 170ea87ea587 after 1/2\\)$`, "m"));
    assert.match(out, / {4}introduced in 1\/2, fixed in 2\/2: the series does not bisect\n/);
    assert.match(
      out,
      /order: 2\/2 moved to just before 1\/2 still applies, and is clean throughout\n/,
    );
    assert.equal(status, 1);
  }
});

test("-g with one commit checks that one", { skip }, () => {
  const { status, out } = kernel().run(["-g", "HEAD"]);
  assert.match(
    out,
    new RegExp(`^${kernel().id("HEAD")}: no VMA locking problems, fixes 1 [^\n]*\n$`),
  );
  assert.equal(status, 0);
  const json = JSON.parse(kernel().run(["-g", "HEAD", "--format", "json"]).out);
  assert.equal(json.patches[0].base.commit, kernel().git("rev-parse", "HEAD~1"));
});

test("-g leaves merges out", { skip }, () => {
  const own = new Kernel("merges");
  own.git("checkout", "-q", "-b", "side", "HEAD~2");
  writeFileSync(join(own.folder, "README"), "side\n");
  own.commit("side");
  own.git("merge", "-q", "--no-edit", "@{-1}");
  const json = JSON.parse(own.run(["-g", "HEAD~2..", "--format", "json"]).out);
  const subjects = json.patches.map(({ subject }: { subject: string }) => subject);
  assert.deepEqual(subjects.sort(), [
    "mm: lock next in vma_expand",
    "mm: take next's lock out of vma_expand",
    "side",
  ]);
});

test("-g alone is the work tree, --cached the index; neither is written to", { skip }, () => {
  const own = new Kernel("changed");
  assert.deepEqual(own.run(["-g"]), {
    status: 0,
    out: "-g: the work tree has no changes\n",
    err: "",
  });
  own.replace("mm/mmap.c", "\tvma_start_write(new);\n", "");
  const status = own.git("status", "--porcelain");
  const changed = own.run(["-g"], "mm");
  assert.match(changed.out, /^error\[VMA_COMPLETE_UNLOCKED\]: `new` is inserted/);
  assert.match(changed.out, /\nwork tree: 1 error/);
  assert.equal(changed.status, 1);
  assert.deepEqual(own.run(["--cached"]), {
    status: 0,
    out: "--cached: nothing is staged\n",
    err: "",
  });
  assert.equal(own.git("status", "--porcelain"), status);
  own.git("add", "-A");
  const staged = own.run(["--cached", "-q"]);
  assert.match(staged.out, /`new` is inserted/);
  assert.equal(staged.status, 1);
});

test("-g knows a kernel that lies deeper in its repository", { skip }, () => {
  const own = new Kernel("deeper", "sources/linux");
  for (const [words, path] of [
    [[], "sources/linux/mm/mmap.c"],
    [["--tree", "."], "mm/mmap.c"],
  ] as const) {
    const { status, out, err } = own.run(["-g", "HEAD~1", ...words], "sources/linux");
    assert.equal(err, "");
    assert.ok(out.includes(`--> ${path}:143  in vma_expand()`), out);
    assert.equal(status, 1);
  }
});

test("nothing staged, a clean work tree, a merge: said so, and no error", { skip }, () => {
  const own = new Kernel("nothing");
  own.git("checkout", "-q", "-b", "side", "HEAD~1");
  own.replace("mm/mmap.c", "/* ", "/*  ");
  own.commit("mm: something");
  own.git("checkout", "-q", "-");
  own.git("merge", "-q", "--no-edit", "side");
  for (const [words, said] of [
    [["-g"], "-g: the work tree has no changes\n"],
    [["--cached"], "--cached: nothing is staged\n"],
    [["-g", "HEAD..HEAD"], "-g HEAD..HEAD: no changes; merges are not checked\n"],
    [["-g", "HEAD"], "-g HEAD: no changes; merges are not checked\n"],
    [["-g", "-q"], ""],
  ] as const) {
    assert.deepEqual(own.run([...words]), { status: 0, out: said, err: "" });
  }
});

test("revisions that git does not know are one line and exit 2", { skip }, () => {
  assertOneComplaint(kernel().run(["-g", "nosuch"]), /nosuch: no such commit/);
  assertOneComplaint(kernel().run(["-g", "nosuch.."]), /nosuch\.\.: git: /);
  assertOneComplaint(kernel().run(["-g", "--output=x.."]), /unknown option/);
  assertOneComplaint(kernel().run(["--base", "nosuch", SERIES]), /nosuch: --base names no commit/);
});

test("--base decides which commit a patch applies to", { skip }, () => {
  const own = new Kernel("based");
  own.git("checkout", "-q", "-b", "later");
  own.replace("mm/mmap.c", "int vma_expand(", "int vma_expand_later(");
  own.commit("mm: rename");
  const base = own.id("HEAD~3");
  const { status, out, err } = own.run(["--base", "HEAD~3", SERIES]);
  assert.equal(err, "");
  assert.match(out, new RegExp(`base: commit ${base} \\(--base\\)\\)\n`));
  assert.match(out, new RegExp(`base: commit ${base} \\(--base\\) after 1/2\\)\n`));
  assert.match(out, /in vma_expand\(\)/);
  assert.equal(status, 1);
});

test("a trailer names the base of a patch without ids", { skip }, () => {
  const base = kernel().git("rev-parse", "HEAD~2");
  const patch = readFileSync(SERIES, "utf8").split(/^(?=From 0{40} )/m)[0] as string;
  const text = `${patch.replace(/^index .*\n/m, "")}base-commit: ${base}\n`;
  writeFileSync(join(kernel().folder, "../trailer.patch"), text);
  const { out } = kernel().run(["../trailer.patch"]);
  assert.match(out, new RegExp(`base: trailer ${base.slice(0, 12)}, not exact\\)\n$`));
});

test("hunks are followed, and said so; other context needs --fuzz", { skip }, () => {
  const own = new Kernel("moved");
  own.git("checkout", "-q", "HEAD~2");
  own.replace("mm/mmap.c", "/*\n", "/* above */\n\n/*\n");
  const patch = readFileSync(SERIES, "utf8").split(/^(?=From 0{40} )/m)[0] as string;
  writeFileSync(join(own.folder, "x.patch"), patch.replace(/^index .*\n/m, ""));
  const moved = own.run(["x.patch"]);
  assert.match(moved.out, /^x\.patch: note: hunk 1 of mm\/mmap\.c .*\+2 lines off$/m);
  assert.match(moved.out, /base: the tree as it stands\)\n$/);
  assert.doesNotMatch(own.run(["-q", "x.patch"]).out, /note: hunk/);
  assert.doesNotMatch(own.run(["--terse", "x.patch"]).out, /note: hunk/);
  assert.doesNotMatch(own.run(["--no-summary", "x.patch"]).out, /x\.patch: note/);
  own.replace(
    "mm/mmap.c",
    "\t\terr = dup_anon_vma(vma, next);\n\t\tif (err)\n\t\t\treturn err;\n\t}\n\n\tvma_iter_config",
    "\t\terr = dup_anon_vma(vma, next);\n\t\tif (err)\n\t\t\treturn (err);\n\t}\n\n\tvma_iter_config",
  );
  const refused = own.run(["x.patch"]);
  assertOneComplaint(refused, /x\.patch:\d+: hunk 1 of mm\/mmap\.c does not apply/);
  const fuzzy = own.run(["--fuzz", "1", "x.patch"]);
  assert.equal(fuzzy.err, "");
  assert.match(fuzzy.out, /^error\[VMA_COMPLETE_UNLOCKED\]/);
  assert.match(fuzzy.out, /^x\.patch: note: .*fuzz/m);
});

test("a folder of format-patch is a series, and --since takes one, too", { skip }, () => {
  kernel().git("format-patch", "-q", "-o", "../new", "HEAD~2");
  kernel().git("format-patch", "-q", "-o", "../old", "HEAD~2..HEAD~1");
  const words = ["--base", "HEAD~2", "../new", "--since", "../old"];
  const { status, out, err } = kernel().run(words);
  assert.equal(err, "");
  assert.match(out, /^\.\.\/new\/0001-mm-take-next-s-lock-out-of-vma_expand\.patch: 1 error, /m);
  assert.match(out, /^2 patches: clean at the end, not throughout\n/m);
  assert.match(out, /^since \.\.\/old: 0 resolved, 0 new, 1 still there\n/m);
  assert.equal(status, 1);
});
