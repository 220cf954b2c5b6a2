import assert from "node:assert/strict";
import { test } from "node:test";
import { Budget } from "../src/dataflow/budget.js";

test("a function may take a part of the pool, and no more", () => {
  const budget = new Budget(1_000_000);
  budget.next();
  budget.spend(200_000);
  assert.equal(budget.isSpent, false);
  budget.spend(100_000);
  assert.equal(budget.isSpent, true);
});

test("what comes late has work of its own, however much was spent before", () => {
  const budget = new Budget(1_000);
  for (let i = 0; i < 100; i++) {
    budget.next();
    assert.equal(budget.isSpent, false);
    budget.spend(1_000_000);
    assert.equal(budget.isSpent, true);
  }
});
