/**
 * Where a function writes members of a tracked object: in whatever form, as the graph has it.
 * Members are matched by name; whose they are is told by the pointer's declared type, through
 * members of structs in sight. Where that type is not known, the name must be one that no other
 * struct has.
 */
import type { Cfg, Instruction, Value } from "../cfg/cfg.js";
import type { Effect } from "../protocol/effect.js";
import type { Effects, Field, Protocol } from "../protocol/protocol.js";
import type { StructItem } from "../syntax/outline.js";

/** A struct's definition by its tag, as the function's file sees it. */
export type StructOf = (tag: string) => StructItem | undefined;

export function fieldWrites(cfg: Cfg, { fields, type }: Protocol, structOf: StructOf): Effects {
  const writes = new Map<string, readonly Effect[]>();
  for (const instruction of cfg.blocks.flatMap(({ instructions }) => instructions)) {
    const pointer = writtenThrough(instruction);
    if (pointer === null || instruction.op !== "assign") continue;
    const [member] = instruction.target.path;
    const field = member === undefined ? wholeOf(fields) : fields.get(member);
    if (field === undefined) continue;
    const pointsTo = pointedTo(cfg, pointer, structOf);
    if (pointsTo === null ? field.isShared : pointsTo !== type) continue;
    writes.set(`${instruction.span.start}:${instruction.span.end}`, [
      {
        kind: "write",
        operand: null,
        value: pointer,
        when: "always",
        otherwise: null,
        check: field.check,
        late: null,
        lock: null,
      },
    ]);
  }
  return writes;
}

function writtenThrough(instruction: Instruction): Value | null {
  if (instruction.op !== "assign") return null;
  const { base, path } = instruction.target;
  if (base.kind !== "pointee") return null;
  // `*p = *q` copies a struct; `*p = x` does not.
  if (path.length === 0 && !isPointee(instruction.value)) return null;
  return base.pointer;
}

function isPointee(value: Value): boolean {
  return (
    value.kind === "read" && value.place.base.kind === "pointee" && value.place.path.length === 0
  );
}

/** All members at once: that such a struct is meant must be known. */
function wholeOf(fields: ReadonlyMap<string, Field>): Field | undefined {
  const [first] = fields.values();
  return first === undefined ? undefined : { ...first, isShared: true };
}

/** The tag of the struct that a value points to; null when it is not known, "" for none. */
export function pointedTo(cfg: Cfg, value: Value, structOf: StructOf): string | null {
  const type = typeOf(cfg, value, structOf);
  if (type === null || /\b__vmalint_typeof\b/.test(type)) return null;
  const tag = /\b(?:struct|union)\s+(\w+)/.exec(type)?.[1];
  if (tag === undefined) return /\*/.test(type) && /^(?:const\s+)?void\b/.test(type) ? null : "";
  return type.split("*").length - 1 === 1 && !type.includes("[") ? tag : "";
}

/** The declared type of a place's value, as text with its `*`s. */
function typeOf(cfg: Cfg, value: Value, structOf: StructOf): string | null {
  if (value.kind !== "read") return null;
  const { base, path } = value.place;
  let type =
    base.kind === "variable"
      ? (cfg.types.get(base.name) ?? null)
      : pointeeType(typeOf(cfg, base.pointer, structOf));
  for (const step of path) {
    if (type === null || step.startsWith("[")) return null;
    const tag = /\b(?:struct|union)\s+(\w+)/.exec(type)?.[1];
    const member =
      tag === undefined ? undefined : structOf(tag)?.members.find(({ name }) => name === step);
    if (member === undefined) return null;
    type = `${member.type} ${"*".repeat(member.pointers)}`;
  }
  return type;
}

function pointeeType(type: string | null): string | null {
  return type?.includes("*") === true ? type.replace("*", "") : null;
}
