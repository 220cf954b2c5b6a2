/**
 * The meaning of effects with somebody watching: the same as ever, and an observer is told of
 * each lock, assertion, demand and commit on each path.
 */
import type { Explorer } from "../dataflow/explore.js";
import type { Branch, CallInstruction, Frame, Outcome } from "../dataflow/frame.js";
import type { State } from "../dataflow/state.js";
import type { TermId } from "../dataflow/term-kinds.js";
import type { Span } from "../text/source-file.js";
import { operandOf } from "./effect-at-call.js";
import { type Due, Ledger } from "./ledger.js";
import type { Obligation } from "./obligation.js";
import type { Observer } from "./observer.js";
import type { Rules } from "./rules.js";
import type { RunRecord } from "./run-record.js";
import { membersOf } from "./standing.js";
import { LockTransfer } from "./transfer.js";

export class WatchedTransfer extends LockTransfer {
  readonly #observer: Observer;
  readonly #rules: Rules;
  #explorer: Explorer | null = null;

  constructor(rules: Rules, observer: Observer) {
    super(rules);
    this.#rules = rules;
    this.#observer = observer;
  }

  override attach(explorer: Explorer): RunRecord {
    this.#explorer = explorer;
    this.#observer.attach(explorer);
    return super.attach(explorer, new WatchedLedger(explorer, this.#observer));
  }

  override call(
    state: State,
    frame: Frame,
    call: CallInstruction,
    args: readonly TermId[],
  ): Outcome[] | null {
    const effects = this.#rules.effectsAt(frame.procedure, call.span);
    for (const effect of effects) {
      if (effect.kind !== "require") continue;
      const object = operandOf(effect, call, args);
      if (state.truth(object) !== false) this.#observer.required(state, frame, call, object);
    }
    const outcomes = super.call(state, frame, call, args);
    for (const effect of effects) {
      const object = operandOf(effect, call, args);
      if (effect.kind === "acquire") {
        for (const outcome of outcomes ?? [])
          this.#observer.acquired(outcome.state, frame, call, object);
      }
      if (effect.kind === "commit" && this.#explorer !== null) {
        const members = membersOf(state, this.#explorer.terms, this.#rules.members, object);
        this.#observer.committed(state, frame, call, members);
      }
    }
    return outcomes;
  }

  decided(state: State, frame: Frame, branch: Branch, holds: boolean, condition: TermId): void {
    this.#observer.decided(state, frame, branch, holds, condition);
  }
}

class WatchedLedger extends Ledger {
  readonly #observer: Observer;

  constructor(explorer: Explorer, observer: Observer) {
    super(explorer);
    this.#observer = observer;
  }

  override owe(state: State, frame: Frame, site: Span, due: Due): void {
    this.#observer.owed(state, frame, site, due);
    super.owe(state, frame, site, due);
  }

  override oweByContract(
    state: State,
    frame: Frame,
    site: Span,
    due: Due & Pick<Obligation, "chain">,
  ): void {
    this.#observer.owedByContract(state, frame, site, due);
    super.oweByContract(state, frame, site, due);
  }
}
