/**
 * The whole pipeline, read top to bottom: inputs → patches → base → both sides in memory →
 * analysis of both → verdicts. Bad input becomes an entry in `errors`; the rest goes on.
 */
import { resolve } from "node:path";
import { addCounts, checkApplied } from "./analyze/check-applied.js";
import { checkWholeFile } from "./analyze/check-patch.js";
import { type LostHunk, movedBy } from "./base/apply-patch.js";
import { openTree } from "./base/folder-tree.js";
import {
  gatherFromGit,
  gatherPatches,
  type NamedInput,
  nameAsGiven,
} from "./base/gather-patches.js";
import { type Change, netChange } from "./base/net-change.js";
import { readPatchFolder } from "./base/patch-folder.js";
import { type PreparedPatch, preparePatch } from "./base/prepare-patch.js";
import { findRepository, type Repository } from "./base/repository.js";
import type { Tree } from "./base/tree.js";
import { isSame } from "./compare/identity.js";
import { type Judged, judge } from "./compare/judge.js";
import { tryReordering } from "./compare/reorder.js";
import { type Series, settled, wasIntroduced, withFixes } from "./compare/series.js";
import { compareVersions, withoutDoubles } from "./compare/versions.js";
import type {
  Assumption,
  Finding,
  FunctionCounts,
  Gap,
  JudgedFinding,
} from "./findings/finding.js";
import { InputError } from "./findings/input-error.js";
import type { Reordering, Review, ReviewError, ReviewedPatch } from "./findings/review.js";
import type { PatchText } from "./mail/patch-text.js";
import { pathInTree, Rulebook, treeFolder } from "./open-program.js";
import { excerptsOf } from "./report/source-excerpts.js";

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
  /** An older version of the series, to compare with. It finds its own base. */
  readonly since: NamedInput | null;
  readonly cwd: string;
}

export async function review(options: ReviewOptions): Promise<Review> {
  const { since } = options;
  const folder = treeFolder(options.tree, options.cwd);
  const rules = new Rulebook();
  const newer = await new Run(options, folder, rules).review();
  if (since === null) return newer;
  const only = { inputs: [since], wholeFiles: [], base: null, git: null, cached: false };
  const older = await new Run({ ...options, ...only }, folder, rules).review();
  return {
    ...newer,
    errors: withoutDoubles(newer.errors, older.errors),
    since: compareVersions(since.name, older.findings, newer.findings),
  };
}

class Run {
  readonly #options: ReviewOptions;
  readonly #folder: string;
  readonly #rules: Rulebook;
  readonly #errors: ReviewError[] = [];
  readonly #findings: JudgedFinding[] = [];
  readonly #gaps: Gap[] = [];
  readonly #assumptions: Assumption[] = [];
  readonly #patches: ReviewedPatch[] = [];
  /** As `#patches`; null for a patch that does not apply. */
  readonly #prepared: (PreparedPatch | null)[] = [];
  /** Hunks that patches so far lack, as the last of them left the files. */
  #lost: readonly LostHunk[] = [];
  #functions: FunctionCounts = { proved: 0, undecided: 0, assumed: 0 };
  #tree: Tree | null = null;
  #reordering: Reordering | null = null;

  constructor(options: ReviewOptions, folder: string, rules: Rulebook) {
    this.#options = options;
    this.#folder = folder;
    this.#rules = rules;
  }

