/** Which base a patch gets, in a repository made by the real git, and what is said about it. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { openTree } from "../src/base/folder-tree.js";
import { commitPatches, indexPatches, workTreePatches } from "../src/base/git-patches.js";
import { type PreparedPatch, preparePatch } from "../src/base/prepare-patch.js";
import { findRepository, type Repository } from "../src/base/repository.js";
import { InputError } from "../src/findings/input-error.js";
import { readPatches } from "../src/mail/read-patches.js";

const skip = spawnSync("git", ["--version"]).status === 0 ? false : "git is not installed";
const top = realpathSync(mkdtempSync(join(tmpdir(), "vmalint-resolve-")));
after(() => rmSync(top, { recursive: true }));

class Work {
  readonly folder: string;

  constructor(name: string) {
    this.folder = join(top, name);
    mkdirSync(this.folder);
    this.git("init", "-q", "-b", "main", ".");
    this.git("config", "user.name", "A");
    this.git("config", "user.email", "a@b.example");
  }

  git(...args: string[]): string {
    return execFileSync("git", args, {
      cwd: this.folder,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
  }

  write(path: string, text: string): void {
    mkdirSync(dirname(join(this.folder, path)), { recursive: true });
    writeFileSync(join(this.folder, path), text);
  }

  commit(files: Readonly<Record<string, string>>, subject: string): string {
    for (const [path, text] of Object.entries(files)) this.write(path, text);
    this.git("add", "-A");
    this.git("commit", "-q", "--allow-empty", "-m", subject);
    return this.git("rev-parse", "HEAD").trim();
  }

  places(base: string | null = null) {
    return {
      tree: openTree(this.folder),
      repository: findRepository(this.folder) as Repository,
      base,
    };
  }

  async prepare(text: string, base: string | null = null): Promise<PreparedPatch[]> {
    const places = this.places(base);
    const done: PreparedPatch[] = [];
    for (const patch of await readPatches({ name: "x.patch", bytes: Buffer.from(text) })) {
      done.push(preparePatch(patch, { places, previous: done[done.length - 1] ?? null }));
    }
    return done;
  }
}

const lines = (...words: string[]) => `${words.join("\n")}\n`;
const A = lines("a", "b", "c", "d", "e", "f", "g", "h");

/** Three commits on mm/a.c and mm/b.h, and the patch that the second one is. */
function history(name: string) {
  const work = new Work(name);
  const first = work.commit({ "mm/a.c": A, "mm/b.h": "one\n" }, "first");
  const second = work.commit({ "mm/a.c": A.replace("d", "D") }, "second");
  const patch = work.git("format-patch", "--stdout", "-1", second);
  const third = work.commit({ "mm/a.c": A.replace("d", "X"), "mm/b.h": "three\n" }, "third");
  return { work, first, second, third, patch };
}

const short = (patch: PreparedPatch | undefined) => [
  patch?.base.how,
  patch?.base.commit,
  ...(patch?.base.files.map((file) => file.exact) ?? []),
];

test("the blobs of the index lines are found, and with them the commit", { skip }, async () => {
  const { work, first, patch } = history("blob");
  const [prepared] = await work.prepare(patch);
  assert.deepEqual(short(prepared), ["blob", first, true]);
  assert.equal(prepared?.before.read("mm/b.h"), "one\n");
  assert.equal(prepared?.after.read("mm/a.c"), A.replace("d", "D"));
});

test("also when only the diff is left, without its commit", { skip }, async () => {
  const { work, first, patch } = history("diff");
  const [prepared] = await work.prepare(patch.slice(patch.indexOf("diff --git")));
  assert.deepEqual(short(prepared), ["blob", first, true]);
});

test("a blob in no commit gives one file, the rest as it stands, not exact", { skip }, async () => {
  const { work, patch } = history("loose");
  work.git("checkout", "-q", "--orphan", "other");
  work.commit({ "mm/a.c": "else\n", "mm/b.h": "other\n" }, "other");
  work.git("branch", "-q", "-D", "main");
  const [prepared] = await work.prepare(patch.slice(patch.indexOf("diff --git")));
  assert.deepEqual(short(prepared), ["blob", null, false]);
  assert.equal(prepared?.before.read("mm/a.c"), A);
  assert.equal(prepared?.before.read("mm/b.h"), "other\n");
});

test("--base decides alone", { skip }, async () => {
  const { work, first, third, patch } = history("base");
  assert.deepEqual(short((await work.prepare(patch, first))[0]), ["commit", first, true]);
  assert.match(
    (await work.prepare(patch, third))[0]?.errors[0]?.message ?? "",
    /hunk 1 of mm\/a.c does not apply: expected "d" at line 4, found "X"/,
  );
  await assert.rejects(work.prepare(patch, "nothing"), InputError);
});

