/** `diff --git` and git's extended headers below it (Documentation/diff-generate-patch in git). */
import { InputError } from "../findings/input-error.js";
import { readQuotedName } from "./c-quoted-name.js";
import { type DiffText, lineAt, trimCr } from "./diff-text.js";
import { BINARY_REMARK, type FileHeader, MAX_NAMES } from "./file-header.js";
import type { FileKind } from "./patch.js";
import { readSide } from "./plain-header.js";

/**
 * null when the line is prose: nothing that belongs to a header follows. Throws InputError when
 * the header is cut off or its names cannot be read.
 */
export function readGitHeader(diff: DiffText, start: number): FileHeader | null {
  const { lines } = diff;
  const said: Extended = {};
  let at = start + 1;
  while (at < lines.length && readExtended(trimCr(lines[at] as string), said)) at++;
  const line = trimCr(lines[at] ?? "");
  const pair = line.startsWith("--- ") && (lines[at + 1] ?? "").startsWith("+++ ");
  const binary =
    line === "GIT binary patch" || (line.length < MAX_NAMES && BINARY_REMARK.test(line));
  const bare = at === start + 1 && !pair && !binary;
  const isHalf = line.startsWith("--- ") && !pair;
  const first = lines[start] as string;
  if (!pair && !binary && isInside(lines, start, at))
    throw new InputError(
      diff.source,
      lineAt(diff, at),
      "this line of a file's header cannot be read",
    );
  if (bare && !isEnd(lines, at) && !(isHalf && namesOf(first) !== null)) {
    if (namesTwoFiles(first))
      throw new InputError(
        diff.source,
        lineAt(diff, start),
        "no rename or copy of these two follows",
      );
    return null;
  }
  if (isHalf) {
    throw new InputError(diff.source, lineAt(diff, at), "a +++ line must follow this --- line");
  }
  if (bare || (!pair && !binary && isCutOff(said, isEnd(lines, at)))) {
    throw new InputError(
      diff.source,
      lineAt(diff, at - 1),
      "the patch ends inside a file's header",
    );
  }
  const names = readNames(diff, start, pair ? at : null, said);
  const kind = binary ? "binary" : kindOf(said, names, pair);
  const oldId = textId(said.index?.[1]);
  const newId = textId(said.index?.[2]);
  return {
    kind,
    style: "git",
    oldName: kind === "new" ? null : names.oldName,
    newName: kind === "delete" ? null : names.newName,
    unprefixed: said.move !== undefined,
    oldId,
    newId,
    announcesHunks: kind !== "binary" && (pair || textsDiffer(oldId, newId)),
    end: binary ? endOfBinary(lines, at) : pair ? at + 2 : at,
  };
}

