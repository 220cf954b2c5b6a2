/**
 * Runs git and waits for it. Who made the checkout may have written its `.git/config`, too, so
 * git is only asked about objects, never about the work tree, where it would run filters; and
 * every setting that names a program is overruled. Arguments as a list, no shell, no locks.
 */
import { spawnSync } from "node:child_process";
import { existsSync, realpathSync } from "node:fs";
import { delimiter, dirname, isAbsolute, join, resolve } from "node:path";

export interface GitRun {
  readonly ok: boolean;
  readonly stdout: Buffer;
  /** First line of what git complained. */
  readonly complaint: string;
}

/** Arguments that every call begins with. */
export const GIT_SETTINGS: readonly string[] = [
  "--no-pager",
  "-c",
  "core.fsmonitor=false",
  "-c",
  "core.hooksPath=/dev/null",
  "-c",
  "core.attributesFile=/dev/null",
  "-c",
  "core.sshCommand=false",
  "-c",
  "core.askPass=false",
  "-c",
  "credential.helper=",
  "-c",
  "protocol.allow=never",
  "-c",
  "gc.auto=0",
  "-c",
  "maintenance.auto=false",
  "-c",
  "diff.external=",
  "-c",
  "log.mailmap=false",
  "-c",
  "core.quotePath=true",
  "-c",
  "color.ui=false",
  "-c",
  "diff.noprefix=false",
  "-c",
  "diff.mnemonicPrefix=false",
  "-c",
  "diff.suppressBlankEmpty=false",
  "-c",
  "log.showSignature=false",
];

/**
 * Environment of git in the repository whose work tree begins at `top`. A hook or `git rebase
 * --exec` leaves variables that name its own repository, which need not be this one: of all
 * `GIT_*` only the index of a commit being made is kept, where it lies in this repository.
 * `GIT_WORK_TREE` overrules `core.worktree`; `GIT_DIR` stays unset, because with it git does not
 * look who owns the repository.
 */
export function gitEnvironment(top: string): NodeJS.ProcessEnv {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("GIT_"));
  const index = indexOfHook(top);
  return {
    ...Object.fromEntries(inherited),
    PATH: absoluteOnly(process.env.PATH ?? ""),
    ...(index === null ? {} : { GIT_INDEX_FILE: index }),
    GIT_WORK_TREE: top,
    GIT_CONFIG_NOSYSTEM: "1",
    GIT_ATTR_NOSYSTEM: "1",
    // Older git knows no GIT_NO_LAZY_FETCH; no protocol at all means no fetch either.
    GIT_NO_LAZY_FETCH: "1",
    GIT_ALLOW_PROTOCOL: "none",
    GIT_OPTIONAL_LOCKS: "0",
    GIT_TERMINAL_PROMPT: "0",
    LC_ALL: "C",
  };
}

/** A `git` that lies in the checkout must not be found through `.` or an empty entry. */
function absoluteOnly(path: string): string {
  return path.split(delimiter).filter(isAbsolute).join(delimiter);
}

function indexOfHook(top: string): string | null {
  const { GIT_INDEX_FILE = "", GIT_DIR = ".git" } = process.env;
  if (GIT_INDEX_FILE === "") return null;
  const index = resolve(top, GIT_INDEX_FILE);
  const folder = dirname(index);
  if (!existsSync(folder)) return null;
  const own = [join(top, ".git"), resolve(top, GIT_DIR)].filter(existsSync).map(realPath);
  const isHere = realPath(resolve(top, GIT_DIR, "..")) === realPath(top);
  return isHere && own.includes(realPath(folder)) ? index : null;
}

function realPath(path: string): string {
  return existsSync(path) ? realpathSync(path) : path;
}

/** More than `readPatches` takes. */
const MAX_OUTPUT = 80 * 1024 * 1024;

interface RunOptions {
  /** Milliseconds after which git is stopped. */
  readonly timeout?: number;
  readonly input?: Buffer;
  /** Added to the environment. */
  readonly environment?: Readonly<Record<string, string>>;
}

export function runGit(
  folder: string,
  args: readonly string[],
  { timeout = 60_000, input, environment = {} }: RunOptions = {},
): GitRun {
  const run = spawnSync("git", ["-C", folder, ...GIT_SETTINGS, ...args], {
    env: { ...gitEnvironment(folder), ...environment },
    maxBuffer: MAX_OUTPUT,
    timeout,
    input,
    stdio: [input === undefined ? "ignore" : "pipe", "pipe", "pipe"],
  });
  const complaint = run.error?.message ?? (run.stderr?.toString().split("\n", 1)[0] as string);
  return {
    ok: run.error === undefined && run.status === 0,
    stdout: run.stdout ?? Buffer.alloc(0),
    complaint,
  };
}
