/**
 * The lines above a file's first hunk: `diff --git` with git's extended headers, or the bare
 * pair `---`, `+++` of a plain diff. Prose that merely looks like one is left alone: a plain
 * pair counts only when a hunk follows, as in git.
 */
import { InputError } from "../findings/input-error.js";
import { readFileName, readQuotedName } from "./c-quoted-name.js";
import { looksLikeHunkHeader } from "./hunk-header.js";
import type { DiffText, FileKind } from "./patch.js";

export interface FileHeader {
  readonly kind: FileKind;
  readonly style: "git" | "plain" | "combined";
  /** Names as written, prefix included; null for /dev/null. */
  readonly oldName: string | null;
  readonly newName: string | null;
  /** The names come from `rename from` and the like, which have no prefix. */
  readonly unprefixed: boolean;
  readonly oldId: string | null;
  readonly newId: string | null;
  /** `---` and `+++` were there, so a hunk must follow. */
  readonly announcesHunks: boolean;
  /** Index of the first line after the header. */
  readonly end: number;
}

/** The header that begins at line index `at`; null when none does. */
export function readFileHeader(diff: DiffText, at: number): FileHeader | null {
  const line = diff.lines[at] ?? "";
  if (line.startsWith("diff --git ")) return readGitHeader(diff, at);
  if (line.startsWith("diff --cc ") || line.startsWith("diff --combined ")) {
    return {
      ...EMPTY,
      style: "combined",
      newName: line.slice(0, 300).replace(/^diff --\w+ /, "").trim(),
      end: at + 1,
    };
  }
  if (isPlainHeader(diff.lines, at)) return readPlainHeader(diff, at);
  const binary = line.length > MAX_NAMES ? null : BINARY.exec(line);
  if (binary === null) return null;
  const names = { oldName: binary[1] as string, newName: binary[2] as string };
  return { ...EMPTY, kind: "binary", ...names, end: at + 1 };
}

/** `---`, `+++` and a hunk follow each other here. */
export function isPlainHeader(lines: readonly string[], at: number): boolean {
  return (
    (lines[at] ?? "").startsWith("--- ") &&
    (lines[at + 1] ?? "").startsWith("+++ ") &&
    looksLikeHunkHeader(lines[at + 2] ?? "")
  );
}

const BINARY = /^Binary files (.+) and (.+) differ\r?$/;
/** Two paths are never longer. */
const MAX_NAMES = 16_384;

const EMPTY: FileHeader = {
  kind: "modify",
  style: "plain",
  oldName: null,
  newName: null,
  unprefixed: false,
  oldId: null,
  newId: null,
  announcesHunks: false,
  end: 0,
};

function readPlainHeader(diff: DiffText, at: number): FileHeader {
  const before = readSide(diff, at);
  const after = readSide(diff, at + 1);
  const hunk = diff.lines[at + 2] as string;
  const oldName = before.epoch && /^@@ -0,0 /.test(hunk) ? null : before.name;
  const newName = after.epoch && /^@@ \S+ \+0,0 /.test(hunk) ? null : after.name;
  const kind = oldName === null ? "new" : newName === null ? "delete" : "modify";
  return { ...EMPTY, kind, oldName, newName, announcesHunks: true, end: at + 2 };
}

/** The name in a `---` or `+++` line, null for /dev/null. */
function readSide(diff: DiffText, at: number): { name: string | null; epoch: boolean } {
  const text = trimCr(diff.lines[at] as string).slice("--- ".length);
  if (text.length > MAX_NAMES) throw new InputError(diff.source, lineOf(diff, at), "this file name is too long");
  const { name, epoch } = readFileName(text);
  return { name: name === "/dev/null" ? null : name, epoch };
}

function onlyBlankFrom(lines: readonly string[], from: number): boolean {
  for (let at = from; at < lines.length; at++) if ((lines[at] as string).trim() !== "") return false;
  return true;
}

/** What git's extended headers said, gathered line by line. */
interface Extended {
  old?: string;
  new?: string;
  unprefixed?: true;
  kind?: FileKind;
  modes?: true;
  index?: RegExpExecArray;
}

