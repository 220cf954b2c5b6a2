/** Variables by name: a function's own, and those of the file, which are the same in all functions. */
import type { Cfg } from "../cfg/cfg.js";

export function isOfFile(name: string, types: Cfg["types"]): boolean {
  return !types.has(name) && !name.startsWith("%");
}

/** Names of one procedure's variables; those of the file are the same ones in all procedures. */
export class Variables {
  readonly #own = new Set<string>();
  readonly #ofFile: Set<string>;
  readonly #types: Cfg["types"];

  constructor(types: Cfg["types"], ofFile: Set<string>) {
    this.#types = types;
    this.#ofFile = ofFile;
  }

  has(name: string): boolean {
    return this.#own.has(name) || this.#ofFile.has(name);
  }

  add(name: string): void {
    (isOfFile(name, this.#types) ? this.#ofFile : this.#own).add(name);
  }
}
