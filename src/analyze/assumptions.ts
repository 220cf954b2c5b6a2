/** What was taken for granted, as the reader is told. */
import type { Assumption } from "../findings/finding.js";
import { nameOf } from "../locks/naming.js";
import type { Judgement } from "./analyze-unit.js";
import { lineOf } from "./gaps.js";

export function assumptionsOf({ runs, tentative, excused }: Judgement): Assumption[] {
  const taken = runs.flatMap(({ procedure, assumptions }) =>
    assumptions.map(({ text }) => ({ procedure, text })),
  );
  const given = tentative.map((charge) => ({
    procedure: charge.run.procedure,
    text: `${nameOf(charge)} is write-locked or new on entry`,
  }));
  const foreign = excused.map(({ charge, by }) => ({
    procedure: charge.run.procedure,
    text: `${nameOf(charge)} was write-locked by ${by}()`,
  }));
  const distinct = new Map(
    [...taken, ...given, ...foreign].map((one) => [`${one.procedure.name} ${one.text}`, one]),
  );
  return [...distinct.values()].map(({ procedure, text }) => ({
    file: procedure.file,
    line: lineOf(procedure),
    function: procedure.name,
    text,
    callers: 0,
  }));
}
