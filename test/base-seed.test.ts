/**
 * The mail this program began with: a quoted reply without its white space. On Linux 6.5's
 * mm/mmap.c, changed as the patches before it in its series do, it must come out exact to the
 * byte. Needs the mail beside the repository and VMALINT_LINUX_65=<folder>; no kernel source is
 * kept here.
 */
import assert from "node:assert/strict";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, test } from "node:test";
import { fileURLToPath } from "node:url";
import { blobId } from "../src/base/blob-id.js";
import { openTree } from "../src/base/folder-tree.js";
import { preparePatch } from "../src/base/prepare-patch.js";
import { readPatches } from "../src/mail/read-patches.js";

const seeds = join(dirname(fileURLToPath(import.meta.url)), "../../../shared/seed");
const mail = existsSync(seeds)
  ? readdirSync(seeds).find((name) => name.endsWith(".txt"))
  : undefined;
const linux = process.env.VMALINT_LINUX_65 ?? "";

const noMail = mail === undefined ? "the seed mail is not beside the repository" : false;
const noBase =
  noMail ||
  (existsSync(join(linux, "mm/mmap.c")) ? false : "VMALINT_LINUX_65 does not name Linux 6.5");

const folder = mkdtempSync(join(tmpdir(), "vmalint-seed-"));
after(() => rmSync(folder, { recursive: true }));

async function seed() {
  const name = join(seeds, mail as string);
  const [text, ...others] = await readPatches({ name, bytes: readFileSync(name) });
  assert.ok(text !== undefined && others.length === 0);
  return text;
}

/** The base of the seed, from 6.5's file: what the patches before it in its series changed. */
function baseOf(text: string): string {
  const lines = text.split("\n");
  lines.splice(3347, 1);
  lines.splice(3100, 0, "\tvma_start_write(vma);");
  lines.splice(479, 1, "\tif (vp->insert)", "\t\tvma_start_write(vp->insert);");
  lines.splice(414, 0, "\tvma_start_write(vma);", "");
  return lines.join("\n");
}

test("the seed says what it is", { skip: noMail }, async () => {
  const { subject, index, total, version, quoted } = await seed();
  assert.deepEqual(
    { subject, index, total, version, quoted },
    {
      subject: "mm: move vma locking out of vma_prepare",
      index: 6,
      total: 6,
      version: 1,
      quoted: true,
    },
  );
});

test("the seed is recovered to the byte", { skip: noBase }, async () => {
  const base = baseOf(readFileSync(join(linux, "mm/mmap.c"), "utf8"));
  assert.equal(blobId(base), "850a39dee0754ab11aa64dff2d2a23699e9b33bf");
  mkdirSync(join(folder, "mm"));
  writeFileSync(join(folder, "mm/mmap.c"), base);
  const prepared = preparePatch(await seed(), {
    places: { tree: openTree(folder), repository: null, base: null },
  });
  const [file] = prepared.files;
  assert.equal(file?.hunks.length, 11);
  assert.equal(blobId(file?.after ?? ""), "e59d83cb1d7af9d1554d4948d8832f407f21eb0a");
  assert.deepEqual(prepared.base, {
    how: "blob",
    commit: null,
    files: [{ path: "mm/mmap.c", id: "850a39dee075", exact: true }],
  });
  assert.deepEqual(prepared.notes, [
    "recovered from a quoted reply; the result has the id of the index line, so it is exact",
  ]);
});

test("on another base the seed is refused with the line that does not fit", {
  skip: noBase,
}, async () => {
  const places = { tree: openTree(linux), repository: null, base: null };
  const { fits, errors } = preparePatch(await seed(), { places });
  assert.equal(fits, false);
  assert.match(
    errors[0]?.message ?? "",
    /hunk 1 of mm\/mmap\.c, quoted, does not fit: "- if \(vp->insert\)" is not in the file near line 476/,
  );
});
