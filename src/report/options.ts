/** What a reader may choose about a report. Plain data; knows no command line. */

export type Format = "text" | "terse" | "json";

export interface ReportOptions {
  readonly format: Format;
  /** Name and version of the tool, for JSON. */
  readonly tool: { readonly name: string; readonly version: string };
  /** Show findings of level CHECK, too. */
  readonly strict: boolean;
  /** Show findings that were there before the patch, too. */
  readonly all: boolean;
  /** Findings only: no closing lines, no notes. */
  readonly quiet: boolean;
  /** The closing line of each patch. */
  readonly summary: boolean;
  readonly gaps: boolean;
  readonly assumptions: boolean;
  readonly colour: boolean;
}
