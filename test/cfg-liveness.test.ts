/** Liveness: its edges; that it is right on whole programs is checked in cfg-meaning.test.ts. */
import assert from "node:assert/strict";
import { test } from "node:test";
import type { Cfg, Instruction, Place, Terminator, Value } from "../src/cfg/cfg.js";
import { liveness } from "../src/cfg/liveness.js";

const span = { start: 0, end: 0 };
const variable = (name: string, ...path: string[]): Place => ({
  base: { kind: "variable", name },
  path,
});
const pointee = (name: string, ...path: string[]): Place => ({
  base: { kind: "pointee", pointer: read(variable(name)) },
  path,
});
const read = (place: Place): Value => ({ kind: "read", place });
const assign = (target: Place, value: Value): Instruction => ({
  op: "assign",
  target,
  value,
  span,
});
const back = (value: Value | null): Terminator => ({ op: "return", value, span });
const to = (block: number): Terminator => ({ op: "goto", to: block, span });

function live(...blocks: [Instruction[], Terminator][]): {
  liveIn: string[][];
  addressTaken: string[];
} {
  const types = new Map(["p", "q", "x", "s"].map((name) => [name, "int"]));
  const cfg: Cfg = {
    name: "f",
    params: [],
    types,
    blocks: blocks.map(([instructions, terminator]) => ({ instructions, terminator })),
    truncated: [],
  };
  const { liveIn, addressTaken } = liveness(cfg);
  return { liveIn: liveIn.map((set) => [...set].sort()), addressTaken: [...addressTaken].sort() };
}

test("a variable is live until it is written", () => {
  const { liveIn } = live(
    [[], to(1)],
    [[assign(variable("x"), read(variable("p")))], to(2)],
    [[], back(read(variable("x")))],
  );
  assert.deepEqual(liveIn, [["p"], ["p"], ["x"]]);
});

test("writing through a pointer or a member reads the pointer and keeps the variable", () => {
  const { liveIn } = live(
    [
      [
        assign(pointee("p", "f"), read(variable("q", "g"))),
        assign(variable("s", "f"), read(variable("x"))),
      ],
      to(1),
    ],
    [[], back(read(variable("s")))],
  );
  assert.deepEqual(liveIn, [["p", "q", "s", "x"], ["s"]]);
});

test("a declaration and a forgotten or zeroed variable end its life before", () => {
  const { liveIn } = live(
    [
      [
        { op: "declare", name: "x", type: "int", span },
        { op: "forget", target: variable("p"), span },
        { op: "zero", target: variable("s"), span },
      ],
      to(1),
    ],
    [
      [assign(variable("x"), read(pointee("p"))), assign(variable("q"), read(variable("s")))],
      back(null),
    ],
  );
  assert.deepEqual(liveIn, [[], ["p", "s"]]);
});

test("a variable whose address is taken is listed apart, a global nowhere", () => {
  const taken = live([
    [assign(variable("p"), { kind: "address", place: variable("s", "f") })],
    back(read(variable("global"))),
  ]);
  assert.deepEqual(taken, { liveIn: [[]], addressTaken: ["s"] });
});

test("what a loop reads on its next turn is live in it", () => {
  const loop: Terminator = {
    op: "branch",
    condition: read(variable("x")),
    then: 1,
    otherwise: 2,
    span,
  };
  assert.deepEqual(live([[], to(1)], [[], loop], [[], back(null)]).liveIn, [["x"], ["x"], []]);
});
