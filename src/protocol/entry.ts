/** Functions that are called from elsewhere, by the member of a struct that they are stored in. */
/** A function stored in a member of a struct, and what it is handed there. */
export interface Entry {
  /** Tags of the structs it may be stored in. */
  readonly structs: readonly string[];
  readonly members: readonly string[];
  /** Tag of the struct that its parameter points to. */
  readonly parameter: string;
  /** From there to the object: `[".vma"]`; empty for the parameter itself. */
  readonly path: readonly string[];
  readonly is: "new" | "read-locked";
  /** The check that speaks where a field is written of what is read-locked; absent: none does. */
  readonly check?: string;
}

export function entriesOf(
  entries: readonly Entry[],
  checks: ReadonlyMap<string, unknown>,
  path: string,
): readonly Entry[] {
  for (const { check } of entries)
    if (check !== undefined && !checks.has(check)) throw new Error(`${path}: no check "${check}"`);
  return entries;
}
