/** Text in which a diff stands, line by line, as it came in. */

export interface DiffText {
  /** As the user named the input. */
  readonly source: string;
  readonly lines: readonly string[];
  /** For each line the line of the user's input, from 1. */
  readonly lineNumbers: ArrayLike<number>;
}

/** Line of the user's input for a line index; 0 when there is none. */
export function lineAt(diff: DiffText, index: number): number {
  return diff.lineNumbers[index] ?? 0;
}

/** A line without the carriage return that a CRLF file leaves at its end. */
export function trimCr(line: string): string {
  return line.endsWith("\r") ? line.slice(0, -1) : line;
}
