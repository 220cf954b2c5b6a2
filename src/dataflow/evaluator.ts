/**
 * Values of a state: where a place lies, what an expression is, and new values for what nobody
 * knows. New values are named by the place that makes them, so that runs converge.
 */
import type { Place, Value } from "../cfg/cfg.js";
import { CallSites } from "./call-sites.js";
import type { CallInstruction, Client, Frame } from "./frame.js";
import { collectGarbage, dropDeadLocals } from "./garbage.js";
import { ReadLater } from "./read-later.js";
import type { Slice } from "./slice.js";
import type { State } from "./state.js";
import { ONE, type Terms } from "./term.js";
import type { Location, Origin, TermId } from "./term-kinds.js";

export class Evaluator {
  readonly terms: Terms;
  readonly sites = new CallSites();
  readonly later: ReadLater;
  readonly #client: Client;
  /** Start of the instruction or condition being executed: names unknown values. */
  #at = 0;
  /** The call being executed, while nothing of it was carried out yet. */
  #executing: CallInstruction | null = null;

  constructor(terms: Terms, slice: Slice, client: Client) {
    this.terms = terms;
    this.later = new ReadLater(slice);
    this.#client = client;
  }

  /** The interpreter has come to an instruction or condition; `call`: it is about to make this call. */
  startAt(at: number, call: CallInstruction | null = null): void {
    this.#at = at;
    this.#executing = call;
  }

