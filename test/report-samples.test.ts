/** The text report of sample patches, to the letter: what a user sees of real findings. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { report } from "../src/report/report.js";
import { type ReviewOptions, review } from "../src/review.js";
import { lines, OPTIONS } from "./report-fixture.js";

const SAMPLES = fileURLToPath(new URL("../../samples", import.meta.url));

async function reportOn(tree: string, name: string): Promise<string> {
  const options: ReviewOptions = {
    inputs: [{ name, content: readFileSync(join(SAMPLES, "patches", name)) }],
    wholeFiles: [],
    tree: join(SAMPLES, tree),
    base: null,
    git: null,
    cached: false,
    types: [],
    ignore: [],
    fuzz: 0,
    since: null,
    cwd: SAMPLES,
  };
  return report(await review(options), OPTIONS);
}

/** Without the bracket of the closing line, which counts what is of no interest here. */
function withoutCounts(text: string): string {
  return text.replace(/ \(\d+ functions? proved, .*\)$/gm, "");
}

test("a lock taken out of a helper: one table, and the caller that locks too late", async () => {
  assert.equal(
    withoutCounts(await reportOn("linux-6.5", "seed-first-hunk-alone.patch")),
    lines(
      "error[VMA_HELPER_DROPPED_LOCK]: 4 callers of `vma_prepare` leave a VMA unlocked",
      "  --> mm/mmap.c:49  in vma_prepare(), hunk 1",
      "",
      "    - |   vma_start_write(vp->vma);               <- removed by this patch",
      "    - |           vma_start_write(vp->adj_next);  <- removed by this patch",
      "    - |           vma_start_write(vp->insert);    <- removed by this patch",
      "    - |           vma_start_write(vp->remove);    <- removed by this patch",
      "    - |           vma_start_write(vp->remove2);   <- removed by this patch",
      "",
      "  caller       commits at     vma      remove   adj_next  remove2  insert",
      "  vma_expand   mm/mmap.c:140  missing  missing  -         -        -",
      "  vma_shrink   mm/mmap.c:163  missing  -        -         -        -",
      "  vma_merge    mm/mmap.c:273  missing  missing  missing   missing  -",
      "  __split_vma  mm/mmap.c:312  missing  -        -         -        missing",
      "  missing: handed over unlocked on some path; -: nothing found to be missing",
      "  fix:  vma_start_write() of vma, next before line 140 in vma_expand()",
      "        vma_start_write(vma) before line 163 in vma_shrink()",
      "        vma_start_write() of curr, next, prev before line 273 in vma_merge()",
      "        vma_start_write() of new, vma before line 312 in __split_vma()",
      "",
      "error[VMA_LOCK_AFTER_PREPARE]: `vma` is locked only after vma_prepare()",
      "  --> mm/mmap.c:379  in do_brk_flags()",
      "",
      "  379 |   vma_complete(&vp, vmi, mm);",
      "      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^ locked too late",
      "  path: do_brk_flags:379 -> vma_complete (member vma)",
      "        vm_flags_set (include/linux/mm.h:81) locks vma, too late; a run-time",
      "        assert after it would pass",
      "  why:  vma_prepare() takes the rmap locks and the writes follow; the VMA lock",
      "        comes first",
      "  fix:  vma_start_write(vma) before vma_prepare()",
      "",
      "seed-first-hunk-alone.patch: 9 errors, 0 warnings",
    ),
  );
});

test("a condition that became too narrow: pointers are NULL or not, never true or false", async () => {
  assert.equal(
    withoutCounts(await reportOn("linux", "narrower-condition.patch")),
    lines(
      "error[VMA_COMPLETE_UNLOCKED]: `next` is removed without its VMA write lock",
      "  --> mm/mmap.c:145  in vma_expand()",
      "",
      "  123 |   vma_start_write(vma);",
      "      |   -------------------- locks vma, never next",
      "    - |           vma_start_write(next);          <- removed by this patch",
      "  145 |   vma_complete(&vp, vmi, vma->vm_mm);",
      "      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked here",
      "  path: next->anon_vma is NULL (line 128)",
      "        vma_expand:145 -> vma_complete (member remove)",
      "  why:  a page fault can still hold next's VMA read lock while next is removed",
      "  fix:  vma_start_write(next) before line 145",
      "",
      "narrower-condition.patch: 1 error, 0 warnings",
    ),
  );
});

test("a lock that left a header: the hunk that took it is quoted", async () => {
  assert.equal(
    withoutCounts(await reportOn("linux", "header-drops-lock.patch")),
    lines(
      "error[VMA_HELPER_DROPPED_LOCK]: `tmp` enters the tree without its VMA write lock",
      "  --> kernel/fork.c:22  in dup_mmap()",
      "",
      "   14 |   vma_start_write(mpnt);",
      "      |   --------------------- locks mpnt, never tmp",
      "   22 |   if (vma_iter_bulk_store(&vmi, tmp))",
      "      |       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ unlocked here",
      "  path: dup_mmap:22 -> vma_iter_bulk_store",
      "  note: hunk 1 of include/linux/mm.h took vma_start_write(vma) out of",
      "        vm_flags_clear()",
      "  why:  from then on a page fault can find tmp and run while it is still being",
      "        set up",
      "  fix:  vma_start_write(tmp) before line 22",
      "",
      "header-drops-lock.patch: 1 error, 0 warnings",
    ),
  );
});

test("a lock that ends with the lock above it is not called late", async () => {
  assert.equal(
    withoutCounts(await reportOn("linux", "mmap-lock-dropped.patch")),
    lines(
      "error[VMA_COMPLETE_UNLOCKED]: `vma` is changed without its VMA write lock",
      "  --> mm/mmap.c:171  in vma_shrink()",
      "",
      "  161 |   vma_start_write(vma);",
      "      |   -------------------- locks vma, given up below",
      "  171 |   vma_complete(&vp, vmi, vma->vm_mm);",
      "      |   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^ not locked any more",
      "  path: vma_shrink:171 -> vma_complete (member vma)",
      "        line 161 locks vma, but gives it up again before line 171",
      "  why:  a page fault can still hold vma's VMA read lock while vma is changed",
      "  fix:  vma_start_write(vma) before line 171",
      "",
      "mmap-lock-dropped.patch: 1 error, 0 warnings",
    ),
  );
});
