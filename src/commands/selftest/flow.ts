/**
 * What comes after a lock, on the graph of its function: which demands of the protocol control
 * can reach while the variable still holds the object. Deliberately simpler than the analysis
 * it helps to test: no values, no contracts, variables that may share an object are one.
 */
import type { KernelProcedure } from "../../analyze/kernel-procedure.js";
import type { Program, Unit } from "../../analyze/program.js";
import type { Instruction, Place, Value } from "../../cfg/cfg.js";
import { successors } from "../../cfg/order.js";
import type { Procedure } from "../../dataflow/procedure.js";
import type { Effect, EffectKind } from "../../protocol/effect.js";
import type { Span } from "../../text/source-file.js";
import type { LockSite } from "./lock-site.js";

const DEMANDS: ReadonlySet<EffectKind> = new Set([
  "hand-over",
  "commit",
  "write",
  "insert",
  "detach",
]);

export class Flow {
  readonly program: Program;
  readonly unit: Unit;
  readonly #leads = new Map<Procedure, boolean>();

  constructor(program: Program, unit: Unit) {
    this.program = program;
    this.unit = unit;
  }

  /** Whether a function, or one it calls, has an effect that demands a lock. */
  leads(procedure: Procedure): boolean {
    const known = this.#leads.get(procedure);
    if (known !== undefined) return known;
    this.#leads.set(procedure, false);
    const leads = instructionsOf(procedure).some((one) => this.demands(procedure, one));
    this.#leads.set(procedure, leads);
    return leads;
  }

  /** Whether an instruction demands a lock, itself or in what it calls. */
  demands(procedure: Procedure, instruction: Instruction): boolean {
    const isOwn = effectsAt(procedure, instruction).some(
      ({ kind, operand }) => DEMANDS.has(kind) && !isNull(procedure, operand),
    );
    if (isOwn) return true;
    const callee = calleeOf(procedure, instruction);
    return callee !== null && this.leads(callee);
  }

  /** Functions of the file that call this one. */
  callers(name: string): KernelProcedure[] {
    const own = [...(this.unit.scope[0]?.functions.values() ?? [])];
    return own
      .filter((item) => item.name !== name && item.identifiers.has(name))
      .flatMap((item) => this.program.procedure(this.unit, item.name) ?? []);
  }

  /**
   * Instructions that control reaches after the lock while its variable holds the object, in
   * the order found; none is looked at behind one at which `stop` holds.
   */
  ahead(site: LockSite, stop: (instruction: Instruction) => boolean = () => false): Instruction[] {
    const { cfg } = site.procedure;
    const start = positionOf(site.procedure, site.place);
    if (start === null) return [];
    const kill = killsOf(site);
    const found = new Set<Instruction>();
    const pending = [start];
    const entered = new Set<number>();
    for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
      const block = cfg.blocks[at.block];
      const rest = block?.instructions.slice(at.index) ?? [];
      const end = rest.findIndex((one) => stop(one) || kill(one));
      for (const one of end === -1 ? rest : rest.slice(0, end)) found.add(one);
      if (block === undefined || end !== -1) continue;
      for (const next of successors(block)) {
        if (!entered.has(next)) pending.push({ block: next, index: 0 });
        entered.add(next);
      }
    }
    return [...found];
  }

  /** Variables that may lead to the lock's object: copies, structs it is put in or taken from. */
  related(site: LockSite): Set<string> {
    const instructions = instructionsOf(site.procedure);
    const groups = instructions.map((one) => this.#together(site.procedure, one));
    const found = new Set(variablesOf(site.procedure, site.place));
    for (let size = 0; size !== found.size; ) {
      size = found.size;
      for (const group of groups) {
        if (group.some((name) => found.has(name))) for (const name of group) found.add(name);
      }
    }
    return found;
  }

  /** Demands ahead that may be on the lock's object. */
  demandsAhead(site: LockSite, stop?: (instruction: Instruction) => boolean): Instruction[] {
    const { procedure } = site;
    const related = this.related(site);
    return this.ahead(site, stop).filter(
      (one) =>
        this.demands(procedure, one) &&
        this.#passed(procedure, one).some((name) => related.has(name)),
    );
  }

  /** Whether some rule may need the lock: a demand ahead, or the callers' own. */
  isDemanded(site: LockSite): boolean {
    const { procedure } = site;
    if (this.demandsAhead(site).length > 0) return true;
    if (this.program.protocol.entered.has(procedure.name)) return true;
    const [base] = variablesOf(procedure, site.place);
    const fromCaller = procedure.syntax.params.some(({ name }) => name === base);
    return fromCaller && this.callers(procedure.name).some((caller) => this.leads(caller));
  }

  /** Whether the function that objects are handed over to locks them itself, as up to Linux 6.5. */
  handOverLocks(): boolean {
    return [...this.program.protocol.entered].some((name) => {
      const procedure = this.program.procedure(this.unit, name);
      return (
        procedure !== null &&
        instructionsOf(procedure).some((one) => kindsAt(procedure, one).includes("acquire"))
      );
    });
  }

  /** Variables that one instruction lets share an object. */
  #together(procedure: Procedure, instruction: Instruction): string[] {
    if (instruction.op === "assign") {
      return [instruction.target, ...placesIn(instruction.value)].flatMap((place) =>
        this.#holder(procedure, place),
      );
    }
    return calleeOf(procedure, instruction) === null ? [] : this.#passed(procedure, instruction);
  }

  /** Variables whose objects a call is given, or whose member is written. */
  #passed(procedure: Procedure, instruction: Instruction): string[] {
    if (instruction.op !== "call") return mentionedBy(instruction);
    return instruction.args.flatMap(placesIn).flatMap((place) => this.#holder(procedure, place));
  }

  /** A member of an object does not lead back to it. */
  #holder({ cfg }: Procedure, place: Place): string[] {
    return holderOf(
      place,
      (name) => cfg.types.get(name)?.includes(this.program.protocol.type) ?? false,
    );
  }
}

