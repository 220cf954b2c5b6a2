/**
 * What a function's text says by itself: its graph with the orders the interpreter needs, and its
 * effects. The same for every place where that text stands with macros that mean the same, so
 * both sides of a patch, and all files that see a header, share it.
 */
import type { Cfg, Value } from "../cfg/cfg.js";
import { controlDependence, postdominators } from "../cfg/dominators.js";
import { liveness } from "../cfg/liveness.js";
import { lower } from "../cfg/lower.js";
import type { MembersOf } from "../cfg/lowering.js";
import { blocksOnCycles, predecessors } from "../cfg/order.js";
import { type Effects, effectsOf, type Protocol } from "../protocol/protocol.js";
import type { FunctionSyntax } from "../syntax/ast.js";
import { definitionsOf, itemText } from "../syntax/item-tokens.js";
import type { FunctionItem, Macro } from "../syntax/outline.js";
import { type ParseOptions, parseFunction } from "../syntax/parse-function.js";
import type { FoundClass } from "../syntax/scope-class.js";
import type { SourceFile } from "../text/source-file.js";

export interface FunctionBody {
  readonly syntax: FunctionSyntax;
  readonly cfg: Cfg;
  readonly rank: readonly number[];
  readonly isJoin: readonly boolean[];
  readonly inLoop: readonly boolean[];
  readonly controls: readonly (readonly number[])[];
  readonly postdominator: readonly (number | null)[];
  readonly liveIn: readonly ReadonlySet<string>[];
  readonly addressTaken: ReadonlySet<string>;
  readonly membersRead: ReadonlySet<string>;
  readonly membersWritten: ReadonlySet<string>;
  readonly returnsTracked: boolean;
  readonly effects: Effects;
  /** Effects on locks of other classes; found when first asked for. */
  classEffects(): Effects;
}

/** A body with the answers it was made from. */
interface Known {
  readonly text: string;
  readonly forEachNames: ReadonlySet<string>;
  readonly macros: ReadonlyMap<string, Macro | undefined>;
  readonly expanded: ReadonlyMap<string, boolean>;
  readonly classes: ReadonlyMap<string, FoundClass>;
  readonly members: ReadonlyMap<string, readonly string[] | null>;
  readonly body: FunctionBody;
}

export interface BodyOptions extends ParseOptions {
  readonly membersOf: MembersOf;
}

export class BodyCache {
  readonly #protocol: Protocol;
  /** By file and name: a function that a patch changes has one for each side. */
  readonly #known = new Map<string, Known[]>();

  constructor(protocol: Protocol) {
    this.#protocol = protocol;
  }

  body(file: SourceFile, item: FunctionItem, options: BodyOptions): FunctionBody {
    const key = `${file.path} ${item.name}`;
    const apart = definitionsOf(item).map(({ span }) => span.start - item.span.start);
    const text = `${apart} ${itemText(file, item)}`;
    const all = this.#known.get(key) ?? [];
    const known = all.find((one) => one.text === text && isAsBefore(one, options));
    if (known !== undefined) return known.body;
    const macros = new Map<string, Macro | undefined>();
    const expanded = new Map<string, boolean>();
    const classes = new Map<string, FoundClass>();
    const syntax = parseFunction(file, item, {
      ...options,
      macro: (name) => {
        const macro = options.macro(name);
        macros.set(name, macro);
        return macro;
      },
      expand: (macro) => {
        const answer = options.expand(macro);
        expanded.set(macro.name, answer);
        return answer;
      },
      scopeClass: (name) => {
        const found = options.scopeClass(name);
        classes.set(name, found);
        return found;
      },
    });
    const members = new Map<string, readonly string[] | null>();
    const cfg = lower(syntax, options.dialect, (tag) => {
      const found = options.membersOf(tag);
      members.set(tag, found);
      return found;
    });
    const body = bodyOf(item, syntax, cfg, this.#protocol);
    all.push({
      text,
      forEachNames: options.forEachNames,
      macros,
      expanded,
      classes,
      members,
      body,
    });
    this.#known.set(key, all);
    return body;
  }
}

function isAsBefore(known: Known, options: BodyOptions): boolean {
  if (known.forEachNames !== options.forEachNames) return false;
  for (const [name, macro] of known.macros) {
    const now = options.macro(name);
    if (!isSameMacro(macro, now)) return false;
    const expanded = known.expanded.get(name);
    if (now !== undefined && expanded !== undefined && options.expand(now) !== expanded)
      return false;
  }
  const isEqual = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);
  return (
    [...known.classes].every(([name, found]) => isEqual(found, options.scopeClass(name))) &&
    [...known.members].every(([tag, found]) => isEqual(found, options.membersOf(tag)))
  );
}

