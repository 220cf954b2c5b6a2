/** What was not decided, and what was taken for granted: the lists of --gaps and --assumptions. */
import type { Assumption, Gap } from "../findings/finding.js";
import type { Paint } from "./paint.js";
import { plain } from "./plain.js";
import { counted } from "./summary.js";
import { wrap } from "./wrap.js";

export function gapsText(gaps: readonly Gap[], paint: Paint): string[] {
  const head =
    gaps.length === 0 ? "gaps: none" : `gaps: ${counted(gaps.length, "place")} not decided`;
  return [
    paint("strong", head),
    ...gaps.flatMap((gap) => [
      `  ${at(gap)}  [${gap.reason}]`,
      ...wrap(plain(gap.text), "      ", "      "),
    ]),
  ];
}

export function assumptionsText(assumptions: readonly Assumption[], paint: Paint): string[] {
  const head =
    assumptions.length === 0
      ? "assumptions: none"
      : `assumptions: ${counted(assumptions.length, "fact")} taken for granted`;
  return [
    paint("strong", head),
    ...assumptions.flatMap((assumption) => [
      `  ${at(assumption)}`,
      ...wrap(`${plain(assumption.text)} (${callers(assumption)})`, "      ", "      "),
    ]),
  ];
}

export function gapsTerse(gaps: readonly Gap[]): string[] {
  return gaps.map(
    (gap) => `${gap.file}:${gap.line}: GAP:${gap.reason}: ${gap.text} (${gap.function})`,
  );
}

export function assumptionsTerse(assumptions: readonly Assumption[]): string[] {
  return assumptions.map(
    (assumption) =>
      `${assumption.file}:${assumption.line}: ASSUMED: ${assumption.text}, ${callers(assumption)} (${assumption.function})`,
  );
}

function at(thing: {
  readonly file: string;
  readonly line: number;
  readonly function: string;
}): string {
  return `${plain(thing.file)}:${thing.line}  in ${plain(thing.function)}()`;
}

function callers({ callers: count }: Assumption): string {
  return count === 0 ? "no caller in reach" : `${counted(count, "caller")} checked`;
}
