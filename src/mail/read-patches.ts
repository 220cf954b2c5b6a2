/**
 * One input as the user gave it (a file's bytes) to the patches in it, in their order. A mail
 * without a diff gives none; a text that is neither mail nor diff is an error.
 */
import { InputError } from "../findings/input-error.js";
import { decodeLines } from "./decode-text.js";
import { hasDiff } from "./has-diff.js";
import { type NumberedLines, numberLines, sliceLines } from "./numbered-lines.js";
import type { PatchText } from "./patch-text.js";
import { readHeaders } from "./read-headers.js";
import { readSubject } from "./read-subject.js";
import { readTrailers } from "./read-trailers.js";
import { type Message, splitMessages } from "./split-messages.js";

export interface MailInput {
  /** As the user named it: a path, `-`. */
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** More than any series; larger inputs would not fit the memory allowed. */
const MAX_BYTES = 64 * 1024 * 1024;

export function readPatches(input: MailInput): PatchText[] {
  if (input.bytes.length > MAX_BYTES) throw new InputError(input.name, 0, "larger than 64 MB, too large for a patch");
  const messages = splitMessages(numberLines(decodeLines(input.bytes)));
  const patches = messages.flatMap((message) => readMessage(message, input.name));
  return messages[0]?.shape === "commit" ? oldestFirst(patches) : patches;
}

function readMessage(message: Message, source: string): PatchText[] {
  if (message.shape === "commit") return readCommit(message, source);
  const headers = readHeaders(message.text);
  if (headers === null) {
    if (hasDiff(message.text.lines)) return [describe(message.text, source, {})];
    if (message.shape === "mail") return [];
    throw new InputError(source, 0, "neither a patch nor a mail");
  }
  const body = sliceLines(message.text, headers.bodyStart);
  if (!hasDiff(body.lines)) return [];
  const commit = /^From ([0-9a-f]{40,64}) /.exec(message.separator ?? "")?.[1];
  return [
    describe(body, source, {
      subject: headers.values.get("subject"),
      from: headers.values.get("from"),
      date: headers.values.get("date"),
      messageId: bareId(headers.values.get("message-id")),
      inReplyTo: bareId(headers.values.get("in-reply-to")),
      commit: commit !== undefined && !/^0+$/.test(commit) ? commit : undefined,
    }),
  ];
}

/** `git show`: `Author:`, `Date:`, the message indented by four blanks, then the diff. */
function readCommit(message: Message, source: string): PatchText[] {
  const { text } = message;
  if (!hasDiff(text.lines)) return [];
  const field = (name: string) => text.lines.find((line) => line.startsWith(name))?.slice(name.length).trim();
  return [
    describe(text, source, {
      subject: text.lines.find((line) => /^ {4}\S/.test(line))?.trim(),
      from: field("Author:"),
      date: field("Date:"),
      commit: /^commit ([0-9a-f]+)/.exec(message.separator ?? "")?.[1],
    }),
  ];
}

interface Said {
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly date?: string | undefined;
  readonly messageId?: string | undefined;
  readonly inReplyTo?: string | undefined;
  readonly commit?: string | undefined;
}

function describe(text: NumberedLines, source: string, said: Said): PatchText {
  const { title, index, total, version } = readSubject(said.subject ?? "");
  return {
    ...text,
    ...readTrailers(text.lines),
    source,
    subject: title,
    from: said.from ?? null,
    date: said.date ?? null,
    messageId: said.messageId ?? null,
    inReplyTo: said.inReplyTo ?? null,
    commit: said.commit ?? null,
    index,
    total,
    version,
    quoted: false,
    notes: [],
  };
}

function bareId(value: string | undefined): string | undefined {
  return /<([^<>\s]+)>/.exec(value ?? "")?.[1];
}

/** `git log -p` prints the newest commit first. */
function oldestFirst(patches: PatchText[]): PatchText[] {
  const time = (patch: PatchText | undefined) => Date.parse(patch?.date ?? "");
  return time(patches[0]) > time(patches[patches.length - 1]) ? patches.reverse() : patches;
}
