/**
 * The whole pipeline, read top to bottom: inputs → patches → base → both sides in memory →
 * analysis of both → verdicts. Bad input becomes an entry in `errors`; the rest goes on.
 */
import { changedFunctions, checkFile, checkWholeFile, type PatchLines } from "./analyze/check-patch.js";
import { type Paths, usersOfHeaders } from "./analyze/users-of-headers.js";
import { type AppliedPatch, applyPatch } from "./base/apply-patch.js";
import { openTree } from "./base/folder-tree.js";
import type { Tree } from "./base/tree.js";
import { judge } from "./compare/judge.js";
import type { Assumption, FunctionCounts, Gap, JudgedFinding } from "./findings/finding.js";
import { InputError } from "./findings/input-error.js";
import type { Review, ReviewedPatch, ReviewError } from "./findings/review.js";
import type { PatchText } from "./mail/patch-text.js";
import { readPatches } from "./mail/read-patches.js";
import { parsePatch } from "./patch/parse-patch.js";
import { pathInTree, Rulebook, treeFolder } from "./open-program.js";
import { SourceFile } from "./text/source-file.js";

export interface ReviewOptions {
  readonly inputs: readonly { readonly name: string; readonly content: Uint8Array | string }[];
  /** Files to check whole; relative to the tree's top when `tree` is given, else to `cwd`. */
  readonly wholeFiles: readonly string[];
  readonly tree: string | null;
  readonly base: string | null;
  readonly git: string | null;
  readonly cached: boolean;
  readonly types: readonly string[];
  readonly ignore: readonly string[];
  readonly fuzz: number;
  readonly since: string | null;
  readonly cwd: string;
}

export async function review(options: ReviewOptions): Promise<Review> {
  return new Run(options).review();
}

class Run {
  readonly #options: ReviewOptions;
  readonly #rules = new Rulebook();
  readonly #errors: ReviewError[] = [];
  readonly #findings: JudgedFinding[] = [];
  readonly #gaps: Gap[] = [];
  readonly #assumptions: Assumption[] = [];
  readonly #patches: ReviewedPatch[] = [];
  readonly #applied: AppliedPatch[] = [];
  #functions: FunctionCounts = { proved: 0, undecided: 0, assumed: 0 };
  #tree: Tree | null = null;

  constructor(options: ReviewOptions) {
    this.#options = options;
  }

