/**
 * The patches in the parts of one mail: in its text, attached, quoted, or in HTML where no text has
 * one. A file that is called a patch and holds none is an error beside the others.
 */
import { InputError } from "../findings/input-error.js";
import { hasDiff } from "./has-diff.js";
import { htmlText } from "./html-text.js";
import { inBodyHeaders } from "./in-body-headers.js";
import { isPatchFile, type LeafPart, leafParts, partText, type Reading } from "./leaf-parts.js";
import { withoutMargin } from "./margin.js";
import { type NumberedLines, sliceLines } from "./numbered-lines.js";
import type { PatchText } from "./patch-text.js";
import { type Headers, readMailHeaders } from "./read-headers.js";
import { readSubject } from "./read-subject.js";
import { readTrailers } from "./read-trailers.js";
import { type SeenDiff, seenDiff } from "./seen-diff.js";
import { splitMessages } from "./split-messages.js";
import { unquote } from "./unquote.js";

/** What is known of a patch beside its text. */
export interface Said {
  readonly subject?: string | undefined;
  readonly from?: string | undefined;
  readonly date?: string | undefined;
  readonly messageId?: string | undefined;
  readonly inReplyTo?: string | undefined;
  readonly commit?: string | undefined;
}

export interface PartPatches {
  readonly patches: PatchText[];
  readonly errors: InputError[];
  /** The first thing that looks like a diff. */
  readonly seen: SeenDiff | null;
}

/** Mails in mails in mails: no honest one is deeper. */
const MOST_MAILS = 5;

export async function partPatches(
  headers: Headers,
  body: NumberedLines,
  reading: Reading,
  said: Said,
): Promise<PartPatches> {
  const { source } = reading;
  const parts = await leafParts(headers, body, reading);
  const patches: PatchText[] = [];
  const errors: InputError[] = [];
  let seen: SeenDiff | null = null;
  for (const part of parts) {
    if (part.kind === "html") continue;
    const found = part.attached
      ? await attachedPatches(part, reading, said)
      : textPatches(part, source, said);
    patches.push(...found.patches);
    errors.push(...found.errors);
    seen ??= found.seen;
    if (found.patches.length + found.errors.length === 0 && isPatchFile(part.name))
      errors.push(notRead(part, source));
  }
  for (const part of patches.length > 0 ? [] : parts) {
    if (part.kind !== "html") continue;
    const text = htmlText(partText(part));
    seen ??= seenDiff(text);
    patches.push(...patchesIn(text, source, said));
  }
  return { patches: withoutCopies(patches), errors, seen };
}

function notRead({ name, line, trouble }: LeafPart, source: string): InputError {
  return new InputError(
    source,
    line,
    `the attachment ${name} could not be read: ${trouble ?? "no diff is in it"}`,
  );
}

function textPatches(part: LeafPart, source: string, said: Said): PartPatches {
  const text = partText(part);
  const patches = patchesIn(text, source, withBodyHeaders(said, text));
  return { patches, errors: [], seen: seenDiff(text) };
}

/** An attachment may be a mail itself, or several, as `git format-patch` writes them. */
async function attachedPatches(
  part: LeafPart,
  reading: Reading,
  outer: Said,
): Promise<PartPatches> {
  const { source, depth } = reading;
  const patches: PatchText[] = [];
  const errors: InputError[] = [];
  let seen: SeenDiff | null = null;
  for (const message of splitMessages(part.raw)) {
    const headers = depth < MOST_MAILS ? await readMailHeaders(message.text) : null;
    if (headers === null) {
      const text = partText({ ...part, raw: message.text });
      patches.push(...patchesIn(text, source, outer));
      seen ??= seenDiff(text);
      continue;
    }
    const inner: Said = {
      ...outer,
      subject: headers.values.get("subject") ?? outer.subject,
      from: headers.values.get("from") ?? outer.from,
      date: headers.values.get("date") ?? outer.date,
    };
    const body = sliceLines(message.text, headers.bodyStart);
    const found = await partPatches(headers, body, { ...reading, depth: depth + 1 }, inner);
    patches.push(...found.patches);
    errors.push(...found.errors);
    seen ??= found.seen;
  }
  return { patches, errors, seen };
}

/** A diff in a text that is no mail, or in one part of a mail. */
export function patchesIn(text: NumberedLines, source: string, said: Said): PatchText[] {
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

export function describe(
  text: NumberedLines,
  source: string,
  said: Said,
  quoted: boolean,
): PatchText {
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
