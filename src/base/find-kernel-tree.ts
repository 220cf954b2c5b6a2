/** The tree around the current folder: a kernel's top, else the top of a git work tree. */
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";

const KERNEL_TOP = ["Kbuild", "MAINTAINERS", "mm", join("include", "linux")];

/** null when `folder` is inside neither. */
export function findKernelTree(folder: string): string | null {
  return (
    firstAbove(folder, (dir) => KERNEL_TOP.every((name) => existsSync(join(dir, name)))) ??
    firstAbove(folder, (dir) => existsSync(join(dir, ".git")))
  );
}

function firstAbove(folder: string, wanted: (dir: string) => boolean): string | null {
  for (let dir = resolve(folder); ; dir = dirname(dir)) {
    if (wanted(dir)) return dir;
    if (dir === dirname(dir)) return null;
  }
}
