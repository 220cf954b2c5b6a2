/**
 * What running a procedure may change, as far as the slice cares: members by name, and whether
 * it writes through a plain pointer (an out-parameter).
 */
import type { Procedure } from "./procedure.js";
import type { Slice } from "./slice.js";

export interface Writes {
  readonly members: ReadonlySet<string>;
  readonly throughPointers: boolean;
}

export class WriteSets {
  readonly #slice: Slice;
  readonly #sets = new Map<Procedure, Writes>();

  constructor(slice: Slice) {
    this.#slice = slice;
  }

  of(procedure: Procedure): Writes {
    const known = this.#sets.get(procedure);
    if (known !== undefined) return known;
    const reachable = new Set([procedure]);
    const members = new Set<string>();
    let throughPointers = false;
    for (const one of reachable) {
      for (const { instructions } of one.cfg.blocks) {
        for (const instruction of instructions) {
          if (!this.#slice.isRelevant(instruction)) continue;
          if (instruction.op === "call") {
            const callee = instruction.callee === null ? null : one.callee(instruction.callee);
            if (callee !== null) reachable.add(callee);
          } else if (instruction.op !== "declare") {
            const member = instruction.target.path.at(-1);
            if (member !== undefined) members.add(member);
            else if (instruction.target.base.kind === "pointee") throughPointers = true;
          }
        }
      }
    }
    const writes = { members, throughPointers };
    this.#sets.set(procedure, writes);
    return writes;
  }
}
