/** One message to what it says about itself and the patches in it, quoted ones included. */
import { InputError } from "../findings/input-error.js";
import { decodeLines } from "./decode-text.js";
import { hasDiff } from "./has-diff.js";
import { inBodyHeaders } from "./in-body-headers.js";
import { type LeafPart, leafParts, partText } from "./leaf-parts.js";
import { withoutMargin } from "./margin.js";
import { type NumberedLines, sliceLines } from "./numbered-lines.js";
import type { PatchText } from "./patch-text.js";
import { readMailHeaders } from "./read-headers.js";
import { readSubject, type Subject } from "./read-subject.js";
import { readTrailers } from "./read-trailers.js";
import { type SeenDiff, seenDiff } from "./seen-diff.js";
import { type Message, splitMessages } from "./split-messages.js";
import { unquote } from "./unquote.js";

export interface Mail {
  readonly subject: Subject;
  readonly messageId: string | null;
  /** Mails this one answers, by id. */
  readonly parents: readonly string[];
  /** In the order of the mail; empty for a cover letter or a plain reply. */
  readonly patches: readonly PatchText[];
  /** What looks like a diff, where there are no patches. */
  readonly seen: SeenDiff | null;
}

/** What is known of a patch beside its text. */
interface Said {
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly date?: string | undefined;
  readonly messageId?: string | undefined;
  readonly inReplyTo?: string | undefined;
  readonly commit?: string | undefined;
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
      return asMail({}, [], patches, seen);
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
  const patches: PatchText[] = [];
  let seen: SeenDiff | null = null;
  for (const part of await leafParts(headers, body, source)) {
    if (part.kind === "html") continue;
    const text = partText(part);
    seen ??= seenDiff(text);
    if (part.attached) patches.push(...(await attachedPatches(part, source, said)));
    else patches.push(...patchesIn(text, source, withBodyHeaders(said, text)));
  }
  const parents = [...ids(values.get("references")), ...ids(values.get("in-reply-to"))];
  return asMail(said, parents, withoutCopies(patches), seen);
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
  return asMail(said, [], hasDiff(lines) ? [describe(text, source, said, false)] : []);
}

/** An attachment may be a mail itself, or several, as `git format-patch` writes them. */
async function attachedPatches(part: LeafPart, source: string, outer: Said): Promise<PatchText[]> {
  const patches: PatchText[] = [];
  for (const message of splitMessages(part.raw)) {
    const headers = await readMailHeaders(message.text);
    if (headers === null) {
      patches.push(...patchesIn(partText({ ...part, raw: message.text }), source, outer));
      continue;
    }
    const inner: Said = {
      ...outer,
      subject: headers.values.get("subject") ?? outer.subject,
      from: headers.values.get("from") ?? outer.from,
      date: headers.values.get("date") ?? outer.date,
    };
    const body = sliceLines(message.text, headers.bodyStart);
    for (const one of await leafParts(headers, body, source))
      patches.push(...patchesIn(partText(one), source, inner));
  }
  return patches;
}

function patchesIn(text: NumberedLines, source: string, said: Said): PatchText[] {
  if (hasDiff(text.lines)) return [describe(text, source, said, false)];
  const quote = unquote(text) ?? withoutMargin(text);
  return quote === null ? [] : [describe(quote, source, said, true)];
}

function withBodyHeaders(said: Said, body: NumberedLines): Said {
  const values = inBodyHeaders(body);
  if (values.size === 0) return said;
  return {
    ...said,
    subject: values.has("subject")
      ? keepNumber(said.subject, values.get("subject") as string)
      : said.subject,
    from: values.get("from") ?? said.from,
    date: values.get("date") ?? said.date,
  };
}

/** A subject in the body replaces the title but not the place in the series. */
function keepNumber(outer: string | undefined, inner: string): string {
  const tags = /^(?:\s*\[[^\]]*\])+/.exec(outer ?? "")?.[0] ?? "";
  return /^\s*\[/.test(inner) ? inner : `${tags} ${inner}`;
}

function describe(text: NumberedLines, source: string, said: Said, quoted: boolean): PatchText {
  const { title, index, total, version } = readSubject(said.subject ?? "");
  return {
    lines: text.lines,
    lineNumbers: text.lineNumbers,
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
    quoted,
    notes: [],
  };
}

function asMail(
  said: Said,
  parents: readonly string[],
  patches: readonly PatchText[],
  seen: SeenDiff | null = null,
): Mail {
  const subject = readSubject(said.subject ?? "");
  return {
    subject,
    messageId: said.messageId ?? null,
    parents,
    patches,
    seen: patches.length > 0 ? null : seen,
  };
}

/** The same diff in the body and in an attachment counts once. */
function withoutCopies(patches: readonly PatchText[]): PatchText[] {
  const seen = new Set<string>();
  return patches.filter((patch) => {
    const diff = patch.lines.filter((line) => /^[-+]/.test(line)).join("\n");
    if (patches.length > 1 && seen.has(diff)) return false;
    seen.add(diff);
    return true;
  });
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