function effectsAt(procedure: Procedure, { span }: { readonly span: Span }): readonly Effect[] {
  return (procedure as KernelProcedure).effects.get(`${span.start}:${span.end}`) ?? [];
}

function isNull(procedure: Procedure, operand: Span | null): boolean {
  return operand !== null && /^(?:NULL|0)$/.test(procedure.text(operand));
}

export function kindsAt(procedure: Procedure, instruction: Instruction): EffectKind[] {
  return effectsAt(procedure, instruction).map(({ kind }) => kind);
}

export function calleeOf(procedure: Procedure, instruction: Instruction): Procedure | null {
  if (instruction.op !== "call" || instruction.callee === null) return null;
  return procedure.callee(instruction.callee);
}

export function instructionsOf(procedure: Procedure): Instruction[] {
  return procedure.cfg.blocks.flatMap(({ instructions }) => [...instructions]);
}

function positionOf(procedure: Procedure, place: Span): { block: number; index: number } | null {
  for (const [block, { instructions }] of procedure.cfg.blocks.entries()) {
    const index = instructions.findIndex((one) => one.op === "call" && isSame(one.span, place));
    if (index !== -1) return { block, index: index + 1 };
  }
  return null;
}

/**
 * Where the variable lets go of the object. A variable that shares its object with another
 * never does: the other still leads to it.
 */
function killsOf(site: LockSite): (instruction: Instruction) => boolean {
  const { operand, procedure } = site;
  if (operand.kind !== "name") return () => false;
  const variable = operand.name;
  const isIt = (place: Place) =>
    place.base.kind === "variable" && place.base.name === variable && place.path.length === 0;
  const shares = instructionsOf(procedure).some((one) => {
    if (one.op !== "assign") return false;
    const isCopied = one.value.kind === "read" && isIt(one.value.place);
    const isCopy = isIt(one.target) && one.value.kind === "read" && !isTemporary(one.value.place);
    return isCopied || isCopy;
  });
  if (shares) return () => false;
  return (one) => (one.op === "assign" || one.op === "forget") && isIt(one.target);
}

function variablesOf(procedure: Procedure, place: Span): string[] {
  const call = instructionsOf(procedure).find(
    (one) => one.op === "call" && isSame(one.span, place),
  );
  return call === undefined ? [] : mentionedBy(call);
}

/** Variables at the base of what an instruction passes or writes. */
function mentionedBy(instruction: Instruction): string[] {
  if (instruction.op === "declare") return [];
  const places =
    instruction.op === "call" ? instruction.args.flatMap(placesIn) : [instruction.target];
  return places.flatMap((place) => holderOf(place, () => false));
}

/** The variable through which a place is reached; none when it is a member of an object itself. */
function holderOf({ base, path }: Place, isObject: (name: string) => boolean): string[] {
  if (base.kind === "variable") return [base.name];
  const [pointer] = placesIn(base.pointer);
  if (pointer === undefined) return [];
  const isOwn = pointer.base.kind === "variable" && isObject(pointer.base.name);
  return isOwn && path.length > 0 ? [] : holderOf(pointer, isObject);
}

function placesIn(value: Value): Place[] {
  if (value.kind === "read" || value.kind === "address") return [value.place];
  return value.kind === "binary" ? [...placesIn(value.left), ...placesIn(value.right)] : [];
}

function isTemporary({ base }: Place): boolean {
  return base.kind === "variable" && base.name.startsWith("%");
}

function isSame(a: Span, b: Span): boolean {
  return a.start === b.start && a.end === b.end;
}
