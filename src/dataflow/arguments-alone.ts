/** Functions whose result hangs on nothing but the values of their arguments. */
import type { Cfg, Instruction, Place, Value } from "../cfg/cfg.js";

/** Larger ones would split the caller's paths too often. */
const MOST_BLOCKS = 16;

const known = new WeakMap<Cfg, boolean>();

/** Whether a function calls nothing and touches no memory but variables. */
export function isOfArgumentsAlone(cfg: Cfg): boolean {
  let answer = known.get(cfg);
  if (answer === undefined) {
    answer =
      cfg.blocks.length <= MOST_BLOCKS &&
      cfg.blocks.every(({ instructions, terminator }) => {
        if (!instructions.every(isPlain)) return false;
        if (terminator.op === "branch") return isPlainValue(terminator.condition);
        return (
          terminator.op !== "return" || terminator.value === null || isPlainValue(terminator.value)
        );
      });
    known.set(cfg, answer);
  }
  return answer;
}

function isPlain(instruction: Instruction): boolean {
  if (instruction.op === "declare") return true;
  return (
    instruction.op === "assign" && isVariable(instruction.target) && isPlainValue(instruction.value)
  );
}

function isPlainValue(value: Value): boolean {
  switch (value.kind) {
    case "read":
      return isVariable(value.place);
    case "unary":
      return isPlainValue(value.operand);
    case "binary":
      return isPlainValue(value.left) && isPlainValue(value.right);
    default:
      return value.kind === "int";
  }
}

function isVariable({ base, path }: Place): boolean {
  return base.kind === "variable" && path.length === 0;
}
