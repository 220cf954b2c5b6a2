/**
 * The lock calls of one file, each with what is needed to edit it. They are counted twice, by
 * the protocol's queries and by their names in the text: a lock that the queries do not see is
 * a trouble to be told, not one less to test.
 */
import type { KernelProcedure } from "../../analyze/kernel-procedure.js";
import type { Program, Unit } from "../../analyze/program.js";
import type { EffectKind } from "../../protocol/effect.js";
import type { Protocol } from "../../protocol/protocol.js";
import type { Expr } from "../../syntax/ast.js";
import type { Span } from "../../text/source-file.js";
import { callsIn } from "./expression.js";
import { pathTo, type Step } from "./place.js";

export interface LockSite {
  readonly procedure: KernelProcedure;
  readonly line: number;
  readonly callee: string;
  /** The object as written, on one line. */
  readonly object: string;
  readonly operand: Expr;
  /** `zero`: locked only when the call returns 0. */
  readonly when: "always" | "zero" | "nonzero";
  /** The call in the prepared text. */
  readonly place: Span;
  /** The call and its argument in the file. */
  readonly call: Span;
  readonly argument: Span;
  readonly path: readonly Step[];
  /** The statement in the file, when the lock is all of it. */
  readonly statement: Span | null;
}

/** A lock call that cannot be edited. */
export interface Trouble {
  readonly function: string;
  readonly line: number;
  readonly object: string;
  readonly text: string;
}

export function lockSites(
  program: Program,
  unit: Unit,
): { sites: LockSite[]; troubles: Trouble[] } {
  const names = namesOf(program.protocol, "acquire");
  const sites: LockSite[] = [];
  const troubles: Trouble[] = [];
  for (const item of unit.scope[0]?.functions.values() ?? []) {
    if (names.has(item.name) || ![...names].some((name) => item.identifiers.has(name))) continue;
    const procedure = program.procedure(unit, item.name);
    if (procedure === null) continue;
    const isParsed = procedure.syntax.errors.length === 0;
    const seen = isParsed ? sitesOf(procedure, names) : [];
    sites.push(...seen);
    for (const at of mentions(unit.file.text, item.body, names)) {
      if (seen.some(({ call }) => call.start <= at && at < call.end)) continue;
      const { line } = unit.file.position(at);
      troubles.push({
        function: item.name,
        line,
        object: argumentAt(unit.file.text, at),
        text: isParsed ? "its call is not understood" : "its function cannot be parsed",
      });
    }
  }
  return { sites, troubles };
}

/** Names of functions with an effect, from the protocol's patterns. */
export function namesOf(protocol: Protocol, kind: EffectKind): Set<string> {
  const patterns = protocol.queries.patterns.filter(({ captures }) => captures.includes(kind));
  return new Set(patterns.flatMap(({ literals }) => literals.flat()));
}

function sitesOf(procedure: KernelProcedure, names: ReadonlySet<string>): LockSite[] {
  const { syntax } = procedure;
  const sites: LockSite[] = [];
  for (const { name, call } of callsIn(syntax.body)) {
    const effect = procedure.effects
      .get(`${call.span.start}:${call.span.end}`)
      ?.find(({ kind }) => kind === "acquire");
    const operand = call.args.find(({ span }) => span.start === effect?.operand?.start);
    if (effect === undefined || operand === undefined || !names.has(name)) continue;
    const place = syntax.origin(call.span);
    if (!syntax.file.text.startsWith(name, place.start)) continue;
    const path = pathTo(syntax.body, call.span);
    const innermost = path.at(-1)?.statement;
    const isAll = innermost?.kind === "expression" && innermost.expr === call;
    sites.push({
      procedure,
      line: syntax.file.position(place.start).line,
      callee: name,
      object: procedure.text(operand.span),
      operand,
      when: effect.when,
      place: call.span,
      call: place,
      argument: syntax.origin(operand.span),
      path,
      statement: isAll ? syntax.origin(innermost.span) : null,
    });
  }
  return sites;
}

/** What stands between a call's parentheses, as far as can be told without parsing. */
function argumentAt(text: string, call: number): string {
  return /\(([^()]*)/.exec(text.slice(call))?.[1]?.trim() ?? "";
}

/** The text with comments and strings blanked out. */
export function codeOf(text: string): string {
  const left = /\/\*[^]*?\*\/|\/\/[^\n]*|"(?:\\.|[^"\\\n])*"/g;
  return text.replace(left, (found) => found.replace(/[^\n]/g, " "));
}

/** Offsets at which a name is called. */
function mentions(text: string, body: Span, names: ReadonlySet<string>): number[] {
  const code = codeOf(text.slice(body.start, body.end));
  const call = new RegExp(`\\b(?:${[...names].join("|")})\\s*\\(`, "g");
  return [...code.matchAll(call)].map(({ index }) => body.start + index);
}
