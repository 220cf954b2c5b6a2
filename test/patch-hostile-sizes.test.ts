/**
 * Inputs made to hang or to fill the memory. Each runs in a process of its own, which must end
 * within ten seconds and 500 MB with what is said beside it.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { openTree } from "../src/base/folder-tree.js";
import { preparePatch } from "../src/base/prepare-patch.js";
import { InputError } from "../src/findings/input-error.js";
import { readMailbox } from "../src/mail/read-patches.js";

const HUNK = "@@ -1,2 +1,3 @@\n one\n+two\n three\n";
const HEAD = "From: a@mail.example\nSubject: x\n";
const HTML = `${HEAD}Content-Type: text/html\n\n`;
const REPLY = "From: a@mail.example\nSubject: Re: x\n\n";
const MB = 1024 * 1024;

const list = (count: number, one: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => one(index)).join("");

interface Case {
  readonly input: () => string;
  /** What the first patch comes to: an error's text, or `ok`; `nothing` without patch and error. */
  readonly outcome: RegExp;
  /** Text of x.c. */
  readonly base?: () => string;
}

/** 31 MB of parts that unpack to 40 MB each. */
function bombs(head: string): string {
  const bomb = gzipSync(Buffer.alloc(40 * MB)).toString("base64");
  const part = `--b\n${head}Content-Type: application/gzip; name=x.patch.gz\nContent-Transfer-Encoding: base64\n\n${bomb}\n`;
  const count = Math.floor((31 * MB) / part.length);
  return `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n${part.repeat(count)}--b--\n`;
}

const bigFile = () => list(600_000, (index) => `l${index}\n`);

const cases: Readonly<Record<string, Case>> = {
  "a line of 10 MB": {
    input: () => `--- a/x.c\n+++ b/x.c\n@@ -1,2 +1,3 @@\n one\n+${"x".repeat(10 * MB)}\n three\n`,
    outcome: /^ok$/,
  },
  "a name of 10 MB": {
    input: () => `--- a/${"x".repeat(10 * MB)}\n+++ b/x.c\n${HUNK}`,
    outcome: /this file name is too long/,
  },
  "a number of 10 MB": {
    input: () => `--- a/x.c\n+++ b/x.c\n@@ -${"9".repeat(10 * MB)},1 +1 @@\n one\n`,
    outcome: /a line number that cannot be/,
  },
  "names that are mostly blanks": {
    input: () => list(600, () => `--- a/x${" ".repeat(16_000)}x\n+++ b/x.c\n${HUNK}`),
    outcome: /is too long/,
  },
  "50,000 files, none there": {
    input: () => list(50_000, (index) => `--- f${index}.c\n+++ f${index}.c\n${HUNK}`),
    outcome: /nor are the patch's other 49999 files/,
  },
  "50,000 new files": {
    input: () =>
      list(
        50_000,
        (index) =>
          `diff --git a/f${index}.c b/f${index}.c\nnew file mode 100644\nindex 0000000..89abcde\n--- /dev/null\n+++ b/f${index}.c\n@@ -0,0 +1 @@\n+x\n`,
      ),
    outcome: /^ok$/,
  },
  "100,000 hunks": {
    input: () =>
      `--- a/x.c\n+++ b/x.c\n${list(100_000, (index) => `@@ -${index * 5 + 1},3 +${index * 6 + 1},4 @@\n l${index * 5}\n l${index * 5 + 1}\n+n\n l${index * 5 + 2}\n`)}`,
    base: bigFile,
    outcome: /^ok$/,
  },
  "100,000 hunks, all of them elsewhere": {
    input: () =>
      `--- a/x.c\n+++ b/x.c\n${list(100_000, (index) => `@@ -${index * 5 + 1001},3 +${index * 6 + 1001},4 @@\n l${index * 5}\n l${index * 5 + 1}\n+n\n l${index * 5 + 2}\n`)}`,
    base: bigFile,
    outcome: /looking for its lines takes too long/,
  },
  "a hunk that nearly fits everywhere": {
    input: () => "--- a/x.c\n+++ b/x.c\n@@ -1,4 +1,5 @@\n x\n x\n+n\n x\n y\n",
    base: () => "x\n".repeat(400_000),
    outcome: /does not apply/,
  },
  "multiparts inside each other": {
    input: () =>
      `From: a\nSubject: b\n${list(5000, (index) => `Content-Type: multipart/mixed; boundary=b${index}\n\n--b${index}\n`)}`,
    outcome: /too many parts/,
  },
  "multiparts beside each other": {
    input: () =>
      `${HEAD}Content-Type: multipart/mixed; boundary=b\n\n${"--b\n\nx\n".repeat(200_000)}`,
    outcome: /too many parts/,
  },
  "30 MB of base64": {
    input: () =>
      `${HEAD}Content-Transfer-Encoding: base64\n\n${"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVo=\n".repeat(800_000)}`,
    outcome: /^nothing$/,
  },
  "a line of HTML without end": {
    input: () => `${HTML}${"<div>a&lt;<b>".repeat(1_500_000)}`,
    outcome: /^nothing$/,
  },
  "tags and comments that never end": {
    input: () =>
      `${HTML}${"<a <!-".repeat(2_000_000)}<${"a".repeat(8 * MB)}${"<!--\n".repeat(1_000)}`,
    outcome: /^nothing$/,
  },
  "900,000 quotes in HTML": {
    input: () => `${HTML}${"<blockquote>&#9;a\n".repeat(900_000)}`,
    outcome: /^nothing$/,
  },
  "hundreds of attached gzip bombs": {
    input: () => bombs(""),
    outcome: /the attachment x.patch.gz could not be read: too large/,
  },
  "hundreds of attached mails with a gzip bomb": {
    input: () => bombs(`Content-Type: message/rfc822\n\n${HEAD}`),
    outcome: /the attachment x.patch.gz could not be read: too large/,
  },
  "mails in mails": {
    input: () => `${`${HEAD}Content-Type: message/rfc822\n\n`.repeat(200_000)}text\n`,
    outcome: /^nothing$/,
  },
  "soft breaks without end": {
    input: () =>
      `${HEAD}Content-Transfer-Encoding: quoted-printable\n\n${"=41=42=43=\n".repeat(900_000)}`,
    outcome: /^nothing$/,
  },
  "49 million lines": { input: () => "\n".repeat(49_000_000), outcome: /too large for a patch/ },
  "a million files that are none": {
    input: () => "diff --git a/x.c b/x.c\n".repeat(900_000),
    outcome: /ends inside a file's header/,
  },
  "a subject of brackets": {
    input: () => `From: a\nSubject: ${"[a]".repeat(10 * MB)}\n\n`,
    outcome: /^nothing$/,
  },
  "a subject of encoded words": {
    input: () => `From: a\nSubject: ${"=?utf-8?q?a?= ".repeat(2 * MB)}\n\n`,
    outcome: /^nothing$/,
  },
  "a thread of 20,000 mails": {
    input: () =>
      list(
        20_000,
        (index) =>
          `From a@b Mon May  6 10:00:00 2024\nFrom: a\nSubject: [PATCH ${index % 9000}/9999] x${index}\nMessage-ID: <${index}@x>\nIn-Reply-To: <${index - 1}@x>\n\n--- a/x.c\n+++ b/x.c\n${HUNK}`,
      ),
    outcome: /^ok$/,
  },
  "scissors that cut nothing": {
    input: () => `${HEAD}\n${`- 8<${" ".repeat(90)}!\n`.repeat(300_000)}`,
    outcome: /^nothing$/,
  },
  "quoted five million times": {
    input: () => `${REPLY}${`${">".repeat(5 * MB)}@@ -1 +1 @@\n`.repeat(6)}`,
    outcome: /^nothing$/,
  },
  "a quote in which everything could be anything": {
    input: () =>
      `${REPLY}> --- a/x.c\n> +++ b/x.c\n> @@ -1,2000 +1,3000 @@\n${"> + x\n".repeat(5000)}`,
    base: () => "+ x\n".repeat(5000),
    outcome: /does not fit/,
  },
  "a quote of blank lines": {
    input: () =>
      `${REPLY}> --- a/x.c\n> +++ b/x.c\n> @@ -1,3000 +1,3000 @@\n${">\n".repeat(3000)}> +x\n`,
    base: () => "\n".repeat(6000),
    outcome: /does not fit/,
  },
  "a quote that adds 100,000 lines": {
    input: () =>
      `${REPLY}> diff --git a/x.c b/x.c\n> index 1111111..2222222\n> --- a/x.c\n> +++ b/x.c\n> @@ -1,2 +1,100002 @@\n>one\n${'>+ foo(bar, "x\n'.repeat(100_000)}> three\n`,
    outcome: /^ok$/,
  },
  "a quote whose id is never met": {
    input: () =>
      `${REPLY}> diff --git a/x.c b/x.c\n> index 1111111..2222222\n> --- a/x.c\n> +++ b/x.c\n> @@ -1,2 +1,902 @@\n>one\n${">+ foo(bar, x;\n".repeat(900)}> three\n`,
    base: () => `one\nthree\n${bigFile()}`,
    outcome: /^ok$/,
  },
};

