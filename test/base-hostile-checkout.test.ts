/** A checkout whose configuration names programs: none of them is run, on any way into git. */
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
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
  "included configuration": {
    attribute: "filter=x diff=x",
    config: `[include]\npath = ${join(top, "included")}\n`,
  },
  "work tree elsewhere": { attribute: "filter=x", config: `[core]\nworktree = ${top}\n` },
  submodule: {
    attribute: "text",
    config:
      `[submodule "sub"]\nurl = ext::${attack}\nupdate = !${attack}\nactive = true\n` +
      `[submodule]\nrecurse = true\n[diff]\nsubmodule = log\n[protocol "ext"]\nallow = always\n`,
  },
};
const INCLUDED = `[filter "x"]\nclean = ${attack}\n[diff "x"]\ntextconv = ${attack}\n[core]\nfsmonitor = ${attack}\n`;

/** What a shell or a hook may have left, all of it pointing at the attack. */
const ENVIRONMENT = {
  PATH: `.:bin::${process.env.PATH}`,
  GIT_DIR: join(top, "nowhere"),
  GIT_EXTERNAL_DIFF: attack,
  GIT_PAGER: attack,
  GIT_SSH_COMMAND: attack,
  GIT_ASKPASS: attack,
  GIT_EXEC_PATH: top,
  GIT_CONFIG_COUNT: "1",
  GIT_CONFIG_KEY_0: "core.fsmonitor",
  GIT_CONFIG_VALUE_0: attack,
};

for (const [name, { attribute, config }] of Object.entries(ATTACKS)) {
  test(`not run: ${name}`, { skip }, () => assertNothingRuns(hostileCheckout(attribute, config)));
}

test("not run: what the environment and the PATH name", { skip }, () => {
  const folder = hostileCheckout("text", "");
  mkdirSync(join(folder, "bin"));
  for (const place of ["git", "bin/git"]) cpSync(attack, join(folder, place));
  assertNothingRuns(folder, ENVIRONMENT, [...ways(), ...DISGUISED]);
});

test("not run: what a .git file elsewhere and alternates lead to", { skip }, () => {
  const folder = hostileCheckout("filter=x", `[filter "x"]\nclean = ${attack}\n`);
  const elsewhere = mkdtempSync(join(top, "elsewhere-"));
  cpSync(join(folder, ".git"), join(elsewhere, "git"), { recursive: true });
  rmSync(join(folder, ".git"), { recursive: true });
  writeFileSync(join(folder, ".git"), `gitdir: ${elsewhere}/git\n`);
  writeFileSync(join(elsewhere, "git/objects/info/alternates"), `${elsewhere}/more\n`);
  assertNothingRuns(folder);
});

const straceSkip =
  skip || (spawnSync("strace", ["-V"]).status === 0 ? false : "strace is not installed");

test("by strace: nothing but git and node runs, nothing else is opened", {
  skip: straceSkip,
}, () => {
  const folder = hostileCheckout("filter=x diff=x", INCLUDED);
  writeFileSync(join(top, "secret.c"), "int secret;\n");
  symlinkSync(join(top, "secret.c"), join(folder, "mm/secret.c"));
  symlinkSync(top, join(folder, "mm/out"));
  for (const words of ways()) {
    const log = join(mkdtempSync(join(top, "log-")), "strace");
    const traced = spawnSync(
      "strace",
      ["-f", "-s", "4096", "-e", "trace=execve,execveat,open,openat,creat", "-o", log].concat(
        process.execPath,
        PROGRAM,
        ...words,
      ),
      { cwd: folder, encoding: "utf8" },
    );
    assert.ok([0, 1, 2].includes(traced.status ?? -1), traced.stderr);
    const calls = readFileSync(log, "utf8")
      .split("\n")
      .filter((line) => !/ = -1 /.test(line));
    const run = calls.flatMap((line) => /execve(?:at)?\(.*?"([^"]+)"/.exec(line)?.[1] ?? []);
    const isKnown = (path: string) => path === process.execPath || /\/git$/.test(path);
    assert.deepEqual(
      run.filter((path) => !isKnown(path)),
      [],
      words.join(" "),
    );
    const isScratch = (path: string) =>
      path.startsWith(join(tmpdir(), "vmalint-")) && !path.startsWith(top);
    const opened = calls.flatMap((line) => {
      const [, path = "", flags = ""] = /(?:open|openat|creat)\(.*?"([^"]+)"(.*)/.exec(line) ?? [];
      return path === "" ? [] : [{ path: resolve(folder, path), flags }];
    });
    const written = opened.filter(
      ({ path, flags }) =>
        /O_WRONLY|O_RDWR|O_CREAT/.test(flags) && !path.startsWith("/dev/") && !isScratch(path),
    );
    assert.deepEqual(written, [], words.join(" "));
    const outside = opened.filter(
      ({ path }) => path.startsWith(`${top}/`) && !path.startsWith(`${folder}/`),
    );
    assert.deepEqual(outside, [], words.join(" "));
  }
});

