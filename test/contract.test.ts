/** `vmalint contract` on the small kernels of samples/: what it says of functions known by heart. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { contract } from "../src/commands/contract.js";
import { InputError } from "../src/findings/input-error.js";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));

async function page(name: string, tree: string, ...more: string[]): Promise<string> {
  const { output, exitCode } = await contract([name, "--tree", `samples/${tree}`, ...more], ROOT);
  assert.equal(exitCode, 0);
  for (const line of output.split("\n")) assert.ok(line.length <= 80, line);
  return output;
}

/** The items of a section, without their lines. */
function section(text: string, title: string): string[] {
  const lines = text.split("\n").map((line) => line.replace(/^ \* ?/, ""));
  const start = lines.findIndex((line) => line.startsWith(title));
  if (start === -1) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !/^(- | {2})/.test(line));
  return rest
    .slice(0, end === -1 ? undefined : end)
    .join("\n")
    .split(/^- /m)
    .slice(1)
    .map((item) =>
      item
        .replace(/\s+/g, " ")
        .trim()
        .replace(/ \((?:lines?|\w+\(\)).*$/, ""),
    );
}

const rejects = (words: readonly string[], pattern: RegExp) =>
  assert.rejects(
    contract(words, ROOT),
    (error) => error instanceof InputError && pattern.test(error.message),
  );

test("a lock on every way out, and one on a condition of the parameters", async () => {
  const text = await page("vma_expand", "linux");
  assert.match(text, /^mm\/mmap\.c:\d+: vma_expand\(\)\n/);
  assert.match(text, /Context: no VMA needs to be write-locked on entry\./);
  assert.deepEqual(section(text, "Write-locks"), [
    "@vma, on every return",
    "@next, if next && next != vma && next->vm_end == end",
  ]);
  assert.deepEqual(section(text, "Hands over"), ["vma: @vma", "remove: @next or NULL"]);
  assert.match(text, /@vma: vma_assert_write_locked\(dst\) in dup_anon_vma\(\), line \d+/);
});

test("a lock that depends on the result", async () => {
  assert.deepEqual(section(await page("vma_shrink", "linux"), "Write-locks"), [
    "@vma, when it returns 0",
  ]);
});

test("a lock taken by a callee counts, and its place is told", async () => {
  const text = await page("vma_shrink", "linux-6.5");
  assert.match(text, /@vma, when it returns 0 \(vma_prepare\(\), line \d+\)/);
});

test("a helper that only asserts requires, under the condition of the assertion", async () => {
  const text = await page("dup_anon_vma", "linux");
  assert.match(text, /@dst, only if !dst->anon_vma && src->anon_vma: its lock is asserted/);
  assert.doesNotMatch(text, /@src/);
});

test("the same helper of an older kernel locks instead", async () => {
  const text = await page("dup_anon_vma", "linux-6.5");
  assert.match(text, /no VMA needs/);
  assert.deepEqual(section(text, "Write-locks"), ["@dst, if !dst->anon_vma && src->anon_vma"]);
});

test("what is handed over unlocked is required, in terms of the parameters", async () => {
  const text = await page("commit_merge", "linux-vmg");
  const required = section(text, "Context").map((item) => item.replace(/: .*$/, ""));
  assert.deepEqual(required, [
    "@vmg->middle",
    "@vmg->target, only if !vmg->__adjust_next_start",
    "@vmg->next, only if vmg->__adjust_next_start && !vmg->__adjust_middle_start",
  ]);
  assert.deepEqual(section(text, "Assumes"), [
    "vmg->__remove_middle is false on entry",
    "vmg->__remove_next is false on entry",
  ]);
});

test("locks on what is read through a parameter, and on what is returned", async () => {
  const text = await page("vma_merge_existing_range", "linux-vmg");
  const locks = section(text, "Write-locks");
  assert.ok(locks.includes("@vmg->middle, when it does not return NULL"));
  assert.ok(locks.includes("the VMA it returns, on every return, unless it is NULL"));
});

