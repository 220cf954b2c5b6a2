/**
 * Contexts: numbers for chains of call sites. The same chain has the same number, so values
 * made in it are named alike however often it is walked.
 */
import type { CallInstruction, Frame } from "./frame.js";

export class Contexts {
  readonly #numbers = new Map<string, number>();
  readonly #parents: number[] = [];

  /** The context of a callee entered by a call. */
  enter(frame: Frame, call: CallInstruction): number {
    const key = `${frame.context} ${call.span.start} ${call.callee}`;
    let context = this.#numbers.get(key);
    if (context === undefined) {
      context = this.#numbers.size + 1;
      this.#numbers.set(key, context);
      this.#parents[context] = frame.context;
    }
    return context;
  }

  /**
   * Depth, on the stack that ends in `frame`, of the activation in which something appeared;
   * when that has returned, of the one it returned to.
   */
  depthOf(context: number, frame: Frame): number {
    for (let at: number | undefined = context; at !== undefined; at = this.#parents[at]) {
      for (let on: Frame | null = frame; on !== null; on = on.caller)
        if (on.context === at) return on.depth;
    }
    return 0;
  }
}
