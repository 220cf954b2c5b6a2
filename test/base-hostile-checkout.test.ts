/** A checkout whose configuration names programs: none of them is run, on any way into git. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { appendFileSync, cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { PROGRAM } from "./program.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));
const skip = spawnSync("git", ["--version"]).status === 0 ? false : "git is not installed";
const top = mkdtempSync(join(tmpdir(), "vmalint-hostile-"));
after(() => rmSync(top, { recursive: true, force: true }));
const canary = join(top, "canary");
const attack = join(top, "attack");

/** Each with the attribute that every file has. */
const ATTACKS = {
  "filter clean": { attribute: "filter=x", config: `[filter "x"]\nclean = ${attack}\n` },
  "filter smudge": { attribute: "filter=x", config: `[filter "x"]\nsmudge = ${attack}\n` },
  "filter process": {
    attribute: "filter=x",
    config: `[filter "x"]\nprocess = ${attack}\nrequired = true\n`,
  },
  "textconv and diff command": {
    attribute: "diff=x",
    config: `[diff "x"]\ntextconv = ${attack}\ncommand = ${attack}\n`,
  },
  "external diff": { attribute: "text", config: `[diff]\nexternal = ${attack}\n` },
  "file system monitor and hooks": {
    attribute: "text",
    config: `[core]\nfsmonitor = ${attack}\nhooksPath = ${join(top, "hooks")}\n`,
  },
  "pager, gpg and aliases": {
    attribute: "text",
    config:
      `[core]\npager = ${attack}\n[log]\nshowSignature = true\n[gpg]\nprogram = ${attack}\n` +
      `[alias]\ncat-file = !${attack}\ndiff-index = !${attack}\n`,
  },
  "promisor remote": {
    attribute: "text",
    config:
      `[remote "o"]\nurl = ext::${attack}\npromisor = true\n[protocol "ext"]\nallow = always\n` +
      `[core]\nrepositoryFormatVersion = 1\n[extensions]\npartialClone = o\n`,
  },
};

for (const [name, { attribute, config }] of Object.entries(ATTACKS)) {
  test(`not run: ${name}`, { skip }, () => {
    rmSync(canary, { force: true });
    const folder = mkdtempSync(join(top, "kernel-"));
    cpSync(join(SAMPLES, "linux"), folder, { recursive: true });
    const git = (...args: string[]) =>
      execFileSync("git", args, {
        cwd: folder,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "pipe"],
      });
    git("init", "-q");
    git("add", "-A");
    git("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-q", "-m", "base");
    const base = git("rev-parse", "HEAD").trim();
    writeFileSync(attack, `#!/bin/sh\ntouch ${canary}\ncat\n`, { mode: 0o755 });
    cpSync(attack, join(top, "hooks", "post-index-change"));
    appendFileSync(join(folder, ".git/config"), config);
    writeFileSync(join(folder, ".gitattributes"), `* ${attribute}\n`);
    appendFileSync(join(folder, "mm/mmap.c"), "/* changed */\n");
    const patch = join(folder, "x.patch");
    const text = `Subject: x\n\n--- a/mm/mmap.c\n+++ b/mm/mmap.c\n@@ -0,0 +1 @@\n+/* x */\n`;
    writeFileSync(
      patch,
      `${text}-- \n2.39\n\nbase-commit: ${base}\nprerequisite-patch-id: ${"1".repeat(40)}\n`,
    );
    const missing = text.replace("---", `index ${"2".repeat(40)}..${"3".repeat(40)} 100644\n---`);
    writeFileSync(join(folder, "y.patch"), `diff --git a/mm/mmap.c b/mm/mmap.c\n${missing}`);
    for (const words of [
      ["x.patch"],
      ["y.patch"],
      ["--base", base, "x.patch"],
      ["-g"],
      ["-g", "HEAD"],
      ["--cached"],
    ]) {
      const run = spawnSync(process.execPath, [PROGRAM, ...words], {
        cwd: folder,
        encoding: "utf8",
      });
      assert.ok(run.status === 0 || run.status === 1 || run.status === 2, run.stderr);
      assert.equal(existsSync(canary), false, words.join(" "));
    }
  });
}
