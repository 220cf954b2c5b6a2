/**
 * A function as the interpreter sees it: a graph, orders on it, and a way to its callees.
 */
import type { Cfg, Place, Value } from "../cfg/cfg.js";
import type { Span } from "../text/source-file.js";

export interface Procedure {
  readonly name: string;
  readonly file: string;
  readonly cfg: Cfg;
  /** Position of each block in reverse postorder. */
  readonly rank: readonly number[];
  /** Blocks with more than one predecessor: where states meet. */
  readonly isJoin: readonly boolean[];
  /** Blocks whose execution a block's branch decides. */
  readonly controls: readonly (readonly number[])[];
  /** Immediate postdominator, null when it is the exit. */
  readonly postdominator: readonly (number | null)[];
  /** Variables whose value may still be read, at the start of each block. */
  readonly liveIn: readonly ReadonlySet<string>[];
  /** Variables whose address is taken: always live. */
  readonly addressTaken: ReadonlySet<string>;
  /** Blocks on a cycle. */
  readonly inLoop: readonly boolean[];
  /** Names of the members its own code reads. */
  readonly membersRead: ReadonlySet<string>;
  /** Names of the members its own code writes. */
  readonly membersWritten: ReadonlySet<string>;
  /** Whether the value is of a type that points to a tracked object, by the declared type. */
  readonly returnsTracked: boolean;
  /** The body of a callee when it is in reach and could matter; null otherwise. */
  callee(name: string): Procedure | null;
  /** Whether a function it calls, called again with the same arguments, may answer otherwise. */
  acts(name: string): boolean;
  /**
   * Whether a member of a struct (tag) is a flag: a bool, a bit-field, an enumeration, a mask.
   * `isMask`: bits of it are asked, so it is one though it may be of any type.
   */
  isFlag(structTag: string, member: string, isMask: boolean): boolean;
  /** Whether a place is declared to hold nothing but 0 and 1: a `bool`, a bit-field of one bit. */
  isTruth(place: Place): boolean;
  /** Whether a value is declared to point to a tracked object; of a type not in sight: no. */
  isTracked(value: Value): boolean;
  /** Whether a variable, or the last member of an access path, is declared a pointer. */
  isPointer(path: string): boolean;
  /** Value of an enumerator or of a macro that is a number; null for any other name. */
  constant(name: string): number | null;
  /** What a member of a struct of the file always holds; null when that is not known, or no number. */
  fixedMember(variable: string, member: string): number | null;
  /** Source text of a span, white space folded. */
  text(span: Span): string;
  /** Where a span stands in the file: line and column from 1, length in UTF-16 units on that line. */
  place(span: Span): { readonly line: number; readonly column: number; readonly length: number };
}
