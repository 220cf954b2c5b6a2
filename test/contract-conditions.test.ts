/** How a group of paths is named by the decisions that tell it from the others. */
import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import {
  type Decisions,
  distinguish,
  literalText,
  necessary,
} from "../src/commands/contract-conditions.js";

/** "a !b" took branch a, and b the other way. */
function path(text: string): Decisions {
  return new Map(
    text.split(" ").map((word) => (word[0] === "!" ? [word.slice(1), false] : [word, true])),
  );
}

test("a condition is negated as one would write it", () => {
  const negated = (text: string) => literalText({ text, holds: false });
  assert.equal(negated("next"), "!next");
  assert.equal(negated("vmg->next"), "!vmg->next");
  assert.equal(negated("can_merge(prev, a < b)"), "!can_merge(prev, a < b)");
  assert.equal(negated("end == curr->vm_end"), "end != curr->vm_end");
  assert.equal(negated("addr + len <= prev->vm_end"), "addr + len > prev->vm_end");
  assert.equal(negated("flags & VM_SPECIAL"), "!(flags & VM_SPECIAL)");
  assert.equal(negated("a ? b : c"), "!(a ? b : c)");
  assert.equal(negated("case CUT_HEAD"), "not case CUT_HEAD");
});

test("the fewest decisions that every path of the group took, and no other", () => {
  const group = [path("a b c"), path("a b !c")];
  const others = [path("!a b c"), path("a !b c")];
  assert.deepEqual(distinguish(group, others), { text: "a && b", isExact: true });
});

test("a branch taken the other way is preferred to one never come by", () => {
  assert.equal(distinguish([path("a b")], [path("!a c")]).text, "a");
  assert.equal(distinguish([path("b a")], [path("!a")]).text, "a");
});

test("what several ways have in common stands before their differences", () => {
  const group = [path("a !b x"), path("a b !c x")];
  const others = [path("a b c x"), path("!a x")];
  assert.deepEqual(distinguish(group, others), { text: "a && (!b || !c)", isExact: true });
});

test("where nothing tells the group apart, what is shared is given and said not to be exact", () => {
  assert.deepEqual(distinguish([path("a b")], [path("a b"), path("!a b")]), {
    text: "a",
    isExact: false,
  });
});

test("what is necessary holds on every path of the group and goes without what is known", () => {
  assert.equal(necessary([path("p a b"), path("p a !b")], [path("!p"), path("p !a")], "p"), "a");
  assert.equal(necessary([path("a")], [path("a")], ""), "");
});

test("an exact name holds on every path of the group and on no other", () => {
  const decisions = fc
    .array(fc.tuple(fc.constantFrom("a", "b", "c", "d"), fc.boolean()), { maxLength: 4 })
    .map((pairs): Decisions => new Map(pairs));
  const paths = fc.array(decisions, { minLength: 1, maxLength: 5 });
  fc.assert(
    fc.property(paths, paths, (group, others) => {
      const { text, isExact } = distinguish(group, others);
      if (!isExact) return;
      for (const one of group) assert.ok(meets(text, one), `${text} on ${[...one]}`);
      for (const one of others) assert.ok(!meets(text, one), `${text} on ${[...one]}`);
    }),
  );
});

/** Evaluates a name; a literal on a branch never come by does not hold. */
function meets(text: string, decisions: Decisions): boolean {
  if (text === "") return true;
  const code = text.replace(/!?[a-d]/g, (literal) =>
    String(decisions.get(literal.replace("!", "")) === !literal.startsWith("!")),
  );
  return splitTop(code, "||").some((alternative) =>
    splitTop(alternative, "&&").every((part) =>
      part.startsWith("(") ? meetsCode(part.slice(1, -1)) : part === "true",
    ),
  );
}

function meetsCode(code: string): boolean {
  return code.split("||").some((one) => one.split("&&").every((part) => part.trim() === "true"));
}

function splitTop(code: string, operator: string): string[] {
  const parts = [""];
  let depth = 0;
  for (const token of code.split(/(\(|\)|&&|\|\|)/)) {
    if (token === "(") depth++;
    if (token === ")") depth--;
    if (token === operator && depth === 0) parts.push("");
    else parts.push((parts.pop() as string) + token);
  }
  return parts.map((part) => part.trim());
}
