/**
 * The texts in a mail: its body, or the parts of a multipart, attached mails and patches included;
 * pictures left out. Cut here and not by the library that undoes the encodings, because a patch's
 * lines are named by their place in the input.
 */
import { InputError } from "../findings/input-error.js";
import { readContentType } from "./content-type.js";
import { decodeBody } from "./decode-body.js";
import { decodeLines } from "./decode-text.js";
import { type NumberedLines, sliceLines } from "./numbered-lines.js";
import { type Headers, readHeaders } from "./read-headers.js";
import { fileName, transferEncoding } from "./undo-encoding.js";
import { unflow } from "./unflow.js";

export interface LeafPart {
  readonly kind: "text" | "html";
  /** Raw, one character for each byte: it may be a mail. `partText` has it decoded. */
  readonly raw: NumberedLines;
  readonly parameters: ReadonlyMap<string, string>;
  /** A file or a mail of its own, which may begin with headers. */
  readonly attached: boolean;
  readonly name: string | null;
  /** Line of the input on which it begins. */
  readonly line: number;
  /** What kept it from being unpacked; `raw` is empty then. */
  readonly trouble: string | null;
}

/** No honest mail is nested deeper or has more parts: a mail bomb. */
const MAX_DEPTH = 20;
const MAX_PARTS = 1000;

/** What holds for a mail and the mails in it. */
export interface Reading {
  readonly source: string;
  /** Bytes that compressed parts may still unpack to, all together. */
  readonly budget: { bytes: number };
  /** Mails around this one. */
  readonly depth: number;
}

const MOST_UNPACKED = 32 * 1024 * 1024;

export function newReading(source: string): Reading {
  return { source, budget: { bytes: MOST_UNPACKED }, depth: 0 };
}

/** `body` is raw: one character for each byte. Throws InputError on a mail that is nested too deep. */
export async function leafParts(
  headers: Headers,
  body: NumberedLines,
  { source, budget }: Reading,
): Promise<LeafPart[]> {
  const parts: LeafPart[] = [];
  await collect(headers, body, { source, parts, budget, depth: 0, attached: false });
  return parts;
}

interface Collecting {
  readonly source: string;
  readonly parts: LeafPart[];
  readonly budget: { bytes: number };
  readonly depth: number;
  readonly attached: boolean;
}

async function collect(
  headers: Headers | null,
  body: NumberedLines,
  into: Collecting,
): Promise<void> {
  const { type, parameters } = readContentType(headers?.values.get("content-type"));
  const boundary = parameters.get("boundary");
  if (!type.startsWith("multipart/") || boundary === undefined || boundary === "") {
    const part = await readLeaf(headers, body, into);
    if (part !== null) into.parts.push(part);
    return;
  }
  for (const part of splitParts(body, boundary)) {
    if (into.depth >= MAX_DEPTH || into.parts.length >= MAX_PARTS) {
      throw new InputError(
        into.source,
        part.lineNumbers[0] ?? 0,
        "the mail has too many parts inside each other",
      );
    }
    const inner = readHeaders(part);
    const start = inner?.bodyStart ?? (part.lines[0]?.trim() === "" ? 1 : 0);
    const attached = into.attached || isAttached(inner);
    await collect(inner, sliceLines(part, start), { ...into, depth: into.depth + 1, attached });
  }
}

/** Null for what holds no text. */
async function readLeaf(
  headers: Headers | null,
  body: NumberedLines,
  { attached, budget }: Collecting,
): Promise<LeafPart | null> {
  const { type, parameters } = readContentType(headers?.values.get("content-type"));
  const name = await fileName(headers);
  if (!isText(type) && !isPatchFile(name)) return null;
  const line = body.lineNumbers[0] ?? 0;
  const isAttachment = attached || type === "message/rfc822";
  const kind = type === "text/html" && !isPatchFile(name) ? "html" : "text";
  const part = { kind, attached: isAttachment, name, line, parameters } as const;
  try {
    const raw = await decodeBody(body, transferEncoding(headers), budget);
    return { ...part, raw, trouble: null };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { ...part, raw: { lines: [], lineNumbers: [] }, trouble: error.message };
  }
}

/** The part as text. */
export function partText({ raw, parameters }: LeafPart): NumberedLines {
  const text = decodeLines(raw, parameters.get("charset") ?? null);
  return parameters.get("format")?.toLowerCase() === "flowed" ? unflow(text) : text;
}

/** `x.patch`, also compressed: `x.patch.gz`. */
export function isPatchFile(name: string | null): boolean {
  return name !== null && /\.(?:patch|diff)(?:\.(?:gz|bz2|xz|zst|zip))?$/i.test(name.trim());
}

function isAttached(headers: Headers | null): boolean {
  const disposition = headers?.values.get("content-disposition") ?? "";
  return (
    /^attachment/i.test(disposition) ||
    /\bname[*\d]*=/i.test(headers?.values.get("content-type") ?? "")
  );
}

/** Attached patches are often called octet-stream or worse; whether one is a diff shows later. */
function isText(type: string): boolean {
  if (type === "text/calendar") return false;
  return /^(?:text|application)\//.test(type) || type === "message/rfc822" || !type.includes("/");
}

/** The parts between the boundary lines. A missing last boundary ends with the mail. */
function splitParts(body: NumberedLines, boundary: string): NumberedLines[] {
  const parts: NumberedLines[] = [];
  let start = -1;
  for (const [index, raw] of body.lines.entries()) {
    if (!raw.startsWith("--")) continue;
    const line = raw.trimEnd();
    const last = line === `--${boundary}--`;
    if (!last && line !== `--${boundary}`) continue;
    if (start !== -1) parts.push(sliceLines(body, start, index));
    start = last ? -1 : index + 1;
    if (last) break;
  }
  if (start !== -1) parts.push(sliceLines(body, start));
  return parts;
}
