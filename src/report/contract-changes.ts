/**
 * The lines of `vmalint contract --diff`: one for each change of a contract. Pure; knows nothing
 * of how the contracts were found.
 */
import { plain } from "./plain.js";

/**
 * `stronger`, `weaker`: it demands more, or less, of its callers. `less`, `more`: it locks less,
 * or more, for them.
 */
export type ChangeKind =
  | "stronger"
  | "weaker"
  | "less"
  | "more"
  | "renamed"
  | "moved"
  | "new"
  | "gone";

export interface ContractChange {
  readonly file: string;
  readonly line: number;
  readonly function: string;
  readonly kind: ChangeKind;
  readonly text: string;
}

export interface ContractComparison {
  readonly changes: readonly ContractChange[];
  /** Functions that are in both trees and were compared. */
  readonly compared: number;
  /** Functions that were too much on either side. */
  readonly undecided: readonly string[];
}

export function changesText({ changes, compared, undecided }: ContractComparison): string {
  const lines = changes.map(
    ({ file, line, function: name, kind, text }) => `${file}:${line}: ${name}(): ${kind}: ${text}`,
  );
  const differing = new Set(changes.map((change) => `${change.file} ${change.function}`)).size;
  const tail = undecided.length === 0 ? "" : `; not decided: ${undecided.join(", ")}`;
  return [...lines, `${compared} functions in both trees, ${differing} contracts differ${tail}`]
    .map((line) => `${plain(line)}\n`)
    .join("");
}