/** Whether a header that names files goes on after a line that is none of it. */
function isInside(lines: readonly string[], start: number, at: number): boolean {
  const [line, next, after] = [at, at + 1, at + 2].map((one) => trimCr(lines[one] ?? ""));
  if (!line?.trim() || /^(?:diff --git|---|\+\+\+|@@) /.test(line)) return false;
  if (!/^diff --git "?a\/.* "?b\//.test(lines[start] as string)) return false;
  const isPair = next?.startsWith("--- ") === true && after?.startsWith("+++ ") === true;
  return isPair || readExtended(next ?? "", {});
}

/** What the extended headers said, gathered line by line. */
interface Extended {
  move?: "rename" | "copy";
  from?: string;
  to?: string;
  birth?: "new" | "delete";
  oldMode?: true;
  newMode?: true;
  similarity?: true;
  index?: RegExpExecArray;
}

/** Reads one extended header into `said`; false when the line is none. */
function readExtended(line: string, said: Extended): boolean {
  if (line.length > MAX_NAMES) return false;
  const move = /^(rename|copy) (from|to|old|new) (.+)$/s.exec(line);
  const index = /^index ([0-9a-f]{4,64})\.\.([0-9a-f]{4,64})(?: \d+)?\s*$/.exec(line);
  const mode = /^(old|new|new file|deleted file) mode \d+\s*$/.exec(line)?.[1];
  if (move !== null) {
    said.move = move[1] as "rename" | "copy";
    const name = readQuotedName(move[3] as string)?.name ?? (move[3] as string);
    if (move[2] === "from" || move[2] === "old") said.from = name;
    else said.to = name;
  } else if (index !== null) said.index = index;
  else if (mode === "old") said.oldMode = true;
  else if (mode === "new") said.newMode = true;
  else if (mode !== undefined) said.birth = mode === "new file" ? "new" : "delete";
  else if (/^(?:dis)?similarity index \d+%\s*$/.test(line)) said.similarity = true;
  else return false;
  return true;
}

/** Headers that come in pairs and of which one is missing. */
function isCutOff(said: Extended, atEnd: boolean): boolean {
  if (said.move !== undefined) return said.from === undefined || said.to === undefined;
  if (said.similarity || said.oldMode !== said.newMode) return true;
  return atEnd && said.birth !== undefined && said.index === undefined;
}

function isEnd(lines: readonly string[], from: number): boolean {
  for (let at = from; at < lines.length; at++)
    if ((lines[at] as string).trim() !== "") return false;
  return true;
}

interface Names {
  readonly oldName: string | null;
  readonly newName: string | null;
}

/** From `rename from` and the like, else from `---` and `+++`, else from the first line. */
function readNames(diff: DiffText, start: number, pair: number | null, said: Extended): Names {
  const names = namesOf(diff.lines[start] as string);
  const sides = pair === null ? null : sideNames(diff, pair, named(said, names));
  if (said.move !== undefined) {
    const { from = withoutPrefix(sides?.oldName), to = withoutPrefix(sides?.newName) } = said;
    return { oldName: from, newName: to };
  }
  if (sides !== null) return sides;
  if (names === null)
    throw new InputError(
      diff.source,
      lineAt(diff, start),
      "the file names in this line cannot be read",
    );
  return names;
}

function kindOf(said: Extended, names: Names, pair: boolean): FileKind {
  const kind = said.move ?? said.birth;
  if (kind !== undefined) return kind;
  if (names.oldName === null) return "new";
  if (names.newName === null) return "delete";
  return said.newMode && !pair ? "mode" : "modify";
}

/** A header of a rename whose next line is damaged is no prose. */
function namesTwoFiles(line: string): boolean {
  const match = line.length > MAX_NAMES ? null : /^diff --git a\/(\S+) b\/(\S+)\r?$/.exec(line);
  return match !== null && match[1] !== match[2];
}

/** What git holds the names of `---` and `+++` against; of a change in place nothing. */
function named(said: Extended, first: Names | null): Names | null {
  if (said.move !== undefined) return { oldName: said.from ?? null, newName: said.to ?? null };
  return said.birth === undefined ? null : first;
}

/** Of `---` and `+++`. Throws when they are of another file than `names`. */
function sideNames(diff: DiffText, pair: number, names: Names | null): Names {
  const sides = { oldName: readSide(diff, pair).name, newName: readSide(diff, pair + 1).name };
  const isOther = (side: string | null, name: string | null | undefined) =>
    side !== null && typeof name === "string" && lastPart(side) !== lastPart(name);
  if (isOther(sides.oldName, names?.oldName) || isOther(sides.newName, names?.newName)) {
    const text = "the names in this line are not those of the header above it";
    throw new InputError(diff.source, lineAt(diff, pair), text);
  }
  return sides;
}

function lastPart(name: string): string {
  return name.slice(name.lastIndexOf("/") + 1);
}

function withoutPrefix(name: string | null | undefined): string | null {
  return name?.replace(/^[^/]*\//, "") ?? null;
}

function namesOf(line: string): Names | null {
  return gitLineNames(trimCr(line).slice("diff --git ".length));
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

/** An id that names a text: not all zeros. */
function textId(id: string | undefined): string | null {
  return id === undefined || /^0+$/.test(id) ? null : id;
}

/** Ids (sha1, sha256) of the empty file, which comes and goes without hunks. */
const EMPTY_IDS = [
  "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391",
  "473a0f4c3be8a93681a267e3b1e9a7dcda1185436fe141f7749120a303721813",
];

function textsDiffer(oldId: string | null, newId: string | null): boolean {
  const filled = (id: string | null) =>
    id === null || EMPTY_IDS.some((empty) => empty.startsWith(id)) ? null : id;
  return filled(oldId) !== filled(newId);
}
