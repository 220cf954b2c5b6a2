/**
 * `npm run demo`: checks a sample patch against a sample tree and shows what a user sees. The
 * finding makes vmalint exit with 1, and that is what the demo is for; anything else fails it.
 */
import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { PROGRAM } from "./program.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const WORDS = ["--tree", "samples/linux", "samples/patches/narrower-condition.patch"];

const colour = process.stdout.isTTY && (process.env.NO_COLOR ?? "") === "" ? ["--color"] : [];
const { status, signal, error, stdout } = spawnSync(
  process.execPath,
  [PROGRAM, ...colour, ...WORDS],
  {
    cwd: ROOT,
    encoding: "utf8",
    stdio: ["ignore", "pipe", "inherit"],
  },
);
console.log(`$ vmalint ${WORDS.join(" ")}`);
process.stdout.write(stdout ?? "");
// Node.js itself ends with 1 when it cannot start a program: the finding has to be there as well.
if (status !== 1 || !stdout.includes("VMA_COMPLETE_UNLOCKED")) {
  console.error(`vmalint was to report a finding, and ended with ${error ?? signal ?? status}`);
  process.exitCode = 1;
}
