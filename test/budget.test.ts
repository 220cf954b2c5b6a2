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

test("a function that is too long is not parsed, and the next one is", () => {
  const budget = new Budget();
  assert.equal(budget.parse("endless", 1_000_000), false);
  assert.equal(budget.parse("short", 1_000), true);
  assert.deepEqual([...budget.unread], ["endless"]);
});

test("functions that are too much together are parsed as far as the budget goes", () => {
  const budget = new Budget();
  let parsed = 0;
  while (budget.parse(`f${parsed}`, 50_000)) parsed++;
  assert.ok(parsed > 10 && parsed < 1000);
  assert.equal(budget.isSpent, false);
});
