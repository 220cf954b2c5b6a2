/**
 * Commands other than checking: a first word that stands here is one of them (a file of that
 * name is given as `./name`). Each is loaded only when it is called. The help text lists what
 * stands here and nothing else.
 */

export interface OtherCommand {
  /** Arguments as the help text shows them. */
  readonly synopsis: string;
  /** What it does, in one line. */
  readonly text: string;
  /** Gets the words after the command's name; gives the output and the exit code. */
  run(
    words: readonly string[],
    cwd: string,
  ): Promise<{ readonly output: string; readonly exitCode: number }>;
}

export const OTHER_COMMANDS: ReadonlyMap<string, OtherCommand> = new Map([
  [
    "contract",
    {
      synopsis: "<function> [-f <file.c>] | --diff <treeA> <treeB>",
      text: "what a function requires, locks and hands over; or what of it changed",
      run: async (words, cwd) => (await import("../commands/contract.js")).contract(words, cwd),
    },
  ],
  [
    "cover",
    {
      synopsis: "<patch>... | -f <file.c>...",
      text: "table: committing function, case, member: locked at line, NULL or missing",
      run: async (words, cwd) => (await import("../commands/cover.js")).cover(words, cwd),
    },
  ],
  [
    "selftest",
    {
      synopsis: "[--tree <dir>]",
      text: "mutation test of vmalint on the tree at hand",
      run: async (words, cwd) => (await import("../commands/selftest.js")).selftest(words, cwd),
    },
  ],
]);

/** Lines for the help text; none when there is no command. */
export function commandHelp(): string[] {
  return [...OTHER_COMMANDS].flatMap(([name, { synopsis, text }]) => [
    `  vmalint ${name} ${synopsis}`,
    `      ${text}`,
  ]);
}
