/** Which line of a file before a patch is which line after it. Lines count from 1. */

/** `oldCount` lines from `oldStart` on became `newCount` lines from `newStart` on; one may be 0. */
export interface Edit {
  readonly oldStart: number;
  readonly oldCount: number;
  readonly newStart: number;
  readonly newCount: number;
}

/** Edits are in file order, do not touch each other and hold no unchanged line. */
export class LineMap {
  readonly edits: readonly Edit[];

  constructor(edits: readonly Edit[]) {
    this.edits = edits;
  }

  /** Line before, null when the patch added this one. */
  toBefore(after: number): number | null {
    const edit = this.editAt((candidate) => candidate.newStart <= after);
    if (edit === null) return after;
    if (after < edit.newStart + edit.newCount) return null;
    return after - edit.newStart - edit.newCount + edit.oldStart + edit.oldCount;
  }

  /** Line after, null when the patch removed this one. */
  toAfter(before: number): number | null {
    const edit = this.editAt((candidate) => candidate.oldStart <= before);
    if (edit === null) return before;
    if (before < edit.oldStart + edit.oldCount) return null;
    return before - edit.oldStart - edit.oldCount + edit.newStart + edit.newCount;
  }

  /**
   * Lines of the before side that stood directly above a line of the after side and are gone; of
   * several lines that took their place, above the first.
   */
  removedAbove(after: number): number[] {
    const edit = this.editAt((candidate) => candidate.newStart <= after);
    if (edit?.newStart !== after) return [];
    return Array.from({ length: edit.oldCount }, (_, index) => edit.oldStart + index);
  }

  private editAt(reached: (edit: Edit) => boolean): Edit | null {
    let low = 0;
    let high = this.edits.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (reached(this.edits[middle] as Edit)) low = middle + 1;
      else high = middle;
    }
    return this.edits[low - 1] ?? null;
  }
}
