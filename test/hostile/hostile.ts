/**
 * `npm run test:hostile`: runs the program on each family at four sizes and prints processor
 * time, memory and exit code of each, so that growth is seen. Fails where a run does not end by
 * itself, crashes, or leaves something undone without a word. Time and memory are printed only.
 *
 * Arguments: words; families whose names hold none of them are left out. `--ends`: the smallest and
 * the largest size alone, which is what CI does.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { FAMILIES } from "./families.js";

/** Seconds: far more than any run takes, for it only tells an end from none. */
const NEVER_ENDS = 120;
const CLI = fileURLToPath(new URL("../../bundle/cli.cjs", import.meta.url));
/** Runs the program in this process, and tells on file descriptor 3 what it took. */
const PROBE = `process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  require("fs").writeSync(3, JSON.stringify([(userCPUTime + systemCPUTime) / 1e6, maxRSS / 1024]));
});`;

interface Result {
  readonly seconds: number;
  readonly megabytes: number;
  /** Null when it did not end by itself. */
  readonly exit: number | null;
  readonly last: string;
}

/** A file of our own as a patch that adds it. */
function asPatch(text: string): string {
  const lines = text.split("\n").slice(0, -1);
  const head = `--- /dev/null\n+++ b/mm/made.c\n@@ -0,0 +1,${lines.length} @@\n`;
  return `${head}${lines.map((line) => `+${line}\n`).join("")}`;
}

function run(folder: string, patch: string): Result {
  const file = join(folder, "made.patch");
  writeFileSync(file, patch);
  const probe = join(folder, "probe.cjs");
  writeFileSync(probe, PROBE);
  const { status, stdout, stderr, output } = spawnSync(
    process.execPath,
    ["--require", probe, CLI, "--tree", folder, file],
    {
      timeout: NEVER_ENDS * 1000,
      stdio: ["ignore", "pipe", "pipe", "pipe"],
      encoding: "utf8",
      maxBuffer: 1 << 28,
    },
  );
  const [seconds, megabytes] = JSON.parse(output[3] || "[-1,-1]") as [number, number];
  const report = stdout.trim() || stderr.trim();
  const last = (report.split("\n").at(-1) ?? "").replace(/^.*made\.patch: /, "");
  return { seconds, megabytes, exit: status, last };
}

const isShort = process.argv.includes("--ends");
const words = process.argv.slice(2).filter((word) => word !== "--ends");
const folder = mkdtempSync(join(tmpdir(), "vmalint-hostile-"));
let failures = 0;
try {
  for (const { name, sizes, make } of FAMILIES) {
    if (words.length > 0 && !words.some((word) => name.includes(word))) continue;
    console.log(name);
    for (const size of isShort ? [sizes[0], sizes[3]] : sizes) {
      const patch = asPatch(make(size));
      const { seconds, megabytes, exit, last } = run(folder, patch);
      // Each family writes to a VMA: a run that decided nothing and says nothing is wrong.
      const isSilent = exit === 0 && last.includes("(0 functions proved, 0 undecided, 0 assumed");
      const isFailure = exit === null || exit > 1 || isSilent;
      if (isFailure) failures++;
      console.log(
        `  ${String(size).padStart(6)} ${(patch.length / 1024).toFixed(0).padStart(5)} kB` +
          ` ${seconds.toFixed(1).padStart(6)} s ${megabytes.toFixed(0).padStart(5)} MB` +
          `  exit ${exit ?? "none"}${isFailure ? "  FAILED" : ""}  ${last.slice(0, 90)}`,
      );
    }
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
console.log(`${failures} failed`);
process.exitCode = failures > 0 ? 1 : 0;
