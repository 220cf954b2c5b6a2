/**
 * Linux 6.12's own code: right as it stands, wrong without any one of its locks, and right again
 * when a lock is written in another way. The edits are made here from the tree that is found.
 */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { diff, functionLines } from "./edit-source.js";
import { findLinux612 } from "./linux-tree.js";
import { LOCKING_FUNCTIONS, locksOf, withoutLock } from "./lock-lines.js";
import { named, vmalint } from "./run-vmalint.js";

const PATH = "mm/vma.c";
/** Functions of PATH by what is known of them. More proved is an improvement, to be noted here. */
const AS_IT_STANDS = { proved: 20, undecided: 0, assumed: 0 };

const found = findLinux612();
const tree = "folder" in found ? found.folder : "";
const skip = "missing" in found ? found.missing : false;
const source = skip === false ? readFileSync(join(tree, PATH), "utf8").split("\n") : [];
const locks = skip === false ? locksOf(source, LOCKING_FUNCTIONS) : [];

test("Linux 6.12: mm/vma.c as it stands: nothing found, nothing undecided", { skip }, () => {
  const { exit, report } = vmalint(["-f", PATH, "--tree", tree]);
  assert.deepEqual(report.findings, []);
  assert.deepEqual(report.gaps, []);
  assert.deepEqual(report.summary.functions, AS_IT_STANDS);
  assert.equal(exit, 0);
});

test("Linux 6.12: each lock deleted: that function, that object", { skip }, async (t) => {
  assert.equal(locks.length, 8, locks.map((lock) => `${lock.function} ${lock.object}`).join(", "));
  for (const lock of locks) {
    await t.test(`${lock.function} without its lock of ${lock.object}`, () => {
      const { exit, report } = check(withoutLock(source, lock));
      assert.deepEqual(named(report, "introduced"), [`${lock.function} ${lock.object}`]);
      assert.equal(exit, 1);
    });
  }
});

test("Linux 6.12: harmless edits: silent", { skip }, async (t) => {
  const edits: Readonly<Record<string, (object: string) => string[]>> = {
    "every lock taken twice": (object) => [lockOf(object), lockOf(object)],
    "every lock through an alias": (object) => [
      `struct vm_area_struct *same = ${object};`,
      lockOf("same"),
    ],
    "every lock through a pointer to a pointer": (object) => [
      `struct vm_area_struct **slot = &${object};`,
      lockOf("*slot"),
    ],
    "every lock in a loop that runs once": (object) => [`do ${lockOf(object)} while (0);`],
    "every lock where it is not null": (object) => [`if (${object})`, `\t${lockOf(object)}`],
  };
  for (const [name, edit] of Object.entries(edits)) {
    await t.test(name, () => assertSilent(everyLock(edit)));
  }
  await t.test("every lock through a new helper", () => {
    const helper = [
      "static void lock_it(struct vm_area_struct *v)",
      "{",
      `\t${lockOf("v")}`,
      "}",
      "",
    ];
    const at = Math.min(
      ...LOCKING_FUNCTIONS.map((name) => commentedStart(functionLines(source, name).first)),
    );
    assertSilent(everyLock((object) => [`lock_it(${object});`]).toSpliced(at, 0, ...helper));
  });
});

function assertSilent(after: readonly string[]): void {
  const { exit, report } = check(after);
  assert.deepEqual(report.findings, []);
  assert.deepEqual(report.gaps, []);
  const { proved } = report.summary.functions;
  assert.ok(proved >= LOCKING_FUNCTIONS.length, `${proved} functions proved`);
  assert.equal(exit, 0);
}

function check(after: readonly string[]) {
  return vmalint(["--tree", tree, "-"], diff(PATH, source, after));
}

function lockOf(object: string): string {
  return `vma_start_write(${object});`;
}

/** In a block of its own, so that it stands as well under an `if` without braces. */
function everyLock(edit: (object: string) => readonly string[]): string[] {
  return source.flatMap((line, index) => {
    const lock = locks.find((candidate) => candidate.index === index);
    if (lock === undefined) return [line];
    const tabs = /^\s*/.exec(line)?.[0] ?? "";
    const body = edit(lock.object).map((text) => `${tabs}\t${text}`);
    return [`${tabs}{`, ...body, `${tabs}}`];
  });
}

/** The line on which the comment above a function begins. */
function commentedStart(first: number): number {
  let at = first;
  while (/^( ?\*|\/\*)/.test(source[at - 1] ?? "")) at--;
  return at;
}
