/** Which names of a unit lead to something that demands a lock. */
import type { Externs } from "./externs.js";
import { writersAmong } from "./lexical-looks.js";
import type { Program, Unit } from "./program.js";

export class DemandIndex {
  readonly #program: Program;
  readonly #demanding = new Map<Unit, ReadonlySet<string>>();
  readonly #writers = new Map<Unit, readonly string[]>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Every name in the unit that does, functions of other files included. */
  demanding(unit: Unit, externs: Externs): ReadonlySet<string> {
    let demanding = this.#demanding.get(unit);
    if (demanding === undefined) {
      demanding = this.#program
        .mentions(unit)
        .reaching([
          ...this.#program.protocol.sinks,
          ...this.writers(unit),
          ...externs.demanding(unit).filter((name) => this.#program.find(unit, name) === null),
        ]);
      this.#demanding.set(unit, demanding);
    }
    return demanding;
  }

  /** The same without what other files do. */
  demandingAlone(unit: Unit): ReadonlySet<string> {
    const { sinks } = this.#program.protocol;
    return this.#program.mentions(unit).reaching([...sinks, ...this.writers(unit)]);
  }

  /** Whether a function writes a member of a tracked object, or may. */
  isWriter(unit: Unit, name: string): boolean {
    const procedure = this.#program.procedure(unit, name);
    if (procedure === null || procedure.cfg.truncated.length > 0) return true;
    return [...procedure.effects.values()].flat().some(({ kind }) => kind === "write");
  }

  /** Functions that write a member of a tracked object, and macros that may. */
  writers(unit: Unit): readonly string[] {
    let writers = this.#writers.get(unit);
    if (writers === undefined) {
      writers = writersAmong(unit.scope, this.#program.protocol).filter((name) =>
        this.isWriter(unit, name),
      );
      this.#writers.set(unit, writers);
    }
    return writers;
  }
}
