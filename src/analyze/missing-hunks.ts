/**
 * What hunks that were left out make unknown. A function that such a hunk changes is not the
 * author's, and nothing is said of it but that. Where the hunk has to do with locks, that goes
 * for those that call what it changes as well, and for what is handed to functions called there:
 * the lock they lack may be in the hunk. A hunk without such words is taken to leave its callers alone.
 */
import type { LostHunk } from "../base/apply-patch.js";
import type { Finding, Gap } from "../findings/finding.js";
import type { Charge } from "../locks/blame.js";
import { type GuessedPlace, guessPlace, keyOf } from "../patch/guess-place.js";
import { shortenNotes } from "../patch/shorten-notes.js";
import { splitLines } from "../patch/text-lines.js";
import { outline } from "../syntax/outline.js";
import { SourceFile } from "../text/source-file.js";
import type { Program, Unit } from "./program.js";

/** One hunk, and the definitions of its file that it may change. */
interface Lost {
  readonly hunk: LostHunk;
  readonly unit: Unit;
  readonly names: ReadonlySet<string>;
  /** It mentions something that leads to a lock or a demand. */
  readonly locks: boolean;
}

export class MissingHunks {
  readonly #program: Program;
  readonly #own: readonly Lost[];
  readonly #all: readonly Lost[];
  readonly #callers = new Map<Unit, ReadonlySet<string>>();

  /**
   * `earlier`: of patches that this one stands on. `after`: the side that lacks them. `changed`:
   * the files of the patch, on that side.
   */
  constructor(
    own: readonly LostHunk[],
    earlier: readonly LostHunk[],
    after: Program,
    changed: readonly (string | null)[],
  ) {
    this.#program = after;
    const paths = own.length + earlier.length === 0 ? [] : changed;
    const units = paths.flatMap((path) => unitOf(path, after) ?? []);
    this.#own = locate(own, after, units);
    this.#all = [...this.#own, ...locate(earlier, after, units)];
  }

  /** Definitions of a file that hunks of this patch would have changed. */
  changedIn(path: string | null): string[] {
    return this.#own.flatMap(({ hunk, names }) => (hunk.path === path ? [...names] : []));
  }

  /** Functions that hunks of this patch would have changed, as far as VMAs are their business. */
  gaps(): Gap[] {
    const gaps = this.#own.flatMap((lost) =>
      [...lost.names].filter((name) => this.#matters(lost, name)).map((name) => gapOf(lost, name)),
    );
    return [...new Map(gaps.map((gap) => [`${gap.file}:${gap.function}`, gap])).values()];
  }

  /** Which hunks these are, and whom they leave undecided. */
  notes(): string[] {
    const notes = this.#own.flatMap((lost) => {
      const names = [...lost.names].filter((name) => this.#matters(lost, name));
      const [first] = names;
      if (first === undefined) return [];
      const others = names.length === 1 ? "" : ` and ${names.length - 1} more`;
      const { number, path } = lost.hunk;
      return [`hunk ${number} of ${path} is missing: ${first}()${others} cannot be decided`];
    });
    return shortenNotes(notes, "missing hunks");
  }

  /** Why nothing can be said of a function; null when something can. */
  doubt(path: string, name: string): Gap | null {
    const changed = this.#all.find(({ hunk, names }) => hunk.path === path && names.has(name));
    if (changed !== undefined) return gapOf(changed, name);
    const unit = this.#all.some(({ locks }) => locks) ? this.#program.unit(path) : null;
    if (unit === null || !this.#callersIn(unit).has(name)) return null;
    const calls = (one: Lost) =>
      one.locks && this.#program.mentions(unit).reaching(visible(one, unit)).has(name);
    const lost = this.#all.find(calls) as Lost;
    return { ...gapOf(lost, name), ...placeOf(unit, name), text: `calls what ${title(lost)}` };
  }

  /** Why a charge may be one of the half-applied patch alone; null when it cannot. */
  doubtOf({ run, obligation }: Charge): Gap | null {
    const { procedure } = run;
    for (const link of [{ procedure }, ...obligation.chain]) {
      const { file, name } = link.procedure;
      const gap = this.doubt(file, name);
      if (gap !== null) return { ...gap, ...this.#place(procedure.file, procedure.name) };
    }
    if (!obligation.fromParameter) return null;
    const lost = this.#all.find((one) => this.#leadsTo(one, procedure.name));
    if (lost === undefined) return null;
    const gap = gapOf(lost, procedure.name);
    const place = this.#place(procedure.file, procedure.name);
    return { ...gap, ...place, text: `is called by what ${title(lost)}` };
  }

  /** Why a lock that went from a function may be back elsewhere; null when it cannot. */
  doubtOfLock({ file, function: name }: Pick<Finding, "file" | "function">): Gap | null {
    const lost = this.#all.find(({ locks }) => locks);
    if (lost === undefined) return this.doubt(file, name);
    const text = `its lock may be in what ${title(lost)}`;
    return { ...gapOf(lost, name), ...this.#place(file, name), text };
  }

  /** Whether what a hunk changes calls a function. */
  #leadsTo({ unit, names, locks }: Lost, name: string): boolean {
    if (!locks) return false;
    const users = this.#program.mentions(unit).reaching([name]);
    return [...names].some((changed) => users.has(changed));
  }

  #place(path: string, name: string): { file: string; line: number; function: string } {
    const unit = this.#program.unit(path);
    return { function: name, ...(unit === null ? { file: path, line: 1 } : placeOf(unit, name)) };
  }

  #callersIn(unit: Unit): ReadonlySet<string> {
    let callers = this.#callers.get(unit);
    if (callers === undefined) {
      const names = this.#all.flatMap((lost) => (lost.locks ? visible(lost, unit) : []));
      callers = this.#program.mentions(unit).reaching(names);
      this.#callers.set(unit, callers);
    }
    return callers;
  }

  #matters({ unit, locks }: Lost, name: string): boolean {
    return locks || this.#program.demanding(unit).has(name);
  }
}

