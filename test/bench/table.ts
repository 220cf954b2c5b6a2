/** Plain text tables. */

/** The first column is aligned to the left, the others to the right. */
export function table(
  title: string,
  head: readonly string[],
  rows: readonly (readonly string[])[],
): string {
  const all = [head, ...rows];
  const widths = head.map((_, column) => Math.max(...all.map((row) => (row[column] ?? "").length)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return ["", title, "", ...all.map((row) => `  ${line(row)}`), ""].join("\n");
}

export function milliseconds(time: number): string {
  return Number.isNaN(time) ? "" : `${time.toFixed(time < 10 ? 1 : 0)} ms`;
}

/** Head and cells for several runs of one thing. */
export const TIMES = ["best", "median", "least CPU"];

export function times(
  runs: readonly { readonly milliseconds: number; readonly cpu: number }[],
): string[] {
  const wall = runs.map((run) => run.milliseconds);
  const cpu = runs.map((run) => run.cpu);
  return [Math.min(...wall), median(wall), Math.min(...cpu)].map(milliseconds);
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
