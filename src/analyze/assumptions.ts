/** What was taken for granted, as the reader is told. */
import type { Assumption } from "../findings/finding.js";
import { nameOf } from "../locks/naming.js";
import type { Judgement } from "./analysis.js";
import { lineOf } from "./gaps.js";

export function assumptionsOf({ runs, tentative, unfounded }: Judgement): Assumption[] {
  const taken = runs.flatMap(({ procedure, assumptions }) =>
    assumptions.map(({ text }) => ({ procedure, text, callers: 0 })),
  );
  const given = tentative.map((charge) => ({
    procedure: charge.run.procedure,
    // What was found here is asserted where callers, or an earlier loop, see to the lock.
    text: charge.obligation.fromParameter
      ? `${nameOf(charge)} is write-locked or new on entry`
      : `${nameOf(charge)} is write-locked where that is asserted`,
    callers: 0,
  }));
  const met = unfounded.map(({ charge, callers }) => ({
    procedure: charge.run.procedure,
    text: `${nameOf(charge)} is NULL or not used as callers build it`,
    callers,
  }));
  const open = runs
    .filter((run) => run.limits.length === 0)
    .flatMap((run) =>
      run.obligations
        .filter(
          ({ unknown, unlocked, fromContract, member }) =>
            unknown && unlocked === null && !fromContract && member === null,
        )
        .map((obligation) => ({
          procedure: run.procedure,
          text: `${nameOf({ run, obligation, isByCaller: false })} is write-locked by a callee where it has to be`,
          callers: 0,
        })),
    );
  const distinct = new Map(
    [...taken, ...given, ...met, ...open].map((one) => [`${one.procedure.name} ${one.text}`, one]),
  );
  return [...distinct.values()].map(({ procedure, text, callers }) => ({
    file: procedure.file,
    line: lineOf(procedure),
    function: procedure.name,
    text,
    callers,
  }));
}
