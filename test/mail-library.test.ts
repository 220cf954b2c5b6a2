/** The library that decodes mail is loaded for mails that are encoded, and for nothing else. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const top = join(dirname(fileURLToPath(import.meta.url)), "../..");

function loads(sample: string): boolean {
  const run = spawnSync(
    process.execPath,
    ["dist/bundle/cli.cjs", "--tree", "samples/mail/tree", `samples/mail/${sample}`],
    { cwd: top, encoding: "utf8", env: { ...process.env, NODE_DEBUG: "module" } },
  );
  assert.equal(run.status, 0, run.stderr);
  return run.stderr.includes("postal-mime");
}

for (const sample of ["git-diff.patch", "format-patch.patch", "git-show.txt", "crlf.eml"])
  test(`${sample} does not load it`, () => assert.equal(loads(sample), false));

for (const sample of ["quoted-printable.eml", "encoded-subject.eml"])
  test(`${sample} loads it`, () => assert.equal(loads(sample), true));
