/**
 * What running a procedure may change, its callees included: members by name, and whether it
 * writes through a plain pointer (an out-parameter).
 */
import type { Procedure } from "./procedure.js";

export interface Writes {
  readonly members: ReadonlySet<string>;
  readonly throughPointers: boolean;
}

export class WriteSets {
  readonly #sets = new Map<Procedure, Writes>();

  of(procedure: Procedure): Writes {
    const known = this.#sets.get(procedure);
    if (known !== undefined) return known;
    const reachable = new Set([procedure]);
    const members = new Set<string>();
    let throughPointers = false;
    for (const one of reachable) {
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
    const writes = { members, throughPointers };
    this.#sets.set(procedure, writes);
    return writes;
  }
}
