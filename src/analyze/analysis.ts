/**
 * Runs the functions of one tree and charges who owes a lock. One direction: what functions
 * demand → who calls them → whether these show that they are in charge → who is charged. The tree
 * does not change meanwhile, and what was asked before makes no difference to what comes of it.
 */
import type { Procedure } from "../dataflow/procedure.js";
import type { Gap } from "../findings/finding.js";
import {
  blame,
  type Charge,
  type Demand,
  demanderOf,
  demandsOf,
  Evidence,
} from "../locks/blame.js";
import { mistakesIn } from "../locks/mistakes.js";
import type { FunctionRun } from "../locks/obligation.js";
import type { Runner } from "../locks/run-function.js";
import { affordable } from "./affordable.js";
import { callersIn, candidates, isOpenEnded, owes } from "./candidates.js";
import { demandersAmong, distinct, isHandedOn, isOpen, isOwed } from "./debts.js";
import { MOST_FILES, runOutward, usersElsewhere } from "./elsewhere.js";
import { isNewOnEntry } from "./entry-points.js";
import { gapOf, gapsOf, noMembersGap, unreadGaps } from "./gaps.js";
import type { KernelProcedure } from "./kernel-procedure.js";
import { isAddressTaken } from "./lexical-looks.js";
import { neverSo } from "./never-so.js";
import { locksInOtherLoop } from "./other-loop.js";
import {
  isDemandedThere,
  metBeside,
  type OtherSide,
  wasLocked,
  wasTolerated,
} from "./other-side.js";
import type { Program, Unit } from "./program.js";
import { unitRunner } from "./unit-runner.js";

export interface Judgement {
  /** Of the functions asked for, and of those that are charged with them. */
  readonly runs: readonly FunctionRun[];
  readonly charges: readonly Charge[];
  readonly tentative: readonly Charge[];
  /** Charges dropped because no caller gives occasion for them. */
  readonly unfounded: readonly { readonly charge: Charge; readonly callers: number }[];
  readonly gaps: readonly Gap[];
}

export class Analysis {
  readonly #program: Program;
  readonly #runners = new Map<string, Runner>();
  /** Null: our own bug, which is in `#failures`. */
  readonly #runs = new Map<Procedure, FunctionRun | null>();
  readonly #closer = new Map<Procedure, FunctionRun | null>();
  readonly #failures = new Map<Procedure, Gap>();
  readonly #met = new Map<string, Evidence>();

  constructor(program: Program) {
    this.#program = program;
  }

  /** Functions of a unit that lead to something that demands a lock. */
  candidates(unit: Unit): KernelProcedure[] {
    return this.#procedures(unit, candidates(this.#program, unit));
  }

