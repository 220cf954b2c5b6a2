/**
 * The invariants of ARCHITECTURE.md, checked on the sources themselves: layers, who may touch
 * what, the shape of files. A rule that has to be broken is changed here, in the open.
 */
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

/**
 * Rows of the layers. A folder imports from rows below its own, and from itself; folders of one
 * row do not see each other. `findings` is plain data with its errors, open to every row above.
 */
const ROWS: readonly (readonly string[])[] = [
  ["text"],
  ["findings"],
  ["mail", "patch", "syntax"],
  ["base", "cfg"],
  ["dataflow", "protocol"],
  ["locks"],
  ["analyze", "compare"],
  ["report"],
  ["open-program.ts"],
  ["review.ts", "dump.ts", "commands"],
  ["cli", "bench"],
  ["cli.ts", "bench.ts", "launch.ts"],
];

/** Files that are known to be long, and why that is right. */
const LONG_FILES: ReadonlyMap<string, string> = new Map([
  ["src/dataflow/explore.ts", "one machine; its steps share the stack of frames"],
  ["src/dataflow/slice.ts", "one fixpoint; its rules call each other"],
  ["src/dataflow/term.ts", "one table; normal forms depend on each other"],
]);

const MOST_LINES = 300;

interface Source {
  /** From the top of the repository, with `/`. */
  readonly path: string;
  readonly text: string;
  /** Without comments, line by line as it was. */
  readonly code: string;
}

const sources = filesBelow("src")
  .filter((path) => path.endsWith(".ts"))
  .map(readSource);

test("layers import only downwards, siblings do not see each other", () => {
  const wrong = sources.flatMap((source) =>
    importsOf(source)
      .filter((target) => target.startsWith("."))
      .map((target) =>
        relative(ROOT, join(ROOT, dirname(source.path), target)).replace(/\.js$/, ".ts"),
      )
      .filter((target) => !mayImport(unitOf(source.path), unitOf(target)))
      .map((target) => `${source.path} imports ${target}`),
  );
  assert.deepEqual(wrong, []);
});

test("every folder and file below src has its row", () => {
  const units = new Set(sources.map((source) => unitOf(source.path)));
  assert.deepEqual(
    [...units].filter((unit) => rowOf(unit) === -1),
    [],
  );
});

