import assert from "node:assert/strict";
import { test } from "node:test";
import { loadDialect, NamePatterns } from "../src/syntax/dialect.js";

test("names and patterns", () => {
  const names = new NamePatterns(["BUG", "VM_WARN_ON*", "*_for_each_*"]);
  assert.deepEqual(
    ["BUG", "BUG_ON", "VM_WARN_ON", "VM_WARN_ON_ONCE", "xVM_WARN_ON", "list_for_each_entry"].map(
      (name) => names.has(name),
    ),
    [true, false, true, true, false, true],
  );
  assert.equal(new NamePatterns([]).has(""), false);
});

test("rewrites are written as after #define", () => {
  const { rewrites } = loadDialect('{ "rewrites": ["GET(p, m) ((p)->m)"] }', "d.json");
  assert.deepEqual(rewrites.get("GET")?.params, ["p", "m"]);
  assert.equal(rewrites.get("GET")?.body, "((p)->m)");
});

test("errors name the file and the key", () => {
  for (const [json, expected] of [
    ["{", /^d\.json: /],
    ["[]", /^d\.json: not an object/],
    ['{ "attribute": [] }', /^d\.json: unknown key "attribute"/],
    ['{ "stops": "BUG" }', /^d\.json: "stops" is not a list/],
    ['{ "stops": ["BUG ()"] }', /^d\.json: "stops": "BUG \(\)" is no name/],
    ['{ "rewrites": ["(x)"] }', /^d\.json: "rewrites": "\(x\)" defines no macro/],
  ] as const) {
    assert.throws(() => loadDialect(json, "d.json"), { message: expected });
  }
});
