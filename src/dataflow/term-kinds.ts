/** What terms are: values by their structure and origin. The table of them is `term.ts`. */

export type TermId = number;
export type Location = string;

/** Where an atom came from. `frame` is the context of the activation in which it appeared. */
export type Origin =
  | { readonly kind: "param"; readonly name: string }
  /** What a location held before anything known was written to it. */
  | { readonly kind: "entry"; readonly base: TermId | null; readonly path: string }
  /** A call's result. `fresh`: a new object nobody else knows. */
  | {
      readonly kind: "result";
      readonly callee: string;
      readonly frame: number;
      readonly site: string;
      readonly fresh: boolean;
    }
  | { readonly kind: "uninitialised"; readonly name: string; readonly frame: number }
  /** Not modelled; `frame` is where it became so. */
  | { readonly kind: "unknown"; readonly frame: number; readonly site: string }
  | { readonly kind: "config"; readonly symbol: string }
  /** A named constant that is not zero. */
  | { readonly kind: "constant"; readonly name: string };

export type Term =
  | { readonly kind: "int"; readonly value: number }
  | {
      readonly kind: "atom";
      readonly key: string;
      readonly origin: Origin;
      readonly generation: number;
    }
  | { readonly kind: "address"; readonly of: Location }
  /** Comparisons are normalised to `==` and `<`, negation to `!`. */
  | {
      readonly kind: "op";
      readonly op: string;
      readonly args: readonly TermId[];
      readonly depth: number;
    };
