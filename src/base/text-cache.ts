/** Texts of files by path, as many as fit into a budget; the longest unused go first. */

/** UTF-16 units: at most twice as many bytes. */
const BUDGET = 48 * 1024 * 1024;

export class TextCache {
  readonly #texts = new Map<string, string | null>();
  #size = 0;

  get(path: string, read: () => string | null): string | null {
    const known = this.#texts.get(path);
    if (known !== undefined) {
      this.#texts.delete(path);
      this.#texts.set(path, known);
      return known;
    }
    const text = read();
    this.#texts.set(path, text);
    this.#size += text?.length ?? 0;
    for (const [oldest, old] of this.#texts) {
      if (this.#size <= BUDGET || oldest === path) break;
      this.#texts.delete(oldest);
      this.#size -= old?.length ?? 0;
    }
    return text;
  }
}
