/**
 * The patch that vmalint was made for, "mm: move vma locking out of vma_prepare" (Linux 6.6), and
 * the file it was made for: Linux 6.5's mm/mmap.c after the patch before it in its series. Both
 * are made here, from a tree and a mail that are found on the machine; their blob ids tell
 * whether they came out right.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { blobId } from "../../src/base/blob-id.js";
import { openTree } from "../../src/base/folder-tree.js";
import { preparePatch } from "../../src/base/prepare-patch.js";
import { readPatches } from "../../src/mail/read-patches.js";
import type { FilePatch, Hunk } from "../../src/patch/patch.js";
import type { Found } from "./linux-tree.js";

export const PATH = "mm/mmap.c";
const PRISTINE = "3937479d0e07";
const BASE = "850a39dee075";
const AFTER = "e59d83cb1d7a";

/** The mail with the patch, as a web archive shows it: `VMALINT_SEED`, else beside the repository. */
export function findSeedMail(): { readonly file: string } | { readonly missing: string } {
  const given = process.env.VMALINT_SEED ?? "";
  if (given !== "") return { file: given };
  const folder = fileURLToPath(new URL("../../../../shared/seed/", import.meta.url));
  const [name] = existsSync(folder)
    ? readdirSync(folder).filter((entry) => entry.endsWith(".txt"))
    : [];
  return name === undefined
    ? { missing: "the mail with the patch is absent: VMALINT_SEED" }
    : { file: join(folder, name) };
}

export function findLinux65(): Found {
  const folder = process.env.VMALINT_LINUX_65 ?? "";
  return folder === "" ? { missing: "Linux 6.5 is absent: VMALINT_LINUX_65" } : { folder };
}

/** Turns the mm/mmap.c of a copy of Linux 6.5 into the file that the patch is for. */
export function makeBase(folder: string): void {
  const file = join(folder, PATH);
  const text = readFileSync(file, "utf8");
  assert.equal(blobId(text).slice(0, 12), PRISTINE, "mm/mmap.c is not that of Linux 6.5");
  const lines = text.split("\n");
  // From the end to the start, so that the numbers stay those of 6.5: the lock in copy_vma()
  // goes, those in do_brk_flags() and vma_link() come, vma_prepare() locks `insert` as well.
  lines.splice(3348 - 1, 1);
  lines.splice(3100, 0, "\tvma_start_write(vma);");
  lines.splice(480 - 1, 1, "\tif (vp->insert)", "\t\tvma_start_write(vp->insert);");
  lines.splice(414, 0, "\tvma_start_write(vma);", "");
  const base = lines.join("\n");
  assert.equal(blobId(base).slice(0, 12), BASE);
  writeFileSync(file, base);
}

/** The patch in the mail, its white space put right from the base. */
export async function recoverSeed(folder: string, mail: string): Promise<FilePatch> {
  const tree = openTree(folder);
  const [text] = await readPatches({ name: mail, bytes: readFileSync(mail) });
  assert.ok(text, "the mail has a patch");
  const prepared = preparePatch(text, { places: { tree, repository: null, base: null } });
  const [file, ...others] = prepared.patch.files;
  assert.ok(file !== undefined && others.length === 0, "the patch is to one file");
  assert.equal(blobId(prepared.after.read(PATH) ?? "").slice(0, 12), AFTER);
  return file;
}

/** A patch of some of the hunks; `index` lines are left out, as the result is another one. */
export function patchOf(hunks: readonly Hunk[]): string {
  let shift = 0;
  const text = hunks.map((hunk) => {
    const start = hunk.oldStart + shift;
    shift += hunk.newCount - hunk.oldCount;
    return [
      `@@ -${hunk.oldStart},${hunk.oldCount} +${start},${hunk.newCount} @@ ${hunk.header}`,
      ...hunk.lines.map((line) => line.kind + line.text),
    ];
  });
  const header = [`diff --git a/${PATH} b/${PATH}`, `--- a/${PATH}`, `+++ b/${PATH}`];
  return [...header, ...text.flat(), ""].join("\n");
}

/** The function that a hunk stands in, by its header. */
export function functionOf(hunk: Hunk): string {
  const name = /(\w+)\(/.exec(hunk.header)?.[1];
  assert.ok(name, `hunk without a function: ${hunk.header}`);
  return name;
}
