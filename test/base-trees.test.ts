/** Trees: folders, overlays, commits. What they give, and what they do not let out. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { findKernelTree } from "../src/base/find-kernel-tree.js";
import { openTree } from "../src/base/folder-tree.js";
import { commitTree, indexTree } from "../src/base/git-tree.js";
import { overlay } from "../src/base/overlay.js";
import { findRepository, type Repository } from "../src/base/repository.js";
import type { Tree } from "../src/base/tree.js";
import { InputError } from "../src/findings/input-error.js";

const top = realpathSync(mkdtempSync(join(tmpdir(), "vmalint-base-")));
after(() => rmSync(top, { recursive: true }));

const hasGit = spawnSync("git", ["--version"]).status === 0;
const skip = hasGit ? false : "git is not installed";

function write(folder: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  return folder;
}

const FILES = {
  "mm/vma.c": "int vma_shrink(void) { return other(); }\n",
  "mm/vma.h": "int vma_shrink(void);\n",
  "mm/more.c": "int vma_shrink_more(void);\n",
  "fs/exec.c": "void f(void) { vma_shrink(); }\n",
  "Documentation/mm.rst": "vma_shrink\n",
  "name with blank.c": "vma_shrink\n",
};

/** What every kind of tree must do. */
function behaves(tree: Tree): void {
  assert.equal(tree.read("mm/vma.h"), FILES["mm/vma.h"]);
  assert.equal(tree.read("mm/none.h"), null);
  assert.equal(tree.read("mm"), null);
  assert.deepEqual(tree.find(["vma_shrink"]), [
    "fs/exec.c",
    "mm/vma.c",
    "mm/vma.h",
    "name with blank.c",
  ]);
  assert.deepEqual(tree.find(["vma_shrink"], ["mm"]), ["mm/vma.c", "mm/vma.h"]);
  assert.deepEqual(tree.find(["vma_shrink"], ["mm/", "fs"]), ["fs/exec.c", "mm/vma.c", "mm/vma.h"]);
  assert.deepEqual(tree.find(["other", "vma_shrink_more"]), ["mm/more.c", "mm/vma.c"]);
  assert.deepEqual(tree.find(["shrink"]), []);
  assert.deepEqual(tree.find(["vma_shrink"], ["no/such/folder"]), []);
  assert.deepEqual(tree.find(["vma_shrink"], []), []);
  assert.deepEqual(tree.find([]), []);
  for (const path of [
    "../secret.c",
    "/etc/passwd",
    "mm/../../secret.c",
    "",
    ".git/config",
    "mm/\0.c",
    "a\nb",
  ]) {
    assert.equal(tree.read(path), null, path);
  }
  assert.deepEqual(tree.find(["vma_shrink"], ["..", "../.."]), []);
}

test("a folder is a tree", () => behaves(openTree(write(join(top, "folder"), FILES))));

test("a folder lets nothing out through links, and does not wait for pipes", () => {
  const folder = write(join(top, "links"), { "mm/a.c": "vma_shrink" });
  write(top, { "secret.c": "vma_shrink" });
  symlinkSync(join(top, "secret.c"), join(folder, "mm/b.c"));
  symlinkSync(top, join(folder, "out"));
  symlinkSync(".", join(folder, "mm/loop"));
  symlinkSync("a.c", join(folder, "mm/inside.c"));
  const tree = openTree(folder);
  assert.equal(tree.read("mm/b.c"), null);
  assert.equal(tree.read("out/secret.c"), null);
  assert.equal(tree.read("mm/inside.c"), "vma_shrink");
  assert.equal(tree.read("mm/loop/a.c"), "vma_shrink");
  assert.deepEqual(tree.find(["vma_shrink"]), ["mm/a.c"]);
  assert.deepEqual(tree.find(["vma_shrink"], ["out"]), []);
  if (spawnSync("mkfifo", [join(folder, "mm/pipe.c")]).status === 0)
    assert.equal(tree.read("mm/pipe.c"), null);
});

test("a missing tree is bad input", () => {
  assert.throws(() => openTree(join(top, "none")), InputError);
  write(top, { file: "" });
  assert.throws(() => openTree(join(top, "file")), InputError);
});

