/** Runs functions of one unit, with the effects that its queries found. */
import type { Procedure } from "../dataflow/procedure.js";
import { FAILED, READ_LOCKED, RETURNED } from "../locks/marks.js";
import type { TellsMore } from "../locks/rules.js";
import { Runner } from "../locks/run-function.js";
import type { Effect } from "../protocol/effect.js";
import type { Protocol } from "../protocol/protocol.js";
import type { Span } from "../text/source-file.js";
import { callersIn } from "./candidates.js";
import { handedIn } from "./entry-points.js";
import { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";

/** Demands of one function besides those of its text, by place. */
export interface MoreDemands {
  readonly procedure: Procedure;
  readonly demands: ReadonlyMap<string, readonly Effect[]>;
}

export function unitRunner(program: Program, unit: Unit, more: MoreDemands | null = null): Runner {
  const { inserted, owner, config } = program.protocol;
  const rules = {
    effectsAt: (procedure: Procedure, span: Span) => {
      const effects = effectsAt(procedure, span);
      if (more?.procedure !== procedure) return effects;
      return [...effects, ...(more.demands.get(`${span.start}:${span.end}`) ?? [])];
    },
    classEffectsAt,
    classes: program.protocol.classes,
    leavesToCallers,
    concernsClasses: (procedure: Procedure) => program.classFlow.matters(procedure),
    concernsLaterClasses: (procedure: Procedure) => program.classFlow.laterMatters(procedure),
    touchesClasses: (procedure: Procedure) => program.classFlow.touches(procedure),
    members: program.members(unit),
    inserted,
    owner,
    tellsMore: tellsMore(program.protocol),
    mistakes: {
      freed: first(program.protocol.instead.freed),
      abandoned: first(program.protocol.instead.abandoned),
      mutated: first(program.protocol.instead.mutated),
    },
    freed: program.protocol.freed,
    readLocked: (procedure: Procedure) => handedIn(procedure, "read-locked"),
    configured: config,
    isErrorCode: (name: string) => program.dialect.errorCodes.has(name),
    reachesDemand: (procedure: Procedure) => {
      const home = procedure instanceof KernelProcedure ? procedure.unit : unit;
      return program.demanding(home).has(procedure.name);
    },
  };
  return new Runner(rules, program.budget);
}

function first(checks: ReadonlySet<string>): string | null {
  return [...checks][0] ?? null;
}

function tellsMore({ instead, fields, entries }: Protocol): TellsMore[] {
  const ofFields = new Set([...fields.values()].map(({ check }) => check));
  const inFault = entries.flatMap(({ check }) => check ?? []);
  return [
    ...[...instead.failed].map((check) => ({ mark: FAILED, of: null, check, isSure: false })),
    ...[...instead.returned].map((check) => ({ mark: RETURNED, of: null, check, isSure: false })),
    ...[...new Set(inFault)].map((check) => ({
      mark: READ_LOCKED,
      of: ofFields,
      check,
      isSure: true,
    })),
  ];
}

function leavesToCallers(procedure: Procedure): boolean {
  if (!(procedure instanceof KernelProcedure) || !procedure.item.isStatic) return false;
  const { program, unit, name } = procedure;
  const callers = callersIn(program, unit, name) ?? [];
  const items = callers.flatMap((caller) => program.find(unit, caller)?.item ?? []);
  return items.length > 0 && items.every((one) => program.classFlow.mentions(one));
}

function classEffectsAt(procedure: Procedure, span: Span): readonly Effect[] {
  return procedure instanceof KernelProcedure ? procedure.classEffectsAt(span) : [];
}

export function effectsAt(procedure: Procedure, span: Span): readonly Effect[] {
  return procedure instanceof KernelProcedure
    ? (procedure.effects.get(`${span.start}:${span.end}`) ?? [])
    : [];
}
