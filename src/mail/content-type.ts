/** `text/plain; charset="utf-8"; format=flowed` taken apart, in lower case but for values. */

export interface ContentType {
  readonly type: string;
  readonly parameters: ReadonlyMap<string, string>;
}

export function readContentType(value: string | undefined): ContentType {
  const text = value ?? "text/plain";
  const type = (text.split(";", 1)[0] as string).trim().toLowerCase();
  const parameters = new Map<string, string>();
  for (const match of text
    .slice(0, 16_384)
    .matchAll(/;\s*([\w-]+)(?:\*\d*\*?)?\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^;\s]+))/g)) {
    const name = (match[1] as string).toLowerCase();
    const piece = match[2]?.replace(/\\(.)/g, "$1") ?? match[3] ?? "";
    parameters.set(name, (parameters.get(name) ?? "") + piece);
  }
  return { type, parameters };
}