test("an overlay replaces, adds and removes files", () => {
  const under = openTree(write(join(top, "under"), FILES));
  behaves(overlay(under, new Map()));
  const tree = overlay(
    under,
    new Map([
      ["mm/vma.c", "nothing"],
      ["fs/exec.c", null],
      ["mm/new.c", "x = vma_shrink"],
    ]),
  );
  assert.equal(tree.read("mm/vma.c"), "nothing");
  assert.equal(tree.read("fs/exec.c"), null);
  assert.deepEqual(tree.find(["vma_shrink"]), ["mm/new.c", "mm/vma.h", "name with blank.c"]);
  assert.deepEqual(tree.find(["vma_shrink"], ["fs"]), []);
});

test("Latin-1 files are read, big ones are not searched", () => {
  const folder = join(top, "latin");
  write(folder, { "big.c": `${"x ".repeat(1_100_000)}vma_shrink` });
  writeFileSync(join(folder, "old.c"), Buffer.from("/* J\xfcrgen */\nvma_shrink\n", "latin1"));
  const tree = openTree(folder);
  assert.equal(tree.read("old.c"), "/* Jürgen */\nvma_shrink\n");
  assert.deepEqual(tree.find(["vma_shrink"]), ["old.c"]);
});

test("the kernel tree around a folder is found", () => {
  const folder = write(join(top, "kernel"), {
    Kbuild: "",
    MAINTAINERS: "",
    "mm/x.c": "",
    "include/linux/x.h": "",
    "fs/ext4/x.c": "",
  });
  assert.equal(findKernelTree(join(folder, "fs/ext4")), folder);
  assert.equal(findKernelTree(folder), folder);
  assert.equal(findKernelTree(join(top, "under")), findKernelTree(top));
});

function commit(folder: string, files: Readonly<Record<string, string>>): string {
  write(folder, files);
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8" }).trim();
  git("init", "-q", ".");
  git("add", "-A");
  git("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-q", "-m", "a commit");
  return git("rev-parse", "HEAD");
}

test("a commit is a tree, whatever the work tree holds", { skip }, () => {
  const folder = join(top, "repository");
  const id = commit(folder, FILES);
  write(folder, { "mm/vma.h": "changed\n", "mm/untracked.c": "vma_shrink" });
  const repository = findRepository(folder) as Repository;
  behaves(commitTree(repository, id));
  behaves(indexTree(repository));
  assert.equal(repository.commit("HEAD"), id);
  assert.equal(repository.commit("--help"), null);
  assert.equal(repository.commit("no-such-branch"), null);
  repository.blobs.close();
});

test("a tree below the top of a repository keeps its own paths", { skip }, () => {
  const folder = join(top, "deep");
  const id = commit(
    folder,
    Object.fromEntries(Object.entries(FILES).map(([path, text]) => [`a/tree/${path}`, text])),
  );
  write(folder, { "mm/vma.c": "vma_shrink" });
  const repository = findRepository(join(folder, "a/tree")) as Repository;
  assert.equal(repository.prefix, "a/tree/");
  behaves(commitTree(repository, id));
  repository.blobs.close();
});

test("blobs come by abbreviated ids; what is no blob is none", { skip }, () => {
  const folder = join(top, "blobs");
  const id = commit(folder, { "x.c": "one\n", "y.c": "x".repeat(300_000) });
  const { blobs } = findRepository(folder) as Repository;
  assert.equal(blobs.read("5626abf")?.text, "one\n");
  assert.equal(blobs.read("5626abf")?.id, "5626abf0f72e58d7a153368ba57db4c673c0e171");
  assert.equal(blobs.read(`${id}:y.c`)?.text.length, 300_000);
  for (const name of [id, "1234567", "", "HEAD", `${id}:none`, "a\nb", "-h"])
    assert.equal(blobs.read(name), null, name);
  assert.equal(blobs.read("5626abf")?.text, "one\n");
  blobs.close();
  assert.equal(blobs.read("5626abf"), null);
});
