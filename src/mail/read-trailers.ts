/** What `git format-patch --base` writes below a patch. */

export interface Trailers {
  readonly baseCommit: string | null;
  readonly prerequisites: readonly string[];
}

export function readTrailers(lines: readonly string[]): Trailers {
  let baseCommit: string | null = null;
  const prerequisites: string[] = [];
  for (const line of lines) {
    if (line.length > 200 || !/^(?:base-commit|prerequisite-patch-id):/.test(line)) continue;
    const id = /^\S+ *([0-9a-f]{7,64})\s*$/.exec(line)?.[1];
    if (id === undefined) continue;
    if (line.startsWith("base-commit:")) baseCommit ??= id;
    else prerequisites.push(id);
  }
  return { baseCommit, prerequisites };
}
