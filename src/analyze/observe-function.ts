/**
 * Runs one function and keeps what its paths do: for the commands that tell what a function asks
 * for and does, path by path. With all bodies in reach where that can be done, else on the
 * contracts of the callees that demand something.
 */
import type { Instruction, Place } from "../cfg/cfg.js";
import type { AccessPath } from "../locks/contract.js";
import type { FunctionRun } from "../locks/obligation.js";
import { PathRecorder } from "../locks/path-recorder.js";
import { PinnedBranches } from "../locks/pinned-branches.js";
import type { Runner } from "../locks/run-function.js";
import type { EffectKind } from "../protocol/effect.js";
import type { Span } from "../text/source-file.js";
import type { KernelProcedure } from "./kernel-procedure.js";
import type { Program, Unit } from "./program.js";
import { effectsAt, unitRunner } from "./unit-runner.js";

export interface Way {
  /** The bodies of all callees in reach are run; else contracts stand for those that demand. */
  readonly withBodies: boolean;
  /** Conditions are known path by path; else none are told. */
  readonly hasConditions: boolean;
}

export interface Observation extends Way {
  readonly procedure: KernelProcedure;
  readonly run: FunctionRun;
  readonly paths: PathRecorder;
}

/** Runs functions of one unit; callees' contracts are kept between them. */
export class UnitObserver {
  readonly unit: Unit;
  readonly #program: Program;
  readonly #runner: Runner;

  constructor(program: Program, unit: Unit) {
    this.unit = unit;
    this.#program = program;
    this.#runner = unitRunner(program, unit);
  }

  /**
   * null when the unit has no such function. `kinds`: effects whose conditions are asked for,
   * besides the choice of objects. `ways`: what to try in turn while there are too many paths, or
   * doubts that bodies can settle; the last one that had no such trouble counts, else the last.
   */
  observe(name: string, kinds: readonly EffectKind[], ways: readonly Way[]): Observation | null {
    const procedure = this.#program.procedure(this.unit, name);
    if (procedure === null) return null;
    const branches = new PinnedBranches(procedure, (instruction) =>
      this.#isInteresting(procedure, kinds, instruction),
    );
    let last: Observation | null = null;
    for (const way of ways) {
      // Where the contracts alone are too many paths, the bodies are.
      if (
        way.withBodies &&
        last !== null &&
        !last.withBodies &&
        last.run.limits.includes("state-limit")
      )
        continue;
      const one = {
        procedure,
        ...way,
        ...this.#run(procedure, way.withBodies, way.hasConditions ? branches : null),
      };
      const isComplete = !one.run.limits.includes("state-limit");
      if (isComplete || last === null || last.run.limits.includes("state-limit")) last = one;
      if (isComplete && !one.paths.demands.some(({ isDoubtful }) => isDoubtful)) break;
    }
    return last;
  }

  #run(
    procedure: KernelProcedure,
    withBodies: boolean,
    branches: PinnedBranches | null,
  ): Pick<Observation, "run" | "paths"> {
    const paths = new PathRecorder(procedure, {
      pinned: (frame, branch, condition, terms) =>
        frame.caller === null && !isVerbatim(procedure, branch.span)
          ? null
          : (branches?.pinned(frame, branch, condition, terms) ?? null),
      canFail: procedure.cfg.blocks.some(
        ({ terminator }) => terminator.op === "return" && terminator.value !== null,
      ),
      isTracked: (path) => this.#isTracked(procedure, path),
    });
    const run = this.#runner.observe(procedure, paths, withBodies ? "bodies" : "contracts");
    return { run, paths };
  }

  /** Whether an instruction has such an effect, may have one in a callee, or picks an object. */
  #isInteresting(
    procedure: KernelProcedure,
    kinds: readonly EffectKind[],
    instruction: Instruction,
  ): boolean {
    if (effectsAt(procedure, instruction.span).some(({ kind }) => kinds.includes(kind)))
      return true;
    if (instruction.op === "call") {
      if (!kinds.includes("require") || instruction.callee === null) return false;
      return (
        this.#program.reaches(this.unit, instruction.callee) &&
        procedure.callee(instruction.callee) !== null
      );
    }
    if (instruction.op !== "assign") return false;
    const { target, value } = instruction;
    const { types } = procedure.cfg;
    const last = target.path.at(-1);
    if (last !== undefined)
      return this.#program.members(this.unit).includes(last) || isFlag(procedure, target, last);
    if (target.base.kind === "variable" && this.#pointsToTracked(types.get(target.base.name)))
      return true;
    if (value.kind !== "read" || value.place.base.kind !== "variable") return false;
    return value.place.path.length === 0 && this.#pointsToTracked(types.get(value.place.base.name));
  }

  #pointsToTracked(type: string | undefined): boolean {
    return new RegExp(`\\bstruct\\s+${this.#program.protocol.type}\\b[^*]*\\*`).test(type ?? "");
  }

  /** Follows the members' types from the parameter on. */
  #isTracked(procedure: KernelProcedure, { param, path }: AccessPath): boolean {
    let type = procedure.cfg.types.get(param) ?? "";
    let pointers = type.split("*").length - 1;
    for (const step of path) {
      pointers--;
      for (const name of step.split(".").slice(1)) {
        const tag = /\b(?:struct|union)\s+(\w+)/.exec(type)?.[1] ?? "";
        const member = this.#program
          .struct(this.unit, tag)
          ?.members.find((one) => one.name === name);
        if (member === undefined) return false;
        ({ type, pointers } = member);
      }
    }
    return (
      pointers === 1 && new RegExp(`\\bstruct\\s+${this.#program.protocol.type}\\b`).test(type)
    );
  }
}

/** Whether a place is a flag in a struct that a variable points to. */
function isFlag(procedure: KernelProcedure, { base }: Place, member: string): boolean {
  if (
    base.kind === "variable" ||
    base.pointer.kind !== "read" ||
    base.pointer.place.base.kind !== "variable"
  )
    return false;
  const type = procedure.cfg.types.get(base.pointer.place.base.name) ?? "";
  return procedure.isFlag(/\bstruct\s+(\w+)/.exec(type)?.[1] ?? "", member, false);
}

/** Whether the reader finds the text in the file: not so behind a macro. */
function isVerbatim({ syntax }: KernelProcedure, span: Span): boolean {
  const origin = syntax.origin(span);
  const folded = (text: string) => text.replace(/\s+/g, " ").trim();
  return (
    folded(syntax.file.text.slice(origin.start, origin.end)) ===
    folded(syntax.text.slice(span.start, span.end))
  );
}