/** A small kernel with a changed file and patches, and what the attack adds. */
function hostileCheckout(attribute: string, config: string): string {
  rmSync(canary, { force: true });
  const folder = mkdtempSync(join(top, "kernel-"));
  cpSync(join(SAMPLES, "linux"), folder, { recursive: true });
  const git = (...args: string[]) =>
    execFileSync("git", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  git("init", "-q");
  git("add", "-A");
  git("update-index", "--add", "--cacheinfo", `160000,${"4".repeat(40)},sub`);
  git("-c", "user.name=A", "-c", "user.email=a@b.example", "commit", "-q", "-m", "base");
  const base = git("rev-parse", "HEAD").trim();
  writeFileSync(attack, `#!/bin/sh\ntouch ${canary}\ncat\n`, { mode: 0o755 });
  cpSync(attack, join(top, "hooks", "post-index-change"));
  cpSync(attack, join(folder, ".git/hooks", "post-index-change"));
  writeFileSync(join(top, "included"), INCLUDED);
  appendFileSync(join(folder, ".git/config"), config);
  writeFileSync(join(folder, ".gitattributes"), `* ${attribute}\n`);
  writeFileSync(
    join(folder, ".gitmodules"),
    `[submodule "sub"]\npath = sub\nurl = ext::${attack}\n`,
  );
  appendFileSync(join(folder, "mm/mmap.c"), "/* changed */\n");
  const text = `Subject: x\n\n--- a/mm/mmap.c\n+++ b/mm/mmap.c\n@@ -0,0 +1 @@\n+/* x */\n`;
  writeFileSync(
    join(folder, "x.patch"),
    `${text}-- \n2.39\n\nbase-commit: ${base}\nprerequisite-patch-id: ${"1".repeat(40)}\n`,
  );
  const missing = text.replace("---", `index ${"2".repeat(40)}..${"3".repeat(40)} 100644\n---`);
  writeFileSync(join(folder, "y.patch"), `diff --git a/mm/mmap.c b/mm/mmap.c\n${missing}`);
  return folder;
}

/** All ways into git. */
function ways(): string[][] {
  return [["x.patch"], ["y.patch"], ["-g"], ["-g", "HEAD"], ["--cached"]];
}

/** Names that git would take for options. */
const DISGUISED = [
  ["-g", "--output=x"],
  ["-g", "HEAD..--output=x"],
  ["--base", "--upload-pack=x", "x.patch"],
];

function assertNothingRuns(
  folder: string,
  environment: NodeJS.ProcessEnv = {},
  calls: readonly (readonly string[])[] = ways(),
): void {
  for (const words of calls) {
    const run = spawnSync(process.execPath, [PROGRAM, ...words], {
      cwd: folder,
      encoding: "utf8",
      env: { ...process.env, ...environment },
    });
    assert.ok(run.status === 0 || run.status === 1 || run.status === 2, run.stderr);
    assert.equal(existsSync(canary), false, words.join(" "));
    assert.equal(existsSync(join(folder, "x")), false, words.join(" "));
  }
}
