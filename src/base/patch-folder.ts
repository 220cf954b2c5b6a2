/**
 * A folder given as input: a maildir, a quilt folder with its `series`, or patches and mails
 * lying side by side. Reads nothing outside it.
 */
import { type Dirent, readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { InputError } from "../findings/input-error.js";
import type { MailInput } from "../mail/read-patches.js";
import { pathTrouble } from "../patch/check-path.js";

/** Bytes of one input. A whole series is some megabytes; a device that never ends is stopped. */
export const MOST_BYTES = 256 * 1024 * 1024;
export const TOO_LARGE = "larger than 256 MiB";

/**
 * The mailboxes of a folder, in the order in which their patches apply: each patch of a quilt
 * series is one, everything else is one together. Throws InputError when something named cannot
 * be read.
 */
export function readPatchFolder(folder: string): MailInput[][] {
  const entries = list(folder);
  const has = (name: string) => entries.some((entry) => entry.name === name);
  if (has("series")) return quiltSeries(folder);
  const folders = ["cur", "new"].filter(has);
  if (folders.length > 0) return [folders.flatMap((name) => mails(join(folder, name), isVisible))];
  return [mails(folder, isPatchName)];
}

function isPatchName(name: string): boolean {
  return isVisible(name) && /\.(?:patch|diff|mbox|mbx|eml|mail|msg|txt)$/i.test(name);
}

function isVisible(name: string): boolean {
  return !name.startsWith(".");
}

function mails(folder: string, wanted: (name: string) => boolean): MailInput[] {
  const names = list(folder)
    .filter((entry) => !entry.isDirectory() && wanted(entry.name))
    .map((entry) => entry.name);
  return names.sort().flatMap((name) => {
    const path = join(folder, name);
    return statSync(path, { throwIfNoEntry: false })?.isFile() ? [read(path, folder, 0)] : [];
  });
}

/** One patch a line, comments behind `#`, options behind the name (`-p1`; `-R` means reversed). */
function quiltSeries(folder: string): MailInput[][] {
  const series = join(folder, "series");
  const lines = Buffer.from(read(series, series, 0).bytes)
    .toString("utf8")
    .split("\n");
  return lines.flatMap((text, index) => {
    const [name, ...options] = text
      .replace(/(?:^|\s)#.*$/, "")
      .trim()
      .split(/\s+/);
    if (name === undefined || name === "") return [];
    if (options.includes("-R"))
      throw new InputError(
        series,
        index + 1,
        `${name} is to be applied in reverse, which is not supported`,
      );
    const trouble = pathTrouble(name);
    if (trouble !== null)
      throw new InputError(series, index + 1, `path ${JSON.stringify(name)} ${trouble}`);
    return [[read(join(folder, name), series, index + 1)]];
  });
}

function read(path: string, from: string, line: number): MailInput {
  try {
    const status = statSync(path);
    if (!status.isFile()) throw new InputError(from, line, `${path} is no file`);
    if (status.size > MOST_BYTES) throw new InputError(from, line, `${path} is ${TOO_LARGE}`);
    return { name: path, bytes: readFileSync(path) };
  } catch (error) {
    if (error instanceof InputError) throw error;
    throw new InputError(from, line, `${path} cannot be read`);
  }
}

function list(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    throw new InputError(folder, 0, "no such folder");
  }
}
