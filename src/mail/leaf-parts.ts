/**
 * The texts in a mail: its body, or the parts of a multipart, attached mails and patches
 * included; pictures and HTML left out.
 */
import { InputError } from "../findings/input-error.js";
import { readContentType } from "./content-type.js";
import { decodeBody } from "./decode-body.js";
import { type NumberedLines, sliceLines } from "./numbered-lines.js";
import { type Headers, readHeaders } from "./read-headers.js";
import { unflow } from "./unflow.js";

export interface LeafPart {
  readonly text: NumberedLines;
  /** A file or a mail of its own, which may begin with headers. */
  readonly attached: boolean;
}

/** No honest mail is nested deeper or has more parts: a mail bomb. */
const MAX_DEPTH = 20;
const MAX_PARTS = 1000;

/** Throws InputError on a mail that is nested too deep. */
export function leafParts(headers: Headers, body: NumberedLines, source: string): LeafPart[] {
  const parts: LeafPart[] = [];
  collect(headers, body, { source, parts, depth: 0, attached: false });
  return parts;
}

interface Collecting {
  readonly source: string;
  readonly parts: LeafPart[];
  readonly depth: number;
  readonly attached: boolean;
}

function collect(headers: Headers | null, body: NumberedLines, into: Collecting): void {
  const { type, parameters } = readContentType(headers?.values.get("content-type"));
  const boundary = parameters.get("boundary");
  if (type.startsWith("multipart/") && boundary !== undefined && boundary !== "") {
    for (const part of splitParts(body, boundary)) {
      if (into.depth >= MAX_DEPTH || into.parts.length >= MAX_PARTS) {
        throw new InputError(
          into.source,
          part.lineNumbers[0] ?? 0,
          "the mail has too many parts inside each other",
        );
      }
      const inner = readHeaders(part, 0);
      const start = inner?.bodyStart ?? (part.lines[0]?.trim() === "" ? 1 : 0);
      const attached = into.attached || isAttached(inner);
      collect(inner, sliceLines(part, start), { ...into, depth: into.depth + 1, attached });
    }
    return;
  }
  const encoding = headers?.values.get("content-transfer-encoding") ?? "7bit";
  const text = decodeBody(body, encoding, parameters.get("charset") ?? null);
  if (type === "message/rfc822") into.parts.push({ text, attached: true });
  else if (isText(type))
    into.parts.push({ text: flowed(parameters) ? unflow(text) : text, attached: into.attached });
}

function flowed(parameters: ReadonlyMap<string, string>): boolean {
  return parameters.get("format")?.toLowerCase() === "flowed";
}

function isAttached(headers: Headers | null): boolean {
  const disposition = headers?.values.get("content-disposition") ?? "";
  return (
    /^attachment/i.test(disposition) || /\bname=/i.test(headers?.values.get("content-type") ?? "")
  );
}

/** Attached patches are often called octet-stream or worse; whether one is a diff shows later. */
function isText(type: string): boolean {
  if (type === "text/html" || type === "text/calendar") return false;
  return /^(?:text|application)\//.test(type) || !type.includes("/");
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
