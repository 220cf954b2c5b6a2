/**
 * Made patches with the files they are for: edits of real C in every form that diff and git
 * write, sound or damaged. The same seed gives the same cases.
 */

/** `patch` and the texts are bytes, one character each. */
export interface PatchCase {
  readonly files: ReadonlyMap<string, string>;
  readonly patch: string;
  /** What was done, for the account of disagreements. */
  readonly made: readonly string[];
}

/** Numbers from 0 to below `below` (mulberry32). */
export type Random = (below: number) => number;

export function randomFrom(seed: number): Random {
  let state = seed;
  return (below) => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return Math.floor((((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** A case on texts like those of `sources`. */
export function makeCase(random: Random, sources: readonly string[]): PatchCase {
  return new Maker(random, sources).make();
}

/** `removed` lines from index `at` on give way to `added`. */
interface Edit {
  readonly at: number;
  readonly removed: number;
  readonly added: readonly string[];
}

interface Hunk {
  oldStart: number;
  oldCount: number;
  newStart: number;
  newCount: number;
  lines: string[];
}

type Kind = "modify" | "modify" | "new" | "delete" | "rename" | "copy" | "mode";

class Maker {
  readonly #random: Random;
  readonly #sources: readonly string[];
  readonly #files = new Map<string, string>();
  readonly #made: string[] = [];

  constructor(random: Random, sources: readonly string[]) {
    this.#random = random;
    this.#sources = sources;
  }

  make(): PatchCase {
    const count = this.#pick([1, 1, 1, 2, 3]);
    let patch = this.#prose();
    for (let index = 0; index < count; index++) {
      patch += this.#filePatch(index);
      if (index + 1 < count && this.#chance(5)) patch += this.#prose();
    }
    if (this.#chance(4))
      patch += this.#pick(["-- \n2.39.5\n\n", "--\n2.39.5\n", "\n", "\nprose\n"]);
    return { files: this.#files, patch: this.#damaged(patch), made: this.#made };
  }

  #pick<T>(choices: readonly T[]): T {
    return choices[this.#random(choices.length)] as T;
  }

  /** True once in `times`. */
  #chance(times: number): boolean {
    return this.#random(times) === 0;
  }

  #note(what: string): void {
    this.#made.push(what);
  }

  #filePatch(index: number): string {
    const before = this.#text();
    const kind: Kind = this.#chance(3)
      ? this.#pick<Kind>(["new", "delete", "rename", "copy", "mode"])
      : "modify";
    const name = this.#name(index);
    this.#note(kind);
    if (kind === "new") return this.#newFile(name, before);
    if (kind === "delete") return this.#deletedFile(name, before);
    const edits =
      kind === "mode" || (kind !== "modify" && this.#chance(3)) ? [] : this.#edits(before);
    this.#files.set(name, this.#drifted(before, edits).join(""));
    const to = kind === "rename" || kind === "copy" ? `mm/to${index}.c` : name;
    return this.#header(kind, name, to, edits.length > 0) + this.#hunks(before, edits);
  }

  /** Lines with their ends. */
  #text(): string[] {
    const source = this.#pick(this.#sources).match(/[^\n]*\n|[^\n]+$/g) ?? [];
    const from = this.#random(Math.max(1, source.length - 20));
    let lines: string[] = source.slice(from, from + this.#pick([0, 1, 2, 5, 20, 60, 150]));
    if (this.#chance(3) && lines.length > 3) {
      this.#note("repeated lines");
      const at = this.#random(lines.length);
      const block = lines.slice(at, at + 1 + this.#random(8));
      for (let times = 1 + this.#random(4); times > 0; times--)
        lines.splice(this.#random(lines.length), 0, ...block);
    }
    if (this.#chance(12)) {
      this.#note("carriage returns");
      lines = lines.map((line) => line.replace(/\n$/, "\r\n"));
    }
    const last = lines.length - 1;
    if (this.#chance(6) && last >= 0) {
      this.#note("no newline at the end");
      lines[last] = (lines[last] as string).replace(/\r?\n$/, "");
      if (lines[last] === "") lines.pop();
    }
    return lines;
  }

  #edits(lines: readonly string[]): Edit[] {
    const edits: Edit[] = [];
    let at = 0;
    for (let left = 1 + this.#random(4); left > 0 && at <= lines.length; left--) {
      at += this.#random(this.#pick([2, 8, Math.max(1, lines.length - at)]));
      if (at > lines.length) break;
      const removed = Math.min(this.#random(4), lines.length - at);
      const added = this.#added(lines, removed === 0 ? 1 : 0);
      edits.push({ at, removed, added });
      at += removed + 1;
    }
    const end = edits[edits.length - 1];
    // Only the last line of a file may lack its end.
    if (end === undefined) return this.#edits(lines);
    return edits;
  }

  #added(lines: readonly string[], least: number): string[] {
    const ending = lines[0]?.endsWith("\r\n") ? "\r\n" : "\n";
    return Array.from({ length: least + this.#random(3) }, () => {
      if (this.#chance(3) && lines.length > 0)
        return this.#pick(lines)
          .replace(/\r?\n$|$/, ending)
          .replace(/\n\r?\n$/, "\n");
      return `${this.#pick(["\tcall();", "", "}", "-- x;", "++ y;", "\\ z", " w", "@@ v", "\t"])}${ending}`;
    });
  }

  /** The file as somebody else has it. */
  #drifted(lines: readonly string[], edits: readonly Edit[]): string[] {
    const tree = [...lines];
    if (!this.#chance(3)) return tree;
    this.#note("drift");
    for (let times = 1 + this.#random(3); times > 0; times--) {
      const at = this.#random(tree.length + 1);
      const near = edits.some((edit) => Math.abs(edit.at - at) < 4);
      if (near && !this.#chance(4)) continue;
      tree.splice(at, this.#random(2), ...this.#added(lines, this.#random(5)));
    }
    return tree;
  }

  #hunks(before: readonly string[], edits: readonly Edit[]): string {
    if (edits.length === 0) return "";
    const context = this.#pick([3, 3, 3, 3, 1, 2, 5, 10, 0]);
    if (context !== 3) this.#note(`context ${context}`);
    const hunks: Hunk[] = [];
    let shift = 0;
    let end = -1;
    for (const { at, removed, added } of edits) {
      const from = Math.max(0, at - context);
      const to = Math.min(before.length, at + removed + context);
      const last = hunks[hunks.length - 1];
      const changes = [
        ...before.slice(at, at + removed).map((line) => `-${line}`),
        ...added.map((line) => `+${line}`),
      ];
      const below = before.slice(at + removed, to).map((line) => ` ${line}`);
      if (last !== undefined && from <= end) {
        const kept = last.lines.length - Math.max(0, end - at);
        last.lines.splice(kept);
        for (let index = end; index < at; index++) last.lines.push(` ${before[index]}`);
        last.lines.push(...changes, ...below);
        last.oldCount += to - end;
        last.newCount += to - end + added.length - removed;
      } else {
        const above = before.slice(from, at).map((line) => ` ${line}`);
        const oldCount = to - from;
        const newCount = oldCount + added.length - removed;
        hunks.push({
          oldStart: oldCount === 0 ? from : from + 1,
          oldCount,
          newStart: newCount === 0 ? from + shift : from + shift + 1,
          newCount,
          lines: [...above, ...changes, ...below],
        });
      }
      end = to;
      shift += added.length - removed;
    }
    return this.#disordered(hunks)
      .map((hunk) => this.#hunkText(hunk))
      .join("");
  }

  #disordered(hunks: Hunk[]): Hunk[] {
    const chosen = this.#pick(hunks);
    const off = this.#pick([1, 2, 7, 40, 500, -1, -2, -7, -40]);
    switch (this.#random(16)) {
      case 0:
        this.#note("old position off");
        chosen.oldStart = Math.max(0, chosen.oldStart + off);
        break;
      case 1:
        this.#note("new position off");
        chosen.newStart = Math.max(0, chosen.newStart + off);
        break;
      case 2:
        this.#note("both positions off");
        chosen.oldStart = Math.max(1, chosen.oldStart + off);
        chosen.newStart = Math.max(1, chosen.newStart + off);
        break;
      case 3:
        if (hunks.length < 2) break;
        this.#note("out of order");
        return [...hunks].reverse();
      case 4:
        this.#note("a hunk twice");
        return [...hunks, chosen];
      case 5:
        if (hunks.length < 2) break;
        this.#note("a hunk left out");
        return hunks.filter((hunk) => hunk !== chosen);
    }
    return hunks;
  }

  #hunkText({ oldStart, oldCount, newStart, newCount, lines }: Hunk): string {
    const range = (start: number, count: number) =>
      count === 1 && !this.#chance(4) ? `${start}` : `${start},${count}`;
    const heading = this.#pick(["", "", " int f(void)", " @@ odd", "\r"]);
    const text = lines
      .map((line) => (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`))
      .join("");
    return `@@ -${range(oldStart, oldCount)} +${range(newStart, newCount)} @@${heading}\n${text}`;
  }

  #newFile(name: string, lines: readonly string[]): string {
    if (this.#chance(8)) this.#files.set(name, this.#pick(["", "there\n"]));
    const header = this.#header("new", name, name, lines.length > 0);
    if (lines.length === 0) return header;
    const added = lines.map((line) => `+${line}`);
    return (
      header +
      this.#hunkText({
        oldStart: 0,
        oldCount: 0,
        newStart: 1,
        newCount: lines.length,
        lines: added,
      })
    );
  }

  #deletedFile(name: string, lines: readonly string[]): string {
    this.#files.set(name, this.#drifted(lines, []).join(""));
    const header = this.#header("delete", name, name, lines.length > 0);
    if (lines.length === 0) return header;
    const removed = lines.map((line) => `-${line}`);
    return (
      header +
      this.#hunkText({
        oldStart: 1,
        oldCount: lines.length,
        newStart: 0,
        newCount: 0,
        lines: removed,
      })
    );
  }

  #name(index: number): string {
    if (!this.#chance(10))
      return this.#pick([`mm/f${index}.c`, `f${index}.h`, `fs/a/b/g${index}.c`]);
    this.#note("odd name");
    return this.#pick([
      `mm/a b${index}.c`,
      `mm/"q"${index}.c`,
      `mm/t\tb${index}.c`,
      `mm/\xc3\xa4${index}.c`,
    ]);
  }

  /** With `---` and `+++` when there are hunks. */
  #header(kind: Kind, from: string, to: string, hunks: boolean): string {
    const plain =
      hunks && (kind === "modify" || kind === "new" || kind === "delete") && this.#chance(4);
    if (plain) this.#note("plain header");
    const [a, b] = [quoted(`a/${from}`), quoted(`b/${to}`)];
    const stamp = this.#stamp(plain);
    const none =
      plain && this.#chance(3)
        ? `${kind === "new" ? a : b}\t1970-01-01 00:00:00.000000000 +0000`
        : plain
          ? `/dev/null${this.#pick(["", "\t1970-01-01 00:00:00.000000000 +0000"])}`
          : "/dev/null";
    const tail = (name: string) =>
      name.includes(" ") && !name.startsWith('"') && stamp === "" ? "\t" : stamp;
    const names =
      (kind === "new" ? `--- ${none}\n` : `--- ${a}${tail(a)}\n`) +
      (kind === "delete" ? `+++ ${none}\n` : `+++ ${b}${tail(b)}\n`);
    if (plain)
      return (
        this.#pick(["", `diff -ruN ${a} ${b}\n`, `Index: ${from}\n${"=".repeat(67)}\n`]) + names
      );
    const mode = this.#pick(["100644", "100644", "100755"]);
    const lines = [`diff --git ${a} ${b}`];
    if (kind === "mode" || this.#chance(12)) {
      if (kind === "mode" || kind === "modify") lines.push("old mode 100644", "new mode 100755");
    }
    if (kind === "new") lines.push(`new file mode ${mode}`);
    if (kind === "delete") lines.push("deleted file mode 100644");
    if (kind === "rename" || kind === "copy")
      lines.push(
        `similarity index ${hunks ? 87 : 100}%`,
        `${kind} from ${bare(from)}`,
        `${kind} to ${bare(to)}`,
      );
    if (hunks && this.#chance(3)) {
      const ids =
        kind === "new"
          ? "0000000..1234567"
          : kind === "delete"
            ? "1234567..0000000"
            : "1234567..89abcde";
      lines.push(`index ${ids}${kind === "modify" ? " 100644" : ""}`);
    }
    return `${lines.join("\n")}\n${hunks ? names : ""}`;
  }

  #stamp(plain: boolean): string {
    if (!(plain ? this.#chance(2) : this.#chance(10))) return "";
    this.#note("time stamp");
    return this.#pick([
      "\t2023-07-31 16:39:17.000000000 -0700",
      "\tMon Jul 31 16:39:17 2023",
      "\t(revision 12)",
      " 2023-07-31 16:39:17.000000000 -0700",
      " Mon Jul 31 16:39:17 2023",
    ]);
  }

  #prose(): string {
    if (!this.#chance(3)) return "";
    this.#note("prose");
    return this.#pick([
      "Some words on the change.\n\n",
      "A list:\n- one\n+ two\n\n---\n mm/f0.c | 2 +-\n 1 file changed\n\n",
      "--- is a dash\nand +++ is not.\n\n",
      "diff --git is what git writes\n\n",
      "--- a/mm/f0.c\nis the old one\n\n",
      "+++ b/mm/f0.c\n\n",
      "index 1234567..89abcde 100644\n\n",
      "rename from here\n\n",
      "Binary files a/x.bin and b/x.bin differ\n",
      "Only in b/mm: new.c\n",
      "@@ is how a hunk begins\n\n",
      "--- 2023-07-31 16:39:17\n\n",
    ]);
  }

  #otherHeader(line: string): string {
    const [from, to] = this.#pick<readonly [RegExp, string]>([
      [/,/, ", "],
      [/ @@.*/, ""],
      [/ @@/, " @"],
      [/-(\d+)/, "-0$1"],
      [/^@@ /, "@@  "],
      [/-\d+/, "-0"],
      [/\+\d+/, "+0"],
      [/@@ -/, "@@ +"],
    ]);
    return line.replace(from, to);
  }

  #damaged(patch: string): string {
    const damage = DAMAGES[this.#random(2 * DAMAGES.length)];
    if (damage === undefined) return patch;
    this.#note(`damage: ${damage}`);
    const lines = patch.split("\n");
    const inHunks = lines.flatMap((line, at) => (/^@@ -\d/.test(line) ? [at] : []));
    const at = this.#random(lines.length);
    const header = this.#pick(inHunks);
    switch (damage) {
      case "count":
        if (header === undefined) return patch;
        lines[header] = (lines[header] as string).replace(/,(\d+)/g, (all, count: string) =>
          this.#chance(2) ? all : `,${Math.max(0, Number(count) + this.#pick([-2, -1, 1, 2, 30]))}`,
        );
        break;
      case "truncated":
        return patch.slice(0, this.#random(patch.length + 1));
      case "cut at a line":
        lines.length = at;
        return lines.map((line) => `${line}\n`).join("");
      case "line lost":
        lines.splice(at, 1);
        break;
      case "line twice":
        lines.splice(at, 0, lines[at] as string);
        break;
      case "line in between":
        lines.splice(
          at,
          0,
          this.#pick(["", "prose", " ", "\\ No newline at end of file", "-- ", "+", "-", "@@"]),
        );
        break;
      case "marker":
        lines[at] = `${this.#pick([" ", "+", "-", ""])}${(lines[at] as string).slice(1)}`;
        break;
      case "blanks at line ends":
        return patch.replace(/[ \t]+$/gm, "");
      case "carriage returns":
        return patch.replace(/\n/g, "\r\n");
      case "tabs to blanks":
        return patch.replace(/\t/g, "        ");
      case "one line's white space":
        lines[at] = (lines[at] as string).replace(/(\S)$/, "$1 ");
        break;
      case "no last newline":
        return patch.replace(/\n$/, "");
      case "hunk header":
        if (header === undefined) return patch;
        lines[header] = this.#otherHeader(lines[header] as string);
        break;
    }
    return lines.join("\n");
  }
}

const DAMAGES = [
  "count",
  "truncated",
  "cut at a line",
  "line lost",
  "line twice",
  "line in between",
  "marker",
  "blanks at line ends",
  "carriage returns",
  "tabs to blanks",
  "one line's white space",
  "no last newline",
  "hunk header",
] as const;

/** As git writes a name with unusual characters. */
function quoted(name: string): string {
  if (!/["\t\x80-\xff]/.test(name)) return name;
  const escape = (char: string) =>
    char === '"'
      ? '\\"'
      : char === "\t"
        ? "\\t"
        : `\\${char.charCodeAt(0).toString(8).padStart(3, "0")}`;
  return `"${name.replace(/["\t\x80-\xff]/g, escape)}"`;
}

function bare(name: string): string {
  return quoted(name);
}