function readGitHeader(diff: DiffText, start: number): FileHeader | null {
  const { lines } = diff;
  const said: Extended = {};
  let at = start + 1;
  while (at < lines.length && readExtended(trimCr(lines[at] as string), said)) at++;
  const line = trimCr(lines[at] ?? "");
  const announcesHunks = line.startsWith("--- ") && (lines[at + 1] ?? "").startsWith("+++ ");
  const binary = line === "GIT binary patch" || (line.length < MAX_NAMES && BINARY.test(line));
  if (at === start + 1 && !announcesHunks && !binary) {
    if (!onlyBlankFrom(lines, at)) return null;
    throw new InputError(diff.source, lineOf(diff, start), "the patch ends inside a file's header");
  }
  if (line.startsWith("--- ") && !announcesHunks) {
    throw new InputError(diff.source, lineOf(diff, at), "a +++ line must follow this --- line");
  }
  const names = announcesHunks
    ? { oldName: readSide(diff, at).name, newName: readSide(diff, at + 1).name }
    : gitLineNames(trimCr(lines[start] as string).slice("diff --git ".length));
  if (names === null && !said.unprefixed) {
    throw new InputError(
      diff.source,
      lineOf(diff, start),
      "the file names in this line cannot be read",
    );
  }
  const paired = said.unprefixed ? { oldName: said.old ?? null, newName: said.new ?? null } : names;
  const kind = binary ? "binary" : kindOf(said, paired, announcesHunks);
  return {
    kind,
    style: "git",
    oldName: kind === "new" ? null : (paired?.oldName ?? null),
    newName: kind === "delete" ? null : (paired?.newName ?? null),
    unprefixed: said.unprefixed ?? false,
    oldId: blobId(said.index?.[1]),
    newId: blobId(said.index?.[2]),
    announcesHunks,
    end: binary ? endOfBinary(lines, at) : announcesHunks ? at + 2 : at,
  };
}

interface Names {
  readonly oldName: string | null;
  readonly newName: string | null;
}

function kindOf(said: Extended, names: Names | null, announcesHunks: boolean): FileKind {
  if (said.kind !== undefined) return said.kind;
  if (names?.oldName === null) return "new";
  if (names?.newName === null) return "delete";
  return said.modes && !announcesHunks ? "mode" : "modify";
}

/** Reads one extended header into `said`; false when the line is none. */
function readExtended(line: string, said: Extended): boolean {
  if (line.length > MAX_NAMES) return false;
  const move = /^(rename|copy) (from|to|old|new) (.+)$/s.exec(line);
  if (move !== null) {
    said.kind = move[1] === "copy" ? "copy" : "rename";
    said.unprefixed = true;
    const name = readQuotedName(move[3] as string)?.name ?? (move[3] as string);
    if (move[2] === "from" || move[2] === "old") said.old = name;
    else said.new = name;
    return true;
  }
  const index = /^index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: \d+)?\s*$/.exec(line);
  if (index !== null) said.index = index;
  else if (/^new file mode \d+\s*$/.test(line)) said.kind = "new";
  else if (/^deleted file mode \d+\s*$/.test(line)) said.kind = "delete";
  else if (/^(old|new) mode \d+\s*$/.test(line)) said.modes = true;
  else if (!/^(dis)?similarity index \d+%\s*$/.test(line)) return false;
  return true;
}

/**
 * Names of a `diff --git` line. Without quotes the two are told apart by being of one length,
 * which holds for `a/`, `b/`, git's mnemonic prefixes and none; renames say theirs elsewhere.
 */
function gitLineNames(text: string): Names | null {
  if (text.length > MAX_NAMES) return null;
  const first = readQuotedName(text);
  if (first !== null) {
    const rest = first.rest.trimStart();
    return { oldName: first.name, newName: readQuotedName(rest)?.name ?? rest };
  }
  const quote = text.indexOf(' "');
  if (quote !== -1 && text.endsWith('"')) {
    const second = readQuotedName(text.slice(quote + 1));
    return second === null ? null : { oldName: text.slice(0, quote), newName: second.name };
  }
  const middle = (text.length - 1) / 2;
  if (text[middle] !== " ") return null;
  return { oldName: text.slice(0, middle), newName: text.slice(middle + 1) };
}

function endOfBinary(lines: readonly string[], at: number): number {
  let end = at + 1;
  if (trimCr(lines[at] as string) !== "GIT binary patch") return end;
  while (
    end < lines.length &&
    /^(?:(?:literal|delta) \d+|[A-Za-z][!-~]+|)\r?$/.test(lines[end] as string)
  )
    end++;
  return end;
}

function blobId(id: string | undefined): string | null {
  return id === undefined || /^0+$/.test(id) ? null : id;
}

function trimCr(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}

function lineOf(diff: DiffText, index: number): number {
  return diff.lineNumbers[index] ?? 0;
}
