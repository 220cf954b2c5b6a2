/** Judges edits of one tree as patches, in this process: what two edits share is read once. */
import { checkApplied } from "../../src/analyze/check-applied.js";
import { applyPatch } from "../../src/base/apply-patch.js";
import type { Tree } from "../../src/base/tree.js";
import { judge } from "../../src/compare/judge.js";
import type { Gap, JudgedFinding } from "../../src/findings/finding.js";
import { readMailbox } from "../../src/mail/read-patches.js";
import { Rulebook } from "../../src/open-program.js";
import { parsePatch } from "../../src/patch/parse-patch.js";
import { diff } from "./edit-source.js";

export interface Verdict {
  readonly introduced: readonly JudgedFinding[];
  readonly gaps: readonly Gap[];
}

export class EditJudge {
  readonly #tree: Tree;
  readonly #rules = new Rulebook();

  constructor(tree: Tree) {
    this.#tree = tree;
  }

  async judge(path: string, before: readonly string[], after: readonly string[]): Promise<Verdict> {
    const bytes = Buffer.from(diff(path, before, after));
    const [text] = (await readMailbox([{ name: path, bytes }])).patches;
    if (text === undefined) throw new Error(`${path}: the edit makes no patch`);
    const applied = applyPatch(this.#tree, parsePatch(text));
    const sides = checkApplied(
      applied,
      this.#rules.program(applied.before),
      this.#rules.program(applied.after),
    );
    return { introduced: judge(sides.before, sides.after, 1).introduced, gaps: sides.gaps };
  }
}
