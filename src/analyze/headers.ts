/**
 * The headers a file sees, as far as they matter: those that mention a name of the protocol or
 * define one of its structs. Includes are followed through every header that exists in the
 * tree; architecture and generated headers are not.
 */

/** What is known of a header without outlining it. */
export interface HeaderScan {
  readonly text: string;
  readonly includes: readonly string[];
  readonly matters: boolean;
}

const INCLUDE = /^[ \t]*#[ \t]*include[ \t]*(["<][^">\n]+[">])/gm;

/** Paths of the headers that matter, nearest first. `scan` gives null for what is not there. */
export function reachableHeaders(path: string, text: string, scan: (path: string) => HeaderScan | null): string[] {
  const found: string[] = [];
  const seen = new Set([path]);
  let wave = includesIn(text).map((include) => ({ include, from: path }));
  while (wave.length > 0) {
    const next: typeof wave = [];
    for (const { include, from } of wave) {
      for (const candidate of candidates(include, from)) {
        if (seen.has(candidate)) break;
        const header = scan(candidate);
        if (header === null) continue;
        seen.add(candidate);
        if (header.matters) found.push(candidate);
        for (const inner of header.includes) next.push({ include: inner, from: candidate });
        break;
      }
    }
    wave = next;
  }
  return found;
}

export function includesIn(text: string): string[] {
  return [...text.matchAll(INCLUDE)].map((match) => match[1] as string);
}

/** Where an include may lie, best guess first. */
function candidates(include: string, from: string): string[] {
  const name = include.slice(1, -1);
  if (/^(asm|generated|uapi)\//.test(name)) return [];
  const global = `include/${name}`;
  if (include[0] === "<") return [global];
  const folder = from.slice(0, from.lastIndexOf("/") + 1);
  return [normalise(folder + name), global];
}

function normalise(path: string): string {
  const parts: string[] = [];
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}
