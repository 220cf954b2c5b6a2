/**
 * Finds what a definition at the top level defines, from its tokens before the `{`: which of
 * several `name(…)` groups is the function and its parameter list, and which are attribute
 * macros. Works by shape, not by a list of attributes, because every kernel version adds some.
 */

export interface HeadToken {
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface FunctionHead {
  readonly name: string;
  readonly start: number;
  readonly isStatic: boolean;
}

/** `open` and `close` are token indices of the parentheses; the name stands before `open`. */
interface Group {
  readonly open: number;
  readonly close: number;
}

/** Macros whose first argument is the system call defined. */
const SYSCALL = /^(COMPAT_)?\w*SYSCALL\w*_DEFINE\d$|^(COMPAT_)?SYSCALL\w*_DEFINE\d$/;

const KEYWORDS = new Set([
  "const",
  "volatile",
  "struct",
  "union",
  "enum",
  "unsigned",
  "signed",
  "restrict",
]);

/** Null when the tokens are no function's head. */
export function parseFunctionHead(tokens: readonly HeadToken[]): FunctionHead | null {
  const groups = findGroups(tokens);
  const group = groups === null ? undefined : chooseGroup(tokens, groups);
  if (groups === null || group === undefined) return null;
  const nameToken = tokens[group.open - 1] as HeadToken;
  const first = leadingMacros(groups, group);
  const syscall = syscallName(nameToken.text, tokens[group.open + 1]?.text);
  return {
    name: syscall ?? nameToken.text,
    start: (tokens[first] as HeadToken).start,
    isStatic:
      syscall !== null || tokens.slice(first, group.open).some((token) => token.text === "static"),
  };
}

/** `__do_sys_open` for `SYSCALL_DEFINE3(open, …)`, as the kernel's macros name the body. */
export function syscallName(macro: string, argument: string | undefined): string | null {
  const match = SYSCALL.exec(macro);
  if (!match || argument === undefined) return null;
  return `${macro.startsWith("COMPAT_") ? "__do_compat_sys_" : "__do_sys_"}${argument}`;
}

/** Groups `name(…)` outside any parentheses; null when the tokens are an initialised object. */
function findGroups(tokens: readonly HeadToken[]): Group[] | null {
  const groups: Group[] = [];
  let depth = 0;
  let open = 0;
  for (let i = 0; i < tokens.length; i++) {
    const text = (tokens[i] as HeadToken).text;
    if (text === "(") {
      if (depth++ === 0) open = i;
    } else if (text === ")") {
      if (--depth === 0 && isName(tokens[open - 1]?.text)) groups.push({ open, close: i });
    } else if (depth === 0 && (text === "=" || text === "{")) return null;
  }
  return groups;
}

function isName(text: string | undefined): boolean {
  return text !== undefined && /^[A-Za-z_$]/.test(text) && !KEYWORDS.has(text);
}

function chooseGroup(tokens: readonly HeadToken[], groups: readonly Group[]): Group | undefined {
  const syscall = groups.find((group) => SYSCALL.test((tokens[group.open - 1] as HeadToken).text));
  if (syscall) return syscall;
  const typed = groups.find((group) => group.open > 1 && looksLikeParameters(tokens, group));
  if (typed) return typed;
  // A macro that defines a function, `DEFINE_FOO(name) {`.
  const first = groups[0];
  return first?.open === 1 && first.close === tokens.length - 1 ? first : undefined;
}

/** `()`, `(void)`, `(…, ...)` or a part with two names in a row or a name after a `*`. */
function looksLikeParameters(tokens: readonly HeadToken[], { open, close }: Group): boolean {
  if (close === open + 1) return true;
  if (close === open + 2 && tokens[open + 1]?.text === "void") return true;
  let depth = 0;
  for (let i = open + 1; i < close; i++) {
    const text = (tokens[i] as HeadToken).text;
    if (text === "(" && depth++ === 0 && tokens[i + 1]?.text === "*") return true;
    if (text === ")") depth--;
    if (depth > 0) continue;
    if (text === "...") return true;
    const isWord = /^[A-Za-z_$]/.test(text);
    const before = tokens[i - 1]?.text ?? "";
    if (isWord && i - 1 > open && /^[A-Za-z_$]/.test(before)) return true;
    if (isWord && before === "*" && /^[A-Za-z_$*]/.test(tokens[i - 2]?.text ?? "") && i - 2 > open)
      return true;
  }
  return false;
}

/** Index of the first token after macros such as `__printf(1, 2)` or `core_initcall(f)` that lead. */
function leadingMacros(groups: readonly Group[], chosen: Group): number {
  let first = 0;
  for (const group of groups) {
    if (group === chosen || group.open - 1 !== first) break;
    first = group.close + 1;
  }
  return first;
}
