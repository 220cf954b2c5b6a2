/**
 * The work that one side of a patch may spend, counted in what is done and never in time, so that
 * the same input gives the same output: characters of functions that are parsed, and units of what
 * is executed and reported. Bounds of one function do not bound a run: many functions may each come
 * close to theirs.
 *
 * Each function takes at most a part of what is left in a common pool, and has a little of its
 * own besides: one that comes late is not starved by those that came early.
 */

/** Units of work in the pool. A unit is a state that enters a block or an entry of its store. */
const POOL = 4_000_000;
/** The part of the pool that one function may take. */
const PART = 4;
/** Units a function has of its own; of many functions the later ones have less. */
const OWN = 5_000;
/** So many functions have all of that. What a kernel needs beyond it, the pool has many times. */
const MANY = 200;
/** Characters of a function that is looked at. The kernel's longest that handle VMAs have a tenth. */
const LONGEST = 100_000;
/** Characters of all functions together; a release as one patch has more than half. */
const MOST_TEXT = 3_000_000;
/** What a function costs, however short, as so many characters of it. */
const EACH = 400;

export class Budget {
  /** Names of functions that could not be parsed. */
  readonly unread = new Set<string>();
  #text = MOST_TEXT;
  #pool: number;
  #own = OWN;
  #functions = 0;
  #part: number;

  constructor(pool = POOL) {
    this.#pool = pool;
    this.#part = Math.floor(pool / PART);
  }

  /** The next function: what follows is spent on it and on its callees. */
  next(): void {
    this.#functions++;
    this.#own = Math.floor(OWN * Math.min(1, MANY / this.#functions));
    this.#part = Math.floor(this.#pool / PART);
  }

  /** Whether a function of so many characters may be parsed. A long one leaves room for short ones. */
  parse(name: string, length: number): boolean {
    const cost = length + EACH;
    const isTooMuch = length > LONGEST || cost > this.#text || this.unread.has(name);
    if (isTooMuch) this.unread.add(name);
    else this.#text -= cost;
    return !isTooMuch;
  }

  get isSpent(): boolean {
    return this.#own <= 0 && this.#part <= 0;
  }

  spend(work: number): void {
    const own = Math.min(work, Math.max(this.#own, 0));
    this.#own -= own;
    this.#part -= work - own;
    this.#pool = Math.max(this.#pool - (work - own), 0);
  }
}
