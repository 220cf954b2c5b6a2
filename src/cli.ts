/**
 * The program: arguments in, exit code out. The only file that touches the process and its
 * streams. Everything slow is loaded when it is needed, so that --help and --version stay fast.
 */
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import {
  type CheckRun,
  type ColourWhen,
  type Invocation,
  parseArguments,
} from "./cli/arguments.js";
import { commandHelp, OTHER_COMMANDS } from "./cli/commands.js";
import { InputError } from "./findings/input-error.js";
import type { Review, ReviewError } from "./findings/review.js";
import { plain, plainPage } from "./report/plain.js";

/** The package's own folder: dist/src/cli.js and dist/bundle/cli.cjs lie two below it. */
const PACKAGE = new URL("../../", import.meta.url);
const QUERIES = fileURLToPath(new URL("queries/", PACKAGE));

process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // The reader has seen enough (`vmalint … | head`): the verdict stands.
  if (error.code === "EPIPE") process.exit();
  complain(error.message);
  process.exit(2);
});
process.stderr.on("error", () => {});
process.on("uncaughtException", (error) => {
  process.exitCode = 2;
  internalError(error);
});

main(process.argv.slice(2)).then(
  (code) => {
    process.exitCode = code;
  },
  (error) => {
    process.exitCode = 2;
    if (error instanceof InputError)
      complainOf({ file: error.file, line: error.line, text: error.message });
    else internalError(error);
  },
);

async function main(words: readonly string[]): Promise<number> {
  const [first = "", ...rest] = words;
  const command = OTHER_COMMANDS.get(first);
  if (command !== undefined) {
    const { output, exitCode } = await command.run(rest, process.cwd());
    return print(output, exitCode);
  }
  return perform(parseArguments(words, packageJson().version, commandHelp()));
}

async function perform(asked: Invocation): Promise<number> {
  switch (asked.kind) {
    case "print":
      return print(asked.text, 0);
    case "usage":
      complain(asked.text);
      return 2;
    case "list-types":
      return listTypes();
    case "explain":
      return explain(asked.check, colourWanted(asked.colour));
    case "dump": {
      const { dump } = await import("./dump.js");
      return print(
        await dump(asked.what, asked.function, asked.file, asked.tree, process.cwd()),
        0,
      );
    }
    case "check":
      return check(asked);
  }
}

async function check(asked: CheckRun): Promise<number> {
  if (asked.types.length + asked.ignore.length > 0) {
    const unknown = await firstUnknownCheck([...asked.types, ...asked.ignore]);
    if (unknown !== null) {
      complain(unknown);
      return 2;
    }
  }
  const { readInputs } = await import("./cli/inputs.js");
  const { inputs, errors } = await readInputs(
    asked.wholeFiles ? [] : asked.operands,
    () => process.stdin,
  );
  const older = await readInputs(asked.since === null ? [] : [asked.since], () => process.stdin);
  const { review } = await import("./review.js");
  const outcome = await review({
    inputs,
    wholeFiles: asked.wholeFiles ? [...asked.operands] : [],
    tree: asked.tree,
    base: asked.base,
    git: asked.git,
    cached: asked.cached,
    types: [...asked.types],
    ignore: [...asked.ignore],
    fuzz: asked.fuzz,
    since: older.inputs[0] ?? null,
    cwd: process.cwd(),
  });
  return show({ ...outcome, errors: [...errors, ...older.errors, ...outcome.errors] }, asked);
}

async function show(outcome: Review, asked: CheckRun): Promise<number> {
  const { report } = await import("./report/report.js");
  const { exitCode } = await import("./report/exit-code.js");
  outcome.errors.forEach(complainOf);
  for (const gap of outcome.gaps) {
    if (gap.reason === "internal") complainOf({ ...gap, text: `${gap.function}(): ${gap.text}` });
  }
  const { name, version } = packageJson();
  const colour = colourWanted(asked.colour);
  const text = report(outcome, {
    ...asked,
    tool: { name, version },
    colour,
  });
  const shown = text === "" ? nothingToCheck(outcome, asked) : text;
  return print(shown, exitCode(outcome, asked), colour);
}

/** A repository that was asked for changes and has none is not to look like a clean one. */
function nothingToCheck(
  { patches, errors }: Review,
  { git, cached, format, quiet }: CheckRun,
): string {
  if ((git === null && !cached) || format !== "text" || quiet) return "";
  if (patches.length + errors.length > 0) return "";
  if (cached) return "--cached: nothing is staged\n";
  return git === ""
    ? "-g: the work tree has no changes\n"
    : `-g ${git}: no changes; merges are not checked\n`;
}

async function listTypes(): Promise<number> {
  const { loadChecks } = await import("./cli/checks.js");
  const { renderTable } = await import("./report/table.js");
  const rows = loadChecks(QUERIES).map(({ name, severity, text }) => [name, severity, text]);
  return print(
    `${renderTable(rows)
      .map((row) => row.trimStart())
      .join("\n")}\n`,
    0,
  );
}

async function explain(name: string, colour: boolean): Promise<number> {
  const unknown = await firstUnknownCheck([name]);
  if (unknown !== null) {
    complain(unknown);
    return 2;
  }
  const { checkPage, loadChecks } = await import("./cli/checks.js");
  const { pageText } = await import("./report/page.js");
  const pages = loadChecks(QUERIES).filter((check) => check.name === name);
  return print(pages.map((check) => pageText(checkPage(check), { colour })).join("\n"), 0, colour);
}

/** What to say about the first name that is no check; null when all are. */
async function firstUnknownCheck(names: readonly string[]): Promise<string | null> {
  const { loadChecks } = await import("./cli/checks.js");
  const known = loadChecks(QUERIES).map((check) => check.name);
  const unknown = names.find((name) => !known.includes(name));
  return unknown === undefined
    ? null
    : `no check is named ${unknown}; there are ${known.join(", ")}`;
}

function colourWanted(when: ColourWhen): boolean {
  if (when !== "auto") return when === "always";
  const { NO_COLOR = "", TERM = "" } = process.env;
  return process.stdout.isTTY === true && NO_COLOR === "" && TERM !== "dumb";
}

function packageJson(): { readonly name: string; readonly version: string } {
  return JSON.parse(readFileSync(new URL("package.json", PACKAGE), "utf8"));
}

/** Where all text leaves. The exit code is set first: a reader that goes away early must not change it. */
function print(text: string, exitCode: number, colour = false): number {
  process.exitCode = exitCode;
  if (text !== "") process.stdout.write(plainPage(text, { colour }));
  return exitCode;
}

function complainOf({ file, line, text }: ReviewError): void {
  complain(line > 0 ? `${file}:${line}: ${text}` : `${file}: ${text}`);
}

/** One line on standard error, whatever the text holds. */
function complain(text: string): void {
  process.stderr.write(`vmalint: ${plain(text)}\n`);
}

function internalError(error: unknown): void {
  const message = error instanceof Error ? error.message : String(error);
  complain(`internal error: ${message} (VMALINT_DEBUG=1 shows where)`);
  if (process.env.VMALINT_DEBUG === "1" && error instanceof Error) {
    process.stderr.write(`${plainPage(error.stack ?? "", { colour: false })}\n`);
  }
}
