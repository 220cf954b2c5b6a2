/**
 * The command line as data: arguments in, one invocation out. Decides what was asked for and
 * what contradicts itself; opens no file and touches no stream.
 */
import { Command, CommanderError, InvalidArgumentError, Option } from "commander";
import type { Format } from "../report/options.js";

export type DumpKind = "cfg" | "effects" | "states";
export type ColourWhen = "always" | "never" | "auto";

/** Checks given to --types or --ignore are upper case, not yet known to exist. */
export interface CheckRun {
  readonly kind: "check";
  /** Patches, or files with `wholeFiles`. */
  readonly operands: readonly string[];
  readonly wholeFiles: boolean;
  readonly tree: string | null;
  readonly base: string | null;
  /** Commits; empty for the work tree. */
  readonly git: string | null;
  readonly cached: boolean;
  readonly fuzz: number;
  readonly since: string | null;
  readonly types: readonly string[];
  readonly ignore: readonly string[];
  readonly format: Format;
  readonly strict: boolean;
  readonly all: boolean;
  readonly gaps: boolean;
  readonly assumptions: boolean;
  readonly quiet: boolean;
  readonly summary: boolean;
  readonly colour: ColourWhen;
}

export type Invocation =
  | CheckRun
  /** Help or the version, ready to be printed. */
  | { readonly kind: "print"; readonly text: string }
  | { readonly kind: "explain"; readonly check: string; readonly colour: ColourWhen }
  | { readonly kind: "list-types" }
  | {
      readonly kind: "dump";
      readonly what: DumpKind;
      readonly function: string;
      readonly file: string;
      readonly tree: string | null;
    }
  /** Bad usage, in one line. */
  | { readonly kind: "usage"; readonly text: string };

/** `commandHelp`: lines for the help text on commands other than checking. */
export function parseArguments(
  argv: readonly string[],
  version: string,
  commandHelp: readonly string[],
): Invocation {
  let output = "";
  const program = buildProgram(version, commandHelp).configureOutput({
    writeOut: (text) => {
      output += text;
    },
    writeErr: () => {},
  });
  try {
    program.parse(bareColour(argv), { from: "user" });
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: "print", text: output };
    return { kind: "usage", text: oneLine(error.message) };
  }
  return invocation(program.opts(), program.args);
}

/** What commander makes of the options declared in buildProgram. */
interface Parsed {
  readonly file: boolean;
  readonly tree?: string;
  readonly base?: string;
  readonly format?: Format;
  readonly terse: boolean;
  readonly strict: boolean;
  readonly all: boolean;
  readonly gaps: boolean;
  readonly assumptions: boolean;
  readonly types: readonly string[];
  readonly ignore: readonly string[];
  readonly quiet: boolean;
  readonly summary: boolean;
  readonly color: ColourWhen;
  readonly explain?: string;
  readonly listTypes: boolean;
  readonly dump?: DumpKind;
  /** True when no revisions are named. */
  readonly git?: string | true;
  readonly cached: boolean;
  readonly fuzz: number;
  readonly since?: string;
}

function invocation(parsed: Parsed, operands: readonly string[]): Invocation {
  if (parsed.explain !== undefined) {
    return { kind: "explain", check: parsed.explain.toUpperCase(), colour: parsed.color };
  }
  if (parsed.listTypes) return { kind: "list-types" };
  if (parsed.dump !== undefined) return dumpInvocation(parsed, parsed.dump, operands);
  return checkInvocation(parsed, operands);
}

function dumpInvocation(parsed: Parsed, what: DumpKind, operands: readonly string[]): Invocation {
  const [name, file, ...others] = operands;
  if (!parsed.file || name === undefined || file === undefined || others.length > 0) {
    return usage(`--dump needs a function and a file: vmalint --dump ${what} <function> -f <file>`);
  }
  return { kind: "dump", what, function: name, file, tree: parsed.tree ?? null };
}

function checkInvocation(parsed: Parsed, operands: readonly string[]): Invocation {
  const clash = contradiction(parsed);
  if (clash !== null) return usage(`${clash} contradict each other`);
  const format = parsed.format ?? (parsed.terse ? "terse" : "text");
  const fromGit = parsed.git !== undefined || parsed.cached;
  if (operands.length === 0 && (parsed.file || !fromGit)) {
    const missing = parsed.file ? "-f needs a file" : "no patch given (- is standard input)";
    return usage(`${missing}; vmalint --help shows the usage`);
  }
  return {
    kind: "check",
    operands,
    wholeFiles: parsed.file,
    tree: parsed.tree ?? null,
    base: parsed.base ?? null,
    git: parsed.git === true ? "" : (parsed.git ?? null),
    cached: parsed.cached,
    fuzz: parsed.fuzz,
    since: parsed.since ?? null,
    types: parsed.types,
    ignore: parsed.ignore,
    format,
    strict: parsed.strict,
    all: parsed.all,
    gaps: parsed.gaps,
    assumptions: parsed.assumptions,
    quiet: parsed.quiet,
    summary: parsed.summary,
    colour: parsed.color,
  };
}

