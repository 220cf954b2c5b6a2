/** What the patches of a run are called: `0001-mm-shrink.patch`, `series.mbox [2/4]`, `2/4`. */
import type { JudgedFinding } from "../findings/finding.js";
import type { Review, ReviewedPatch } from "../findings/review.js";
import { plain } from "./plain.js";

/**
 * `2/4`, from 1: as the mails number them where these are all of one series, else by the place in
 * the run.
 */
export function patchNumber({ patches }: Pick<Review, "patches">, patch: number): string {
  const { index, total } = patches[patch - 1] as ReviewedPatch;
  return isNumbered(patches) ? `${index}/${total}` : `${patch}/${patches.length}`;
}

function isNumbered(patches: readonly ReviewedPatch[]): boolean {
  return patches.every(
    ({ index, total }, at) =>
      total > 1 &&
      index <= total &&
      total === patches[0]?.total &&
      index > (patches[at - 1]?.index ?? 0),
  );
}

/** The input's name, with the number in the series when the input holds several patches. */
export function patchName(review: Review, patch: number): string {
  const { source } = review.patches[patch - 1] as ReviewedPatch;
  if (isAlone(review, patch)) return plain(source);
  return `${plain(source)} [${patchNumber(review, patch)}]`;
}

/** Whether a patch is the only one of its input. */
export function isAlone({ patches }: Review, patch: number): boolean {
  return patches.filter(({ source }) => source === patches[patch - 1]?.source).length === 1;
}

/** `introduced in 2/4, fixed in 4/4`; null for a finding that stays, or was there. */
export function bisectText(finding: JudgedFinding, review: Review): string | null {
  if (finding.fixedIn === undefined) return null;
  const from = patchNumber(review, finding.patch);
  return `introduced in ${from}, fixed in ${patchNumber(review, finding.fixedIn)}`;
}
