/** What the README says the demo prints is what it prints. */
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const README = new URL("../../README.md", import.meta.url);
const DEMO = fileURLToPath(new URL("./demo.js", import.meta.url));

test("npm run demo prints what the README shows, and ends well", () => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [DEMO], { encoding: "utf8" });
  assert.equal(stderr, "");
  assert.equal(status, 0);
  const shown = /<!-- demo: begin -->\n```\n([\s\S]*?)```\n<!-- demo: end -->/.exec(
    readFileSync(README, "utf8"),
  )?.[1];
  assert.equal(shown, stdout, "README.md, between the demo marks");
});
