/**
 * What running a procedure may change, its callees included: members by name, and whether it
 * writes through a plain pointer (an out-parameter).
 */
import { callsIn } from "./calls-in.js";
import type { Procedure } from "./procedure.js";
import { isOfFile } from "./variables.js";

export interface Writes {
  readonly members: ReadonlySet<string>;
  readonly throughPointers: boolean;
  /** Variables that are no function's own. */
  readonly globals: ReadonlySet<string>;
}

export const NOTHING: Writes = { members: new Set(), throughPointers: false, globals: new Set() };

/** Functions below one, and members they write, that are told; the kernel has a quarter of it. */
const MOST = 500;

export class WriteSets {
  readonly #own = new Map<Procedure, Writes>();
  readonly #sets = new Map<Procedure, Writes | null>();

  /** Null where it is too much to tell. */
  of(procedure: Procedure): Writes | null {
    const known = this.#sets.get(procedure);
    if (known !== undefined) return known;
    const reachable = new Set([procedure]);
    const members = new Set<string>();
    const globals = new Set<string>();
    let throughPointers = false;
    for (const one of reachable) {
      if (reachable.size + members.size > MOST) break;
      const own = this.#ownOf(one);
      for (const member of own.members) members.add(member);
      for (const name of own.globals) globals.add(name);
      throughPointers ||= own.throughPointers;
      for (const { callee } of callsIn(one)) reachable.add(callee);
    }
    const isTold = reachable.size + members.size <= MOST;
    const writes = isTold ? { members, throughPointers, globals } : null;
    this.#sets.set(procedure, writes);
    return writes;
  }

  #ownOf(procedure: Procedure): Writes {
    let own = this.#own.get(procedure);
    if (own === undefined) {
      const members = new Set<string>();
      const globals = new Set<string>();
      let throughPointers = false;
      for (const instruction of procedure.cfg.blocks.flatMap(({ instructions }) => instructions)) {
        if (instruction.op === "call" || instruction.op === "declare") continue;
        const { base, path } = instruction.target;
        const member = path.at(-1);
        if (base.kind === "variable" && isOfFile(base.name, procedure.cfg.types))
          globals.add(base.name);
        if (member !== undefined) members.add(member);
        else if (base.kind === "pointee") throughPointers = true;
      }
      own = { members, throughPointers, globals };
      this.#own.set(procedure, own);
    }
    return own;
  }
}