/** Null where the file is of no interest or not there. */
function unitOf(path: string | null, program: Program): Unit | null {
  if (path === null || !/\.[ch]$/.test(path) || program.isExcluded(path)) return null;
  return program.unit(path);
}

/** Hunks of one file that are looked for; of more than that, all the file may be changed. */
const MOST_HUNKS = 200;

/** `others`: units whose functions a hunk may call, too. */
function locate(hunks: readonly LostHunk[], program: Program, others: readonly Unit[]): Lost[] {
  const byPath = new Map<string, LostHunk[]>();
  for (const hunk of hunks) {
    const known = byPath.get(hunk.path);
    if (known === undefined) byPath.set(hunk.path, [hunk]);
    else known.push(hunk);
  }
  return [...byPath].flatMap(([path, all]) => {
    const unit = unitOf(path, program);
    if (unit === null) return [];
    const keys = splitLines(unit.file.text).map(keyOf);
    const some = all.slice(0, MOST_HUNKS).map((hunk) => located(hunk, unit, keys, program, others));
    const [next] = all.slice(MOST_HUNKS);
    if (next === undefined) return some;
    return [...some, { hunk: next, unit, names: program.demanding(unit), locks: true }];
  });
}

function located(
  hunk: LostHunk,
  unit: Unit,
  keys: readonly string[],
  program: Program,
  others: readonly Unit[],
): Lost {
  const reaching = [unit, ...others].map((one) => program.reaching(one));
  const changes = hunk.hunk.lines.filter(({ kind }) => kind !== " ");
  const words = changes.flatMap(({ text }) => text.match(/[A-Za-z_]\w*/g) ?? []);
  const locks =
    words.some((word) => reaching.some((names) => names.has(word))) ||
    changes.some(({ text }) => program.protocol.writes.test(text));
  return { hunk, unit, names: changedNames(hunk, unit, keys, program), locks };
}

function changedNames(
  lost: LostHunk,
  unit: Unit,
  keys: readonly string[],
  program: Program,
): Set<string> {
  const { hunk, path } = lost;
  const own = unit.scope[0];
  const items = [own?.functions, own?.macros, own?.structs].flatMap((map) =>
    [...(map ?? [])].map(([name, { span }]) => ({ name, span })),
  );
  const within = ({ above, below }: GuessedPlace) =>
    items
      .filter(
        ({ span }) =>
          unit.file.position(span.end - 1).line > above &&
          unit.file.position(span.start).line < below,
      )
      .map(({ name }) => name);
  const added = hunk.lines.filter(({ kind }) => kind === "+").map(({ text }) => text);
  const made = outline(new SourceFile(path, `${added.join("\n")}\n`));
  const brought = [...made.functions, ...made.macros].map(({ name }) => name);
  const place = guessPlace(keys, hunk);
  if (place !== null) return new Set([...within(place), ...brought]);
  const said = [hunk.header, ...hunk.lines.map(({ text }) => text)].flatMap(
    (text) => /^[A-Za-z_][^;]*?\b(\w+)\s*\(/.exec(text)?.[1] ?? [],
  );
  const known = said.filter((name) => own?.functions.has(name));
  if (known.length > 0) return new Set([...known, ...brought]);
  const demanding = program.demanding(unit);
  return new Set([...within(lost.between).filter((name) => demanding.has(name)), ...brought]);
}

/** Names of a hunk that mean in a unit what they mean in the hunk's file. */
function visible({ hunk, unit, names }: Lost, user: Unit): string[] {
  if (hunk.path === user.file.path) return [...names];
  const [own, others] = [unit.scope[0]?.functions, user.scope[0]?.functions];
  const isShared = (name: string) => hunk.path.endsWith(".h") || own?.get(name)?.isStatic === false;
  return [...names].filter((name) => isShared(name) && others?.has(name) !== true);
}

function gapOf({ hunk, unit }: Lost, name: string): Gap {
  return {
    file: hunk.path,
    line: placeOf(unit, name).line,
    function: name,
    reason: "missing-hunk",
    text: `hunk ${hunk.number} of ${hunk.path} changes it, and does not apply`,
  };
}

function title({ hunk }: Lost): string {
  return `hunk ${hunk.number} of ${hunk.path} changes, which does not apply`;
}

function placeOf(unit: Unit, name: string): { file: string; line: number } {
  const item = unit.scope[0]?.functions.get(name) ?? unit.scope[0]?.macros.get(name);
  const line = item === undefined ? 1 : unit.file.position(item.span.start).line;
  return { file: unit.file.path, line };
}
