/**
 * Inputs as the user gave them (bytes of files) to the patches in them, in the order in which
 * they apply. A mail without a diff gives none; a text that is neither mail nor diff is an error.
 */
import { InputError } from "../findings/input-error.js";
import { arrangeSeries } from "./arrange-series.js";
import { rawLines } from "./decode-text.js";
import { numberLines } from "./numbered-lines.js";
import type { PatchText } from "./patch-text.js";
import { type Mail, readMail } from "./read-mail.js";
import { splitMessages } from "./split-messages.js";
import { unpack, withoutColours } from "./unpack.js";

export interface MailInput {
  /** As the user named it: a path, `-`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** More than any series; larger inputs would not fit the memory allowed. */
const MAX_BYTES = 32 * 1024 * 1024;
const MAX_LINES = 1_000_000;

/** The patches of one file: a patch, a mail, a mailbox, the output of git. Throws InputError. */
export async function readPatches(input: MailInput): Promise<PatchText[]> {
  const { patches, errors } = await readMailbox([input]);
  if (errors[0] !== undefined) throw errors[0];
  return patches;
}

export interface Mailbox {
  readonly patches: PatchText[];
  /** Of files that are neither mail nor patch, or broken. */
  readonly errors: InputError[];
}

/** The patches of files that are one mailbox together: a maildir, a folder of patches. */
export async function readMailbox(inputs: readonly MailInput[]): Promise<Mailbox> {
  const patches: PatchText[] = [];
  const mails: Mail[] = [];
  const errors: InputError[] = [];
  const sources: { readonly mail: Mail; readonly name: string }[] = [];
  for (const input of inputs) {
    const trouble = tooLarge(input.bytes);
    if (trouble !== null) {
      errors.push(new InputError(input.name, 0, `too large for a patch: ${trouble}`));
      continue;
    }
    const bytes = await attempt(() => unpack(input.bytes, input.name, MAX_BYTES), errors);
    if (bytes === null) continue;
    const messages = splitMessages(numberLines(withoutColours(rawLines(bytes))));
    const read: Mail[] = [];
    for (const message of messages) {
      const mail = await attempt(() => readMail(message, input.name), errors);
      if (mail === null) continue;
      read.push(mail);
      errors.push(...mail.errors);
    }
    sources.push(...read.map((mail) => ({ mail, name: input.name })));
    if (messages[0]?.shape === "commit")
      patches.push(...oldestFirst(read.flatMap((mail) => mail.patches)));
    else mails.push(...read);
  }
  errors.push(...unreadDiffs(sources));
  return { patches: [...patches, ...arrangeSeries(mails)], errors };
}

/** Diffs that were seen and not read; what answers a patch that was read may quote of it at will. */
function unreadDiffs(
  mails: readonly { readonly mail: Mail; readonly name: string }[],
): InputError[] {
  const read = new Set(
    mails.flatMap(({ mail }) => (mail.patches.length > 0 ? (mail.messageId ?? []) : [])),
  );
  return mails.flatMap(({ mail: { seen, parents }, name }) =>
    seen === null || parents.some((id) => read.has(id))
      ? []
      : new InputError(name, seen.line, `${seen.what} was seen here and could not be read`),
  );
}

function tooLarge(bytes: Uint8Array): string | null {
  if (bytes.length > MAX_BYTES) return "more than 32 MB";
  let lines = 0;
  for (let at = 0; at < bytes.length; at++) if (bytes[at] === 10) lines++;
  return lines > MAX_LINES ? `${lines} lines` : null;
}

/** One broken mail of a mailbox leaves the others alone. */
async function attempt<T>(read: () => T | Promise<T>, errors: InputError[]): Promise<T | null> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    errors.push(error);
    return null;
  }
}

/** `git log -p` prints the newest commit first; `--reverse` shows in the dates. */
function oldestFirst(patches: readonly PatchText[]): PatchText[] {
  const time = (patch: PatchText | undefined) => Date.parse(patch?.date ?? "");
  const ascending = time(patches[0]) < time(patches[patches.length - 1]);
  return ascending ? [...patches] : [...patches].reverse();
}
