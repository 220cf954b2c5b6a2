/**
 * Bad input from the world: a patch that does not apply, a path outside the tree. Thrown in
 * `mail/`, `patch/` and `base/`, caught in `review.ts`, printed as one line, exit 2.
 */
export class InputError extends Error {
  /** Name of the input as the user gave it. */
  readonly file: string;
  /** Line in that input, from 1; 0 when the input as a whole is meant. */
  readonly line: number;

  constructor(file: string, line: number, text: string) {
    super(text);
    this.name = "InputError";
    this.file = file;
    this.line = line;
  }
}
