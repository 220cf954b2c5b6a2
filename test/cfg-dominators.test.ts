/** Orders, postdominators and control dependence against their definitions, on random graphs. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { Block, Cfg, Terminator } from "../src/cfg/cfg.js";
import { controlDependence, postdominators } from "../src/cfg/dominators.js";
import { loopHeads, predecessors, reversePostorder, successors } from "../src/cfg/order.js";

const span = { start: 0, end: 0 };

/** A graph from the successors of each block: none is a return, two a branch. */
function graph(edges: readonly (readonly number[])[]): Cfg {
  const blocks: Block[] = edges.map(([then, otherwise]) => ({
    instructions: [],
    terminator: ending(then, otherwise),
  }));
  return { name: "f", params: [], types: new Map(), blocks, truncated: [] };
}

function ending(then: number | undefined, otherwise: number | undefined): Terminator {
  if (then === undefined) return { op: "return", value: null, span };
  if (otherwise === undefined) return { op: "goto", to: then, span };
  return { op: "branch", condition: { kind: "opaque" }, then, otherwise, span };
}

/** Every block can be reached: block i > 0 has an edge from one before it. */
const graphs = fc
  .integer({ min: 1, max: 9 })
  .chain((size) =>
    fc.tuple(
      fc.array(fc.nat(), { minLength: size, maxLength: size }),
      fc.array(fc.option(fc.nat({ max: size - 1 }), { nil: undefined }), {
        minLength: size,
        maxLength: size,
      }),
    ),
  )
  .map(([parents, extra]) => {
    const edges: number[][] = parents.map(() => []);
    for (let block = 1; block < parents.length; block++) {
      const free = edges.slice(0, block).flatMap((out, at) => (out.length < 2 ? [at] : []));
      edges[free[(parents[block] as number) % free.length] as number]?.push(block);
    }
    extra.forEach((to, from) => {
      if (to !== undefined && (edges[from]?.length ?? 2) < 2) edges[from]?.push(to);
    });
    return graph(edges);
  });

function reachable(cfg: Cfg, from: number, without: number): Set<number> {
  const seen = new Set<number>();
  const work = [from];
  for (let at = work.pop(); at !== undefined; at = work.pop()) {
    if (seen.has(at) || at === without) continue;
    seen.add(at);
    work.push(...successors(cfg.blocks[at] as Block));
  }
  return seen;
}

const isExit = (cfg: Cfg, block: number) => successors(cfg.blocks[block] as Block).length === 0;
const ends = (cfg: Cfg) =>
  cfg.blocks.every((_, at) => [...reachable(cfg, at, -1)].some((to) => isExit(cfg, to)));
const postdominates = (cfg: Cfg, by: number, block: number) =>
  by === block || ![...reachable(cfg, block, by)].some((to) => isExit(cfg, to));

test("the immediate postdominator is the nearest block on every path to the exit", () => {
  fc.assert(
    fc.property(graphs.filter(ends), (cfg) => {
      const { immediate, exit } = postdominators(cfg);
      cfg.blocks.forEach((_, block) => {
        const strict = cfg.blocks.flatMap((_, by) =>
          by !== block && postdominates(cfg, by, block) ? [by] : [],
        );
        const nearest = strict.find((by) => strict.every((other) => postdominates(cfg, other, by)));
        assert.equal(immediate[block], nearest ?? exit);
      });
    }),
  );
});

test("a block depends on a branch when one way leads to it for certain and the other does not", () => {
  fc.assert(
    fc.property(graphs.filter(ends), (cfg) => {
      const dependence = controlDependence(cfg);
      cfg.blocks.forEach((block, branch) => {
        const next = successors(block);
        const expected = cfg.blocks.flatMap((_, at) => {
          const certain = next.some((to) => postdominates(cfg, at, to));
          return certain && (at === branch || !postdominates(cfg, at, branch)) && next.length > 1
            ? [at]
            : [];
        });
        const actual = [...(dependence[branch] ?? [])].sort((a, b) => a - b);
        assert.deepEqual(
          actual,
          expected.filter((at) => !next.every((to) => postdominates(cfg, at, to))),
        );
      });
    }),
  );
});

test("endless loops have postdominators too", () => {
  fc.assert(
    fc.property(graphs, (cfg) => {
      const { immediate, exit } = postdominators(cfg);
      for (const block of cfg.blocks.keys()) {
        let at = block;
        for (let steps = 0; at !== exit; steps++) {
          assert.ok(steps <= exit);
          at = immediate[at] as number;
        }
      }
      controlDependence(cfg);
    }),
  );
});

test("reverse postorder puts blocks after their predecessors, loop heads aside", () => {
  fc.assert(
    fc.property(graphs, (cfg) => {
      const rank = new Map(reversePostorder(cfg).map((block, index) => [block, index]));
      assert.equal(rank.size, cfg.blocks.length);
      const heads = loopHeads(cfg);
      predecessors(cfg).forEach((before, block) => {
        if (heads.has(block)) return;
        for (const from of before) assert.ok((rank.get(from) ?? 0) < (rank.get(block) ?? 0));
      });
    }),
  );
});

test("a loop's head is the target of its back edge", () => {
  const cfg = graph([[1], [2, 3], [1], []]);
  assert.deepEqual([...loopHeads(cfg)], [1]);
  assert.deepEqual(
    controlDependence(cfg).map((set) => [...set].sort()),
    [[], [1, 2], [], []],
  );
});
