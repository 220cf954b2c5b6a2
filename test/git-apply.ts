/** What `git apply` makes of made patches, many at a time, and what vmalint makes of them. */
import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { preparePatch } from "../src/base/prepare-patch.js";
import type { Tree } from "../src/base/tree.js";
import { InputError } from "../src/findings/input-error.js";
import { readMailbox } from "../src/mail/read-patches.js";
import type { PatchCase } from "./patch-cases.js";

/** The files afterwards, or why it was refused. */
export type Outcome = ReadonlyMap<string, string> | string;

/** For each case what git does, outside any repository. */
export function byGit(cases: readonly PatchCase[]): Outcome[] {
  const top = mkdtempSync(join(tmpdir(), "vmalint-apply-"));
  try {
    for (const [index, { files, patch }] of cases.entries()) {
      mkdirSync(join(top, `${index}`));
      for (const [path, text] of files) {
        const file = join(top, `${index}`, Buffer.from(path, "latin1").toString("utf8"));
        mkdirSync(dirname(file), { recursive: true });
        writeFileSync(file, text, "latin1");
      }
      writeFileSync(join(top, `${index}.patch`), patch, "latin1");
    }
    execFileSync("sh", ["-c", SCRIPT, "sh", `${cases.length}`], {
      cwd: top,
      env: {
        ...process.env,
        GIT_CEILING_DIRECTORIES: top,
        GIT_CONFIG_NOSYSTEM: "1",
        HOME: top,
        LC_ALL: "C",
      },
    });
    return cases.map((_, index) => {
      const refusal = join(top, `${index}.bad`);
      return existsSync(refusal)
        ? readFileSync(refusal, "utf8")
        : filesBelow(join(top, `${index}`));
    });
  } finally {
    rmSync(top, { recursive: true });
  }
}

const SCRIPT = `
i=0
while [ $i -lt $1 ]; do
  cd $i
  git apply --whitespace=nowarn ../$i.patch 2>../$i.err || mv ../$i.err ../$i.bad
  cd ..
  i=$((i + 1))
done`;

function filesBelow(top: string): Map<string, string> {
  const files = new Map<string, string>();
  for (const name of readdirSync(top, { recursive: true, encoding: "utf8" }).sort()) {
    const path = join(top, name);
    if (statSync(path).isFile()) files.set(relative(top, path), readFileSync(path, "latin1"));
  }
  return files;
}

/** The same by vmalint, of the whole patch or not at all. */
export async function byUs({
  files,
  patch,
}: PatchCase): Promise<{ outcome: Outcome; notes: readonly string[] }> {
  const texts = new Map([...files].map(([path, text]) => [utf8(path), utf8(text)]));
  const tree: Tree = { read: (path) => texts.get(path) ?? null, find: () => [] };
  const { patches, errors } = await readMailbox([
    { name: "x.patch", bytes: Buffer.from(patch, "latin1") },
  ]);
  const notes: string[] = [];
  const complaints = errors.map(({ line, message }) => `${line}: ${message}`);
  const after = new Map(texts);
  const places = { tree, repository: null, base: null };
  for (const text of patches) {
    try {
      const prepared = preparePatch(text, { places });
      notes.push(...prepared.notes);
      complaints.push(...prepared.errors.map(({ line, message }) => `${line}: ${message}`));
      for (const { oldPath, newPath, file } of prepared.files)
        if (oldPath !== null && oldPath !== newPath && file.kind !== "copy") after.delete(oldPath);
      for (const { newPath } of prepared.files)
        if (newPath !== null) after.set(newPath, prepared.after.read(newPath) ?? "");
    } catch (error) {
      if (!(error instanceof InputError)) throw error;
      complaints.push(`${error.line}: ${error.message}`);
    }
  }
  if (patches.length === 0 && complaints.length === 0) complaints.push("no patch in it");
  if (complaints.length > 0) return { outcome: complaints.join("; "), notes };
  const sorted = [...after].sort(([a], [b]) => (a < b ? -1 : 1));
  return {
    outcome: new Map(sorted.map(([path, text]) => [path, Buffer.from(text).toString("latin1")])),
    notes,
  };
}

function utf8(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}
