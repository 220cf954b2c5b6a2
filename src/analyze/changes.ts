/**
 * Which definitions differ between the two sides of a patch, as one unit sees them.
 */
import type { Span } from "../text/source-file.js";
import type { Definitions, Unit } from "./program.js";

/** Names of functions, macros and structs that changed, came or went. */
export function changedNames(before: Unit | null, after: Unit | null): Set<string> {
  const changed = new Set<string>();
  const files = new Map<string, [Definitions | null, Definitions | null]>();
  for (const definitions of before?.scope ?? [])
    files.set(definitions.file.path, [definitions, null]);
  for (const definitions of after?.scope ?? []) {
    files.set(definitions.file.path, [files.get(definitions.file.path)?.[0] ?? null, definitions]);
  }
  for (const [one, other] of files.values()) {
    if (one === other) continue;
    compare(one, other, (definitions) => definitions.functions, changed);
    compare(one, other, (definitions) => definitions.macros, changed);
    compare(one, other, (definitions) => definitions.structs, changed);
  }
  return changed;
}

/** Functions that are gone under one name and there under another, at the place the lines moved to. */
export function renames(
  before: Unit,
  after: Unit,
  toAfter: (line: number) => number | null,
): Map<string, string> {
  const renamed = new Map<string, string>();
  const [old, now] = [before.scope[0], after.scope[0]];
  for (const item of old?.functions.values() ?? []) {
    if (now === undefined || now.functions.has(item.name)) continue;
    const line = toAfter(before.file.position(item.body.start).line);
    if (line === null) continue;
    for (const other of now.functions.values()) {
      if (old?.functions.has(other.name)) continue;
      if (after.file.position(other.body.start).line === line) renamed.set(item.name, other.name);
    }
  }
  return renamed;
}

function compare(
  before: Definitions | null,
  after: Definitions | null,
  pick: (definitions: Definitions) => ReadonlyMap<string, { readonly span: Span }>,
  changed: Set<string>,
): void {
  const old = before === null ? new Map<string, { readonly span: Span }>() : pick(before);
  const now = after === null ? new Map<string, { readonly span: Span }>() : pick(after);
  for (const [name, item] of now) {
    const was = old.get(name);
    if (was === undefined || textOf(before, was.span) !== textOf(after, item.span))
      changed.add(name);
  }
  for (const name of old.keys()) if (!now.has(name)) changed.add(name);
}

function textOf(definitions: Definitions | null, span: Span): string {
  return definitions?.file.text.slice(span.start, span.end) ?? "";
}
