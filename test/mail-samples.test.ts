/**
 * Every shape in which a patch arrives: the files of samples/mail, read, based on samples/mail/tree
 * and applied, against the JSON beside each. All carry the same three patches, so a result's blob
 * id proves that decoding lost nothing.
 */
import assert from "node:assert/strict";
import { existsSync, readdirSync, readFileSync, statSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { blobId } from "../src/base/blob-id.js";
import { openTree } from "../src/base/folder-tree.js";
import { readPatchFolder } from "../src/base/patch-folder.js";
import { type PreparedPatch, preparePatch } from "../src/base/prepare-patch.js";
import { InputError } from "../src/findings/input-error.js";
import { readMailbox } from "../src/mail/read-patches.js";

const top = join(dirname(fileURLToPath(import.meta.url)), "../../samples/mail");
const places = { tree: openTree(join(top, "tree")), repository: null, base: null };

function boxes(path: string) {
  if (statSync(path).isDirectory()) return readPatchFolder(path);
  return [[{ name: path, bytes: readFileSync(path) }]];
}

/** What is said about a sample: its patches with their results, and what is wrong with it. */
async function outcome(path: string) {
  const patches: object[] = [];
  const errors: object[] = [];
  let previous: PreparedPatch | null = null;
  for (const box of boxes(path)) {
    const mailbox = await readMailbox(box);
    errors.push(...mailbox.errors.map(errorText));
    for (const text of mailbox.patches) {
      try {
        const prepared: PreparedPatch = preparePatch(text, { places, previous });
        errors.push(...prepared.errors.map(errorText));
        if (!prepared.fits) continue;
        previous = prepared;
        patches.push(summary(prepared));
      } catch (error) {
        assert.ok(error instanceof InputError, String(error));
        errors.push(errorText(error));
      }
    }
  }
  return { patches, errors };
}

function summary({ text, files, base, notes }: PreparedPatch) {
  const { subject, from, messageId, index, total, version, quoted } = text;
  const results = Object.fromEntries(
    files.map((file) => [
      file.newPath ?? file.oldPath,
      file.after === null ? null : blobId(file.after).slice(0, 12),
    ]),
  );
  const hunks = files.reduce((sum, file) => sum + file.hunks.length, 0);
  return {
    subject,
    from,
    messageId,
    index,
    total,
    version,
    quoted,
    hunks,
    base: base.how,
    results,
    notes,
  };
}

const errorText = (error: InputError) => ({
  file: relative(top, error.file),
  line: error.line,
  text: error.message,
});

for (const name of readdirSync(top)) {
  if (name === "tree" || name.endsWith(".json")) continue;
  test(`sample ${name}`, async () => {
    const expected = join(top, `${name}.json`);
    const actual = await outcome(join(top, name));
    assert.ok(
      existsSync(expected),
      `${name}.json is missing; it would be\n${JSON.stringify(actual, null, 2)}`,
    );
    assert.deepEqual(actual, JSON.parse(readFileSync(expected, "utf8")));
  });
}
