/**
 * Made patches, sound and damaged, one after the other: `git apply` and vmalint take the same and
 * make the same of them, but for the leniencies that the README names. VMALINT_APPLY_CASES raises
 * the number, VMALINT_APPLY_SEED gives other ones, VMALINT_APPLY_TREE names a folder of C to make
 * them of.
 */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { byGit, byUs } from "./git-apply.js";
import { makeCase, randomFrom } from "./patch-cases.js";
import { agrees, type Disagreement, explain } from "./patch-leniencies.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));
const COUNT = Number(process.env.VMALINT_APPLY_CASES ?? 150);
const SEED = Number(process.env.VMALINT_APPLY_SEED ?? 1);
const BATCH = 250;
/** Source files that are read at most. */
const MOST_SOURCES = 200;

const hasGit = spawnSync("git", ["--version"]).status === 0;
const skip = hasGit ? false : "git is not installed";

/** Some of the tree's files, as bytes. */
function sources(): string[] {
  const top = process.env.VMALINT_APPLY_TREE ?? SAMPLES;
  const folders = process.env.VMALINT_APPLY_TREE === undefined ? [""] : ["mm", "kernel", "fs"];
  const files = folders.flatMap((folder) =>
    readdirSync(join(top, folder), { recursive: true, encoding: "utf8" })
      .filter((name) => /(?:\.[ch]|Makefile|Kconfig)$/.test(name))
      .map((name) => join(top, folder, name)),
  );
  const step = Math.max(1, Math.floor(files.length / MOST_SOURCES));
  const some = files.sort().filter((_, index) => index % step === 0);
  return some.map((file) => readFileSync(file, "latin1"));
}

test("git apply and vmalint agree on made patches, but for named leniencies", {
  skip,
}, async (context) => {
  const random = randomFrom(SEED);
  const texts = sources();
  const totals = { applied: 0, refused: 0 };
  const reasons = new Map<string, number>();
  const unexplained: Disagreement[] = [];
  for (let done = 0; done < COUNT; done += BATCH) {
    const cases = Array.from({ length: Math.min(BATCH, COUNT - done) }, () =>
      makeCase(random, texts),
    );
    for (const [index, git] of byGit(cases).entries()) {
      const made = cases[index] as Disagreement["made"];
      const { outcome: us, notes } = await byUs(made);
      if (agrees(git, us)) totals[typeof git === "string" ? "refused" : "applied"]++;
      else {
        const disagreement = { made, git, us, notes };
        const reason = explain(disagreement);
        if (reason === null) unexplained.push(disagreement);
        else reasons.set(reason, (reasons.get(reason) ?? 0) + 1);
      }
    }
  }
  context.diagnostic(
    `${COUNT} cases: ${totals.applied} applied by both, ${totals.refused} refused`,
  );
  for (const [reason, count] of [...reasons].sort((a, b) => b[1] - a[1]))
    context.diagnostic(`${count} ${reason}`);
  assert.deepEqual(unexplained.slice(0, 3).map(told), [], `${unexplained.length} unexplained`);
  assert.ok(totals.applied > COUNT / 5 && totals.refused > COUNT / 5);
});

function told({ made, git, us }: Disagreement) {
  const short = (outcome: Disagreement["git"]) =>
    typeof outcome === "string" ? outcome : [...outcome];
  return { made: made.made.join(", "), patch: made.patch, git: short(git), us: short(us) };
}
