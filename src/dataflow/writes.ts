/**
 * What running a procedure may change, its callees included: members by name, and whether it
 * writes through a plain pointer (an out-parameter).
 */
import type { Procedure } from "./procedure.js";

export interface Writes {
  readonly members: ReadonlySet<string>;
  readonly throughPointers: boolean;
}

export const NOTHING: Writes = { members: new Set(), throughPointers: false };

/** Functions below one, and members they write, that are told; the kernel has a quarter of it. */
const MOST = 500;

export class WriteSets {
  readonly #sets = new Map<Procedure, Writes | null>();

  /** Null where it is too much to tell. */
  of(procedure: Procedure): Writes | null {
    const known = this.#sets.get(procedure);
    if (known !== undefined) return known;
    const reachable = new Set([procedure]);
    const members = new Set<string>();
    let throughPointers = false;
    for (const one of reachable) {
      if (reachable.size + members.size > MOST) break;
      for (const { instructions } of one.cfg.blocks) {
        for (const instruction of instructions) {
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
    const isTold = reachable.size + members.size <= MOST;
    const writes = isTold ? { members, throughPointers } : null;
    this.#sets.set(procedure, writes);
    return writes;
  }
}
