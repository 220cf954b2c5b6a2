/**
 * The work tree against HEAD, as git shows it, without git reading the work tree: the files are
 * read and hashed here, what is new goes into a folder for temporary files as loose objects, and
 * git compares a temporary index with HEAD. Files are taken as they are, without clean filters.
 */
import { createHash } from "node:crypto";
import {
  closeSync,
  constants,
  fstatSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readFileSync,
  readlinkSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { deflateSync } from "node:zlib";
import { pathTrouble } from "../patch/check-path.js";
import type { Repository } from "./repository.js";
import { type GitRun, runGit } from "./run-git.js";
import { pathspec } from "./work-copy.js";

/** Larger files count as unchanged. */
const MAX_FILE = 32 * 1024 * 1024;

interface Entry {
  readonly mode: string;
  readonly id: string;
  readonly path: string;
}

/** `git diff HEAD` for the files that git tracks; `options` as of `git diff-index`. */
export function diffWorkTree(repository: Repository, options: readonly string[]): GitRun {
  const listed = runGit(repository.top, [
    "ls-files",
    "--stage",
    "-z",
    "--",
    pathspec(repository, ""),
  ]);
  const objects = runGit(repository.top, ["rev-parse", "--git-path", "objects"]);
  if (!listed.ok) return listed;
  if (!objects.ok) return objects;
  const scratch = mkdtempSync(join(tmpdir(), "vmalint-"));
  try {
    const environment = {
      GIT_INDEX_FILE: join(scratch, "index"),
      GIT_OBJECT_DIRECTORY: scratch,
      GIT_ALTERNATE_OBJECT_DIRECTORIES: resolve(repository.top, objects.stdout.toString().trim()),
    };
    const lines = entries(listed.stdout)
      .flatMap((entry) => standing(repository.top, entry, scratch))
      .map(({ mode, id, path }) => `${mode} ${id}\t${path}\0`);
    const made = runGit(repository.top, ["update-index", "-z", "--index-info"], {
      environment,
      input: Buffer.from(lines.join(""), "latin1"),
    });
    if (!made.ok) return made;
    return runGit(repository.top, ["diff-index", "--cached", ...options, "HEAD", "--"], {
      environment,
    });
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Paths are bytes to git: latin1 keeps them. Of an unmerged file one stage stands for all. */
function entries(output: Buffer): Entry[] {
  const found = new Map<string, Entry>();
  for (const line of output.toString("latin1").split("\0")) {
    const parts = /^(\d{6}) ([0-9a-f]{40,64}) \d\t(.*)$/s.exec(line);
    if (parts === null) continue;
    const [, mode = "", id = "", path = ""] = parts;
    found.set(path, { mode, id, path });
  }
  return [...found.values()];
}

/** The entry as the work tree has it; none when the file is gone. */
function standing(top: string, entry: Entry, scratch: string): Entry[] {
  if (entry.mode === "160000") return [entry];
  const path = Buffer.from(entry.path, "latin1").toString();
  if (pathTrouble(path) !== null) return [entry];
  const now = readStanding(top, path);
  if (now === "unknown") return [entry];
  if (now === null) return [];
  const header = Buffer.from(`blob ${now.bytes.length}\0`);
  const object = Buffer.concat([header, now.bytes]);
  const algorithm = entry.id.length > 40 ? "sha256" : "sha1";
  const id = createHash(algorithm).update(object).digest("hex");
  if (id !== entry.id) {
    const folder = join(scratch, id.slice(0, 2));
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, id.slice(2)), deflateSync(object));
  }
  return [{ mode: now.mode, id, path: entry.path }];
}

/** Links are not followed, neither the file nor a folder above it; pipes are not waited for. */
function readStanding(
  top: string,
  path: string,
): { readonly mode: string; readonly bytes: Buffer } | "unknown" | null {
  const place = join(top, path);
  let file: number | null = null;
  try {
    const status = lstatSync(place, { throwIfNoEntry: false });
    if (
      status === undefined ||
      realpathSync(dirname(place)) !== dirname(join(realpathSync(top), path))
    )
      return null;
    if (status.isSymbolicLink())
      return { mode: "120000", bytes: readlinkSync(place, { encoding: "buffer" }) };
    if (!status.isFile()) return null;
    if (status.size > MAX_FILE) return "unknown";
    file = openSync(place, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK);
    if (!fstatSync(file).isFile()) return null;
    const mode = (status.mode & 0o100) === 0 ? "100644" : "100755";
    return { mode, bytes: readFileSync(file) };
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "ENOTDIR" ? null : "unknown";
  } finally {
    if (file !== null) closeSync(file);
  }
}
