/**
 * The mutation test itself: every lock of every file that commits is edited in memory in every
 * way that applies, and the tool judges the edit as it judges a patch.
 */
import { checkSides, checkWholeFile, type SideFindings } from "../../analyze/check-patch.js";
import { MissingHunks } from "../../analyze/missing-hunks.js";
import type { Program, Unit } from "../../analyze/program.js";
import { overlay } from "../../base/overlay.js";
import type { Tree } from "../../base/tree.js";
import { judge } from "../../compare/judge.js";
import type { Finding, Gap } from "../../findings/finding.js";
import type { Rulebook } from "../../open-program.js";
import type { SelftestEdit, SelftestLock, SelftestReport } from "../../report/selftest.js";
import { applyEdits, type Edit } from "./edit.js";
import { Flow } from "./flow.js";
import { HARMLESS } from "./harmless.js";
import { HOLES } from "./holes.js";
import { type LockSite, lockSites, namesOf } from "./lock-site.js";
import { type Context, type Kind, original } from "./mutation.js";
import { isRedundant } from "./redundant.js";

const KINDS: readonly Kind[] = [...HOLES, ...HARMLESS];

export function runSelftest(tree: Tree, rules: Rulebook): SelftestReport {
  const locks: SelftestLock[] = [];
  const edits: SelftestEdit[] = [];
  for (const path of filesToTest(tree, rules)) {
    const file = new FileTest(tree, rules, path);
    locks.push(...file.locks());
    edits.push(...file.edits());
  }
  return {
    kernel: kernelVersion(tree),
    kinds: KINDS.map(({ name, expects }) => ({ name, expects })),
    locks,
    edits,
  };
}

/** Files below mm/ that call what demands a lock. */
function filesToTest(tree: Tree, rules: Rulebook): string[] {
  const program = rules.program(tree);
  return tree
    .find([...rules.protocol.sinks], ["mm"])
    .filter((path) => path.endsWith(".c") && !program.isExcluded(path));
}

class FileTest {
  readonly #tree: Tree;
  readonly #rules: Rulebook;
  readonly #path: string;
  readonly #before: Program;
  readonly #unit: Unit;
  readonly #context: Context;
  readonly #sites: readonly LockSite[];
  readonly #locks: readonly SelftestLock[];
  readonly #gaps: ReadonlySet<string>;

