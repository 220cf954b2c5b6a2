/**
 * The headers a file sees. Those matter that mention a name of the protocol or define one of its
 * structs. Includes are followed through the headers that exist in the tree;
 * architecture and generated headers are not.
 */

/** What is known of a header without outlining it. */
export interface HeaderScan {
  readonly text: string;
  readonly includes: readonly string[];
  readonly matters: boolean;
}

/**
 * How deep includes are followed. In every kernel from 6.4 to 7.1 what matters to a file of mm/
 * is at most three includes away; a header further away is not seen.
 */
const DEEPEST = 3;

/**
 * Paths of the headers a file sees and that are wanted, nearest first. `scan` gives null for what
 * is not there.
 */
export function reachableHeaders(
  path: string,
  text: string,
  scan: (path: string) => HeaderScan | null,
  isWanted: (header: HeaderScan) => boolean,
): string[] {
  const found: string[] = [];
  const seen = new Set([path]);
  let wave = includesIn(text).map((include) => ({ include, from: path }));
  for (let depth = 1; depth <= DEEPEST; depth++) {
    const next: typeof wave = [];
    for (const { include, from } of wave) {
      for (const candidate of candidates(include, from)) {
        if (seen.has(candidate)) break;
        const header = scan(candidate);
        if (header === null) continue;
        seen.add(candidate);
        if (isWanted(header)) found.push(candidate);
        for (const inner of header.includes) next.push({ include: inner, from: candidate });
        break;
      }
    }
    wave = next;
  }
  return found;
}

/** Paths of the headers that a file includes itself. */
export function directHeaders(
  path: string,
  text: string,
  exists: (path: string) => boolean,
): string[] {
  return includesIn(text).flatMap(
    (include) => candidates(include, path).find((candidate) => exists(candidate)) ?? [],
  );
}

/** Targets of the #include lines of a text, with their quotes. */
export function includesIn(text: string): string[] {
  const targets: string[] = [];
  for (let at = text.indexOf("#include"); at !== -1; at = text.indexOf("#include", at + 1)) {
    const end = text.indexOf("\n", at);
    const match = /^#include[ \t]*(["<][^">]+[">])/.exec(
      text.slice(at, end === -1 ? undefined : end),
    );
    if (match !== null) targets.push(match[1] as string);
  }
  return targets;
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