  run(procedures: readonly KernelProcedure[]): FunctionRun[] {
    return procedures.flatMap((one) => this.#runOnce(one) ?? []);
  }

  /**
   * Who is to blame, once every doubt that running the callees' bodies can settle is settled.
   * `other`: the other side of a patch; null to judge the tree by itself.
   */
  judge(focus: readonly KernelProcedure[], other: OtherSide | null): Judgement {
    const closer = new Map<Procedure, FunctionRun>();
    const latest = (runs: readonly FunctionRun[]) =>
      distinct(runs).map((run) => closer.get(run.procedure) ?? run);
    for (;;) {
      const own = latest(this.run(focus));
      const owing = own.filter(({ obligations }) => obligations.some(isOwed));
      const near = latest([...own, ...this.#around(owing)]);
      const further = latest(
        owing.length > 0 ? this.#callersElsewhere(near, other, this.#isMet(other, near)) : [],
      );
      const everyone = latest([...near, ...further]);
      const runs = latest([...own, ...demandersAmong(own, everyone), ...further]);
      const mistakes = mistakesIn(own);
      const { charges, tentative, doubtful } = blame(runs, everyone, {
        isMet: this.#isMet(other, everyone),
        wasLocked: (run, obligation) => wasLocked(other, run, obligation),
        wasTolerated: (run, obligation) => wasTolerated(other, run, obligation),
        locksInOtherLoop,
        isNew: isNewOnEntry,
        isOpenEnded: ({ procedure }) =>
          isOpenEnded(this.#program, (procedure as KernelProcedure).unit, procedure.name),
      });
      const inDoubt = [...doubtful, ...mistakes.doubtful];
      if (inDoubt.length === 0)
        return { ...this.#settled([...charges, ...mistakes.charges]), runs, tentative };
      for (const { procedure } of inDoubt) {
        const run = this.closer(procedure as KernelProcedure);
        if (run !== null) closer.set(procedure, run);
      }
    }
  }

  #settled(charges: readonly Charge[]): Pick<Judgement, "charges" | "unfounded" | "gaps"> {
    const gaps: Gap[] = [];
    const asked = charges.map((charge) => ({
      charge,
      callers: charge.obligation.isOwn ? 0 : this.#neverSo(charge),
    }));
    const unfounded = asked.filter(({ callers }) => callers > 0);
    const founded = asked.filter(({ callers }) => callers === 0).map(({ charge }) => charge);
    const told = affordable(founded, this.#program.budget, gaps);
    return { charges: told, unfounded, gaps };
  }

  /** Whether callers are in charge of a demand, in this tree by itself. */
  isMet(demand: Demand): boolean {
    const demander = demanderOf(demand);
    let evidence = this.#met.get(demander);
    if (evidence === undefined) {
      const run = this.#find(demander).flatMap((procedure) => this.run([procedure]));
      const near = distinct([...run, ...this.#leading(run.map(({ procedure }) => procedure))]);
      evidence = new Evidence([...near, ...this.#callersElsewhere(near, null, () => true)]);
      this.#met.set(demander, evidence);
    }
    return evidence.has(demand);
  }

  /** What could not be decided of functions that were judged. */
  gaps(units: Iterable<Unit>, { runs, gaps }: Judgement, focus: readonly KernelProcedure[]): Gap[] {
    return [
      ...gaps,
      ...focus.flatMap((procedure) => this.#failures.get(procedure) ?? []),
      ...focus.filter((one) => this.#lacksMembers(one)).map(noMembersGap(this.#program.protocol)),
      ...runs
        .filter((run) => owes(this.#program, (run.procedure as KernelProcedure).unit, run))
        .flatMap(gapsOf),
      ...[...units].flatMap((unit) => unreadGaps(this.#program, unit, runs)),
    ];
  }

  #lacksMembers({ unit, name }: KernelProcedure): boolean {
    if (this.#program.members(unit).length > 0) return false;
    return this.#program.mentions(unit).reaching(this.#program.protocol.commits).has(name);
  }

  /** Whether callers are in charge of a demand, as far as these runs show. */
  #isMet(other: OtherSide | null, runs: readonly FunctionRun[]): (demand: Demand) => boolean {
    const evidence = new Evidence(runs);
    return other === null ? (demand) => evidence.has(demand) : metBeside(other, evidence, runs);
  }

  /** Those whose runs can tell whose fault it is: they lead to where a lock may lack. */
  #around(runs: readonly FunctionRun[]): FunctionRun[] {
    return this.#leading(
      runs.flatMap(({ obligations }) =>
        obligations.filter(isOpen).flatMap(({ chain }) => chain.map(({ procedure }) => procedure)),
      ),
    );
  }

  /** Functions of the same files that lead to one of these. */
  #leading(procedures: readonly Procedure[]): FunctionRun[] {
    const names = new Map<Unit, Set<string>>();
    for (const { name, unit } of procedures as readonly KernelProcedure[])
      names.set(unit, (names.get(unit) ?? new Set()).add(name));
    return [...names].flatMap(([unit, places]) => {
      const leading = this.#program.mentions(unit).reaching(places);
      return this.run(this.candidates(unit).filter(({ name }) => leading.has(name)));
    });
  }

  /** How many callers a function has, if they are all in reach and none gives occasion for a charge. */
  #neverSo({ run, obligation }: Charge): number {
    const { file } = run.procedure;
    return neverSo(run, obligation, {
      of: ({ procedure }) => this.#callersOf(procedure as KernelProcedure),
      isNear: ({ procedure }) => procedure.file === file,
      withBodies: (caller) => this.closer(caller.procedure as KernelProcedure) ?? caller,
    });
  }

  /** Runs of a function's callers, here and elsewhere; null when there may be others. */
  #callersOf({ name, item, unit }: KernelProcedure): FunctionRun[] | null {
    const own = callersIn(this.#program, unit, name);
    if (own === null) return null;
    const files = item.isStatic ? [] : usersElsewhere(this.#program, unit, [name]);
    if (files.length >= MOST_FILES) return null;
    const others = files.map((path) => this.#program.unit(path));
    if (others.some((one) => one === null || isAddressTaken(one, name))) return null;
    const runs = this.run(this.#procedures(unit, own));
    if (runs.length < own.length) return null;
    return [...runs, ...others.flatMap((one) => this.#outward(one as Unit, [name]))];
  }

  /**
   * Callers in other files, where it takes them to place the blame: in the whole tree of functions
   * that hand over an object they were given without locking it; in their own folder and where the
   * protocol is at home of those that do something else to it, and did not on the other side. Of
   * a demand that only this side has it matters where callers here are in charge by now, or where
   * the patch changes another file as well.
   */
  #callersElsewhere(
    near: readonly FunctionRun[],
    other: OtherSide | null,
    isMet: (demand: Demand) => boolean,
  ): FunctionRun[] {
    const everywhere = new Map<Unit, string[]>();
    const nearby = new Map<Unit, string[]>();
    for (const run of near) {
      const { item, unit, name } = run.procedure as KernelProcedure;
      const owed = item.isStatic ? [] : run.obligations.filter(isHandedOn);
      if (owed.length === 0) continue;
      const isMissed = owed.some((one) => one.member !== null || wasLocked(other, run, one));
      const isNew = other !== null && !isDemandedThere(other, run);
      const asked = isMissed ? everywhere : nearby;
      if (
        isMissed
          ? !isNew ||
            [...demandsOf([run])].some(isMet) ||
            other?.changesOthers(unit.file.path) === true
          : isNew
      )
        asked.set(unit, [...(asked.get(unit) ?? []), name]);
    }
    const users = (unit: Unit, names: readonly string[], within?: readonly string[]) =>
      usersElsewhere(this.#program, unit, names, within)
        .flatMap((path) => this.#program.unit(path) ?? [])
        .flatMap((user) => this.#outward(user, names));
    return [
      ...[...everywhere].flatMap(([unit, names]) => users(unit, names)),
      ...[...nearby].flatMap(([unit, names]) => users(unit, names, this.#program.foldersOf(unit))),
    ];
  }

  #outward(unit: Unit, names: readonly string[]): FunctionRun[] {
    return runOutward(this.#program, unit, names, (callers) =>
      this.run(this.#procedures(unit, callers)),
    );
  }

  #procedures(unit: Unit, names: readonly string[]): KernelProcedure[] {
    return names.flatMap((name) => this.#program.procedure(unit, name) ?? []);
  }

  #find(key: string): KernelProcedure[] {
    const colon = key.lastIndexOf(":");
    const unit = this.#program.unit(key.slice(0, colon));
    return unit === null ? [] : this.#procedures(unit, [key.slice(colon + 1)]);
  }

  #runOnce(procedure: KernelProcedure): FunctionRun | null {
    return this.#once(this.#runs, procedure, (runner) => runner.run(procedure));
  }

  /** With the callees' bodies, where that may tell more. */
  closer(procedure: KernelProcedure): FunctionRun | null {
    return this.#once(this.#closer, procedure, (runner) => runner.runWithBodies(procedure));
  }

  /** Our own bug in one function must not lose the others. */
  #once(
    known: Map<Procedure, FunctionRun | null>,
    procedure: KernelProcedure,
    run: (runner: Runner) => FunctionRun,
  ): FunctionRun | null {
    const before = known.get(procedure);
    if (before !== undefined) return before;
    this.#program.budget.next();
    let result: FunctionRun | null = null;
    try {
      result = run(this.#runner(procedure));
    } catch (error) {
      const text = error instanceof Error ? error.message : String(error);
      this.#failures.set(procedure, gapOf(procedure, "internal", text));
    }
    known.set(procedure, result);
    return result;
  }

  /** One for all units that see the same container: a function is run once, whoever calls it. */
  #runner({ unit }: KernelProcedure): Runner {
    const key = this.#program.members(unit).join(" ");
    const runner = this.#runners.get(key) ?? unitRunner(this.#program, unit);
    this.#runners.set(key, runner);
    return runner;
  }
}

/** What was run of a program is kept with it: one side may be asked for more than once. */
const analyses = new WeakMap<Program, Analysis>();

export function analysisOf(program: Program): Analysis {
  if (!analyses.has(program)) analyses.set(program, new Analysis(program));
  return analyses.get(program) as Analysis;
}