/** Options that cannot both be meant; null when all is well. */
function contradiction(parsed: Parsed): string | null {
  const { format = "terse", git, cached } = parsed;
  if (parsed.terse && format !== "terse") return `--terse and --format ${format}`;
  if (cached && git !== undefined && git !== true) return "-g <revisions> and --cached";
  const ofPatches = [
    ...(git === undefined ? [] : ["-g"]),
    ...(cached ? ["--cached"] : []),
    ...(parsed.base === undefined ? [] : ["--base"]),
    ...(parsed.since === undefined ? [] : ["--since"]),
  ];
  return parsed.file && ofPatches[0] !== undefined ? `-f and ${ofPatches[0]}` : null;
}

function usage(text: string): Invocation {
  return { kind: "usage", text };
}

function buildProgram(version: string, commandHelp: readonly string[]): Command {
  return new Command("vmalint")
    .description("Checks Linux kernel patches for missing VMA write locks.")
    .usage(USAGE)
    .argument("[inputs...]")
    .exitOverride()
    .configureHelp({
      helpWidth: 80,
      visibleArguments: () => [],
      // Without commander's "(choices: …)" and "(default: false)".
      optionDescription: (option) => option.description,
    })
    .option("-f, --file", "check whole files: every finding, not only new ones", false)
    .option("--tree <dir>", "where sources and headers are looked up; may be partial")
    .option("-g, --git [revisions]", "a commit or a range of commits; without one, the work tree")
    .option("--cached", "what is staged", false)
    .option("--base <rev>", "commit that the first patch applies to")
    .option("--fuzz <lines>", "context lines of a hunk that may differ", lineCount, 0)
    .option("--since <input>", "compare with an older version of the series")
    .addOption(new Option("--format <format>", "text, terse or json").choices(FORMATS))
    .option("--terse", "the same as --format terse: one line for each finding", false)
    .option("--strict", "show findings of level CHECK, too", false)
    .option("--all", "show what was there before the patch, too", false)
    .option("--gaps", "list what was not decided", false)
    .option("--assumptions", "list what was taken for granted", false)
    .option("--types <checks>", "only these checks, separated by commas", checkList, [])
    .option("--ignore <checks>", "not these checks", checkList, [])
    .option("-q, --quiet", "print findings only", false)
    .option("--no-summary", "leave out the last line")
    .addOption(colourOption())
    .option("--explain <check>", "say what a check means and when it is wrong")
    .option("--list-types", "list the checks with their levels", false)
    .addOption(new Option("--dump <what>", "cfg, effects or states of one function").choices(DUMPS))
    .version(`vmalint ${version}`, "--version", "show the version")
    .helpOption("-h, --help", "show this text")
    .addHelpText("after", afterHelp(commandHelp));
}

function colourOption(): Option {
  const text = "always, never or auto: only on a terminal (the default)";
  return new Option("--color [when]", text).choices(WHEN).default("auto");
}

const USAGE = [
  "[options] <patch | mbox | folder | - >...",
  "       vmalint [options] -g [<commit | range>]",
  "       vmalint [options] -f <file.c>...",
].join("\n");
const FORMATS: readonly Format[] = ["text", "terse", "json"];
const WHEN: readonly ColourWhen[] = ["always", "never", "auto"];
const DUMPS: readonly DumpKind[] = ["cfg", "effects", "states"];

function afterHelp(commandHelp: readonly string[]): string {
  return [
    "",
    "Debugging:",
    "  vmalint --dump cfg|effects|states <function> -f <file.c>",
    ...(commandHelp.length === 0 ? [] : ["", "Commands:", ...commandHelp]),
    "",
    "Exit status:",
    "  0  nothing to report",
    "  1  a finding at a level that is shown",
    "  2  bad usage or bad input; the other inputs are checked all the same",
  ].join("\n");
}

function checkList(value: string, previous: readonly string[]): string[] {
  const names = value.split(",").map((name) => name.trim().toUpperCase());
  return [...previous, ...names.filter((name) => name !== "")];
}

function lineCount(value: string): number {
  if (!/^\d{1,3}$/.test(value)) throw new InvalidArgumentError("It is a number of lines.");
  return Number(value);
}

/** `--color` alone means always; commander would take the next word for its value. */
function bareColour(argv: readonly string[]): string[] {
  const end = argv.indexOf("--");
  return argv.map((word, index) =>
    word === "--color" && (end === -1 || index < end) ? "--color=always" : word,
  );
}

/** `error: unknown option '--foo'\n(Did you mean --fuzz?)` without the prefix and the break. */
function oneLine(message: string): string {
  return message.replace(/^error: /, "").replace(/\s*\n\s*/g, " ");
}