  constructor(tree: Tree, rules: Rulebook, path: string) {
    this.#tree = tree;
    this.#rules = rules;
    this.#path = path;
    this.#before = rules.program(tree);
    this.#unit = this.#before.unit(path) as Unit;
    const { protocol } = rules;
    this.#context = {
      flow: new Flow(this.#before, this.#unit),
      type: protocol.type,
      assertion: [...namesOf(protocol, "require")][0] ?? null,
      releases: this.#before.mentions(this.#unit).reaching(namesOf(protocol, "release-all")),
    };
    const { sites, troubles } = lockSites(this.#before, this.#unit);
    const demanded = sites.filter((site) => this.#context.flow.isDemanded(site));
    this.#sites = demanded.filter((site) => !isRedundant(site, sites, this.#context));
    this.#locks = [
      ...sites.map((site) => ({ ...this.#placeOf(site), state: this.#stateOf(site, demanded) })),
      ...troubles.map((trouble) => ({ ...trouble, file: path, state: "not-understood" as const })),
    ];
    this.#gaps = new Set((checkWholeFile(this.#before, path)?.gaps ?? []).map(gapKey));
  }

  locks(): readonly SelftestLock[] {
    return this.#locks;
  }

  edits(): SelftestEdit[] {
    return this.#sites.flatMap((site) => KINDS.map((kind) => this.#try(kind, site)));
  }

  #try(kind: Kind, site: LockSite): SelftestEdit {
    const edits = kind.make(site, this.#context);
    const about = { ...this.#placeOf(site), kind: kind.name };
    if (typeof edits === "string") return { ...about, outcome: "skipped", text: edits };
    const text = applyEdits(this.#unit.file.text, edits);
    if (text === null) return { ...about, outcome: "broken", text: "edits overlap" };
    return { ...about, ...this.#judge(kind, site, text, edits) };
  }

  #judge(
    kind: Kind,
    site: LockSite,
    text: string,
    edits: readonly Edit[],
  ): Pick<SelftestEdit, "outcome" | "text"> {
    const after = this.#rules.program(overlay(this.#tree, new Map([[this.#path, text]])));
    const broken = this.#brokenBy(after, edits);
    if (broken !== null) return { outcome: "broken", text: broken };
    const sides = this.#compare(after, edits);
    const { introduced: all, fixed } = judge(sides.before, sides.after, 1);
    const introduced = all.filter((finding) => !fixed.some((old) => isMoved(old, finding)));
    if (kind.expects === "hole" && introduced.length > 0) return foundOutcome(introduced, site);
    const [finding] = introduced;
    if (finding !== undefined) return { outcome: "reported", text: describe(finding) };
    const gap = sides.gaps.find((one) => !this.#gaps.has(gapKey(one)));
    return gap === undefined
      ? { outcome: "silent", text: "" }
      : { outcome: "undecided", text: `${gap.function}(): ${gap.text}` };
  }

  /** As a patch: its hunks are the lines of the edits, which keep their numbers. */
  #compare(after: Program, edits: readonly Edit[]): SideFindings {
    const pair = { oldPath: this.#path, newPath: this.#path };
    const lineOf = (offset: number) => this.#unit.file.position(offset).line;
    return checkSides(this.#before, after, [pair], {
      toAfter: (_, line) => line,
      hunkAt: (path, line) => {
        if (path !== this.#path) return null;
        return edits.some(({ start, end }) => lineOf(start) <= line && line <= lineOf(end))
          ? 1
          : null;
      },
      missing: new MissingHunks([], [], after, []),
    });
  }

  /** The first edited function that parses no more; null when all do. */
  #brokenBy(after: Program, edits: readonly Edit[]): string | null {
    const unit = after.unit(this.#path);
    for (const item of this.#unit.scope[0]?.functions.values() ?? []) {
      if (!edits.some(({ start, end }) => start <= item.span.end && end >= item.span.start))
        continue;
      const errors = (program: Program, where: Unit | null) =>
        where === null ? 1 : (program.procedure(where, item.name)?.syntax.errors.length ?? 1);
      if (errors(after, unit) > errors(this.#before, this.#unit))
        return `${item.name}() cannot be parsed`;
    }
    return null;
  }

  #stateOf(site: LockSite, demanded: readonly LockSite[]): SelftestLock["state"] {
    if (!demanded.includes(site)) return "not-demanded";
    return this.#sites.includes(site) ? "tested" : "redundant";
  }

  #placeOf({ line, procedure, object }: LockSite) {
    return { file: this.#path, line, function: procedure.name, object };
  }
}

function foundOutcome(
  introduced: readonly Finding[],
  site: LockSite,
): Pick<SelftestEdit, "outcome" | "text"> {
  const exact = introduced.find(
    (finding) => finding.function === site.procedure.name && finding.object === site.object,
  );
  const others = introduced.length - 1;
  const text = describe(exact ?? (introduced[0] as Finding));
  return {
    outcome: exact === undefined ? "elsewhere" : "reported",
    text: others === 0 ? text : `${text}, and ${others} more`,
  };
}

/** What was wrong before is still wrong, in a part of the function that has a new name. */
function isMoved(before: Finding, after: Finding): boolean {
  const isInPart =
    before.function !== after.function && before.function === original(after.function);
  return isInPart && before.type === after.type && before.object === after.object;
}

function describe({ type, function: name, object, line }: Finding): string {
  return `${type} ${object} in ${name}() at line ${line}`;
}

function gapKey(gap: Gap): string {
  return `${original(gap.function)} ${gap.reason}`;
}

/** `6.12.117` from the top Makefile; null without one. */
function kernelVersion(tree: Tree): string | null {
  const makefile = tree.read("Makefile") ?? "";
  const part = (name: string) =>
    new RegExp(`^${name}\\s*=\\s*(\\d+)\\s*$`, "m").exec(makefile)?.[1];
  const [version, patchlevel, sublevel] = ["VERSION", "PATCHLEVEL", "SUBLEVEL"].map(part);
  if (version === undefined || patchlevel === undefined) return null;
  return [version, patchlevel, ...(sublevel === undefined ? [] : [sublevel])].join(".");
}
