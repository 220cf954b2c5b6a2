/**
 * What is encoded in a mail, undone by postal-mime, which is loaded only for a mail that needs it.
 * It is handed one part at a time, called an attachment of bytes: a text it would read by its label
 * alone, join with others and give back without its place in the input.
 */
import type { Headers } from "./read-headers.js";

/** RFC 2047: `=?utf-8?q?...?=` in a header's value to text. */
export async function decodeWords(value: string): Promise<string> {
  if (!value.includes("=?")) return value;
  return (await import("postal-mime")).decodeWords(value);
}

export type TransferEncoding = "none" | "base64" | "quoted-printable";

/** Of two that are named, the one that encodes: `7bit` is said by mailers that did not look. */
export function transferEncoding(headers: Headers | null): TransferEncoding {
  const named = [...(headers?.values ?? [])].filter(([name]) => ENCODING.test(name));
  const value = named.map(([, encoding]) => encoding).join(" ");
  if (/base64/i.test(value)) return "base64";
  return /quoted-printable/i.test(value) ? "quoted-printable" : "none";
}

/** \0: a field that is there twice. */
const ENCODING = /^content-transfer-encoding(?:\0|$)/;

/** `lines`: one character for each byte. */
export async function undoEncoding(
  encoding: Exclude<TransferEncoding, "none">,
  lines: readonly string[],
): Promise<Uint8Array> {
  if (encoding === "base64") return fromBase64(lines.join(""));
  const head = `Content-Type: application/octet-stream\nContent-Transfer-Encoding: ${encoding}\n\n`;
  const [file] = await attachments(Buffer.from(`${head}${lines.join("\n")}\n`, "latin1"));
  return file === undefined ? new Uint8Array() : new Uint8Array(file.content as ArrayBuffer);
}

/** Node's own; the library takes 10 us for each padded line. Some mailers pad every line. */
function fromBase64(text: string): Uint8Array {
  const units = text.replace(/[^A-Za-z0-9+/=]/g, "").split(/=+/);
  return Buffer.concat(units.map((unit) => Buffer.from(unit, "base64")));
}

/** What the part is called as a file; null when it has no name. */
export async function fileName(headers: Headers | null): Promise<string | null> {
  const type = headers?.values.get("content-type") ?? "";
  const disposition = headers?.values.get("content-disposition") ?? "";
  if (!/name/i.test(type + disposition)) return null;
  const parameters = type.replace(/^[^;]*/, "");
  const head = `Content-Type: application/octet-stream${parameters}\nContent-Disposition: ${disposition}\n\n`;
  const [file] = await attachments(Buffer.from(head));
  return file?.filename ?? null;
}

async function attachments(mail: Uint8Array) {
  const { default: PostalMime } = await import("postal-mime");
  return (await PostalMime.parse(mail)).attachments;
}
