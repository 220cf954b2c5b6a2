/**
 * Initialisers in braces: the target becomes zero, then each entry is assigned. Where it is
 * not known which member an entry belongs to (no designator, and not an array), the target is
 * forgotten instead.
 */
import type { Expr, InitializerEntry } from "../syntax/ast.js";
import type { Place, Value } from "./cfg.js";
import { isZero } from "./constant-name.js";
import { lowerEffects } from "./lower-effects.js";
import { indexOf } from "./lower-place.js";
import { lowerValue } from "./lower-value.js";
import { type Lowering, variable } from "./lowering.js";
import { addressOf, element, member, read } from "./make-value.js";

type Initializer = Extract<Expr, { kind: "initializer" }>;

export function lowerInitializer(
  lowering: Lowering,
  target: Place,
  init: Initializer,
  layout: Layout,
): void {
  const members = typeof layout === "string" ? null : layout;
  const positional = layout === "struct" && init.entries.some(isUnplaced);
  lowering.graph.emit({ op: positional ? "forget" : "zero", target, span: init.span });
  let next = 0;
  for (const entry of init.entries) {
    if (entry.path.length > 0) {
      const first = lowerDesignated(lowering, target, entry);
      next = (members?.indexOf(String(entry.path[0])) ?? first) + 1;
    } else if (layout === "array") {
      lowerEntry(lowering, element(target, next), entry.value);
      next++;
    } else if (members !== null && next < members.length) {
      lowerEntry(lowering, member(target, members[next] as string), entry.value);
      next++;
    } else {
      lowerEffects(lowering, entry.value);
    }
  }
}

/** The members of a struct in order, where they are known. */
export function structLayout(lowering: Lowering, type: string): Layout {
  const tag = /^(?:const )?struct (\w+)$/.exec(type)?.[1];
  return (tag === undefined ? null : lowering.membersOf(tag)) ?? "struct";
}

/** What entries without designator are: elements, members in this order, or of an unknown one. */
export type Layout = "array" | "struct" | readonly string[];

/** A compound literal lives in a temporary; an array literal is its first element's address. */
export function lowerCompoundLiteral(lowering: Lowering, literal: Initializer): Value {
  const name = lowering.scopes.temporary();
  const type = literal.type ?? "";
  if (type !== "") lowering.scopes.types.set(name, type);
  const layout = type.endsWith("]") ? "array" : structLayout(lowering, type);
  lowerInitializer(lowering, variable(name), literal, layout);
  return layout === "array" ? addressOf(element(variable(name), 0)) : read(variable(name));
}

function isUnplaced(entry: InitializerEntry): boolean {
  return entry.path.length === 0 && !isZero(entry.value);
}

/** Answers the index of the element assigned, when the first designator is one. */
function lowerDesignated(lowering: Lowering, target: Place, entry: InitializerEntry): number {
  let place = target;
  let first: number | null = null;
  for (const designator of entry.path) {
    if (typeof designator === "string") {
      place = member(place, designator);
      continue;
    }
    const index = indexOf(lowering, designator);
    if (place === target) first = typeof index === "number" ? index : null;
    place = element(place, index);
  }
  lowerEntry(lowering, place, entry.value);
  return first ?? 0;
}

function lowerEntry(lowering: Lowering, place: Place, value: Expr): void {
  if (value.kind === "initializer" && value.type === null) {
    lowering.nested(value.span, undefined, () =>
      lowerInitializer(lowering, place, value, "struct"),
    );
    return;
  }
  lowering.graph.emit({
    op: "assign",
    target: place,
    value: lowerValue(lowering, value),
    span: value.span,
  });
}
