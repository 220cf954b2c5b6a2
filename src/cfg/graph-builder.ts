/**
 * Collects basic blocks while a function is lowered, then makes a `Cfg`'s block list of them:
 * reachable blocks only, straight lines joined, numbered in reverse postorder.
 * Knows nothing of the syntax tree.
 */
import type { Span } from "../text/source-file.js";
import type { Block, Instruction, Terminator, Value } from "./cfg.js";

/** How a block under construction ends; targets are blocks, not yet numbers. */
type Ending = { readonly span: Span } & (
  | { readonly op: "goto"; to: OpenBlock }
  | { readonly op: "branch"; readonly condition: Value; then: OpenBlock; otherwise: OpenBlock }
  | { readonly op: "return"; readonly value: Value | null }
  | { readonly op: "stop" }
);

/** A block under construction. It has an ending once control has left it. */
export interface OpenBlock {
  readonly instructions: Instruction[];
  ending: Ending | null;
}

export class GraphBuilder {
  readonly #entry = newBlock();
  #current = this.#entry;

  /** The block that receives instructions; after an ending, one that nothing leads to. */
  get current(): OpenBlock {
    return this.#current;
  }

  newBlock(): OpenBlock {
    return newBlock();
  }

  /** Continue in `block`; control does not fall into it from the one before. */
  start(block: OpenBlock): void {
    this.#current = block;
  }

  /** Let control fall into `block` and continue there. */
  enter(block: OpenBlock, span: Span): void {
    this.goto(block, span);
    this.start(block);
  }

  emit(instruction: Instruction): void {
    this.#current.instructions.push(instruction);
  }

  goto(to: OpenBlock, span: Span): void {
    this.#end({ op: "goto", to, span });
  }

  /** A branch whose condition is a constant is a goto. */
  branch(condition: Value, then: OpenBlock, otherwise: OpenBlock, span: Span): void {
    if (condition.kind === "int") this.goto(condition.value !== 0 ? then : otherwise, span);
    else this.#end({ op: "branch", condition, then, otherwise, span });
  }

  return(value: Value | null, span: Span): void {
    this.#end({ op: "return", value, span });
  }

  stop(span: Span): void {
    this.#end({ op: "stop", span });
  }

  /** Blocks left open (a label never placed) end the path. */
  finish(end: Span): Block[] {
    const order = reversePostorder(this.#entry, end);
    const joined = joinStraightLines(order);
    const numbers = new Map(joined.map((block, number) => [block, number]));
    return joined.map((block) => ({
      instructions: block.instructions,
      terminator: numbered(block.ending as Ending, numbers),
    }));
  }

  #end(ending: Ending): void {
    this.#current.ending = ending;
    this.#current = newBlock();
  }
}

function newBlock(): OpenBlock {
  return { instructions: [], ending: null };
}

/** Follows gotos through empty blocks on the way, so that those are not reached. */
function reversePostorder(entry: OpenBlock, end: Span): OpenBlock[] {
  const postorder: OpenBlock[] = [];
  const seen = new Set([entry]);
  const stack = [{ block: entry, next: targets(entry, end) }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const block = top.next.pop();
    if (block === undefined) {
      postorder.push(top.block);
      stack.pop();
    } else if (!seen.has(block)) {
      seen.add(block);
      stack.push({ block, next: targets(block, end) });
    }
  }
  return postorder.reverse();
}

/** Successors, the one that should come last in the final order at the end. */
function targets(block: OpenBlock, end: Span): OpenBlock[] {
  block.ending ??= { op: "stop", span: end };
  const ending = block.ending;
  if (ending.op === "goto") {
    ending.to = skipEmpty(ending.to);
    return [ending.to];
  }
  if (ending.op !== "branch") return [];
  ending.then = skipEmpty(ending.then);
  ending.otherwise = skipEmpty(ending.otherwise);
  if (ending.then === ending.otherwise)
    block.ending = { op: "goto", to: ending.then, span: ending.span };
  return [ending.then, ending.otherwise];
}

function skipEmpty(block: OpenBlock): OpenBlock {
  const seen = new Set<OpenBlock>();
  let at = block;
  while (at.instructions.length === 0 && at.ending?.op === "goto" && !seen.has(at)) {
    seen.add(at);
    at = at.ending.to;
  }
  return at;
}

/** Appends to each block the one it alone leads to. */
function joinStraightLines(order: readonly OpenBlock[]): OpenBlock[] {
  const uses = new Map<OpenBlock, number>();
  for (const block of order) {
    for (const target of successors(block)) uses.set(target, (uses.get(target) ?? 0) + 1);
  }
  const absorbed = new Set<OpenBlock>();
  for (const block of order) {
    if (absorbed.has(block)) continue;
    let ending = block.ending;
    while (
      ending?.op === "goto" &&
      uses.get(ending.to) === 1 &&
      ending.to !== order[0] &&
      ending.to !== block
    ) {
      const next: OpenBlock = ending.to;
      for (const instruction of next.instructions) block.instructions.push(instruction);
      absorbed.add(next);
      ending = next.ending;
      block.ending = ending;
    }
  }
  return order.filter((block) => !absorbed.has(block));
}

function successors(block: OpenBlock): OpenBlock[] {
  const ending = block.ending;
  if (ending?.op === "goto") return [ending.to];
  return ending?.op === "branch" ? [ending.then, ending.otherwise] : [];
}

function numbered(ending: Ending, numbers: ReadonlyMap<OpenBlock, number>): Terminator {
  const number = (block: OpenBlock) => numbers.get(block) as number;
  if (ending.op === "goto") return { op: "goto", to: number(ending.to), span: ending.span };
  if (ending.op !== "branch") return ending;
  const { condition, span } = ending;
  return {
    op: "branch",
    condition,
    then: number(ending.then),
    otherwise: number(ending.otherwise),
    span,
  };
}