/** The child's part: one case, its outcome on stdout. */
async function run(name: string, folder: string): Promise<void> {
  const bytes = Buffer.from((cases[name] as Case).input());
  const start = process.cpuUsage();
  const outcome = await firstOutcome(bytes, folder);
  const { user, system } = process.cpuUsage(start);
  const used = {
    // Of the processor, because the machine may be busy with other things.
    milliseconds: (user + system) / 1000,
    megabytes: process.resourceUsage().maxRSS / 1024,
  };
  process.stdout.write(JSON.stringify({ outcome, ...used }));
}

async function firstOutcome(bytes: Uint8Array, folder: string): Promise<string> {
  const places = { tree: openTree(folder), repository: null, base: null };
  const { patches, errors } = await readMailbox([{ name: "x", bytes }]);
  const outcomes = errors.map((error) => error.message);
  for (const text of patches) {
    try {
      outcomes.push(preparePatch(text, { places }).errors[0]?.message ?? "ok");
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      outcomes.push(error.message);
    }
  }
  return outcomes[0] ?? "nothing";
}

const [, self, childCase, childFolder] = process.argv;
if (childCase !== undefined && childFolder !== undefined) await run(childCase, childFolder);
else {
  const folder = mkdtempSync(join(tmpdir(), "vmalint-hostile-"));
  after(() => rmSync(folder, { recursive: true }));
  for (const [name, { outcome, base }] of Object.entries(cases)) {
    test(name, () => {
      writeFileSync(join(folder, "x.c"), base?.() ?? "one\nthree\n");
      const script = fileURLToPath(import.meta.url);
      const child = spawnSync(process.execPath, [script, name, folder], {
        encoding: "utf8",
        timeout: 60_000,
      });
      assert.equal(child.status, 0, child.stderr);
      const result = JSON.parse(child.stdout);
      assert.match(result.outcome, outcome);
      assert.ok(result.milliseconds < 10_000, `${Math.round(result.milliseconds)} ms`);
      assert.ok(result.megabytes < 500, `${Math.round(result.megabytes)} MB`);
    });
  }
  assert.ok(self);
}
