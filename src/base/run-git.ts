/**
 * Runs git and waits for it: arguments as a list, no shell, no locks taken, nothing of the
 * user's configuration that would run other programs or change the form of a diff.
 */
import { spawnSync } from "node:child_process";

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

export const GIT_ENVIRONMENT: Readonly<NodeJS.ProcessEnv> = {
  ...process.env,
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  GIT_NO_LAZY_FETCH: "1",
  LC_ALL: "C",
};

/** More than `readPatches` takes. */
const MAX_OUTPUT = 80 * 1024 * 1024;

interface RunOptions {
  /** Milliseconds after which git is stopped. */
  readonly timeout?: number;
  readonly input?: Buffer;
}

export function runGit(
  folder: string,
  args: readonly string[],
  { timeout = 60_000, input }: RunOptions = {},
): GitRun {
  const run = spawnSync("git", ["-C", folder, ...GIT_SETTINGS, ...args], {
    env: GIT_ENVIRONMENT,
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