  /** The location of a place; null when it cannot be told (an unknown index). */
  locate(state: State, frame: Frame, place: Place): Location | null {
    let base: Location;
    if (place.base.kind === "variable") {
      base = this.variable(frame, place.base.name);
    } else {
      const pointer = this.evaluate(state, frame, place.base.pointer);
      base = this.terms.pointee(pointer);
    }
    if (place.path.length === 0) return base;
    const path = place.path.map((step) => this.#index(state, frame, step));
    if (path.includes("[?]")) return null;
    if (place.base.kind === "pointee") {
      // What p points to is p[0]; with p = &a[2], p[1] is a[3].
      const from = /^(.*)\.\[(\d+)\]$/.exec(base);
      const by = /^\[(\d+)\]$/.exec(path[0] as string);
      if (by !== null && from !== null) {
        base = from[1] as string;
        path[0] = `[${Number(from[2]) + Number(by[1])}]`;
      } else if (path[0] === "[0]") path.shift();
    }
    return path.length === 0 ? base : `${base}.${path.join(".")}`;
  }

  /** A path step with the value of the name that is its index; `[?]` when that is not known. */
  #index(state: State, frame: Frame, step: string): string {
    if (!/^\[[^?\d]/.test(step)) return step;
    const name = step.slice(1, -1);
    const held = this.#constant(frame, name) ?? state.read(this.variable(frame, name));
    const value = this.terms.intValue(held);
    return value === null ? "[?]" : `[${value}]`;
  }

  evaluate(state: State, frame: Frame, value: Value): TermId {
    switch (value.kind) {
      case "int":
        return this.terms.int(value.value);
      case "read": {
        const { base, path } = value.place;
        if (base.kind === "variable" && path.length === 0) {
          const constant = this.#constant(frame, base.name);
          if (constant !== null) return constant;
        }
        const location = this.locate(state, frame, value.place);
        if (location === null)
          return this.unknown(state, frame, `index ${value.place.path.join(".")}`);
        const held = state.read(location);
        return frame.procedure.isTruth(value.place) ? this.#asTruth(state, location, held) : held;
      }
      case "address": {
        const location = this.locate(state, frame, value.place);
        if (location === null) return this.unknown(state, frame, "address");
        // The address of what a pointer points to is the pointer.
        if (location[0] === "H" && !location.includes(".")) return Number(location.slice(1));
        return this.terms.address(location);
      }
      case "unary":
        return this.terms.unary(value.op, this.evaluate(state, frame, value.operand));
      case "binary":
        return this.terms.binary(
          value.op,
          this.evaluate(state, frame, value.left),
          this.evaluate(state, frame, value.right),
        );
      case "config":
        if (value.symbol === this.#client.configured) return ONE;
        return this.terms.atom(`config ${value.symbol}`, { kind: "config", symbol: value.symbol });
      case "opaque":
        return this.unknown(state, frame, "opaque");
    }
  }

  /** What a `bool` holds; one that nobody wrote to is 0 or 1 by itself. */
  #asTruth(state: State, location: Location, held: TermId): TermId {
    if (!state.store.has(location) && this.terms.get(held).kind === "atom")
      this.terms.noteFlag(held);
    return this.terms.asTruth(held);
  }

  /** An enumerator, a macro that is a number, an error code: nothing that can be written. */
  #constant(frame: Frame, name: string): TermId | null {
    if (name[0] === "%" || frame.procedure.cfg.types.has(name)) return null;
    // By its name, also where a header says its number: most do not come with the tree.
    if (this.#client.isErrorCode(name)) return this.terms.constant(name);
    const value = frame.procedure.constant(name);
    return value === null ? null : this.terms.int(value);
  }

  variable(frame: Frame, name: string): Location {
    if (frame.procedure.cfg.types.has(name) || name.startsWith("%"))
      return `L${frame.context}:${name}`;
    const location = `G:${name}`;
    this.terms.noteGlobal(location, (member) => frame.procedure.fixedMember(name, member));
    return location;
  }

  /** A value that is not modelled. */
  unknown(state: State, frame: Frame, what: string): TermId {
    const site = `${what} ${this.#at}`;
    return this.#new(frame, state, `?${frame.context} ${site}`, {
      kind: "unknown",
      frame: frame.context,
      site,
    });
  }

  /** Reading through a pointer proves that it is not NULL; false when it is. */
  dereferences(state: State, frame: Frame, value: Value): boolean {
    switch (value.kind) {
      case "read": {
        const { base } = value.place;
        if (base.kind === "variable") return true;
        if (!this.dereferences(state, frame, base.pointer)) return false;
        return state.assume(this.evaluate(state, frame, base.pointer), true);
      }
      case "unary":
        return this.dereferences(state, frame, value.operand);
      case "binary":
        return (
          this.dereferences(state, frame, value.left) &&
          this.dereferences(state, frame, value.right)
        );
      default:
        return true;
    }
  }

  /** A call's result when its body is not run. */
  result(frame: Frame, state: State, call: CallInstruction, fresh: boolean): TermId {
    return this.fresh(frame, state, `${call.span.start}`, { callee: call.callee ?? "", fresh });
  }

  /** A new value made at this place; what the last turn of a loop made here becomes older. */
  fresh(
    frame: Frame,
    state: State,
    site: string,
    what: { callee: string; fresh: boolean },
  ): TermId {
    return this.#new(frame, state, `r${frame.context} ${site}`, {
      kind: "result",
      frame: frame.context,
      site,
      ...what,
    });
  }

  #new(frame: Frame, state: State, key: string, origin: Origin): TermId {
    const [newest, older, oldest] = [0, 1, 2].map((generation) =>
      this.terms.atom(key, origin, generation),
    ) as [TermId, TermId, TermId];
    if (!state.mentions(newest)) return newest;
    // What nobody reads any more need not be told from the new value.
    if (this.#executing !== null) {
      const { procedure } = frame;
      dropDeadLocals(state, frame, this.sites.liveAfter(procedure, this.#executing));
      collectGarbage(
        state,
        this.terms,
        this.later.at(frame, this.sites.blockOf(procedure, this.#executing)),
      );
      if (!state.mentions(newest)) return newest;
    }
    if (state.mentions(older)) state.blur(older, oldest);
    state.replace(newest, older);
    return newest;
  }
}
