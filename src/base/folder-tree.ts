/**
 * A folder as a tree. It may be partial, down to one file. Nothing outside the folder is read,
 * also not through symbolic links; nothing is written.
 */
import {
  closeSync,
  type Dirent,
  lstatSync,
  openSync,
  readdirSync,
  readSync,
  realpathSync,
  type Stats,
  statSync,
} from "node:fs";
import { dirname, join, sep } from "node:path";
import { InputError } from "../findings/input-error.js";
import { pathTrouble } from "../patch/check-path.js";
import { decodeText } from "./encode-text.js";
import { wordSearch } from "./search-words.js";
import { TextCache } from "./text-cache.js";
import type { Tree } from "./tree.js";

/** Throws InputError when there is no such folder. */
export function openTree(dir: string): Tree {
  return new FolderTree(realFolder(dir));
}

/** Larger sources are generated tables (register headers of graphics drivers). */
const MAX_SEARCHED = 2 * 1024 * 1024;
const MAX_READ = 32 * 1024 * 1024;

class FolderTree implements Tree {
  readonly #root: string;
  readonly #texts = new TextCache();
  readonly #folders = new Map<string, readonly string[]>();
  /** Both sides of a patch search for the same names, some more than once. */
  readonly #found = new Map<string, readonly string[]>();
  readonly #isFolderInside = new Map<string, boolean>();

  constructor(root: string) {
    this.#root = root;
  }

  read(path: string): string | null {
    return this.#texts.get(path, () => this.#readFile(path));
  }

  find(names: readonly string[], within: readonly string[] = [""]): readonly string[] {
    const key = JSON.stringify([[...names].sort(), [...within].sort()]);
    let found = this.#found.get(key);
    if (found === undefined) {
      found = this.#search(names, within);
      this.#found.set(key, found);
    }
    return found;
  }

  #search(names: readonly string[], within: readonly string[]): readonly string[] {
    const matches = wordSearch(names);
    const buffer = Buffer.allocUnsafe(MAX_SEARCHED + 1);
    const found = new Set<string>();
    for (const path of new Set(within.flatMap((folder) => this.#sources(folder)))) {
      const bytes = readInto(buffer, join(this.#root, path));
      if (bytes !== null && matches(bytes)) found.add(path);
    }
    return [...found].sort();
  }

  #readFile(path: string): string | null {
    if (pathTrouble(path) !== null) return null;
    const place = join(this.#root, path);
    const status = this.#statusInside(place);
    if (status === null || !status.isFile() || status.size > MAX_READ) return null;
    const bytes = readInto(roomFor(status.size + 1), place, status.size);
    return bytes === null ? null : decodeText(bytes);
  }

  /** What stands at a place, links followed; null when it is absent or leads out of the tree. */
  #statusInside(place: string): Stats | null {
    const status = statusOf(lstatSync, place);
    if (status === null || !status.isSymbolicLink())
      return status !== null && this.#folderIsInside(dirname(place)) ? status : null;
    return this.#leadsInside(place) ? statusOf(statSync, place) : null;
  }

  #folderIsInside(folder: string): boolean {
    let inside = this.#isFolderInside.get(folder);
    if (inside === undefined) {
      inside = this.#leadsInside(folder);
      this.#isFolderInside.set(folder, inside);
    }
    return inside;
  }

  #leadsInside(place: string): boolean {
    const real = realPath(place);
    const root = this.#root;
    return real === root || (real?.startsWith(root === sep ? sep : root + sep) ?? false);
  }

  /** The .c and .h files below a folder. */
  #sources(folder: string): readonly string[] {
    const top = folder.replace(/\/+$/, "");
    if (top !== "" && pathTrouble(top) !== null) return [];
    let files = this.#folders.get(top);
    if (files === undefined) {
      files =
        top === "" || this.#statusInside(join(this.#root, top)) !== null
          ? listSources(this.#root, top)
          : [];
      this.#folders.set(top, files);
    }
    return files;
  }
}

function realFolder(dir: string): string {
  const real = realPath(dir);
  if (real === null) throw new InputError(dir, 0, "no such folder");
  if (!statSync(real).isDirectory()) throw new InputError(dir, 0, "not a folder");
  return real;
}

function statusOf(look: typeof statSync, path: string): Stats | null {
  try {
    return look(path, { throwIfNoEntry: false }) ?? null;
  } catch {
    return null;
  }
}

function realPath(path: string): string | null {
  try {
    return realpathSync(path);
  } catch {
    return null;
  }
}

let room = Buffer.allocUnsafe(128 * 1024);

/** The same bytes for one file after the other, until one needs more. */
function roomFor(size: number): Buffer {
  if (room.length < size) room = Buffer.allocUnsafe(size);
  return room.subarray(0, size);
}

/**
 * A file's bytes in `buffer`, valid until the next call; null when unreadable or larger. Where its
 * size is known, no further look is taken whether more has come.
 */
function readInto(buffer: Buffer, path: string, size = -1): Buffer | null {
  let file: number;
  try {
    file = openSync(path, "r");
  } catch {
    return null;
  }
  try {
    let length = 0;
    for (;;) {
      const count = readSync(file, buffer, length, buffer.length - length, null);
      length += count;
      if (length === buffer.length) return null;
      if (count === 0 || length === size) return buffer.subarray(0, length);
    }
  } catch {
    return null;
  } finally {
    closeSync(file);
  }
}

/** Links are not followed, so this ends and stays inside. */
function listSources(root: string, top: string): string[] {
  const files: string[] = [];
  const pending = [top];
  for (let folder = pending.pop(); folder !== undefined; folder = pending.pop()) {
    for (const entry of entries(join(root, folder))) {
      const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (entry.isDirectory()) {
        if (entry.name !== ".git") pending.push(path);
      } else if (entry.isFile() && /\.[ch]$/.test(entry.name)) files.push(path);
    }
  }
  return files;
}

function entries(folder: string): Dirent[] {
  try {
    return readdirSync(folder, { withFileTypes: true });
  } catch {
    return [];
  }
}
