/**
 * `vmalint cover`: for every function that commits, every case and every member of the
 * container. Exit 1 when something is missing or locked too late.
 */

import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { Command, CommanderError, Option } from "commander";
import { changedNames } from "../analyze/changes.js";
import type { Program } from "../analyze/program.js";
import { applyWhole } from "../base/apply-patch.js";
import { openTree } from "../base/folder-tree.js";
import type { Tree } from "../base/tree.js";
import { InputError } from "../findings/input-error.js";
import { readPatches } from "../mail/read-patches.js";
import { pathInTree, Rulebook, treeFolder } from "../open-program.js";
import { parsePatch } from "../patch/parse-patch.js";
import { type CoverTable, coverText } from "../report/cover-table.js";
import { jsonText } from "../report/json-text.js";
import { plain } from "../report/plain.js";
import { coverFile } from "./cover-functions.js";

/** What is printed of one input. */
interface Part {
  readonly title: string;
  readonly tables: readonly CoverTable[];
}

export async function cover(
  words: readonly string[],
  cwd: string,
): Promise<{ readonly output: string; readonly exitCode: number }> {
  const asked = parseWords(words);
  if (typeof asked === "string") return { output: asked, exitCode: 0 };
  const folder = treeFolder(asked.tree, cwd);
  const tree = openTree(folder);
  const rules = new Rulebook();
  const parts = asked.file
    ? asked.operands.map((file) =>
        wholeFile(rules.program(tree), file, pathInTree(file, folder, asked.tree, cwd)),
      )
    : await patches(rules, tree, asked.operands, cwd);
  const tables = parts.flatMap((part) => part.tables);
  const output =
    asked.format === "json" ? jsonText({ version: 1, tables }) : parts.map(partText).join("\n");
  return { output, exitCode: tables.some(hasHole) ? 1 : 0 };
}

function partText({ title, tables }: Part): string {
  return tables.length > 0 ? coverText(tables) : `${plain(title)}: nothing is committed here\n`;
}

function hasHole({ cases }: CoverTable): boolean {
  return cases.some(({ cells }) =>
    cells.some(({ state }) => state === "missing" || state === "late"),
  );
}

function wholeFile(program: Program, file: string, path: string): Part {
  const unit = program.unit(path);
  if (unit === null) throw new InputError(file, 0, "no such file in the tree");
  return {
    title: file,
    tables: program.isExcluded(path) ? [] : coverFile(program, unit, () => true),
  };
}

/** The functions that each patch can have changed, as they are after it. */
async function patches(
  rules: Rulebook,
  tree: Tree,
  names: readonly string[],
  cwd: string,
): Promise<Part[]> {
  let current = tree;
  const parts: Part[] = [];
  for (const name of names) {
    for (const text of await readPatches({ name, bytes: readInput(name, cwd) })) {
      const applied = applyWhole(current, parsePatch(text));
      current = applied.after;
      const before = rules.program(applied.before);
      const after = rules.program(applied.after);
      const tables = applied.files.flatMap(({ oldPath, newPath }) =>
        changedFile(before, oldPath, after, newPath),
      );
      parts.push({ title: name, tables });
    }
  }
  return parts;
}

function changedFile(
  before: Program,
  oldPath: string | null,
  after: Program,
  newPath: string | null,
): CoverTable[] {
  if (newPath === null || !newPath.endsWith(".c") || after.isExcluded(newPath)) return [];
  const unit = after.unit(newPath);
  if (unit === null) return [];
  const changed = changedNames(oldPath === null ? null : before.unit(oldPath), unit);
  const touched = after.mentions(unit).reaching(changed);
  return coverFile(after, unit, (name) => touched.has(name));
}

/** `-` is standard input. */
function readInput(name: string, cwd: string): Buffer {
  try {
    return readFileSync(name === "-" ? 0 : resolve(cwd, name));
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    if (code === "ENOENT") throw new InputError(name, 0, "no such file");
    throw new InputError(name, 0, code === "EISDIR" ? "is a folder, not a patch" : message);
  }
}

interface Asked {
  readonly operands: readonly string[];
  readonly file: boolean;
  readonly tree: string | null;
  readonly format: "text" | "json";
}

/** The help text when that was asked for. */
function parseWords(words: readonly string[]): Asked | string {
  let help = "";
  const command = new Command("vmalint cover")
    .description(
      "For every function that commits: every case and every member of the container,\nlocked at a line, NULL or missing.",
    )
    .usage("[options] <patch | - >...\n       vmalint cover [options] -f <file.c>...")
    .argument("[inputs...]")
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
    .option("-f, --file", "whole files; else functions that the patches can have changed", false)
    .option("--tree <dir>", "where sources and headers are looked up; may be partial")
    .addOption(
      new Option("--format <format>", "text or json").choices(["text", "json"]).default("text"),
    );
  try {
    command.parse(words, { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return help;
    throw new InputError("cover", 0, error.message.replace(/^error: /, ""));
  }
  const { file, tree, format } = command.opts<{
    file: boolean;
    tree?: string;
    format: Asked["format"];
  }>();
  if (command.args.length === 0) {
    throw new InputError(
      "cover",
      0,
      file ? "-f needs a file" : "no patch given (- is standard input)",
    );
  }
  return { operands: command.args, file, tree: tree ?? null, format };
}
