/**
 * Mails made to order: a diff, wrapped as mailers wrap it, well and badly. Each knows the diff that
 * is in it and what is odd about it.
 */
import fc from "fast-check";
import { CHARSETS, encode, wordsOf } from "./charset-words.js";

export interface MadeMail {
  readonly bytes: Buffer;
  /** What was sent. */
  readonly diff: string;
  /** Of the part with the diff. */
  readonly charset: string;
  readonly subject: string;
  readonly traits: ReadonlySet<string>;
}

export const madeMails: fc.Arbitrary<MadeMail> = fc.gen().map((draw) => new Maker(draw).mail());

/** One part: its header lines and its body, both bytes as text. */
interface Part {
  readonly head: readonly string[];
  readonly body: string;
}

type Draw = Parameters<Parameters<ReturnType<typeof fc.gen>["map"]>[0]>[0];

class Maker {
  readonly #draw: Draw;
  readonly #traits = new Set<string>();

  constructor(draw: Draw) {
    this.#draw = draw;
  }

  mail(): MadeMail {
    const charset = this.#one("utf-8", "utf-8", "utf-8", ...CHARSETS);
    const diff = this.#diff(wordsOf(charset));
    const { head, body } = this.#structure(diff, charset);
    const subject = this.#subject();
    const lines = this.#shuffled(subject.lines, head);
    let text = `${lines.join("\n")}\n\n${body}`;
    if (this.#oneIn(3)) {
      text = text.replace(/^(>*From )/gm, ">$1");
      text = `From ada@mail.example Mon May  6 10:00:00 2024\n${text}`;
    }
    if (!text.endsWith("\n")) text += "\n";
    if (this.#oneIn(3)) text = text.replaceAll("\n", "\r\n");
    const traits = this.#traits;
    return { bytes: Buffer.from(text, "latin1"), diff, charset, subject: subject.title, traits };
  }

  #structure(diff: string, charset: string): Part {
    const words = wordsOf(charset);
    const message = this.#message(words);
    switch (this.#one(...STRUCTURES)) {
      case "plain":
        return this.#leaf(`${message}---\n\n${diff}-- \n2.39.5\n`, charset, "");
      case "attached": {
        const said = this.#leaf(message, charset, "");
        const name = this.#one(...NAMES);
        return this.#multipart("mixed", [said, this.#leaf(diff, charset, name)]);
      }
      case "alternative": {
        const plain = this.#leaf(`${message}---\n${diff}`, charset, "");
        this.#traits.add("an HTML twin");
        const html = this.#leaf(`<p>${message}</p>\n<pre>${escaped(diff)}</pre>\n`, charset, "");
        const both = this.#multipart("alternative", [
          plain,
          { ...html, head: html.head.map((line) => line.replace("text/plain", "text/html")) },
        ]);
        const footer = this.#leaf("______\na list\n", "utf-8", "");
        return this.#oneIn(2) ? this.#multipart("mixed", [both, footer]) : both;
      }
      case "signed": {
        const said = this.#leaf(`${message}---\n${diff}`, charset, "");
        const head = ["Content-Type: application/pgp-signature; name=signature.asc"];
        const body = "-----BEGIN PGP SIGNATURE-----\n\niQFz=Abc\n-----END PGP SIGNATURE-----\n";
        return this.#multipart("signed", [said, { head, body }]);
      }
      default: {
        const said = this.#leaf("Forwarded.\n", "utf-8", "");
        const inner = this.#leaf(`${message}---\n${diff}`, charset, "");
        if (/base64|printable/i.test(inner.head.join())) this.#traits.add("forwarded and encoded");
        const head = ["From: Ben Example <ben@mail.example>", ...inner.head];
        return this.#multipart("mixed", [
          said,
          { head: ["Content-Type: message/rfc822"], body: `${head.join("\n")}\n\n${inner.body}` },
        ]);
      }
    }
  }

  #multipart(kind: string, parts: readonly Part[]): Part {
    const name = this.#oneIn(12) ? "_000_=?" : this.#one("b", "=_x y", "----=_Part_1'()+_,-./:");
    const boundary = `${name}${this.#number(3)}`;
    if (parts.some(({ body }) => body.includes(`--${boundary}`)))
      return this.#multipart(kind, parts);
    const body = parts.map((part) => `--${boundary}\n${part.head.join("\n")}\n\n${part.body}\n`);
    const preamble = this.#one("", "This is a mail in parts.\n", "\n");
    if (boundary.includes("=?")) this.#traits.add("=? in a boundary");
    if (parts.some(({ head }) => head.join().includes("multipart/")))
      this.#traits.add("multiparts in each other");
    const last = this.#oneIn(10) ? "" : `--${boundary}--\n${this.#one("", "\n", "after\n")}`;
    return {
      head: [`Content-Type: multipart/${kind};${this.#one(" ", "\n\t", "")}boundary="${boundary}"`],
      body: preamble + body.join("") + last,
    };
  }

  /** `parameter`: a name, as the header has it. */
  #leaf(text: string, charset: string, parameter: string): Part {
    const isWide = charset === "utf-16";
    if (isWide) this.#traits.add("UTF-16");
    const encoding = isWide ? "base64" : this.#one("8bit", "8bit", "quoted-printable", "base64");
    const head = [`Content-Type: text/plain${this.#label(charset, text)}`];
    if (parameter !== "") {
      head[0] = `Content-Type: ${this.#one("text/x-patch", "application/octet-stream")}${this.#label(charset, text)}`;
      head.push(`Content-Disposition: attachment;${this.#one(" ", "\n ")}${parameter}`);
    }
    const { body, said } = this.#encoded(text, charset, encoding);
    if (said !== "8bit" || this.#oneIn(2)) head.push(`Content-Transfer-Encoding: ${said}`);
    if (this.#oneIn(30)) {
      this.#traits.add("two encodings named");
      head.push("Content-Transfer-Encoding: 7bit");
    }
    if (this.#oneIn(20)) head.push(head[0] as string);
    return { head: this.#oneIn(2) ? head : head.reverse(), body };
  }

  #encoded(text: string, charset: string, encoding: string): { body: string; said: string } {
    if (encoding === "8bit") {
      const body = encode(text, charset).toString("latin1");
      if (!this.#oneIn(25)) return { body, said: this.#one("8bit", "7bit", "BINARY") };
      this.#traits.add("called base64");
      return { body, said: "base64" };
    }
    if (encoding === "quoted-printable")
      return {
        body: this.#quotedPrintable(encode(text, charset)),
        said: this.#one(encoding, "Quoted-Printable"),
      };
    const hasCr = charset !== "utf-16" && this.#oneIn(5);
    if (hasCr) this.#traits.add("carriage returns in base64");
    const bytes = encode(hasCr ? text.replaceAll("\n", "\r\n") : text, charset);
    const width = this.#one(76, 76, 76, 60, 72, 64, 75);
    if (width % 4 !== 0) this.#traits.add("base64 lines of odd length");
    const body = `${
      bytes
        .toString("base64")
        .match(new RegExp(`.{1,${width}}`, "g"))
        ?.join("\n") ?? ""
    }\n`;
    return { body, said: this.#one(encoding, "BASE64") };
  }

  #quotedPrintable(bytes: Buffer): string {
    const width = this.#one(76, 76, 40, 73);
    const small = this.#oneIn(4);
    const encodeAll = this.#oneIn(8);
    const lines = bytes.toString("latin1").split("\n");
    return lines
      .map((line) => {
        let row = "";
        let out = "";
        for (const [at, char] of [...line].entries()) {
          const code = char.charCodeAt(0);
          const isLast = at === line.length - 1;
          const isPlain =
            code >= 33 && code < 127 && char !== "=" && !(encodeAll && code % 7 === 0);
          const isBlank = (char === " " || char === "\t") && !isLast;
          const hex = code.toString(16).padStart(2, "0");
          const piece = isPlain || isBlank ? char : `=${small ? hex : hex.toUpperCase()}`;
          if (row.length + piece.length > width - 1) {
            out += `${row}=\n`;
            row = "";
          }
          row += piece;
        }
        return out + row;
      })
      .join("\n");
  }

  /** The parameter `charset`, true or not. */
  #label(charset: string, text: string): string {
    const isAscii = wordsOf(charset).every((word) => !text.includes(word));
    const write = (label: string) =>
      `;${this.#one(" ", "\n ", "")}${this.#one(`charset=${label}`, `charset="${label}"`, `Charset=${label.toUpperCase()}`)}`;
    if (charset === "utf-8" && this.#oneIn(6)) {
      const lie = this.#one("us-ascii", "iso-8859-1", "none", "x-unknown");
      if (lie === "x-unknown") this.#traits.add("a charset that nobody knows");
      else if (!isAscii && lie !== "none") this.#traits.add("UTF-8 by another name");
      return lie === "none" ? "" : write(lie);
    }
    if (charset === "iso-8859-1" && this.#oneIn(3)) {
      const lie = this.#one("utf-8", "none", "us-ascii");
      if (!isAscii && lie !== "none") this.#traits.add("Latin-1 by another name");
      return lie === "none" ? "" : write(lie);
    }
    if (charset === "utf-8" && this.#oneIn(20)) {
      this.#traits.add("called flowed");
      return `${write(charset)}; format=flowed; delsp=yes`;
    }
    return write(charset);
  }

  #subject(): { title: string; lines: string[] } {
    const title = this.#one("mm: lock the box", "mm: Kästchen", "mm: lock коробка and 箱子 both");
    const base64 = (text: string) => `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
    const quoted = (text: string) =>
      `=?utf-8?q?${[...Buffer.from(text)].map((code) => (code > 64 && code < 91 ? String.fromCharCode(code) : `=${code.toString(16).toUpperCase().padStart(2, "0")}`)).join("")}?=`;
    const half = title.indexOf(" ", 5) === -1 ? title.length : title.indexOf(" ", 5);
    const written = this.#one(
      Buffer.from(title).toString("latin1"),
      base64(title),
      quoted(title),
      `${base64(title.slice(0, half))}\n ${quoted(title.slice(half))}`,
    );
    const lines = [`Subject:${this.#one(" ", "", "  ")}[PATCH]${this.#one(" ", "\n ")}${written}`];
    if (this.#oneIn(20)) lines.push("Subject: another one");
    return { title, lines };
  }

  #shuffled(subject: readonly string[], content: readonly string[]): string[] {
    const ids = Array.from({ length: 30 }, (_, at) => `<${at}@mail.example>`);
    const lines = [
      "From: Ada Example <ada@mail.example>",
      "Date: Mon, 6 May 2024 10:00:00 +0200",
      `Message-ID:${this.#one(" ", "\n ", "")}<one@mail.example>`,
      "MIME-Version:1.0",
      `ARC-Seal:i=1; a=rsa-sha256;\n\tcv=none; b=${"Ab+/".repeat(60)}=`,
      "Received: from a.example by b.example;\n\tMon, 6 May 2024 10:00:00 +0200",
      "Received: from b.example by c.example;\n        Mon, 6 May 2024 10:00:01 +0200",
      `References: ${ids.join("\n\t")}`,
    ];
    lines.splice(this.#number(lines.length), 0, ...subject);
    lines.splice(this.#number(lines.length), 0, ...content);
    return lines;
  }

  #message(words: readonly string[]): string {
    const lines = Array.from({ length: this.#number(6) }, () =>
      this.#one(
        "From the start,",
        "",
        "a = b",
        "-- ",
        `${words[0]} is part of it.`,
        "x".repeat(300),
      ),
    );
    return `The box is locked.\n${lines.join("\n")}\nSigned-off-by: Ada Example <ada@mail.example>\n`;
  }

  #diff(words: readonly string[]): string {
    const files = Array.from({ length: 1 + this.#number(1) }, (_, at) => {
      const name = this.#one(`mm/${at}.c`, `fs/a/${at}.h`);
      const hunks = Array.from({ length: 1 + this.#number(1) }, (_, index) =>
        this.#hunk(1 + 100 * index, words),
      );
      return `diff --git a/${name} b/${name}\nindex 1234567..89abcde 100644\n--- a/${name}\n+++ b/${name}\n${hunks.join("")}`;
    });
    return files.join("");
  }

  #hunk(start: number, words: readonly string[]): string {
    const lines = Array.from(
      { length: 2 + this.#number(8) },
      () =>
        this.#one(" ", " ", "+", "-") +
        this.#one(...CODE, ...words.map((word) => `\t/* ${word} */`)),
    );
    lines.push("+\tvma_start_write(vma);", " }");
    const count = (kind: string) =>
      lines.filter((line) => line[0] === " " || line[0] === kind).length;
    const numbers = `-${start},${count("-")} +${start},${count("+")}`;
    return `@@ ${numbers} @@ ${this.#one("", "int f(void)", `/* ${words[0]}`)}\n${lines.join("\n")}\n`;
  }

  #one<T>(...options: readonly T[]): T {
    return this.#draw(fc.constantFrom, ...options) as T;
  }

  #oneIn(count: number): boolean {
    return this.#number(count - 1) === 0;
  }

  /** From 0 to `most`. */
  #number(most: number): number {
    return this.#draw(fc.nat, most);
  }
}

/** As often as they are here. */
const STRUCTURES = [
  "plain",
  "plain",
  "plain",
  "plain",
  "attached",
  "attached",
  "signed",
  "signed",
  "alternative",
  "forwarded",
] as const;

const CODE = [
  "",
  "{",
  "\tif (a >= 0 && b == c)",
  "\treturn 0;",
  "\tblanks at the end  ",
  "\t",
  "From here",
  ".",
  "=",
  "a =20 b =",
  "<b>&amp;</b>",
  `\tlong(${"argument, ".repeat(12)}last);`,
  "y".repeat(200),
];

/** RFC 2231 among them. */
const NAMES = [
  'filename="x.patch"',
  "filename=x.patch",
  "filename*=utf-8''K%C3%A4stchen.patch",
  'filename*0="a long"; filename*1=" name.patch"',
  "filename*0*=utf-8''%e7%ae%b1; filename*1=.diff",
  'filename="=?utf-8?q?K=C3=A4stchen=2Epatch?="',
];

function escaped(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
