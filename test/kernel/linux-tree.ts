/**
 * Where the kernel tests find Linux: Debian's 6.12, unpacked or as the package's archive, of
 * which the parts that vmalint looks at are unpacked once into the folder for temporary files.
 * No kernel source is part of this repository.
 */
import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** What of a kernel tree is looked at here: the code that handles VMAs, and its headers. */
const PARTS = [
  ".clang-format",
  "Makefile",
  "arch/x86/include",
  "fs/exec.c",
  "fs/userfaultfd.c",
  "include",
  "kernel/fork.c",
  "mm",
];

const ARCHIVE = "/usr/src/linux-source-6.12.tar.xz";
const TOP = "linux-source-6.12";
/** Names the parts and the number of files below the folder; written last. */
const COMPLETE = ".complete";

/** A tree's folder, or why there is none. */
export type Found = { readonly folder: string } | { readonly missing: string };

/** Linux 6.12: `VMALINT_LINUX_612`, else Debian's package. Throws when what is named is no tree. */
export function findLinux612(): Found {
  const given = process.env.VMALINT_LINUX_612 ?? "";
  if (given !== "") return { folder: checkedTree(given, "mm/vma.c", "VMALINT_LINUX_612") };
  if (existsSync(ARCHIVE)) return { folder: unpacked() };
  return { missing: `Linux 6.12 is absent: neither ${ARCHIVE} nor VMALINT_LINUX_612` };
}

/** The folder itself, when it holds the file. */
export function checkedTree(folder: string, file: string, variable: string): string {
  if (existsSync(join(folder, file))) return folder;
  throw new Error(`${variable}: ${folder} has no ${file}`);
}

/** Copies the parts of a tree that matter into a new folder, for a base to be made there. */
export function copyTree(from: string): string {
  const folder = mkdtempSync(join(tmpdir(), "vmalint-linux-"));
  for (const part of PARTS) {
    if (existsSync(join(from, part))) {
      cpSync(join(from, part), join(folder, part), { recursive: true });
    }
  }
  return folder;
}

/** `6.12.48`, from the tree's Makefile; the folder's name when it has none. */
export function versionOf(folder: string): string {
  const makefile = join(folder, "Makefile");
  const text = existsSync(makefile) ? readFileSync(makefile, "utf8") : "";
  const parts = ["VERSION", "PATCHLEVEL", "SUBLEVEL"].map(
    (name) => new RegExp(`^${name} = (\\d+)$`, "m").exec(text)?.[1],
  );
  return parts.includes(undefined) ? folder : parts.join(".");
}

/** Another archive has another size or date, and so a folder of its own. */
function unpacked(): string {
  const { size, mtimeMs } = statSync(ARCHIVE);
  const folder = join(
    tmpdir(),
    `vmalint-linux-6.12-${size.toString(36)}-${Math.floor(mtimeMs / 1000).toString(36)}`,
  );
  if (isComplete(folder)) return folder;
  rmSync(folder, { recursive: true, force: true });
  // Made under another name, so that a run that is interrupted leaves nothing that looks whole.
  const made = mkdtempSync(join(tmpdir(), "vmalint-unpack-"));
  try {
    const members = PARTS.map((part) => `${TOP}/${part}`);
    execFileSync("tar", ["-xJf", ARCHIVE, "-C", made, ...members]);
    const tree = join(made, TOP);
    writeFileSync(join(tree, COMPLETE), contentsOf(tree));
    renameSync(tree, folder);
  } finally {
    rmSync(made, { recursive: true, force: true });
  }
  return folder;
}

/** Folders for temporary files are swept, file by file. */
function isComplete(folder: string): boolean {
  const marker = join(folder, COMPLETE);
  return existsSync(marker) && readFileSync(marker, "utf8") === contentsOf(folder);
}

function contentsOf(folder: string): string {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => !entry.isDirectory() && entry.name !== COMPLETE);
  return `${PARTS.join(" ")}: ${files.length} files\n`;
}
