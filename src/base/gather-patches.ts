/**
 * All patches of a run, in the order in which they apply: from files, mailboxes and folders as
 * the user named them, or from a repository. What cannot be read is an error beside the rest.
 */
import { join, relative, resolve, sep } from "node:path";
import { InputError } from "../findings/input-error.js";
import type { PatchText } from "../mail/patch-text.js";
import { type MailInput, readMailbox } from "../mail/read-patches.js";
import { commitPatches, indexPatches, workTreePatches } from "./git-patches.js";
import { readPatchFolder } from "./patch-folder.js";
import type { Repository } from "./repository.js";

/** One word of the command line: a file's bytes, or a folder (`content` null). */
export interface NamedInput {
  readonly name: string;
  readonly content: Uint8Array | string | null;
}

export interface Gathered {
  readonly patches: PatchText[];
  readonly errors: InputError[];
}

export async function gatherPatches(inputs: readonly NamedInput[], cwd: string): Promise<Gathered> {
  const patches: PatchText[] = [];
  const errors: InputError[] = [];
  for (const input of inputs) {
    try {
      for (const mailbox of mailboxesOf(input, cwd)) {
        const read = await readMailbox(mailbox);
        patches.push(...read.patches);
        errors.push(...read.errors);
      }
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      errors.push(error);
    }
  }
  return { patches, errors };
}

/** `revisions` null: what is staged (`cached`), else the work tree. Throws InputError. */
export async function gatherFromGit(
  repository: Repository | null,
  revisions: string | null,
  cached: boolean,
): Promise<PatchText[]> {
  const name = revisions ?? (cached ? "--cached" : "-g");
  if (repository === null) throw new InputError(name, 0, "the tree is in no git repository");
  if (cached) return indexPatches(repository);
  return revisions === null ? workTreePatches(repository) : commitPatches(repository, revisions);
}

function mailboxesOf({ name, content }: NamedInput, cwd: string): MailInput[][] {
  if (content === null) return readPatchFolder(resolve(cwd, name));
  return [[{ name, bytes: typeof content === "string" ? Buffer.from(content) : content }]];
}

/** What lies in a folder is called by the folder's name as the user gave it. */
export function nameAsGiven(file: string, inputs: readonly NamedInput[], cwd: string): string {
  const folders = inputs.filter(({ content }) => content === null);
  const folder = folders.find(({ name }) => file.startsWith(join(resolve(cwd, name), sep)));
  if (folder === undefined) return file;
  return join(folder.name, relative(resolve(cwd, folder.name), file));
}
