/**
 * `vmalint selftest`: does the tool find every lock taken away from this very tree, and does it
 * keep quiet about edits that do no harm?
 */
import { Command, CommanderError, Option } from "commander";
import { openTree } from "../base/folder-tree.js";
import { InputError } from "../findings/input-error.js";
import { Rulebook, treeFolder } from "../open-program.js";
import { selftestFailures, selftestJson, selftestText } from "../report/selftest.js";
import { runSelftest } from "./selftest/run-selftest.js";

/** Exit code 0 when every hole is found and every harmless edit silent, else 1. */
export async function selftest(
  words: readonly string[],
  cwd: string,
): Promise<{ readonly output: string; readonly exitCode: number }> {
  let help = "";
  const command = new Command("vmalint selftest")
    .description("Edits every lock of the tree in memory and checks that vmalint judges right.")
    .option("--tree <dir>", "the kernel tree (default: the one around the current folder)")
    .addOption(
      new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"),
    )
    .allowExcessArguments(false)
    .exitOverride()
    .configureOutput({ writeOut: (text) => (help += text), writeErr: () => {} });
  try {
    command.parse([...words], { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { output: help, exitCode: 0 };
    throw new InputError(
      "selftest",
      0,
      error.message.replace(/^error: /, "").replace(/\s*\n\s*/g, " "),
    );
  }
  const { tree, format } = command.opts<{ tree?: string; format: "text" | "json" }>();
  const folder = treeFolder(tree ?? null, cwd);
  const report = runSelftest(openTree(folder), new Rulebook());
  if (report.locks.length === 0)
    throw new InputError(folder, 0, "no lock is taken in its mm folder");
  return {
    output: format === "json" ? selftestJson(report) : selftestText(report),
    exitCode: selftestFailures(report).length === 0 ? 0 : 1,
  };
}