test("base-commit counts where ids do not help", { skip }, async () => {
  const { work, first, patch } = history("trailer");
  const bare = patch
    .replace(/^index .*$/m, "index 1111111..2222222 100644")
    .replace(/^From \w+/, `From ${"0".repeat(40)}`);
  const [prepared] = await work.prepare(bare.replace(/^-- $/m, `base-commit: ${first}\n-- `));
  assert.deepEqual(short(prepared), ["trailer", first, false]);
  const [asked] = await work.prepare(
    bare.replace(/^-- $/m, `base-commit: ${first}\nprerequisite-patch-id: ${"1".repeat(40)}\n-- `),
  );
  assert.deepEqual(asked?.notes, [
    "the patch asks for 1 prerequisite patch, which cannot be applied: 111111111111 is in no commit here",
  ]);
});

test("prerequisite patches are found by their ids and applied to the base", { skip }, async () => {
  const { work, first } = history("prerequisite");
  work.git("checkout", "-q", "-b", "topic", first);
  work.commit({ "mm/a.c": A.replace("b", "B") }, "needed");
  work.commit({ "mm/b.h": "two\n" }, "needed, too");
  work.commit({ "mm/a.c": A.replace("b", "B").replace("d", "D") }, "sent");
  const sent = work
    .git("format-patch", "--stdout", "-1", `--base=${first}`)
    .replace(/^index .*$/m, "index 1111111..2222222 100644")
    .replace(/^From \w+/, `From ${"0".repeat(40)}`);
  assert.match(sent, new RegExp(`base-commit: ${first}`));
  assert.equal(sent.match(/^prerequisite-patch-id: /gm)?.length, 2);
  work.git("checkout", "-q", "main");
  const [prepared] = await work.prepare(sent);
  assert.deepEqual(short(prepared), ["trailer", first, false]);
  assert.deepEqual(prepared?.notes, ["2 prerequisite patches of the base applied"]);
  assert.equal(prepared?.before.read("mm/b.h"), "two\n");
  assert.equal(prepared?.before.read("mm/a.c"), A.replace("b", "B"));
});

test("else the tree as it stands, which needs no git", { skip }, async () => {
  const { work, patch } = history("tree");
  const plain = patch.replace(/^index .*\n/m, "").replace(/^From \w+/, `From ${"0".repeat(40)}`);
  assert.equal((await work.prepare(plain))[0]?.fits, false);
  work.write("mm/a.c", A);
  assert.deepEqual(short((await work.prepare(plain))[0]), ["tree", null, false]);
  const places = { tree: openTree(work.folder), repository: null, base: null };
  const [text] = await readPatches({ name: "x", bytes: Buffer.from(patch) });
  assert.ok(text);
  assert.deepEqual(short(preparePatch(text, { places })), ["blob", null, true]);
});

test("a series stands on its first patch; a patch for another base stands alone", {
  skip,
}, async () => {
  const { work, first } = history("series");
  const series = work.git("format-patch", "--stdout", `${first}..`);
  const [second, third] = await work.prepare(series);
  assert.deepEqual(
    [short(second), short(third)],
    [
      ["blob", first, true],
      ["blob", first, true, true],
    ],
  );
  assert.equal(third?.before.read("mm/a.c"), A.replace("d", "D"));
  const rival = work.git("diff", first, `${first}~0`).length;
  assert.equal(rival, 0);
  work.git("checkout", "-q", "-b", "rival", first);
  work.commit({ "mm/a.c": A.replace("g", "G") }, "rival");
  const alone = work.git("format-patch", "--stdout", "-1");
  const places = work.places();
  const [text] = await readPatches({ name: "x", bytes: Buffer.from(alone) });
  assert.ok(text && third);
  const prepared = preparePatch(text, { places, previous: third });
  places.repository.blobs.close();
  assert.equal(prepared.before.read("mm/a.c"), A);
});

test("-g: one commit, a range oldest first, a count; merges skipped", { skip }, async () => {
  const { work, first, second, third } = history("range");
  work.git("checkout", "-q", "-b", "side", first);
  const side = work.commit({ "mm/side.c": "side\n" }, "side");
  work.git("checkout", "-q", "main");
  work.git("merge", "-q", "--no-ff", "-m", "merge", "side");
  const { repository } = work.places();
  const commits = (revisions: string) =>
    commitPatches(repository, revisions).then((all) => all.map((patch) => patch.commit));
  assert.deepEqual(await commits(second), [second]);
  assert.deepEqual(await commits(`${first}..main~1`), [second, third]);
  assert.deepEqual(new Set(await commits(`${first}..`)), new Set([second, third, side]));
  assert.deepEqual(await commits("main~1-2"), [second, third]);
  assert.deepEqual(await commits("main"), []);
  assert.deepEqual(await commits(first), [first]);
  for (const bad of ["none", "none..main", "--help", "--output=x", ""])
    await assert.rejects(commits(bad), InputError, bad);
  assert.deepEqual(readdirSync(work.folder).sort(), [".git", "mm"]);
  repository.blobs.close();
});