test("objects without a name for the callers are told by the function's own", async () => {
  const text = await page("vma_merge", "linux");
  assert.match(text, /its own curr, on some paths \(lines \d+, \d+, \d+\)/);
  assert.deepEqual(section(text, "Hands over").slice(0, 2), [
    "vma: @prev or next",
    "adj_next: curr or next or NULL",
  ]);
});

test("a function of a header is found through a file that sees it", async () => {
  const text = await page("vm_flags_set", "linux");
  assert.match(text, /^include\/linux\/mm\.h:\d+/);
  assert.deepEqual(section(text, "Write-locks"), ["@vma, on every return"]);
});

test("the file may be named, before or after the function", async () => {
  const found = await page("vma_expand", "linux");
  assert.equal(await page("vma_expand", "linux", "-f", "mm/mmap.c"), found);
  assert.equal(await page("-f", "linux", "mm/mmap.c", "vma_expand"), found);
});

test("a page as JSON", async () => {
  const { version, contract: facts } = JSON.parse(await pageJson("vma_shrink"));
  assert.equal(version, 1);
  assert.equal(facts.locks[0].object, "vma");
  assert.equal(facts.locks[0].when, "success");
});

async function pageJson(name: string): Promise<string> {
  return (await contract([name, "--tree", "samples/linux", "--format", "json"], ROOT)).output;
}

test("between two kernels: what is asked and promised", async () => {
  const { output } = await contract(["--diff", "samples/linux-6.5", "samples/linux"], ROOT);
  const lines = output.replace(/:\d+:/g, ":").split("\n");
  for (const expected of [
    "mm/mmap.c: vma_prepare(): less: no longer locks @vp->vma",
    "mm/mmap.c: vma_prepare(): less: no longer locks @vp->insert",
    "mm/mmap.c: dup_anon_vma(): stronger: requires @dst write-locked, only if !dst->anon_vma && src->anon_vma, which it locked itself",
    "mm/mmap.c: vma_expand(): more: locks @vma on every return; was by its result",
  ]) {
    assert.ok(lines.includes(expected), `${expected}\n${output}`);
  }
  assert.match(output, /\d+ functions in both trees, 3 contracts differ\n$/);
});

test("back again, what was stronger is weaker", async () => {
  const { output } = await contract(["--diff", "samples/linux", "samples/linux-6.5"], ROOT);
  assert.match(output, /dup_anon_vma\(\): weaker: locks @dst itself, which it required/);
  assert.match(output, /vma_prepare\(\): more: locks @vp->vma on every return/);
});

test("a tree does not differ from itself", async () => {
  const { output } = await contract(
    ["--diff", "samples/linux-vmg", "samples/linux-vmg", "-f", "mm/vma.c"],
    ROOT,
  );
  assert.match(output, /^\d+ functions in both trees, 0 contracts differ\n$/);
});

test("bad input is one error", async () => {
  await rejects(["no_such_function", "--tree", "samples/linux"], /no such function/);
  await rejects(["vma_expand", "--tree", "samples/none"], /no such folder/);
  await rejects(["vma_expand", "--tree", "samples/linux", "-f", "mm/none.c"], /no such file/);
  await rejects(
    ["vma_expand", "--tree", "samples/linux", "-f", "fs/exec.c"],
    /no function vma_expand/,
  );
  await rejects([], /needs one function/);
  await rejects(["a", "b"], /needs one function/);
  await rejects(["--nonsense"], /unknown option/);
  await rejects(["--diff", "samples/linux"], /two trees/);
  await rejects(["--diff", "samples/linux", "samples/none"], /no such folder/);
});

test("help is printed, not refused", async () => {
  const { output, exitCode } = await contract(["--help"], ROOT);
  assert.equal(exitCode, 0);
  assert.match(output, /^Usage: vmalint contract/);
});
