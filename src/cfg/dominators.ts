/**
 * Postdominators and control dependence: which blocks run only if a branch goes one way.
 *
 * A virtual exit joins every return and stop. A loop that never ends is given an edge from
 * its last block (by number) to the exit, so that every block has a postdominator.
 * Method: Cooper, Harvey, Kennedy, "A Simple, Fast Dominance Algorithm" (2001), on the
 * reversed graph; control dependence after Ferrante, Ottenstein, Warren (1987).
 */
import type { Cfg } from "./cfg.js";
import { predecessors, successors } from "./order.js";

export interface Postdominators {
  /** The number of the virtual exit: one more than the last block's. */
  readonly exit: number;
  /** By block: the nearest block that every path from it to the exit passes. */
  readonly immediate: readonly number[];
}

export function postdominators(cfg: Cfg): Postdominators {
  const exit = cfg.blocks.length;
  const forward = cfg.blocks.map((block) => {
    const next = successors(block);
    return next.length === 0 ? [exit] : next;
  });
  const backward = predecessors(cfg);
  backward.push(exitPredecessors(forward, backward, exit));
  const order = postorderFrom(exit, backward);
  const rank: number[] = [];
  order.forEach((block, index) => {
    rank[block] = index;
  });
  return { exit, immediate: solve(exit, order, rank, forward) };
}

/** By block: the blocks that run or not depending on its branch; a loop's test controls itself. */
export function controlDependence(cfg: Cfg): ReadonlySet<number>[] {
  const { exit, immediate } = postdominators(cfg);
  return cfg.blocks.map((block, number) => {
    const controlled = new Set<number>();
    const stop = immediate[number];
    for (const successor of successors(block)) {
      for (let at = successor; at !== stop && at !== exit; at = immediate[at] as number)
        controlled.add(at);
    }
    return controlled;
  });
}

/** Blocks with an edge to the exit; adds the missing ones to `forward` for endless loops. */
function exitPredecessors(
  forward: number[][],
  backward: readonly number[][],
  exit: number,
): number[] {
  const result: number[] = [];
  const reaching = new Set<number>();
  forward.forEach((next, block) => {
    if (next[0] !== exit) return;
    result.push(block);
    flood(block, backward, reaching);
  });
  for (let block = exit - 1; block >= 0; block--) {
    if (reaching.has(block)) continue;
    forward[block]?.push(exit);
    result.push(block);
    flood(block, backward, reaching);
  }
  return result;
}

function flood(from: number, backward: readonly number[][], reaching: Set<number>): void {
  const work = [from];
  for (let block = work.pop(); block !== undefined; block = work.pop()) {
    if (reaching.has(block)) continue;
    reaching.add(block);
    work.push(...(backward[block] ?? []));
  }
}

function postorderFrom(exit: number, backward: readonly number[][]): number[] {
  const postorder: number[] = [];
  const seen = new Set([exit]);
  const stack = [{ block: exit, next: [...(backward[exit] ?? [])] }];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const block = top.next.pop();
    if (block === undefined) {
      postorder.push(top.block);
      stack.pop();
    } else if (!seen.has(block)) {
      seen.add(block);
      stack.push({ block, next: [...(backward[block] ?? [])] });
    }
  }
  return postorder;
}

function solve(
  exit: number,
  postorder: readonly number[],
  rank: readonly number[],
  forward: readonly number[][],
): number[] {
  const immediate: number[] = [];
  immediate[exit] = exit;
  const order = postorder.filter((block) => block !== exit).reverse();
  const common = (left: number, right: number) => {
    let [a, b] = [left, right];
    while (a !== b) {
      while ((rank[a] as number) < (rank[b] as number)) a = immediate[a] as number;
      while ((rank[b] as number) < (rank[a] as number)) b = immediate[b] as number;
    }
    return a;
  };
  for (let changed = true; changed; ) {
    changed = false;
    for (const block of order) {
      const known = (forward[block] ?? []).filter((next) => immediate[next] !== undefined);
      const nearest = known.reduce(common);
      if (immediate[block] === nearest) continue;
      immediate[block] = nearest;
      changed = true;
    }
  }
  return immediate.slice(0, exit);
}
