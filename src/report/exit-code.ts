/** From the outcome of a run to the exit code of the process, as checkpatch and grep have it. */
import type { Review } from "../findings/review.js";
import type { ReportOptions } from "./options.js";
import { decisive } from "./select.js";

/**
 * 2: bad input, or a fault of our own (a gap with the reason `internal`), whatever else was found;
 * 1: something was introduced, or is present with `-f`, at a level that is shown; 0: neither.
 */
export function exitCode(review: Review, options: Pick<ReportOptions, "strict">): 0 | 1 | 2 {
  if (review.errors.length > 0) return 2;
  if (review.gaps.some((gap) => gap.reason === "internal")) return 2;
  return decisive(review, options).length > 0 ? 1 : 0;
}
