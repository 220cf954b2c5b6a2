/** When two findings are about one object: across the sides of a patch, patches, and versions. */
import type { Finding } from "../findings/finding.js";

/**
 * The fingerprint without the members it ends with: a fault that is mended for some members and
 * left for others is still the same.
 */
export function identityOf({ fingerprint }: Pick<Finding, "fingerprint">): string {
  const end = fingerprint.lastIndexOf(" ");
  return end === -1 ? fingerprint : fingerprint.slice(0, end);
}

/** Whether they are one: told twice of one tree. */
export function isSame(a: Finding, b: Finding): boolean {
  return a.file === b.file && a.line === b.line && a.fingerprint === b.fingerprint;
}
