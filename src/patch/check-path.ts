/**
 * Paths in patches are written by strangers: only those that stay inside the tree pass.
 */
import { InputError } from "../findings/input-error.js";

/** The path without `.` and empty parts. Throws when it would leave the tree or enter `.git`. */
export function checkPath(path: string, source: string, line: number): string {
  const trouble = pathTrouble(path);
  if (trouble !== null) {
    throw new InputError(source, line, `path ${JSON.stringify(shorten(path))} ${trouble}`);
  }
  return path
    .split("/")
    .filter((part) => part !== "" && part !== ".")
    .join("/");
}

/** What is wrong with a path, null when nothing. */
export function pathTrouble(path: string): string | null {
  if (path.includes("\0")) return "has a NUL byte in it";
  if ([...path].some((char) => char < " " || char === "\x7f"))
    return "has a control character in it";
  if (path.startsWith("/") || /^[A-Za-z]:[\\/]/.test(path)) return "is outside the tree (absolute)";
  const parts = path.split("/").filter((part) => part !== "" && part !== ".");
  if (parts.length === 0) return "names no file";
  if (parts.includes("..")) return "is outside the tree";
  if (parts.some((part) => part.toLowerCase() === ".git")) return "is inside .git";
  if (path.length > 4096) return "is too long";
  return null;
}

function shorten(path: string): string {
  return path.length > 100 ? `${path.slice(0, 97)}...` : path;
}
