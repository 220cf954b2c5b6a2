/**
 * The checks there are, as the data under `queries/` declares them: names, levels, one line each
 * in `<protocol>/protocol.json`, and a page of markdown. Reads nothing else, so that
 * `--list-types` and `--explain` start fast.
 */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Severity } from "../findings/finding.js";

export interface Check {
  readonly name: string;
  readonly severity: Severity;
  /** One line without a full stop. */
  readonly text: string;
  /** Path of its page, which may not exist. */
  readonly page: string;
}

/** All checks of all protocols below `queries`, in the order they are declared. */
export function loadChecks(queries: string): Check[] {
  return readdirSync(queries)
    .sort()
    .filter((protocol) => existsSync(join(queries, protocol, "protocol.json")))
    .flatMap((protocol) => declared(join(queries, protocol)));
}

/** The page of a check as markdown, its level in the title; its one line when it has no page. */
export function checkPage({ name, severity, text, page }: Check): string {
  const title = `# ${name} (${severity})`;
  if (!existsSync(page)) return `${title}\n\n${text}\n`;
  return readFileSync(page, "utf8").replace(/^# .*/, () => title);
}

function declared(folder: string): Check[] {
  const manifest = JSON.parse(readFileSync(join(folder, "protocol.json"), "utf8")) as {
    readonly checks?: Readonly<
      Record<string, { readonly severity: Severity; readonly text: string }>
    >;
  };
  return Object.entries(manifest.checks ?? {}).map(([name, { severity, text }]) => ({
    name,
    severity,
    text,
    page: join(folder, `${name}.md`),
  }));
}
