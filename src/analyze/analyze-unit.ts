/** Analyses the functions of one file: runs them and charges who owes a lock. */
import type { Procedure } from "../dataflow/procedure.js";
import type { Gap } from "../findings/finding.js";
import { blame, type Charge, type Demand, demandsOf, Evidence } from "../locks/blame.js";
import { mistakesIn } from "../locks/mistakes.js";
import type { FunctionRun } from "../locks/obligation.js";
import type { Runner } from "../locks/run-function.js";
import { affordable } from "./affordable.js";
import { CalleesElsewhere } from "./callees-elsewhere.js";
import { callersIn, candidates, candidatesAround, isOpenEnded, owes } from "./candidates.js";
import {
  fillerElsewhere,
  type Helper,
  MOST_FILES,
  runOutward,
  usersElsewhere,
} from "./elsewhere.js";
import { isNewOnEntry } from "./entry-points.js";
import { gapOf, gapsOf, noMembersGap, unreadGaps } from "./gaps.js";
import type { KernelProcedure } from "./kernel-procedure.js";
import { isAddressTaken } from "./lexical-looks.js";
import { neverSo } from "./never-so.js";
import { locksInOtherLoop } from "./other-loop.js";
import { metAfterPatch, type OtherSide, wasLocked, wasTolerated } from "./other-side.js";
import type { Program, Unit } from "./program.js";
import { unitRunner } from "./unit-runner.js";

export interface Judgement {
  readonly runs: readonly FunctionRun[];
  readonly charges: readonly Charge[];
  readonly tentative: readonly Charge[];
  /** Charges dropped because a function of another file may have locked the object. */
  readonly excused: readonly { readonly charge: Charge; readonly by: string }[];
  /** Charges dropped because no caller gives occasion for them. */
  readonly unfounded: readonly { readonly charge: Charge; readonly callers: number }[];
}

/** Runs functions of one unit, each once, and says what came of them. */
export class UnitAnalysis {
  readonly unit: Unit;
  readonly #program: Program;
  readonly #runs = new Map<string, FunctionRun | null>();
  readonly #runners = new Map<KernelProcedure, Runner>();
  #evidence: Evidence | undefined;
  readonly #elsewhere = new Map<string, UnitAnalysis | null>();
  readonly #helpers: CalleesElsewhere;
  readonly #failures: Gap[] = [];

  constructor(program: Program, unit: Unit) {
    this.#program = program;
    this.unit = unit;
    this.#helpers = new CalleesElsewhere(program, unit);
  }

