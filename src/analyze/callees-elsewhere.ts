/** Functions of other files that one calls, looked for once, however many charges ask for them. */
import { type Helper, helperElsewhere, lockerElsewhere } from "./elsewhere.js";
import type { Program, Unit } from "./program.js";

export class CalleesElsewhere {
  readonly #program: Program;
  readonly #unit: Unit;
  readonly #lockers = new Map<string, Helper | null>();
  readonly #helpers = new Map<string, Helper | null>();

  constructor(program: Program, unit: Unit) {
    this.#program = program;
    this.#unit = unit;
  }

  locker(name: string): Helper | null {
    return this.#once(this.#lockers, name, lockerElsewhere);
  }

  helper(name: string): Helper | null {
    return this.#once(this.#helpers, name, helperElsewhere);
  }

  /** What is in reach has changed. */
  clear(): void {
    this.#lockers.clear();
    this.#helpers.clear();
  }

  #once(known: Map<string, Helper | null>, name: string, find: typeof lockerElsewhere) {
    let helper = known.get(name);
    if (helper === undefined) {
      helper = find(this.#program, this.#unit, name);
      known.set(name, helper);
    }
    return helper;
  }
}
