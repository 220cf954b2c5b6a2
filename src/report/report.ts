/** From the outcome of a run to the text printed on standard output. */
import type { Review } from "../findings/review.js";
import { jsonReport } from "./json.js";
import type { ReportOptions } from "./options.js";
import { terseReport } from "./terse.js";
import { textReport } from "./text.js";

/** Ends with a line feed, or is empty. */
export function report(review: Review, options: ReportOptions): string {
  switch (options.format) {
    case "text":
      return textReport(review, options);
    case "terse":
      return terseReport(review, options);
    case "json":
      return jsonReport(review, options);
  }
}
