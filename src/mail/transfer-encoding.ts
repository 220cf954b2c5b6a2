/** Quoted-printable and base64, as lenient as mailers are careless. */

export function decodeBase64(text: string): Uint8Array {
  return Buffer.from(text.replace(/[^A-Za-z0-9+/]/g, ""), "base64");
}

/** One line, or a header's word, without soft line breaks. A broken escape stays as it is. */
export function decodeQuotedPrintable(text: string): Uint8Array {
  if (!text.includes("=")) return Buffer.from(text, "utf8");
  const bytes = Buffer.alloc(Buffer.byteLength(text, "utf8"));
  let length = 0;
  for (let at = 0; at < text.length; ) {
    const escape = text.indexOf("=", at);
    const end = escape === -1 ? text.length : escape;
    length += bytes.write(text.slice(at, end), length, "utf8");
    if (escape === -1) break;
    const code = text.slice(escape + 1, escape + 3);
    if (/^[0-9A-Fa-f]{2}$/.test(code)) {
      bytes[length++] = Number.parseInt(code, 16);
      at = escape + 3;
    } else {
      bytes[length++] = 61;
      at = escape + 1;
    }
  }
  return bytes.subarray(0, length);
}
