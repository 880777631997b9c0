/**
 * Wishes that are not answered yet, kept where they outlive the page: a phone that is locked, reloaded or out of battery
 * still sends them. Two tabs share one place, so each puts in and takes out its own and leaves the other's alone.
 *
 * @typedef {import("./ballot.js").Wish} Wish
 */

export class Kept {
  /** What this page put in. @type {Set<string>} */
  #ops = new Set();

  /**
   * @param {string} code
   * @param {number} exercise
   * @param {number} seed tells one participant's ballot from the next one's on the same phone
   */
  constructor(code, exercise, seed) {
    this.place = `eightdots ${code} ${exercise} ${seed}`;
  }

  /** @returns {Wish[]} */
  load() {
    const wishes = this.#read();
    this.#ops = new Set(wishes.map((wish) => wish.op));
    return wishes;
  }

  /** @param {Wish[]} own */
  save(own) {
    const dots = new Set(own.map((wish) => wish.dot));
    const others = this.#read().filter((wish) => !this.#ops.has(wish.op) && !dots.has(wish.dot));
    this.#ops = new Set(own.map((wish) => wish.op));
    try {
      if (own.length + others.length === 0) localStorage.removeItem(this.place);
      else localStorage.setItem(this.place, JSON.stringify([...others, ...own]));
    } catch {
      // Storage is full or switched off: the wishes live as long as the page.
    }
  }

  /** @returns {Wish[]} */
  #read() {
    try {
      return JSON.parse(localStorage.getItem(this.place) ?? "[]");
    } catch {
      return [];
    }
  }
}