test("only syntax/ knows tree-sitter, only base/ starts a process", () => {
  assertImportedBy(/^tree-sitter/, /^src\/syntax\//);
  assertImportedBy(/^(node:)?child_process$/, /^src\/(base|bench)\b/);
  assertImportedBy(/^parse-diff$/, /^src\/patch\//);
  assertImportedBy(/^postal-mime$/, /^src\/mail\//);
  assertImportedBy(/^commander$/, /^src\/(cli|commands)\b/);
});

test("only the command line touches the process and its streams", () => {
  assertOnlyIn(
    /\bprocess\.(stdout|stderr|stdin|exit|exitCode|argv|cwd)\b|\bconsole\./,
    /^src\/(cli\.ts$|bench\b)/,
  );
});

test("nothing reads a clock or draws lots", () => {
  assertOnlyIn(
    /\bDate\.now\b|\bnew Date\b|\bMath\.random\b|\bperformance\b|\bhrtime\b/,
    /^src\/bench\b/,
  );
});

test("checks are named in queries/, not in src/", () => {
  assertOnlyIn(/["'`]VMA_[A-Z_]+["'`]/, /^$/);
});

test("kernel functions are named in queries/, not in src/", () => {
  const names = [...kernelNames()].map((name) => name.replace(/\W/g, "\\$&"));
  assert.ok(names.length > 5, "the queries name functions");
  assertOnlyIn(new RegExp(`\\b(?:${names.join("|")}|vma_[a-z]\\w*|__?vma_\\w+|vmg\\w*)\\b`), /^$/);
});

test("every file begins with a comment on its role", () => {
  const without = sources.filter(({ text }) => !/^(#!.*\n)?\s*(\/\*\*?|\/\/)\s/.test(text));
  assert.deepEqual(
    without.map(({ path }) => path),
    [],
  );
});

test("no file is named for being useful", () => {
  const vague = filesBelow("src", "test").filter((path) =>
    /^(utils?|helpers?|common|manager|misc)\b|-(utils?|helpers?|manager)\b/.test(basename(path)),
  );
  assert.deepEqual(vague, []);
});

test(`no source file is longer than ${MOST_LINES} lines without a reason`, () => {
  const long = sources
    .map(({ path, text }) => ({ path, lines: text.split("\n").length - 1 }))
    .filter(({ path, lines }) => lines > MOST_LINES && !LONG_FILES.has(path))
    .map(({ path, lines }) => `${path}: ${lines} lines`);
  assert.deepEqual(long, []);
});

test("no default exports, no enums", () => {
  assertOnlyIn(/^export default\b/m, /^$/);
  assertOnlyIn(/^\s*(export\s+)?(declare\s+)?(const\s+)?enum\s/m, /^$/);
});

test("no kernel source, no path of one machine, anywhere in the repository", () => {
  // Put together here, so that this file does not find itself.
  const licence = new RegExp(
    ["SPDX-License-Identifier:\\s*\\(?GP", "L|GNU General Public Lic", "ense"].join(""),
  );
  const machine = new RegExp(
    `(^|[^\\w.:/-])/(${["work", "root", "farm", "home/\\w+"].join("|")})/`,
    "m",
  );
  const wrong = everyTextFile().flatMap(({ path, text }) => [
    ...(licence.test(text) ? [`${path}: carries a licence that is not ours`] : []),
    ...(machine.test(text) ? [`${path}: has a path of one machine`] : []),
  ]);
  assert.deepEqual(wrong, []);
});

test("the documents speak of the program, not of how it was made", () => {
  const wrong = everyTextFile()
    .filter(({ path }) => path.endsWith(".md"))
    .flatMap(({ path, text }) =>
      text
        .split("\n")
        .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
        .filter(({ line }) => /\bsessions?\b|\bissue\s+#?\d|(^|\s)#\d+\b/i.test(line))
        .map(({ line, at }) => `${at}: ${line}`),
    );
  assert.deepEqual(wrong, []);
});

test("every check has a page with the same sections", () => {
  const sections = ["What", "Why", "Example", "When it is wrong", "References"];
  for (const { folder, checks } of protocols()) {
    for (const name of checks) {
      const page = readFileSync(join(ROOT, folder, `${name}.md`), "utf8");
      const headings = [...page.matchAll(/^#+ (.*)$/gm)].map((match) => match[1]);
      assert.deepEqual(headings, [name, ...sections], `${folder}/${name}.md`);
    }
  }
});

test("the table of checks in the README is what --list-types says", () => {
  const readme = readFileSync(join(ROOT, "README.md"), "utf8");
  const table = [...readme.matchAll(/^\| `(\w+)` \| (\w+) \| (.*) \|$/gm)].map((row) =>
    row.slice(1, 4).join(" | "),
  );
  const declared = protocols().flatMap(({ manifest }) =>
    Object.entries(manifest.checks).map(
      ([name, { severity, text }]) => `${name} | ${severity} | ${text}`,
    ),
  );
  assert.deepEqual(table, declared);
});

function mayImport(from: string, to: string): boolean {
  return from === to || rowOf(to) < rowOf(from);
}

/** The folder below src, or the file when it lies in src itself. */
function unitOf(path: string): string {
  return path.split("/")[1] as string;
}

function rowOf(unit: string): number {
  return ROWS.findIndex((row) => row.includes(unit));
}

function importsOf({ code }: Source): string[] {
  const found = code.matchAll(/(?:\bfrom|^import|\bimport\s*\()\s*["']([^"']+)["']/gm);
  return [...found].map((match) => match[1] as string);
}

function assertImportedBy(module: RegExp, allowed: RegExp): void {
  const wrong = sources.filter(
    (source) =>
      !allowed.test(source.path) && importsOf(source).some((target) => module.test(target)),
  );
  assert.deepEqual(
    wrong.map(({ path }) => path),
    [],
    String(module),
  );
}

/** No code outside the allowed files matches; comments may. */
function assertOnlyIn(pattern: RegExp, allowed: RegExp): void {
  const wrong = sources
    .filter(({ path }) => !allowed.test(path))
    .flatMap(({ path, code }) =>
      code
        .split("\n")
        .map((line, index) => ({ line, at: `${path}:${index + 1}` }))
        .filter(({ line }) => pattern.test(line))
        .map(({ line, at }) => `${at}: ${line.trim()}`),
    );
  assert.deepEqual(wrong, []);
}

/** Functions that the queries name; of the dialect, those that are no plain C or English words. */
function kernelNames(): Set<string> {
  const names = new Set<string>();
  for (const path of filesBelow("queries")) {
    const text = readFileSync(join(ROOT, path), "utf8");
    const quoted = [...text.replace(/^\s*;.*$/gm, "").matchAll(/"(\w+)"/g)].map(
      (match) => match[1] as string,
    );
    // Kernel functions have an underscore; `guard` and `CLASS` are the kernel's C.
    if (path.endsWith(".scm"))
      for (const name of quoted)
        if (name.includes("_")) names.add(name);
        else if (basename(path) === "dialect.json") {
          for (const name of quoted) if (/^[a-z]\w{3,}_\w{3,}$/.test(name)) names.add(name);
        }
  }
  return names;
}

interface Manifest {
  readonly checks: Readonly<Record<string, { readonly severity: string; readonly text: string }>>;
}

function protocols(): { folder: string; checks: string[]; manifest: Manifest }[] {
  return filesBelow("queries")
    .filter((path) => basename(path) === "protocol.json")
    .map((path) => {
      const manifest = JSON.parse(readFileSync(join(ROOT, path), "utf8")) as Manifest;
      return { folder: dirname(path), checks: Object.keys(manifest.checks), manifest };
    });
}

function readSource(path: string): Source {
  const text = readFileSync(join(ROOT, path), "utf8");
  return { path, text, code: withoutComments(text) };
}

/** Comments become blanks; strings and regular expressions are stepped over. */
function withoutComments(text: string): string {
  const token =
    /\/\*[\s\S]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"|'(?:\\.|[^'\\\n])*'|`(?:\\[\s\S]|[^`\\])*`|(?<=(?:[(,=:[!&|?{};+]|return|=>)\s*)\/(?:\\.|\[(?:\\.|[^\]\\\n])*\]|[^/\\\n[])+\/[dgimsuvy]*/g;
  return text.replace(token, (found) =>
    found.startsWith("/*") || found.startsWith("//") ? found.replace(/[^\n]/g, " ") : found,
  );
}

function everyTextFile(): { path: string; text: string }[] {
  return filesBelow(".")
    .filter((path) => path !== "package-lock.json")
    .map((path) => ({ path, text: readFileSync(join(ROOT, path), "latin1") }));
}

/** Files below the folders, by path from the top with `/`, sorted; what npm, tsc and git keep left out. */
function filesBelow(...folders: readonly string[]): string[] {
  const skipped = new Set(["node_modules", "dist", ".git"]);
  const walk = (folder: string): string[] =>
    readdirSync(join(ROOT, folder), { withFileTypes: true })
      .filter((entry) => !skipped.has(entry.name))
      .flatMap((entry) => {
        const path = folder === "." ? entry.name : `${folder}/${entry.name}`;
        if (entry.isDirectory()) return walk(path);
        return entry.isFile() ? [path] : [];
      });
  return folders.flatMap(walk).sort();
}