test("-g gives patches that apply to the commit's parent", { skip }, async () => {
  const { work, third, second } = history("parent");
  const places = work.places();
  const [text] = await commitPatches(places.repository, third);
  assert.ok(text);
  const prepared = preparePatch(text, { places });
  assert.deepEqual(short(prepared), ["blob", second, true, true]);
  assert.equal(text.subject, "third");
  places.repository.blobs.close();
});

test("-g: a first commit stands on nothing, one that only adds files on its parent", {
  skip,
}, async () => {
  const work = new Work("births");
  const first = work.commit({ "a.c": A }, "first");
  const second = work.commit({ "b.c": A }, "second");
  const places = work.places();
  const prepare = (revision: string) =>
    commitPatches(places.repository, revision).then((all) =>
      all.map((text) => preparePatch(text, { places })),
    );
  const [root] = await prepare(first);
  assert.deepEqual(short(root), ["commit", null, true]);
  assert.equal(root?.before.read("a.c"), null);
  const [child] = await prepare(second);
  assert.deepEqual(short(child), ["commit", first, true]);
  assert.equal(child?.after.read("b.c"), A);
  places.repository.blobs.close();
});

test("-g: a commit from another branch stands on its own parent", { skip }, async () => {
  const { work, first } = history("branches");
  work.git("checkout", "-q", "-b", "side", first);
  const side = work.commit({ "mm/side.c": "side\n" }, "side");
  work.git("checkout", "-q", "main");
  work.git("merge", "-q", "--no-ff", "-m", "merge", "side");
  const places = work.places();
  let previous: PreparedPatch | null = null;
  for (const text of await commitPatches(places.repository, `${first}..`)) {
    previous = preparePatch(text, { places, previous });
    if (text.commit === side) assert.equal(previous.before.read("mm/b.h"), "one\n");
    for (const path of ["mm/a.c", "mm/b.h"]) {
      const there = places.repository.fileAt(text.commit ?? "", path)?.text;
      assert.equal(previous.after.read(path), there);
    }
  }
  places.repository.blobs.close();
});

test("the index and the work tree are patches, too", { skip }, async () => {
  const { work } = history("index");
  const { repository } = work.places();
  assert.deepEqual(await indexPatches(repository), []);
  assert.deepEqual(await workTreePatches(repository), []);
  work.write("mm/a.c", "staged\n");
  work.git("add", "-A");
  work.write("mm/b.h", "not staged\n");
  const index = readFileSync(join(work.folder, ".git/index"));
  const paths = (patches: readonly { lines: readonly string[] }[]) =>
    patches.flatMap((patch) => patch.lines.filter((line) => line.startsWith("+++")));
  assert.deepEqual(paths(await indexPatches(repository)), ["+++ b/mm/a.c"]);
  assert.deepEqual(paths(await workTreePatches(repository)), ["+++ b/mm/a.c", "+++ b/mm/b.h"]);
  assert.deepEqual(readFileSync(join(work.folder, ".git/index")), index);
  repository.blobs.close();
});

test("renames, copies, deletions and files that swap names", { skip }, async () => {
  const work = new Work("moves");
  const B = lines("1", "2", "3", "4", "5", "6", "7", "8");
  const first = work.commit({ "a.c": A, "b.c": B, "gone.c": "x\n" }, "first");
  work.git("rm", "-q", "gone.c");
  work.commit({ "a.c": B.replace("4", "four"), "b.c": A, "copy.c": A.replace("h", "H") }, "swap");
  const [prepared] = await work.prepare(
    work.git("format-patch", "--stdout", "-B", "-C", "--find-copies-harder", "-1"),
    first,
  );
  assert.equal(prepared?.after.read("a.c"), B.replace("4", "four"));
  assert.equal(prepared?.after.read("b.c"), A);
  assert.equal(prepared?.after.read("copy.c"), A.replace("h", "H"));
  assert.equal(prepared?.after.read("gone.c"), null);
});

test("a partial tree: what is missing is a note, all missing is an error", { skip }, async () => {
  const { work, first } = history("partial");
  work.git("checkout", "-q", first);
  const patch = work.git("diff", first, "main");
  const folder = join(top, "part");
  mkdirSync(join(folder, "mm"), { recursive: true });
  writeFileSync(join(folder, "mm/a.c"), A);
  const places = { tree: openTree(folder), repository: null, base: null };
  const [text] = await readPatches({ name: "x", bytes: Buffer.from(patch) });
  assert.ok(text);
  assert.deepEqual(preparePatch(text, { places }).notes, ["mm/b.h is not in the tree, skipped"]);
  rmSync(join(folder, "mm/a.c"));
  assert.throws(
    () => preparePatch(text, { places: { ...places, tree: openTree(folder) } }),
    /^InputError: mm\/a.c is not in the tree \(nor is the patch's other file\)/,
  );
});