function isSameMacro(a: Macro | undefined, b: Macro | undefined): boolean {
  return a === b || (a?.body === b?.body && a?.params?.join() === b?.params?.join());
}

function bodyOf(
  item: FunctionItem,
  syntax: FunctionSyntax,
  cfg: Cfg,
  protocol: Protocol,
): FunctionBody {
  const { exit, immediate } = postdominators(cfg);
  const { liveIn, addressTaken } = liveness(cfg);
  let classEffects: Effects | undefined;
  const hasEffects =
    mentions(item, protocol.names, syntax) || mentions(item, protocol.guards, syntax);
  return {
    syntax,
    cfg,
    rank: cfg.blocks.map((_, index) => index),
    isJoin: predecessors(cfg).map((blocks) => blocks.length > 1),
    inLoop: blocksOnCycles(cfg),
    controls: controlDependence(cfg).map((blocks) => [...blocks]),
    postdominator: immediate.map((block) => (block === exit ? null : block)),
    liveIn,
    addressTaken,
    membersRead: membersRead(cfg),
    membersWritten: membersWritten(cfg),
    returnsTracked: new RegExp(`\\b${protocol.type}\\s*\\*`).test(head(syntax, item)),
    effects: hasEffects ? effectsOf(protocol.queries, syntax) : new Map(),
    classEffects: () => {
      classEffects ??= effectsOf(protocol.classes.queries, syntax);
      return classEffects;
    },
  };
}

function head(syntax: FunctionSyntax, item: FunctionItem): string {
  return syntax.file.text.slice(item.span.start, item.body.start).split("(")[0] ?? "";
}

/** Macro expansion may bring names in that the body does not show. */
function mentions(item: FunctionItem, names: ReadonlySet<string>, syntax: FunctionSyntax): boolean {
  for (const name of names)
    if (item.identifiers.has(name) || syntax.text.includes(name)) return true;
  return false;
}

function membersRead(cfg: Cfg): Set<string> {
  const members = new Set<string>();
  const read = (value: Value): void => {
    switch (value.kind) {
      case "read":
      case "address":
        if (value.kind === "read") for (const member of value.place.path) members.add(member);
        if (value.place.base.kind === "pointee") read(value.place.base.pointer);
        return;
      case "unary":
        read(value.operand);
        return;
      case "binary":
        read(value.left);
        read(value.right);
        return;
      default:
        return;
    }
  };
  for (const { instructions, terminator } of cfg.blocks) {
    for (const instruction of instructions) {
      if (instruction.op === "assign") read(instruction.value);
      if (instruction.op === "call") for (const arg of instruction.args) read(arg);
    }
    if (terminator.op === "branch") read(terminator.condition);
    if (terminator.op === "return" && terminator.value !== null) read(terminator.value);
  }
  return members;
}

function membersWritten(cfg: Cfg): Set<string> {
  const members = new Set<string>();
  for (const { instructions } of cfg.blocks) {
    for (const instruction of instructions) {
      const last = instruction.op === "assign" ? instruction.target.path.at(-1) : undefined;
      if (last !== undefined) members.add(last);
    }
  }
  return members;
}
