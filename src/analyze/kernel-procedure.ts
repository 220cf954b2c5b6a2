/**
 * A kernel function made ready for the interpreter: what its text says, in its place in a file,
 * with ways to callees and structs of its unit.
 */
import type { Cfg, Place, Value } from "../cfg/cfg.js";
import type { Procedure } from "../dataflow/procedure.js";
import type { Effect } from "../protocol/effect.js";
import type { Effects } from "../protocol/protocol.js";
import type { FunctionSyntax } from "../syntax/ast.js";
import type { FunctionItem } from "../syntax/outline.js";
import { moved } from "../syntax/parse-function.js";
import type { SourceFile, Span } from "../text/source-file.js";
import { type FixedStruct, fixedStruct, numberOf } from "./constants.js";
import { fieldWrites, pointedTo } from "./field-writes.js";
import type { FunctionBody } from "./function-body.js";
import { isPointerMember } from "./lexical-looks.js";
import type { Program, Unit } from "./program.js";
import { usesOfFreed } from "./uses-of-freed.js";

/** Types of members that hold a choice or a few flags, and nothing that is counted or measured. */
const CHOICE = /^(?:enum \w+|unsigned int|u8|u32)$/;

const NO_EFFECTS: readonly Effect[] = [];

export class KernelProcedure implements Procedure {
  readonly name: string;
  readonly file: string;
  readonly unit: Unit;
  readonly item: FunctionItem;
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
  readonly program: Program;
  readonly #body: FunctionBody;
  readonly #structs = new Map<string, FixedStruct | null>();
  readonly #constants = new Map<string, number | null>();
  readonly #callees = new Map<string, Procedure | null>();

  constructor(
    program: Program,
    unit: Unit,
    { file, item }: { readonly file: SourceFile; readonly item: FunctionItem },
    body: FunctionBody,
  ) {
    this.program = program;
    this.#body = body;
    this.unit = unit;
    this.item = item;
    this.syntax = moved(body.syntax, file, item);
    this.name = item.name;
    this.file = file.path;
    this.cfg = body.cfg;
    this.rank = body.rank;
    this.isJoin = body.isJoin;
    this.inLoop = body.inLoop;
    this.controls = body.controls;
    this.postdominator = body.postdominator;
    this.liveIn = body.liveIn;
    this.addressTaken = body.addressTaken;
    this.membersRead = body.membersRead;
    this.membersWritten = body.membersWritten;
    this.returnsTracked = body.returnsTracked;
    const writes = fieldWrites(body.cfg, program.protocol, (tag) => program.struct(unit, tag));
    const uses = usesOfFreed(body.cfg, body.effects);
    this.effects = [writes, uses].reduce(withMore, body.effects);
  }

  callee(name: string): Procedure | null {
    let callee = this.#callees.get(name);
    if (callee === undefined) {
      callee = this.program.callee(this.unit, name);
      this.#callees.set(name, callee);
    }
    return callee;
  }

  acts(name: string): boolean {
    return this.program.acts(this.unit, name);
  }

  /** Effects on locks of other classes. */
  classEffectsAt({ start, end }: Span): readonly Effect[] {
    if (!this.program.classFlow.mentions(this.item)) return NO_EFFECTS;
    return this.#body.classEffects().get(`${start}:${end}`) ?? NO_EFFECTS;
  }

  isFlag(structTag: string, member: string, isMask: boolean): boolean {
    const found = this.program
      .struct(this.unit, structTag)
      ?.members.find(({ name }) => name === member);
    if (found === undefined || found.pointers > 0) return false;
    if (/\b_?[bB]ool\b|:/.test(found.type)) return true;
    // A mask or a choice; such members of the tracked objects themselves are never zero for sure.
    return (
      structTag !== this.program.protocol.type &&
      (isMask ? !/\b(?:struct|union)\b/.test(found.type) : CHOICE.test(found.type))
    );
  }

  isTruth({ base, path }: Place): boolean {
    const last = path.at(-1);
    if (last !== undefined) return /^\w/.test(last) && this.program.isTruthMember(this.unit, last);
    return (
      base.kind === "variable" && /^(?:const )?_?[bB]ool$/.test(this.cfg.types.get(base.name) ?? "")
    );
  }

  isTracked(value: Value): boolean {
    const structOf = (tag: string) => this.program.struct(this.unit, tag);
    return pointedTo(this.cfg, value, structOf) === this.program.protocol.type;
  }

  isPointer(path: string): boolean {
    const declared = this.cfg.types.get(path);
    if (declared !== undefined) return declared.includes("*");
    const member = /(?:->|\.)(\w+)$/.exec(path)?.[1];
    return member !== undefined && isPointerMember(this.unit, member);
  }

  constant(name: string): number | null {
    let value = this.#constants.get(name);
    if (value === undefined) {
      value = this.program.constant(this.unit, name);
      this.#constants.set(name, value);
    }
    return value;
  }

  fixedMember(variable: string, member: string): number | null {
    let struct = this.#structs.get(variable);
    if (struct === undefined) {
      struct = fixedStruct(this.syntax.file.text, variable);
      this.#structs.set(variable, struct);
    }
    if (struct === null) return null;
    const text = struct.members.get(member);
    if (text === undefined) return struct.isConst ? 0 : null;
    return /^[A-Za-z_]/.test(text) ? this.constant(text) : numberOf(text);
  }

  text(span: Span): string {
    return this.syntax.text.slice(span.start, span.end).replace(/\s+/g, " ").trim();
  }

  place(span: Span): { line: number; column: number; length: number } {
    const origin = this.syntax.origin(span);
    const { line, column } = this.syntax.file.position(origin.start);
    const rest = this.syntax.file.line(line).length - column + 1;
    return { line, column, length: Math.max(1, Math.min(origin.end - origin.start, rest)) };
  }
}

/** The effects that the queries found, and others at the same places. */
function withMore(effects: Effects, more: Effects): Effects {
  if (more.size === 0) return effects;
  const all = new Map(effects);
  for (const [place, added] of more) all.set(place, [...(all.get(place) ?? []), ...added]);
  return all;
}
