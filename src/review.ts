/**
 * The whole pipeline, read top to bottom: inputs → patches → base → both sides in memory →
 * analysis of both → verdicts. Bad input becomes an entry in `errors`; the rest goes on.
 */
import { addCounts, checkApplied } from "./analyze/check-applied.js";
import { checkWholeFile } from "./analyze/check-patch.js";
import { openTree } from "./base/folder-tree.js";
import { gatherFromGit, gatherPatches, type NamedInput } from "./base/gather-patches.js";
import { type PreparedPatch, preparePatch } from "./base/prepare-patch.js";
import { findRepository, type Repository } from "./base/repository.js";
import type { Tree } from "./base/tree.js";
import { judge } from "./compare/judge.js";
import { withFixes } from "./compare/series.js";
import type { Assumption, FunctionCounts, Gap, JudgedFinding } from "./findings/finding.js";
import { InputError } from "./findings/input-error.js";
import type { Review, ReviewError, ReviewedPatch } from "./findings/review.js";
import type { PatchText } from "./mail/patch-text.js";
import { pathInTree, Rulebook, treeFolder } from "./open-program.js";
import { SourceFile } from "./text/source-file.js";

export interface ReviewOptions {
  readonly inputs: readonly NamedInput[];
  /** Files to check whole; relative to the tree's top when `tree` is given, else to `cwd`. */
  readonly wholeFiles: readonly string[];
  readonly tree: string | null;
  readonly base: string | null;
  /** Commits to check: revisions, empty for the work tree; null: none. */
  readonly git: string | null;
  /** Check what is staged. */
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
  readonly #prepared: PreparedPatch[] = [];
  #functions: FunctionCounts = { proved: 0, undecided: 0, assumed: 0 };
  #tree: Tree | null = null;

  constructor(options: ReviewOptions) {
    this.#options = options;
  }

  review(): Review {
    const { wholeFiles, cwd } = this.#options;
    const folder = treeFolder(this.#options.tree, cwd);
    this.#attempt(() => {
      this.#tree = openTree(folder);
    });
    if (this.#tree !== null) {
      for (const file of wholeFiles) this.#attempt(() => this.#wholeFile(file, folder));
      const repository = findRepository(folder);
      for (const text of this.#gather(repository)) {
        this.#attempt(() => this.#patch(text, this.#tree as Tree, repository));
      }
      repository?.blobs.close();
    }
    return {
      wholeFiles,
      patches: this.#patches,
      findings: withFixes(this.#findings.filter((finding) => this.#isWanted(finding.type))),
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

  #gather(repository: Repository | null): PatchText[] {
    const { inputs, git, cached, cwd } = this.#options;
    const { patches, errors } = gatherPatches(inputs, cwd);
    for (const error of errors) this.#note(error);
    this.#attempt(() => {
      if (git === null && !cached) return;
      patches.push(...gatherFromGit(repository, git === "" ? null : git, cached));
    });
    return patches;
  }

  /** Checks one patch on what the one before it left. */
  #patch(text: PatchText, tree: Tree, repository: Repository | null): void {
    const { base, fuzz } = this.#options;
    const prepared = preparePatch(text, {
      places: { tree, repository, base },
      previous: this.#prepared.at(-1) ?? null,
      fuzz,
    });
    const sides = checkApplied(
      prepared,
      this.#rules.program(prepared.before),
      this.#rules.program(prepared.after),
    );
    this.#prepared.push(prepared);
    const verdicts = judge(sides.before, sides.after, this.#prepared.length);
    this.#findings.push(...verdicts.introduced, ...verdicts.persisting, ...verdicts.fixed);
    this.#gaps.push(...sides.gaps);
    this.#assumptions.push(...sides.assumptions);
    this.#functions = addCounts(this.#functions, sides.functions);
    this.#patches.push(reviewedPatch(prepared, sides.functions));
  }

  #wholeFile(file: string, folder: string): void {
    const { tree, cwd } = this.#options;
    const path = pathInTree(file, folder, tree, cwd);
    const sides = checkWholeFile(this.#rules.program(this.#tree as Tree), path);
    if (sides === null) throw new InputError(file, 0, "no such file in the tree");
    this.#findings.push(
      ...sides.after.map(
        (finding) => ({ ...finding, status: "present", side: "after", patch: 0 }) as const,
      ),
    );
    this.#gaps.push(...sides.gaps);
    this.#assumptions.push(...sides.assumptions);
    this.#functions = addCounts(this.#functions, sides.functions);
  }

  #isWanted(type: string): boolean {
    const { types, ignore } = this.#options;
    return (types.length === 0 || types.includes(type)) && !ignore.includes(type);
  }

  #excerpt(patch: number, side: "before" | "after", path: string, line: number): string {
    const prepared = this.#prepared[patch - 1];
    const tree = prepared === undefined ? this.#tree : prepared[side];
    const text = tree?.read(path) ?? null;
    return text === null ? "" : new SourceFile(path, text).line(line);
  }

  #removedAbove(patch: number, path: string, line: number): readonly string[] {
    const file = this.#prepared[patch - 1]?.files.find((changed) => changed.newPath === path);
    if (file === undefined || file.before === null) return [];
    const before = new SourceFile(file.oldPath ?? path, file.before);
    return file.lineMap.removedAbove(line).map((number) => before.line(number));
  }

  #attempt(step: () => void): void {
    try {
      step();
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      this.#note(error);
    }
  }

  #note({ file, line, message }: InputError): void {
    this.#errors.push({ file, line, text: message });
  }
}

function reviewedPatch(prepared: PreparedPatch, functions: FunctionCounts): ReviewedPatch {
  const { text, patch, base, notes } = prepared;
  return {
    source: text.source,
    subject: text.subject,
    messageId: text.messageId,
    index: text.index,
    total: text.total,
    hunks: patch.files.reduce((sum, file) => sum + file.hunks.length, 0),
    base,
    functions,
    notes,
  };
}
