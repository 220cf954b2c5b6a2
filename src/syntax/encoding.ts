/**
 * Names under which `shape-tokens.ts` hands to the parser what C has no syntax for, and by
 * which the builders know it again.
 */

/** `while (EACH(head(args)))`: a loop head that is not defined in reach. */
export const EACH = "__vmalint_each";
/**
 * `while (SCOPE(call(args)))`: a call that opens a scope for one statement;
 * `while (SCOPE(({ enter }), ({ leave })))` where it is known what is done on its ends.
 */
export const SCOPE = "__vmalint_scope";
/** `LEAVE(({ … }));`: what runs when the scope that it stands in ends. */
export const LEAVE = "__vmalint_leave";
/** `if (MAYBE())`: this way or the other. */
export const MAYBE = "__vmalint_maybe";
/** `case RANGE(a, b):` for `case a ... b:`. */
export const RANGE = "__vmalint_range";
/** `ASM(label, label)`: an asm statement with the labels it may jump to. */
export const ASM = "__vmalint_asm";
/** `struct TYPEOF` for `typeof(…)`. */
export const TYPEOF = "__vmalint_typeof";
/** `goto COMPUTED;` for `goto *expression;` */
export const COMPUTED = "__vmalint_computed";
