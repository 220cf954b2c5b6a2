/**
 * Every statement that takes a VMA write lock, anywhere in a kernel, deleted: none goes without a
 * word. Trees are named in `VMALINT_LINUX`, `:` between.
 */
import assert from "node:assert/strict";
import { test } from "node:test";
import { openTree } from "../../src/base/folder-tree.js";
import { EditJudge } from "./judge-edit.js";
import { checkedTree, versionOf } from "./linux-tree.js";
import { type LockStatement, lockStatements, withInstead } from "./lock-statements.js";

const folders = (process.env.VMALINT_LINUX ?? "").split(":").filter((folder) => folder !== "");

if (folders.length === 0) {
  test("every lock of other kernels", { skip: "no tree is named: VMALINT_LINUX" }, () => {});
}
for (const folder of folders) {
  const version = versionOf(checkedTree(folder, "mm/mmap.c", "VMALINT_LINUX"));
  const tree = openTree(folder);
  const locks = lockStatements(tree);

  test(`Linux ${version}: each lock deleted: reported`, async (t) => {
    const edits = new EditJudge(tree);
    const told = new Map<string, number>();
    const silent: string[] = [];
    for (const lock of locks) {
      const { introduced, gaps } = await edits.judge(lock.path, lock.source, withInstead(lock, []));
      const [first] = introduced;
      if (first !== undefined) told.set(first.type, (told.get(first.type) ?? 0) + 1);
      else silent.push(`${place(lock)}: ${gaps.length > 0 ? "undecided" : "silent"}`);
    }
    t.diagnostic(`${locks.length} locks`);
    for (const [check, count] of [...told].sort()) t.diagnostic(`${check}: ${count}`);
    for (const line of silent) t.diagnostic(line);
    assert.ok(locks.length > 0);
    assert.deepEqual(silent, []);
  });
}

function place({ path, start, function: name, object }: LockStatement): string {
  return `${path}:${start + 1}: ${name}() ${object}`;
}
