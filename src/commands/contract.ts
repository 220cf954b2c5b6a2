/**
 * `vmalint contract`: what a function requires, locks and hands over; with --diff, what of that
 * differs between two trees.
 */

import { resolve } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { UnitObserver, type Way } from "../analyze/observe-function.js";
import type { Program, Unit } from "../analyze/program.js";
import { openTree } from "../base/folder-tree.js";
import { InputError } from "../findings/input-error.js";
import { pathInTree, Rulebook, treeFolder } from "../open-program.js";
import { contractText } from "../report/contract-page.js";
import { jsonText } from "../report/json-text.js";
import { contractDiff } from "./contract-diff.js";
import { contractFacts } from "./contract-facts.js";
import { CONTRACT_KINDS } from "./contract-kinds.js";

/** Where a function is looked for when no file is given. */
const FOLDERS = ["mm", "kernel", "fs", "include"];
const WAYS: readonly Way[] = [
  { withBodies: true, hasConditions: true },
  { withBodies: false, hasConditions: true },
  { withBodies: false, hasConditions: false },
];

export async function contract(
  words: readonly string[],
  cwd: string,
): Promise<{ readonly output: string; readonly exitCode: number }> {
  const asked = parseWords(words);
  if (typeof asked === "string") return { output: asked, exitCode: 0 };
  if (asked.diff !== null) {
    const [treeA, treeB] = asked.diff.map((folder) => resolve(cwd, folder)) as [string, string];
    return { output: contractDiff(treeA, treeB, asked.files, asked.format), exitCode: 0 };
  }
  return { output: page(asked, asked.function, cwd), exitCode: 0 };
}

function page({ files, tree, format }: Asked, name: string, cwd: string): string {
  const folder = treeFolder(tree, cwd);
  const program = new Rulebook().program(openTree(folder));
  const [file] = files;
  const { unit, notes } =
    file === undefined
      ? definingUnit(program, name)
      : { unit: unitOf(program, file, pathInTree(file, folder, tree, cwd)), notes: [] };
  const observation = new UnitObserver(program, unit).observe(name, CONTRACT_KINDS, WAYS);
  if (observation === null)
    throw new InputError(file ?? name, 0, `no function ${name}() in it or its headers`);
  const found = contractFacts(observation, program.protocol, program.members(unit));
  const facts = { ...found, notes: [...found.notes, ...notes] };
  return format === "json" ? jsonText({ version: 1, contract: facts }) : contractText(facts);
}

function unitOf(program: Program, file: string, path: string): Unit {
  const unit = program.unit(path);
  if (unit === null) throw new InputError(file, 0, "no such file in the tree");
  return unit;
}

/** The unit that defines a function; a header's function is run in a file that sees it. */
function definingUnit(program: Program, name: string): { unit: Unit; notes: string[] } {
  const found = program.tree.find([name], FOLDERS).filter((path) => !program.isExcluded(path));
  const defining = found.filter((path) =>
    program.cache.definitions(program.tree, path)?.functions.has(name),
  );
  const [source, ...others] = defining.filter((path) => path.endsWith(".c"));
  if (source !== undefined) {
    const notes = others.length === 0 ? [] : [`there is another one in ${others.join(", ")}`];
    return { unit: unitOf(program, source, source), notes };
  }
  const [header] = defining;
  if (header === undefined)
    throw new InputError(name, 0, `no such function in ${FOLDERS.join(", ")}`);
  for (const path of found) {
    const unit = path.endsWith(".c") ? program.unit(path) : null;
    if (unit !== null && program.find(unit, name) !== null) return { unit, notes: [] };
  }
  return { unit: unitOf(program, header, header), notes: [] };
}

interface Asked {
  readonly function: string;
  /** The two trees to compare; then there is no function. */
  readonly diff: readonly [string, string] | null;
  readonly files: readonly string[];
  readonly tree: string | null;
  readonly format: "text" | "json";
}

/** The help text when that was asked for. */
function parseWords(words: readonly string[]): Asked | string {
  let help = "";
  const command = new Command("vmalint contract")
    .description(
      "What a function requires, write-locks and hands over, as text for its kernel-doc.",
    )
    .usage(
      "[options] <function> [-f <file.c>]\n       vmalint contract --diff <treeA> <treeB> [-f <file.c>...]",
    )
    .argument("[words...]")
    .helpOption("-h, --help", "show this text")
    .exitOverride()
    .configureOutput({
      writeOut: (text) => {
        help += text;
      },
      writeErr: () => {},
    })
    .configureHelp({
      helpWidth: 80,
      visibleArguments: () => [],
      optionDescription: (option) => option.description,
    })
    .option("-f, --file", "the file that defines it; looked for when not given", false)
    .option("--diff <trees...>", "what became stronger, weaker, renamed, new or gone")
    .option("--tree <dir>", "where sources and headers are looked up; may be partial")
    .addOption(
      new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"),
    );
  try {
    command.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return help;
    throw new InputError("contract", 0, error.message.replace(/^error: /, ""));
  }
  const { file, tree, format, diff } = command.opts<Options>();
  const shared = { tree: tree ?? null, format };
  if (diff !== undefined) {
    const [treeA, treeB, ...more] = diff;
    const files = [...more, ...command.args];
    if (treeA === undefined || treeB === undefined || file !== files.length > 0) {
      throw new InputError("contract", 0, "--diff needs two trees, and files after -f only");
    }
    return { ...shared, function: "", diff: [treeA, treeB], files };
  }
  const names = command.args.filter((word) => /^\w+$/.test(word));
  const files = command.args.filter((word) => !names.includes(word));
  const [name] = names;
  if (name === undefined || names.length > 1 || files.length > 1 || file !== files.length > 0) {
    throw new InputError(
      "contract",
      0,
      "needs one function: vmalint contract <function> [-f <file>]",
    );
  }
  return { ...shared, function: name, diff: null, files };
}

interface Options {
  readonly file: boolean;
  readonly tree?: string;
  readonly format: Asked["format"];
  readonly diff?: readonly string[];
}
