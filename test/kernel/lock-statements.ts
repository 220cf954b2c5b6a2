/**
 * The statements of a kernel that take a VMA write lock, wherever they stand, found by their text:
 * the engine that is tested has no part in it. Bodies of the primitives themselves are left out.
 */
import type { Tree } from "../../src/base/tree.js";

/** Lines `start` to `end` (exclusive) of a file: a call, with the test of its result if it has one. */
export interface LockStatement {
  readonly path: string;
  readonly source: readonly string[];
  readonly start: number;
  readonly end: number;
  readonly function: string;
  /** The line on which the function's head begins. */
  readonly head: number;
  readonly object: string;
  readonly isKillable: boolean;
}

const FOLDERS = ["mm", "kernel", "fs", "arch", "drivers", "include/linux"];
const PRIMITIVES = ["vma_start_write", "vma_start_write_killable"];
const CALL = /^\s*(?:(\w+) = |if \()?(vma_start_write(?:_killable)?)\(([^()]*)\)(;|\)(?: \{)?)$/;

export function lockStatements(tree: Tree): LockStatement[] {
  return tree
    .find(PRIMITIVES, FOLDERS)
    .filter((path) => path.endsWith(".c") || path === "include/linux/mm.h")
    .sort()
    .flatMap((path) => statementsOf(path, (tree.read(path) ?? "").split("\n")));
}

function statementsOf(path: string, source: readonly string[]): LockStatement[] {
  return source.flatMap((line, start) => {
    const [, result, callee, object = "", rest = ""] = CALL.exec(line) ?? [];
    const head = source.findLastIndex((text, index) => index < start && /^\w.*\(/.test(text));
    const name = /(\w+)\(/.exec(source[head] ?? "")?.[1] ?? "";
    if (callee === undefined || PRIMITIVES.includes(name)) return [];
    let end = start + 1;
    if (rest !== ";") end = endOfIf(source, start);
    else if (new RegExp(`^\\s*if \\(!?${result}\\b`).test(source[end] ?? ""))
      end = endOfIf(source, end);
    const isKillable = callee !== PRIMITIVES[0];
    return [{ path, source, start, end, function: name, head, object, isKillable }];
  });
}

/** The line after an `if` on one line, and after its one arm. */
function endOfIf(source: readonly string[], at: number): number {
  const line = source[at] as string;
  if (!line.endsWith("{")) return at + 2;
  const closing = `${/^\s*/.exec(line)?.[0]}}`;
  return source.indexOf(closing, at) + 1;
}

/** The file with other lines for the statement. Where it is all of an arm, `;` stands for none. */
export function withInstead(lock: LockStatement, lines: readonly string[]): string[] {
  const { source, start, end } = lock;
  const indent = /^\s*/.exec(source[start] as string)?.[0] ?? "";
  const isArm = isAllOfAnArm(lock);
  const own = lines.length === 0 && isArm ? [";"] : lines;
  const body = own.length > 1 && isArm ? ["{", ...own.map((text) => `\t${text}`), "}"] : own;
  return source.toSpliced(start, end - start, ...body.map((text) => `${indent}${text}`));
}

/** Under an `if`, an `else` or a loop without braces. */
export function isAllOfAnArm({ source, start }: LockStatement): boolean {
  return /^\s*(?:\} )?(?:(?:if|else|while|for|for_each\w*)\b.*\)|else)$/.test(
    source[start - 1] as string,
  );
}
