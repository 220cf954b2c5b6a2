/**
 * Whether a function acts: a second call with the same arguments may answer otherwise. One that
 * only asks (`vma_is_anonymous()`) answers the same while nobody writes what it reads.
 *
 * A function acts when its body writes through a pointer, or calls one that acts. Without a body
 * in sight the declaration tells: the kernel names an action so that it returns an error code, an
 * `int`, and a predicate so that it returns a `bool` (Documentation/process/coding-style.rst); one
 * that is handed nothing to write to only asks. Lexical, and nothing is parsed for it.
 */
import { withoutComments } from "./lexical-looks.js";

const WRITES = /->\s*\w+(?:\[[^\]]*\]|\.\w+)*\s*(?:[-+*/|&^]?=(?!=)|\+\+|--)|[;{}]\s*\*+\w+\s*=/;
const MODIFIER = /\b(?:if|for|while|switch|return|sizeof|typeof)\b/;

/** By the texts that a file sees: the functions that act. */
export class Acts {
  readonly #texts: readonly string[];
  /** While it is being found out, a function that calls itself only asks. */
  readonly #known = new Map<string, boolean>();

  constructor(texts: readonly string[]) {
    this.#texts = texts;
  }

  has(name: string): boolean {
    const known = this.#known.get(name);
    if (known !== undefined) return known;
    this.#known.set(name, false);
    const acts = this.#texts.some((text) => this.#actsIn(text, name));
    this.#known.set(name, acts);
    return acts;
  }

  #actsIn(text: string, name: string): boolean {
    for (let at = text.indexOf(name); at !== -1; at = text.indexOf(name, at + name.length)) {
      const head = headAt(text, at, name);
      if (head === null) continue;
      const end = head.isDefined ? text.indexOf("\n}", head.end) : -1;
      const acts =
        end === -1
          ? /\b(?:int|long)\s*$/.test(head.type) && !/\bunsigned\b/.test(head.type) && head.writable
          : this.#bodyActs(withoutComments(text.slice(head.end, end)));
      if (acts) return true;
    }
    return false;
  }

  #bodyActs(body: string): boolean {
    if (WRITES.test(body)) return true;
    const called = new Set([...body.matchAll(/\b([a-z_]\w*)\s*\(/g)].map((m) => m[1] as string));
    return [...called].some((name) => !MODIFIER.test(name) && this.has(name));
  }
}

interface Head {
  readonly type: string;
  /** Some parameter is a pointer to what may be written. */
  readonly writable: boolean;
  readonly isDefined: boolean;
  readonly end: number;
}

/** A declaration or definition of the function at the start of a line, or after its type's. */
function headAt(text: string, at: number, name: string): Head | null {
  const after = /^\s*\(([^;{}]*?)\)[^;{}()=]*([;{])/.exec(text.slice(at + name.length, at + 1000));
  if (after === null) return null;
  const line = text.lastIndexOf("\n", at) + 1;
  const type = text.slice(line, at);
  if (!/^\w[\w\s*]*[\s*]$/.test(type) || MODIFIER.test(type) || /^\s/.test(type)) return null;
  const params = (after[1] as string).split(",");
  return {
    type,
    writable: params.some((param) => param.includes("*") && !/\bconst\b/.test(param)),
    isDefined: after[2] === "{",
    end: at + name.length + after[0].length,
  };
}