  review(): Review {
    const { wholeFiles, inputs, cwd, tree } = this.#options;
    const folder = treeFolder(tree, cwd);
    this.#attempt(() => {
      this.#tree = openTree(folder);
    });
    if (this.#tree !== null) {
      for (const file of wholeFiles) this.#attempt(() => this.#wholeFile(file, folder));
      let current: Tree = this.#tree;
      for (const { name, content } of inputs) {
        this.#attempt(() => {
          const bytes = typeof content === "string" ? Buffer.from(content) : content;
          for (const text of readPatches({ name, bytes })) {
            this.#attempt(() => {
              current = this.#patch(text, current);
            });
          }
        });
      }
    }
    return {
      wholeFiles,
      patches: this.#patches,
      findings: this.#findings.filter((finding) => this.#isWanted(finding.type)),
      gaps: this.#gaps,
      assumptions: this.#assumptions,
      errors: this.#errors,
      functions: this.#functions,
      excerpts: {
        line: (patch, side, file, line) => this.#excerpt(patch, side, file, line),
        removedAbove: (patch, file, line) => this.#removedAbove(patch, file, line),
      },
    };
  }

  /** Checks one patch on a tree; the tree it leaves. */
  #patch(text: PatchText, tree: Tree): Tree {
    const applied = applyPatch(tree, parsePatch(text), { fuzz: this.#options.fuzz });
    const number = this.#patches.length + 1;
    const before = this.#rules.program(applied.before);
    const after = this.#rules.program(applied.after);
    let functions: FunctionCounts = { proved: 0, undecided: 0, assumed: 0 };
    const pairs = [...applied.files.map(pathsOf), ...usersOfHeaders(before, after, applied.files.map(pathsOf))];
    const changed = new Set(
      pairs.flatMap(({ oldPath, newPath }) =>
        changedFunctions({ program: before, path: oldPath }, { program: after, path: newPath }),
      ),
    );
    for (const { oldPath, newPath } of pairs) {
      if (!/\.c$/.test(newPath ?? oldPath ?? "")) continue;
      const sides = checkFile(
        { program: before, path: oldPath },
        { program: after, path: newPath },
        { ...linesOf(applied, oldPath), changed },
      );
      const verdicts = judge(sides.before, sides.after, number);
      this.#findings.push(...verdicts.introduced, ...verdicts.persisting, ...verdicts.fixed);
      this.#gaps.push(...sides.gaps);
      this.#assumptions.push(...sides.assumptions);
      functions = add(functions, sides.functions);
    }
    this.#functions = add(this.#functions, functions);
    this.#applied.push(applied);
    const exact = applied.files.length > 0 && applied.files.every((file) => file.exact);
    this.#patches.push({
      source: text.source,
      subject: text.subject,
      messageId: text.messageId,
      index: text.index,
      total: text.total,
      hunks: applied.patch.files.reduce((sum, file) => sum + file.hunks.length, 0),
      base: {
        how: exact ? "blob" : "tree",
        commit: null,
        files: applied.files.map((file) => ({
          path: file.oldPath ?? file.newPath ?? "",
          id: file.baseId,
          exact: file.exact,
        })),
      },
      functions,
      notes: applied.notes,
    });
    return applied.after;
  }

  #wholeFile(file: string, folder: string): void {
    const { tree, cwd } = this.#options;
    const path = pathInTree(file, folder, tree, cwd);
    const sides = checkWholeFile(this.#rules.program(this.#tree as Tree), path);
    if (sides === null) throw new InputError(file, 0, "no such file in the tree");
    this.#findings.push(
      ...sides.after.map((finding) => ({ ...finding, status: "present", side: "after", patch: 0 }) as const),
    );
    this.#gaps.push(...sides.gaps);
    this.#assumptions.push(...sides.assumptions);
    this.#functions = add(this.#functions, sides.functions);
  }

  #isWanted(type: string): boolean {
    const { types, ignore } = this.#options;
    return (types.length === 0 || types.includes(type)) && !ignore.includes(type);
  }

  #excerpt(patch: number, side: "before" | "after", path: string, line: number): string {
    const applied = this.#applied[patch - 1];
    const tree = applied === undefined ? this.#tree : applied[side];
    const text = tree?.read(path) ?? null;
    return text === null ? "" : new SourceFile(path, text).line(line);
  }

  #removedAbove(patch: number, path: string, line: number): readonly string[] {
    const file = this.#applied[patch - 1]?.files.find((changed) => changed.newPath === path);
    if (file === undefined || file.before === null) return [];
    const before = new SourceFile(file.oldPath ?? path, file.before);
    return file.lineMap.removedAbove(line).map((number) => before.line(number));
  }

  #attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#errors.push({ file: error.file, line: error.line, text: error.message });
    }
  }
}

function pathsOf({ oldPath, newPath }: Paths): Paths {
  return { oldPath, newPath };
}

function linesOf({ files }: AppliedPatch, path: string | null): Omit<PatchLines, "changed"> {
  const map = files.find((file) => file.oldPath === path)?.lineMap;
  return {
    toAfter: (line) => (map === undefined ? line : map.toAfter(line)),
    hunkAt: (file, line) => {
      const hunks = files.find((changed) => changed.oldPath === file)?.hunks ?? [];
      const hunk = hunks.find(({ beforeStart, beforeCount }) => line >= beforeStart && line < beforeStart + beforeCount);
      return hunk?.number ?? null;
    },
  };
}

function add(a: FunctionCounts, b: FunctionCounts): FunctionCounts {
  return {
    proved: a.proved + b.proved,
    undecided: a.undecided + b.undecided,
    assumed: a.assumed + b.assumed,
  };
}
