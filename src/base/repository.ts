/** The git repository around a tree: commits, blobs, and the tree's place in it. */
import { existsSync, realpathSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { BlobReader } from "./blob-reader.js";

export class Repository {
  /** Top of the work tree. */
  readonly top: string;
  /** The tree's place below it, ending in `/`; empty when the tree is the work tree. */
  readonly prefix: string;
  readonly blobs: BlobReader;
  readonly #commits = new Map<string, string | null>();

  constructor(top: string, prefix: string) {
    this.top = top;
    this.prefix = prefix;
    this.blobs = new BlobReader(top);
  }

  /** Full id of the commit that a revision names; null when there is none. */
  commit(revision: string): string | null {
    let id = this.#commits.get(revision);
    if (id === undefined) {
      id = this.blobs.commit(revision);
      this.#commits.set(revision, id);
    }
    return id;
  }

  /** A file of a commit, by its path in the tree. */
  fileAt(commit: string, path: string): { readonly id: string; readonly text: string } | null {
    return this.blobs.read(`${commit}:${this.prefix}${path}`);
  }
}

/** The repository that holds a folder; null when none does. Whether git is there shows later. */
export function findRepository(folder: string): Repository | null {
  const tree = realpathSync(folder);
  for (let dir = tree; ; dir = dirname(dir)) {
    if (existsSync(join(dir, ".git"))) {
      const below = relative(dir, tree).split(sep).join("/");
      return new Repository(dir, below === "" ? "" : `${below}/`);
    }
    if (dir === dirname(dir)) return null;
  }
}
