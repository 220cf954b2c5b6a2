/**
 * Lowering: the syntax tree of a function becomes its control-flow graph. This file sets the
 * stage; statements, conditions, values and places have a file each.
 */
import type { FunctionSyntax } from "../syntax/ast.js";
import type { Dialect } from "../syntax/dialect.js";
import type { Span } from "../text/source-file.js";
import type { Cfg } from "./cfg.js";
import { placeLabels } from "./lower-jump.js";
import { leaveScopes, lowerStatements } from "./lower-statement.js";
import { Lowering, type MembersOf } from "./lowering.js";

/** `membersOf`: names of a struct's members in order, by tag; null where they are not known. */
export function lower(
  fn: FunctionSyntax,
  dialect: Dialect,
  membersOf: MembersOf = () => null,
): Cfg {
  const lowering = new Lowering(dialect, membersOf);
  const params = fn.params.map((param) => declareParam(lowering, param));
  const end = closingBrace(fn.text);
  lowering.scopes.open();
  lowerStatements(lowering, fn.body);
  leaveScopes(lowering, 0);
  lowering.graph.return(null, end);
  placeLabels(lowering, end);
  return {
    name: fn.name,
    params,
    types: lowering.scopes.types,
    blocks: lowering.graph.finish(end),
    truncated: lowering.truncated,
  };
}

/** Where a function ends without `return`. */
function closingBrace(text: string): Span {
  const start = Math.max(0, text.lastIndexOf("}"));
  return { start, end: Math.min(start + 1, text.length) };
}

function declareParam(lowering: Lowering, param: FunctionSyntax["params"][number]): string {
  if (param.name === "") return "";
  const type = `${param.type} ${"*".repeat(param.pointers)}`.trim();
  const { name } = lowering.scopes.declare({
    ...param,
    type,
    array: false,
    length: null,
    storage: "parameter",
  });
  return name;
}