  candidates(): string[] {
    return candidates(this.#program, this.unit);
  }

  /** Runs the named functions that were not run yet; the others' results are kept. */
  run(names: Iterable<string>): FunctionRun[] {
    const wanted = [...names];
    const missing = wanted.filter((name) => !this.#runs.has(name));
    const roots = missing.flatMap((name) => this.#program.procedure(this.unit, name) ?? []);
    if (roots.length > 0) this.#runAll(roots);
    return wanted.flatMap((name) => this.#runs.get(name) ?? []);
  }

  /**
   * Who is to blame, once every doubt that running the callees' bodies can settle is settled.
   * `before` is the other side of a patch.
   */
  judge(names: readonly string[], before: OtherSide | null): Judgement {
    for (;;) {
      const own = this.run(names);
      const hasDebt = own.some(({ obligations }) =>
        obligations.some(({ unlocked }) => unlocked !== null),
      );
      const near = hasDebt ? this.run(candidatesAround(this.#program, this.unit, own)) : own;
      const callers = hasDebt
        ? this.#runCallersElsewhere(near, before, this.#isMet(before, near))
        : [];
      const runs = [...own, ...callers];
      const everyone = [...near, ...callers];
      const mistakes = mistakesIn(own);
      const { charges, tentative, doubtful } = blame(runs, everyone, {
        isMet: this.#isMet(before, everyone),
        wasLocked: (run, obligation) => wasLocked(before, run, obligation),
        wasTolerated: (run, obligation) => wasTolerated(before, run, obligation),
        locksInOtherLoop,
        isNew: isNewOnEntry,
        isOpenEnded: ({ procedure }) => isOpenEnded(this.#program, this.unit, procedure.name),
      });
      const inDoubt = [...doubtful, ...mistakes.doubtful];
      if (inDoubt.length === 0) {
        const { kept, excused, helper: locker } = this.#withoutForeignLocks(charges, before);
        const helper = locker ?? fillerElsewhere(this.#program, this.unit, own);
        if (helper === null) {
          const asked = [...kept, ...mistakes.charges].map((charge) => ({
            charge,
            callers: this.#neverSo(charge),
          }));
          const unfounded = asked.filter(({ callers }) => callers > 0);
          const founded = asked.filter(({ callers }) => callers === 0);
          return {
            runs,
            tentative,
            charges: affordable(
              founded.map(({ charge }) => charge),
              this.#program.budget,
              this.#failures,
            ),
            excused,
            unfounded,
          };
        }
        this.#adopt(helper);
      }
      for (const { procedure } of inDoubt) this.#lookCloser(procedure as KernelProcedure);
    }
  }

  /** Whether callers are in charge of a demand, as far as these runs show. */
  #isMet(before: OtherSide | null, runs: readonly FunctionRun[]): (demand: Demand) => boolean {
    const evidence = new Evidence(runs);
    return before === null
      ? (demand) => evidence.has(demand)
      : metAfterPatch(before, evidence, runs);
  }

  /**
   * An object that no path here locks, where a function of another file is called that takes
   * locks: it may have found it in the tree itself, or have been handed it; that shows when one
   * looks into the helper.
   */
  #withoutForeignLocks(charges: readonly Charge[], before: OtherSide | null) {
    const excused: { charge: Charge; by: string }[] = [];
    let helper: Helper | null = null;
    const kept = charges.filter((charge) => {
      const { member, fromParameter, inserted, lockedAt, metOtherwise } = charge.obligation;
      if (lockedAt !== null || metOtherwise) return true;
      const { name } = charge.run.procedure;
      const isFound = member === null && !inserted && (!fromParameter || charge.isByCaller);
      if (!isFound) {
        helper ??= this.#helpers.helper(name);
        return true;
      }
      if (wasLocked(before, charge.run, charge.obligation)) return true;
      const by = this.#helpers.locker(name);
      if (by !== null) excused.push({ charge, by: by.name });
      return by === null;
    });
    return { kept, excused, helper: helper as Helper | null };
  }

  /** How many callers a function has, if they are all in reach and none gives occasion for a charge. */
  #neverSo({ run, obligation }: Charge): number {
    return neverSo(run, obligation, {
      of: ({ procedure }) => this.#homeOf(procedure).#callersOf(procedure),
      isNear: ({ procedure }) => procedure.file === this.unit.file.path,
      withBodies: ({ procedure }) => {
        this.#lookCloser(procedure as KernelProcedure);
        return this.#homeOf(procedure).run([procedure.name])[0] ?? run;
      },
    });
  }

  /** Runs of a function's callers, here and elsewhere; null when there may be others. */
  #callersOf(procedure: Procedure): FunctionRun[] | null {
    const { name, item } = procedure as KernelProcedure;
    const own = callersIn(this.#program, this.unit, name);
    if (own === null) return null;
    const files = item.isStatic ? [] : usersElsewhere(this.#program, this.unit, [name]);
    if (files.length >= MOST_FILES) return null;
    const others = files.map((path) => this.#elsewhereIn(path));
    if (others.some((one) => one === null || isAddressTaken(one.unit, name))) return null;
    const runs = this.run(own);
    if (runs.length < own.length) return null;
    return [...runs, ...others.flatMap((one) => this.#outwardIn(one as UnitAnalysis, [name]))];
  }

  /** The analysis of a function's file. */
  #homeOf({ file }: Procedure): UnitAnalysis {
    return this.#elsewhere.get(file) ?? this;
  }

  /** Looks into a function of another file: all is run again. */
  #adopt({ name, path }: Helper): void {
    this.#program.adopt(name, path);
    this.#runs.clear();
    this.#runners.clear();
    this.#elsewhere.clear();
    this.#helpers.clear();
    this.#evidence = undefined;
    this.#failures.length = 0;
  }

  /** What callers lock first, in the file and elsewhere. */
  evidence(): Evidence {
    if (this.#evidence === undefined) {
      const all = this.run(this.candidates());
      this.#evidence = new Evidence([...all, ...this.#runCallersElsewhere(all, null, () => true)]);
    }
    return this.#evidence;
  }

  /**
   * Callers in other files, where it takes them to place the blame: of functions that hand over
   * an object they were given without locking it. After a patch that only matters where it was
   * so before, where callers here are in charge by now (others may have been forgotten), or
   * where the patch changes another file as well.
   */
  #runCallersElsewhere(
    near: readonly FunctionRun[],
    before: OtherSide | null,
    isMet: (demand: Demand) => boolean,
  ): FunctionRun[] {
    const asked = near.filter(
      (run) =>
        !(run.procedure as KernelProcedure).item.isStatic &&
        run.obligations.some(
          (obligation) =>
            obligation.unlocked !== null &&
            obligation.fromParameter &&
            !obligation.inContainer &&
            (obligation.member !== null || wasLocked(before, run, obligation)),
        ),
    );
    if (asked.length === 0) return [];
    const isElsewhere = (key: string) => !key.startsWith(`${this.unit.file.path}:`);
    const matters =
      before === null ||
      [...before.changed].some(isElsewhere) ||
      asked.some((run) => {
        const old = demandsOf([before.run(run.procedure.name) ?? []].flat());
        return [...demandsOf([run])].some((demand) => old.has(demand) || isMet(demand));
      });
    if (!matters) return [];
    const names = asked.map(({ procedure }) => procedure.name);
    for (const name of names) this.#program.foreign.set(name, this.unit);
    return usersElsewhere(this.#program, this.unit, names)
      .flatMap((path) => this.#elsewhereIn(path) ?? [])
      .flatMap((analysis) => this.#outwardIn(analysis, names));
  }

  #elsewhereIn(path: string): UnitAnalysis | null {
    let analysis = this.#elsewhere.get(path);
    if (analysis === undefined) {
      const unit = this.#program.unit(path);
      analysis = unit === null ? null : new UnitAnalysis(this.#program, unit);
      this.#elsewhere.set(path, analysis);
    }
    return analysis;
  }

  #outwardIn(analysis: UnitAnalysis, names: readonly string[]): FunctionRun[] {
    return runOutward(this.#program, analysis.unit, names, (callers) => analysis.run(callers));
  }

  gaps(runs: readonly FunctionRun[]): Gap[] {
    return [
      ...this.#failures,
      ...runs.filter((run) => owes(this.#program, this.unit, run)).flatMap(gapsOf),
      ...unreadGaps(this.#program, this.unit, runs),
    ];
  }

  #runAll(roots: readonly KernelProcedure[]): void {
    const members = this.#program.members(this.unit);
    const commits = this.#program.mentions(this.unit).reaching(this.#program.protocol.commits);
    const runner = unitRunner(this.#program, this.unit);
    for (const root of roots) {
      if (members.length === 0 && commits.has(root.name))
        this.#failures.push(noMembersGap(root, this.#program.protocol.container));
      this.#runners.set(root, runner);
      this.#guard(root, () => runner.run(root));
    }
  }

  #lookCloser(root: KernelProcedure): void {
    const home = this.#homeOf(root);
    if (home !== this) {
      home.#lookCloser(root);
      return;
    }
    this.#guard(root, () => (this.#runners.get(root) as Runner).runWithBodies(root));
  }

  /** Our own bug in one function must not lose the others. */
  #guard(root: KernelProcedure, run: () => FunctionRun): void {
    this.#program.budget.next();
    try {
      this.#runs.set(root.name, run());
    } catch (error) {
      this.#runs.set(root.name, null);
      this.#failures.push(
        gapOf(root, "internal", error instanceof Error ? error.message : String(error)),
      );
    }
  }
}
