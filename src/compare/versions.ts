/** Two versions of a series compared, by what they introduce. */
import type { JudgedFinding } from "../findings/finding.js";
import type { ReviewError, VersionComparison } from "../findings/review.js";
import { identityOf } from "./identity.js";

/** What is in both is told as in the newer one. `name` is the older one's. */
export function compareVersions(
  name: string,
  older: readonly JudgedFinding[],
  newer: readonly JudgedFinding[],
): VersionComparison {
  const was = introduced(older);
  const is = introduced(newer);
  return {
    name,
    resolved: [...was].flatMap(([identity, finding]) => (is.has(identity) ? [] : [finding])),
    new: [...is].flatMap(([identity, finding]) => (was.has(identity) ? [] : [finding])),
    persisting: [...is].flatMap(([identity, finding]) => (was.has(identity) ? [finding] : [])),
  };
}

/** By identity, the first of each: a fault may come, go and come again within a series. */
function introduced(findings: readonly JudgedFinding[]): ReadonlyMap<string, JudgedFinding> {
  const found = new Map<string, JudgedFinding>();
  for (const finding of findings) {
    const identity = identityOf(finding);
    if (finding.status === "introduced" && !found.has(identity)) found.set(identity, finding);
  }
  return found;
}

/** Errors of two runs over one tree. */
export function withoutDoubles(
  first: readonly ReviewError[],
  second: readonly ReviewError[],
): ReviewError[] {
  const isKnown = ({ file, text }: ReviewError) =>
    first.some((known) => known.file === file && known.text === text);
  return [...first, ...second.filter((error) => !isKnown(error))];
}