  async review(): Promise<Review> {
    try {
      await this.#run();
    } catch (error) {
      this.#noteOrThrow(error);
    }
    return {
      wholeFiles: this.#options.wholeFiles,
      patches: this.#patches,
      findings: this.#judged(),
      gaps: this.#gaps,
      assumptions: this.#assumptions,
      errors: this.#errors,
      functions: this.#functions,
      excerpts: excerptsOf(this.#prepared, this.#tree),
      reordering: this.#reordering,
      since: null,
    };
  }

  async #run(): Promise<void> {
    const tree = openTree(this.#folder);
    this.#tree = tree;
    for (const file of this.#options.wholeFiles) this.#attempt(() => this.#wholeFile(file, tree));
    const repository = findRepository(this.#folder);
    try {
      for (const text of await this.#gather(repository)) this.#patch(text, tree, repository);
      const follows = this.#patches.map((patch) => patch.follows);
      const whole = (series: Series, last: number) => this.#judge(netChange(series), last);
      append(this.#findings, settled(this.#findings, this.#prepared, follows, whole));
      this.#reordering = this.#otherOrder();
    } finally {
      repository?.blobs.close();
    }
  }

  #judged(): JudgedFinding[] {
    const wanted = this.#findings.filter((finding) => this.#isWanted(finding));
    return withFixes(
      wanted,
      this.#patches.map((patch) => patch.follows),
    );
  }

  async #gather(repository: Repository | null): Promise<PatchText[]> {
    const { inputs, git, cached, base, cwd } = this.#options;
    if (base !== null && (repository?.commit(base) ?? null) === null)
      throw new InputError(base, 0, "--base names no commit of this repository");
    const read = await gatherPatches(inputs, cwd);
    const named = (file: string) => nameAsGiven(file, inputs, cwd);
    const patches = read.patches.map((text) => ({ ...text, source: named(text.source) }));
    for (const { file, line, message } of read.errors)
      this.#errors.push({ file: named(file), line, text: message });
    if (read.errors.length + patches.length === 0) this.#emptyFolders();
    if (git === null && !cached) return patches;
    try {
      patches.push(...(await gatherFromGit(repository, git === "" ? null : git, cached)));
    } catch (error) {
      this.#noteOrThrow(error);
    }
    return patches;
  }

  /** A folder of sources given by mistake is not to pass for a clean one. */
  #emptyFolders(): void {
    const { inputs, cwd } = this.#options;
    for (const { name, content } of inputs) {
      if (content !== null || readPatchFolder(resolve(cwd, name)).flat().length > 0) continue;
      this.#note(new InputError(name, 0, "a folder without patches"));
    }
  }

  /** Checks one patch on what the one before it left. */
  #patch(text: PatchText, tree: Tree, repository: Repository | null): void {
    const { base, fuzz } = this.#options;
    const previous = this.#prepared.findLast((patch) => patch !== null) ?? null;
    const places = { tree, repository, base };
    const prepared = this.#attempt(() => preparePatch(text, { places, previous, fuzz }));
    for (const error of prepared?.errors ?? []) this.#note(error);
    if (prepared === null || !prepared.fits) {
      this.#prepared.push(null);
      this.#lost = [...this.#lost, ...(prepared?.lost ?? [])];
      this.#patches.push(failedPatch(text, previous !== null));
      return;
    }
    this.#prepared.push(prepared);
    const follows = previous !== null && prepared.before === previous.after;
    const standsOnThem = follows || (previous === null && prepared.base.how === "tree");
    const earlier = standsOnThem ? movedBy(prepared, this.#lost) : [];
    this.#lost = [...earlier, ...prepared.lost];
    const sides = this.#check(prepared, earlier);
    const verdicts = judge(sides.before, sides.after, this.#prepared.length);
    const { introduced, persisting, fixed } = verdicts;
    // A lock that a patch adds mends something only where a patch before it took that away.
    const { removed } = this.#rules.protocol;
    const mended = fixed.filter(
      (one) => one.type !== removed || wasIntroduced(this.#findings, one),
    );
    append(this.#findings, introduced, persisting, mended);
    append(this.#gaps, sides.gaps);
    append(this.#assumptions, sides.assumptions);
    this.#functions = addCounts(this.#functions, sides.functions);
    const { functions, notes } = sides;
    const reviewed = reviewedPatch(prepared, functions, follows);
    this.#patches.push({ ...reviewed, notes: [...reviewed.notes, ...notes] });
  }

  /** `number`: of the patch, from 1, that the verdicts are told of. */
  #judge(change: Change, number: number): Judged {
    const { before, after } = this.#check(change);
    return judge(before, after, number);
  }

  #check(applied: Change, earlier: readonly LostHunk[] = []) {
    const { before, after } = applied;
    return checkApplied(applied, this.#rules.program(before), this.#rules.program(after), earlier);
  }

  #otherOrder(): Reordering | null {
    return tryReordering(this.#judged(), this.#prepared, {
      fuzz: this.#options.fuzz,
      judge: (applied, patch) => {
        const { introduced, ...rest } = this.#judge(applied, patch);
        return { ...rest, introduced: introduced.filter((one) => this.#isWanted(one)) };
      },
    });
  }

  #wholeFile(file: string, source: Tree): void {
    const path = pathInTree(file, this.#folder, this.#options.tree, this.#options.cwd);
    const sides = checkWholeFile(this.#rules.program(source), path);
    if (sides === null) throw new InputError(file, 0, "no such file in the tree");
    // A caller elsewhere is charged with its own file, and with that of the function it calls.
    const isTold = (one: Finding) => this.#findings.some((other) => isSame(one, other));
    for (const one of sides.after.filter((finding) => !isTold(finding)))
      this.#findings.push({ ...one, status: "present", side: "after", patch: 0 });
    append(this.#gaps, sides.gaps);
    append(this.#assumptions, sides.assumptions);
    this.#functions = addCounts(this.#functions, sides.functions);
  }

  #isWanted({ type }: Finding): boolean {
    const { types, ignore } = this.#options;
    return (types.length === 0 || types.includes(type)) && !ignore.includes(type);
  }

  /** Null when the step met bad input, which is noted. */
  #attempt<T>(step: () => T): T | null {
    try {
      return step();
    } catch (error) {
      this.#noteOrThrow(error);
      return null;
    }
  }

  #noteOrThrow(error: unknown): void {
    if (!(error instanceof InputError)) throw error;
    this.#note(error);
  }

  #note({ file, line, message }: InputError): void {
    this.#errors.push({ file, line, text: message });
  }
}

/** As `push(...)` does, which fails for a hundred thousand. */
function append<T>(list: T[], ...more: (readonly T[])[]): void {
  for (const items of more) for (const item of items) list.push(item);
}

/** `follows`: a patch that fails does not end its series. */
function failedPatch(text: PatchText, follows: boolean): ReviewedPatch {
  return {
    ...identity(text),
    hunks: 0,
    missing: [],
    base: { how: "none", commit: null, files: [] },
    functions: { proved: 0, undecided: 0, assumed: 0 },
    notes: text.notes,
    applied: false,
    follows,
  };
}

function reviewedPatch(
  prepared: PreparedPatch,
  functions: FunctionCounts,
  follows: boolean,
): ReviewedPatch {
  const { text, patch, base, notes, lost } = prepared;
  return {
    ...identity(text),
    hunks: patch.files.reduce((sum, file) => sum + file.hunks.length, 0),
    missing: lost.map(({ path, number, hunk }) => ({ path, number, inputLine: hunk.inputLine })),
    base,
    functions,
    notes,
    applied: true,
    follows,
  };
}

function identity({ source, subject, messageId, index, total }: PatchText) {
  return { source, subject, messageId, index, total };
}
