/** One message to what it says about itself and the patches in it, quoted ones included. */
import { InputError } from "../findings/input-error.js";
import { decodeLines } from "./decode-text.js";
import { hasDiff } from "./has-diff.js";
import { newReading } from "./leaf-parts.js";
import { type NumberedLines, sliceLines } from "./numbered-lines.js";
import { describe, type PartPatches, partPatches, patchesIn, type Said } from "./part-patches.js";
import type { PatchText } from "./patch-text.js";
import { readMailHeaders } from "./read-headers.js";
import { readSubject, type Subject } from "./read-subject.js";
import { type SeenDiff, seenDiff } from "./seen-diff.js";
import type { Message } from "./split-messages.js";

export interface Mail {
  readonly subject: Subject;
  readonly messageId: string | null;
  /** Mails this one answers, by id. */
  readonly parents: readonly string[];
  /** In the order of the mail; empty for a cover letter or a plain reply. */
  readonly patches: readonly PatchText[];
  /** Of files in it that are called patches and hold none. */
  readonly errors: readonly InputError[];
  /** What looks like a diff, where there are no patches. */
  readonly seen: SeenDiff | null;
}

/** The message is raw, one character for each byte. Throws InputError when it is neither mail nor diff. */
export async function readMail(message: Message, source: string): Promise<Mail> {
  if (message.shape === "commit") return readCommit(message, source);
  const headers = await readMailHeaders(message.text);
  if (headers === null) {
    const text = decodeLines(message.text, null);
    const patches = patchesIn(text, source, {});
    const seen = seenDiff(text);
    if (patches.length > 0 || message.shape === "mail" || seen !== null)
      return asMail({}, [], { patches, seen, errors: [] });
    throw new InputError(source, 0, "neither a patch nor a mail");
  }
  const { values } = headers;
  const commit = /^From ([0-9a-f]{40,64}) /.exec(message.separator ?? "")?.[1];
  const said: Said = {
    subject: values.get("subject"),
    from: values.get("from"),
    date: values.get("date"),
    messageId: ids(values.get("message-id"))[0],
    inReplyTo: ids(values.get("in-reply-to"))[0],
    commit: commit !== undefined && !/^0+$/.test(commit) ? commit : undefined,
  };
  const body = unescapeFrom(sliceLines(message.text, headers.bodyStart), message.shape);
  const found = await partPatches(headers, body, newReading(source), said);
  const parents = [...ids(values.get("references")), ...ids(values.get("in-reply-to"))];
  return asMail(said, parents, found);
}

/** `git show`: `Author:`, `Date:`, the message indented by four blanks, then the diff. */
function readCommit(message: Message, source: string): Mail {
  const text = decodeLines(message.text, null);
  const { lines } = text;
  const end = lines.findIndex((line) => line.startsWith("diff --"));
  const head = end === -1 ? lines : lines.slice(0, end);
  const field = (name: string) =>
    head
      .find((line) => line.startsWith(name))
      ?.slice(name.length)
      .trim();
  const said: Said = {
    subject: head.find((line) => /^ {4}\S/.test(line))?.trim(),
    from: field("Author:"),
    date: field("Date:") ?? field("AuthorDate:"),
    commit: /^commit ([0-9a-f]+)/.exec(message.separator ?? "")?.[1],
  };
  const patches = hasDiff(lines) ? [describe(text, source, said, false)] : [];
  return asMail(said, [], { patches, seen: null, errors: [] });
}

function asMail(said: Said, parents: readonly string[], found: PartPatches): Mail {
  const { patches, seen, errors } = found;
  const subject = readSubject(said.subject ?? "");
  return {
    subject,
    messageId: said.messageId ?? null,
    parents,
    patches,
    errors,
    seen: patches.length + errors.length > 0 ? null : seen,
  };
}

/** An mbox writes `>From ` where a line of a mail begins with `From `. */
function unescapeFrom(text: NumberedLines, shape: Message["shape"]): NumberedLines {
  if (shape !== "mail" || !text.lines.some((line) => line.startsWith(">"))) return text;
  return {
    ...text,
    lines: text.lines.map((line) => (/^>+From /.test(line) ? line.slice(1) : line)),
  };
}

function ids(value: string | undefined): string[] {
  return [...(value ?? "").slice(0, 65_536).matchAll(/<([^<>\s]+)>/g)].map(
    (match) => match[1] as string,
  );
}
