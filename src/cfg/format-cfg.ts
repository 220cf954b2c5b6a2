/**
 * A graph as text, for `--dump cfg` and for tests: the same graph always gives the same text.
 */
import type { Span } from "../text/source-file.js";
import type { Block, Cfg, Instruction, Place, Terminator, Value } from "./cfg.js";

/** With `text`, the prepared text of the function, each line ends with the source it came from. */
export function formatCfg(cfg: Cfg, text?: string): string {
  const lines = [`${cfg.name}(${cfg.params.join(", ")})`];
  cfg.blocks.forEach((block, number) => lines.push(...formatBlock(block, number, text)));
  return `${lines.join("\n")}\n`;
}

export function formatInstruction(instruction: Instruction): string {
  switch (instruction.op) {
    case "assign":
      return `${formatPlace(instruction.target)} = ${formatValue(instruction.value)}`;
    case "zero":
      return `zero ${formatPlace(instruction.target)}`;
    case "forget":
      return `forget ${formatPlace(instruction.target)}`;
    case "declare":
      return `declare ${instruction.name}: ${instruction.type}`;
    case "call": {
      const args = instruction.args.map(formatValue).join(", ");
      return `${instruction.result} = call ${instruction.callee ?? "?"}(${args})`;
    }
  }
}

export function formatTerminator(end: Terminator): string {
  switch (end.op) {
    case "goto":
      return `goto ${end.to}`;
    case "branch":
      return `branch ${formatValue(end.condition)} ? ${end.then} : ${end.otherwise}`;
    case "return":
      return end.value === null ? "return" : `return ${formatValue(end.value)}`;
    case "stop":
      return "stop";
  }
}

/** As C writes it: `p->a.b[3]`, `*p`, `x`. */
export function formatPlace(place: Place): string {
  if (place.base.kind === "variable") return place.base.name + formatPath(place.path);
  const pointer = operand(place.base.pointer);
  const first = place.path[0];
  if (first === undefined) return `*${pointer}`;
  if (first.startsWith("["))
    return (pointer.endsWith("]") ? `(${pointer})` : pointer) + formatPath(place.path);
  return `${pointer}->${formatPath(place.path).slice(1)}`;
}

/** As C writes it; `?` is opaque, `config X` a configuration symbol. */
export function formatValue(value: Value): string {
  switch (value.kind) {
    case "int":
      return String(value.value);
    case "read":
      return formatPlace(value.place);
    case "address":
      return `&${formatPlace(value.place)}`;
    case "unary":
      return `${value.op}${operand(value.operand)}`;
    case "binary":
      return `${operand(value.left)} ${value.op} ${operand(value.right)}`;
    case "config":
      return `config ${value.symbol}`;
    case "opaque":
      return "?";
  }
}

function formatPath(path: readonly string[]): string {
  return path.map((part) => (part.startsWith("[") ? part : `.${part}`)).join("");
}

function operand(value: Value): string {
  const isAtom = value.kind === "int" || value.kind === "opaque" || value.kind === "unary";
  const isPlain = value.kind === "read" && !formatPlace(value.place).startsWith("*");
  return isAtom || isPlain ? formatValue(value) : `(${formatValue(value)})`;
}

const SOURCE_COLUMN = 48;
const SOURCE_WIDTH = 60;

function formatBlock(block: Block, number: number, text: string | undefined): string[] {
  const entries: [string, Span][] = block.instructions.map((one) => [
    formatInstruction(one),
    one.span,
  ]);
  entries.push([formatTerminator(block.terminator), block.terminator.span]);
  const label = `${number}:`.padStart(5);
  return entries.map(([line, span], index) => {
    const head = `${index === 0 ? label : " ".repeat(label.length)} ${line}`;
    return text === undefined ? head : `${head.padEnd(SOURCE_COLUMN)} # ${excerpt(text, span)}`;
  });
}

function excerpt(text: string, span: Span): string {
  const source = text.slice(span.start, span.end).replace(/\s+/g, " ");
  return source.length > SOURCE_WIDTH ? `${source.slice(0, SOURCE_WIDTH - 3)}...` : source;
}
