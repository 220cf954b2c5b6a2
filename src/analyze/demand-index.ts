/** Which names of a unit lead to something that demands a lock, its siblings' functions included. */
import { writersIn } from "./lexical-looks.js";
import type { Program, Unit } from "./program.js";

export class DemandIndex {
  readonly #program: Program;
  readonly #exported = new Map<Unit, string[]>();
  readonly #demanding = new Map<Unit, ReadonlySet<string>>();
  readonly #writing = new Map<Unit, string[]>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Every name in the unit that leads to something that demands a lock. */
  demanding(unit: Unit): ReadonlySet<string> {
    let demanding = this.#demanding.get(unit);
    if (demanding === undefined) {
      const siblings = this.#siblings(unit).flatMap((sibling) => this.#exportedDemands(sibling));
      demanding = this.#program
        .mentions(unit)
        .reaching([
          ...this.#program.protocol.sinks,
          ...this.#writers(unit),
          ...siblings.filter((name) => this.#program.find(unit, name) === null),
        ]);
      this.#demanding.set(unit, demanding);
    }
    return demanding;
  }

  /** Functions that write a member of a tracked object, and macros that may. */
  #writers(unit: Unit): string[] {
    let writers = this.#writing.get(unit);
    if (writers === undefined) {
      writers = writersIn(unit, this.#program.protocol).filter((name) => {
        const procedure = this.#program.procedure(unit, name);
        if (procedure === null || procedure.cfg.truncated.length > 0) return true;
        return [...procedure.effects.values()].flat().some(({ kind }) => kind === "write");
      });
      this.#writing.set(unit, writers);
    }
    return writers;
  }

  /** The unit behind a header of the folder (`mm/vma.c` behind `mm/vma.h`) that has the function. */
  sibling(unit: Unit, name: string): Unit | undefined {
    return this.#siblings(unit).find((sibling) => this.#exportedDemands(sibling).includes(name));
  }

  #siblings(unit: Unit): Unit[] {
    const headers = unit.scope.slice(1).map(({ file }) => file.path);
    return headers
      .filter((path) => !path.startsWith("include/"))
      .map((path) => path.replace(/\.h$/, ".c"))
      .filter((path) => path !== unit.file.path && !this.#program.isExcluded(path))
      .flatMap((path) => this.#program.unit(path) ?? []);
  }

  /** Functions others can call that lead to a demand. */
  #exportedDemands(unit: Unit): string[] {
    let exported = this.#exported.get(unit);
    if (exported === undefined) {
      const demanding = this.#program
        .mentions(unit)
        .reaching([...this.#program.protocol.sinks, ...this.#writers(unit)]);
      exported = [...(unit.scope[0]?.functions.values() ?? [])]
        .filter(({ name, isStatic }) => !isStatic && demanding.has(name))
        .map(({ name }) => name);
      this.#exported.set(unit, exported);
    }
    return exported;
  }
}
