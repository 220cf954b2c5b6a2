/** Inputs and outputs that are no files, or no good ones: one line, exit 2, and never a wait. */
import assert from "node:assert/strict";
import { execFileSync, spawn, spawnSync } from "node:child_process";
import {
  chmodSync,
  closeSync,
  copyFileSync,
  createWriteStream,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PROGRAM } from "./program.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));
const GOOD = join(SAMPLES, "patches/narrower-condition.patch");
const folder = mkdtempSync(join(tmpdir(), "vmalint-places-"));
after(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

const hasPipes = spawnSync("mkfifo", [at("fifo")]).status === 0;
const isRoot = process.getuid?.() === 0;
symlinkSync("loop", at("loop"));
writeFileSync(at("sparse.patch"), "");
truncateSync(at("sparse.patch"), 2 ** 31);
writeFileSync(at("secret.patch"), "");
chmodSync(at("secret.patch"), 0);
mkdirSync(at("patches"));
writeFileSync(at("patches/a.patch"), "");
truncateSync(at("patches/a.patch"), 2 ** 31);

const run = (...words: string[]) =>
  spawnSync(process.execPath, [PROGRAM, "--tree", join(SAMPLES, "linux"), ...words], {
    encoding: "utf8",
  });

const PLACES: readonly (readonly [string, string, RegExp, string | false])[] = [
  ["a pipe without a writer", at("fifo"), /nobody writes/, !hasPipes && "mkfifo is missing"],
  ["a link to itself", at("loop"), /leads to itself/, false],
  ["a sparse file of 2 GiB", at("sparse.patch"), /larger than 256 MiB/, false],
  ["a folder with a sparse file", at("patches"), /a\.patch is larger than 256 MiB/, false],
  ["an unreadable file", at("secret.patch"), /may not be read/, isRoot && "root reads everything"],
  ["a device that never ends", "/dev/zero", /larger than 256 MiB/, !existsSync("/dev/zero") && "-"],
];

for (const [name, place, complaint, skip] of PLACES) {
  test(`${name} is told in one line, and the next input is checked`, { skip }, () => {
    const { status, stdout, stderr } = run(place, GOOD);
    assert.equal(status, 2, stderr);
    assert.match(stderr, complaint);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
    assert.match(stdout, /narrower-condition\.patch: 1 error/);
  });
}

for (const place of ["fifo", "loop", "sparse.c"]) {
  test(`a source file that is none is told in one line: ${place}`, { skip: !hasPipes }, () => {
    const tree = mkdtempSync(at("tree-"));
    execFileSync("mkfifo", [join(tree, "fifo")]);
    symlinkSync("loop", join(tree, "loop"));
    writeFileSync(join(tree, "sparse.c"), "");
    truncateSync(join(tree, "sparse.c"), 2 ** 31);
    const { status, stderr } = run("--tree", tree, "-f", place);
    assert.equal(status, 2);
    assert.equal(stderr.trim().split("\n").length, 1, stderr);
  });
}

test("a link that leads out of the tree is not read", () => {
  const tree = mkdtempSync(at("tree-"));
  mkdirSync(join(tree, "mm"));
  symlinkSync(join(SAMPLES, "linux/mm/mmap.c"), join(tree, "mm/mmap.c"));
  const { status, stderr } = run("--tree", tree, "-f", "mm/mmap.c");
  assert.equal(status, 2);
  assert.match(stderr, /no such file in the tree/);
});

test("a pipe whose writer comes late is read to its end", { skip: !hasPipes }, async () => {
  execFileSync("mkfifo", [at("late")]);
  const child = spawn(process.execPath, [PROGRAM, "--tree", join(SAMPLES, "linux"), at("late")]);
  let output = "";
  child.stdout.on("data", (chunk: Buffer) => {
    output += chunk;
  });
  const ended = new Promise<number | null>((resolve) => child.on("close", resolve));
  createWriteStream(at("late")).end(readFileSync(GOOD));
  assert.equal(await ended, 1);
  assert.match(output, /1 error/);
});

test("a full device is told in one line", { skip: !existsSync("/dev/full") }, () => {
  const full = openSync("/dev/full", "w");
  const { status, stderr } = spawnSync(
    process.execPath,
    [PROGRAM, "--tree", join(SAMPLES, "linux"), GOOD],
    { stdio: ["ignore", full, "pipe"], encoding: "utf8" },
  );
  closeSync(full);
  assert.equal(status, 2);
  assert.match(stderr, /^vmalint: .*no space left[^\n]*\n$/i);
});

test("a reader that goes away ends the run without a word", async () => {
  copyFileSync(GOOD, at("good.patch"));
  const child = spawn(process.execPath, [
    PROGRAM,
    "--tree",
    join(SAMPLES, "linux"),
    ...Array.from({ length: 20 }, () => at("good.patch")),
  ]);
  child.stdout.destroy();
  let complaint = "";
  child.stderr.on("data", (chunk: Buffer) => {
    complaint += chunk;
  });
  await new Promise((resolve) => child.on("close", resolve));
  assert.doesNotMatch(complaint, /EPIPE|internal/);
});
