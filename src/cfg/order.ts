/**
 * Orders and neighbours of blocks.
 */
import type { Block, Cfg, Terminator } from "./cfg.js";

/** Blocks that control may go to next, each once. */
export function successors(block: Block): number[] {
  return targets(block.terminator);
}

/** For each block, the blocks that may lead to it, in ascending order. */
export function predecessors(cfg: Cfg): number[][] {
  const before: number[][] = cfg.blocks.map(() => []);
  cfg.blocks.forEach((block, from) => {
    for (const to of successors(block)) before[to]?.push(from);
  });
  return before;
}

/** Blocks that control may come to after a block: itself only where it is on a cycle. */
export function reachableFrom(cfg: Cfg, block: number): Set<number> {
  const found = new Set<number>();
  const pending = [block];
  for (let at = pending.pop(); at !== undefined; at = pending.pop()) {
    const here = cfg.blocks[at];
    for (const next of here === undefined ? [] : successors(here)) {
      if (found.has(next)) continue;
      found.add(next);
      pending.push(next);
    }
  }
  return found;
}

/** Every block after its predecessors, back edges aside. Lowered graphs are numbered that way already. */
export function reversePostorder(cfg: Cfg): number[] {
  return walk(cfg).postorder.reverse();
}

/** Targets of back edges: where a loop is entered again. Every cycle has at least one. */
export function loopHeads(cfg: Cfg): ReadonlySet<number> {
  return walk(cfg).heads;
}

/**
 * By block: whether it can reach itself. A block and the ones that it reaches and that reach it
 * make a component: more than one block, or one that leads to itself, is a cycle. Method: Tarjan
 * (1972), without recursion.
 */
export function blocksOnCycles(cfg: Cfg): boolean[] {
  const onCycle = cfg.blocks.map(() => false);
  const number: number[] = [];
  const lowest: number[] = [];
  const isOpen: boolean[] = [];
  const component: number[] = [];
  let count = 0;
  const enter = (block: number) => {
    number[block] = lowest[block] = count++;
    isOpen[block] = true;
    component.push(block);
    return { block, next: successors(cfg.blocks[block] as Block) };
  };
  const close = (block: number) => {
    if (lowest[block] !== number[block]) return;
    const members = component.splice(component.lastIndexOf(block));
    for (const member of members) {
      isOpen[member] = false;
      onCycle[member] =
        members.length > 1 || successors(cfg.blocks[member] as Block).includes(member);
    }
  };
  const lower = (block: number, to: number) => {
    lowest[block] = Math.min(lowest[block] as number, to);
  };
  cfg.blocks.forEach((_, root) => {
    if (number[root] !== undefined) return;
    const stack = [enter(root)];
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const { block, next } = top;
      const to = next.pop();
      if (to === undefined) {
        stack.pop();
        const from = stack.at(-1);
        if (from !== undefined) lower(from.block, lowest[block] as number);
        close(block);
      } else if (number[to] === undefined) stack.push(enter(to));
      else if (isOpen[to]) lower(block, number[to]);
    }
  });
  return onCycle;
}

function targets(end: Terminator): number[] {
  if (end.op === "goto") return [end.to];
  if (end.op !== "branch") return [];
  return end.then === end.otherwise ? [end.then] : [end.then, end.otherwise];
}

/** Depth first, the `then` side last, so that it comes first in reverse postorder. */
function walk(cfg: Cfg): { postorder: number[]; heads: Set<number> } {
  const postorder: number[] = [];
  const heads = new Set<number>();
  const state: ("open" | "done" | undefined)[] = cfg.blocks.map(() => undefined);
  const stack = [{ block: 0, next: successors(cfg.blocks[0] as Block) }];
  state[0] = "open";
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const to = top.next.pop();
    if (to === undefined) {
      state[top.block] = "done";
      postorder.push(top.block);
      stack.pop();
    } else if (state[to] === "open") {
      heads.add(to);
    } else if (state[to] === undefined) {
      state[to] = "open";
      stack.push({ block: to, next: successors(cfg.blocks[to] as Block) });
    }
  }
  return { postorder, heads };
}
