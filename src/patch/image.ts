/**
 * A file while hunks are put into it. Hunks come in order as a rule, so it is kept as an array
 * with a gap where the last one went: a hundred thousand of them cost no more than their lines.
 */

/** A line of the file as the hunks so far leave it. */
export interface ImageLine {
  readonly text: string;
  /** Index in the file before; -1 when a hunk added it. */
  readonly from: number;
  /** Number of the hunk that has it as context or added it; 0: none. */
  readonly hunk: number;
}

export class Image {
  /** Above the gap, in order. */
  readonly #above: ImageLine[] = [];
  /** Below the gap, the nearest last. */
  readonly #below: ImageLine[];

  constructor(lines: readonly string[]) {
    this.#below = lines.map((text, from) => ({ text, from, hunk: 0 })).reverse();
  }

  get length(): number {
    return this.#above.length + this.#below.length;
  }

  at(index: number): ImageLine | undefined {
    const above = this.#above.length;
    return index < above
      ? this.#above[index]
      : this.#below[this.#below.length - 1 - (index - above)];
  }

  /** Returns how many lines had to be moved. */
  replace(at: number, count: number, lines: readonly ImageLine[]): number {
    const moved = Math.abs(this.#above.length - at);
    while (this.#above.length < at) this.#above.push(this.#below.pop() as ImageLine);
    while (this.#above.length > at) this.#below.push(this.#above.pop() as ImageLine);
    this.#below.length -= count;
    for (const line of lines) this.#above.push(line);
    return moved;
  }

  lines(): ImageLine[] {
    return this.#above.concat(this.#below.slice().reverse());
  }
}
