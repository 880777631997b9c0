/**
 * One participant's dots: how the server last said they are, and what the participant has wished since. No DOM, no network.
 *
 * A dot has at most one wish. One that was sent keeps its `op` and the revision it replaces until it is answered, however
 * often it is sent; if the participant changes their mind meanwhile, the newer wish waits its turn in `next`.
 *
 * @typedef {[response: number | null, rev: number]} Slot
 * @typedef {{ dot: number, replaces: number, response: number | null, op: string }} Move
 * @typedef {Move & { sent: boolean, next?: number | null }} Wish
 * @typedef {{ exercise: number, allowance: number, dots: Slot[], finished?: boolean }} Told
 * @typedef {{ dot: number, op: string, outcome: "moved" | "repeated" | "stale" | "refused", error?: import("./ask.js").Problem }} Outcome
 * @typedef {import("./ask.js").Problem & { response?: number | null }} Refused what was wrong, and where the dot was to be
 */

export class Ballot {
  /** @type {Map<number, Wish>} */
  #wishes = new Map();

  /** Responses that were withdrawn while we watched: dots on them count as in hand. @type {Set<number>} */
  gone = new Set();

  /**
   * @param {Slot[]} slots
   * @param {() => string} newOp
   */
  constructor(slots, newOp = randomOp) {
    this.slots = slots;
    this.newOp = newOp;
  }

  get allowance() {
    return this.slots.length;
  }

  // Where the dots are, as the participant means it -----------------------------------------------------------------

  /**
   * The response that a dot is on, or null: in hand.
   *
   * @param {number} dot
   * @returns {number | null}
   */
  at(dot) {
    const wish = this.#wishes.get(dot);
    const meant = wish ? latest(wish) : this.slots[dot - 1][0];
    return meant !== null && this.gone.has(meant) ? null : meant;
  }

  /** @param {number | null} response @returns {number[]} */
  dotsOn(response) {
    return this.numbers.filter((dot) => this.at(dot) === response);
  }

  get numbers() {
    return this.slots.map((_, index) => index + 1);
  }

  get left() {
    return this.dotsOn(null).length;
  }

  get placed() {
    return this.allowance - this.left;
  }

  /** How many of the placed dots are stored where they are shown. */
  get saved() {
    return this.numbers.filter((dot) => this.at(dot) !== null && !this.#wishes.has(dot)).length;
  }

  /** How many dots the server counts. */
  get counted() {
    return this.slots.filter(([response]) => response !== null && !this.gone.has(response)).length;
  }

  /** How many dots wait for the server's word. */
  get waiting() {
    return this.#wishes.size;
  }

  // Wishing ---------------------------------------------------------------------------------------------------------

  /** Put a dot on a response. False where none is in hand. @param {number} response */
  place(response) {
    const [dot] = this.dotsOn(null);
    return this.#wish(dot, response);
  }

  /** Take a dot back from a response. False where none is there. @param {number} response */
  take(response) {
    return this.#wish(this.dotsOn(response).at(-1), null);
  }

  takeAll() {
    for (const dot of this.numbers) if (this.at(dot) !== null) this.#wish(dot, null);
  }

  /**
   * @param {number | undefined} dot
   * @param {number | null} response
   */
  #wish(dot, response) {
    if (dot === undefined) return false;
    const wish = this.#wishes.get(dot);
    if (wish?.sent) {
      if (wish.response === response) delete wish.next;
      else wish.next = response;
    } else {
      this.#want(dot, response);
    }
    return true;
  }

  /**
   * Wish anew, unless it is so already.
   *
   * @param {number} dot
   * @param {number | null} response
   */
  #want(dot, response) {
    const [on, rev] = this.slots[dot - 1];
    if (on === response) this.#wishes.delete(dot);
    else this.#wishes.set(dot, { dot, replaces: rev, response, op: this.newOp(), sent: false });
  }

  // Sending and being answered --------------------------------------------------------------------------------------

  /** What to send now: the same again for what was sent before and not answered. @returns {Move[]} */
  toSend() {
    for (const wish of this.#wishes.values()) {
      if (!wish.sent) wish.replaces = this.slots[wish.dot - 1][1];
      wish.sent = true;
    }
    return [...this.#wishes.values()].map(({ dot, replaces, response, op }) => ({
      dot,
      replaces,
      response,
      op,
    }));
  }

  /**
   * The answer to `move`: settles the wishes it names, and no others.
   *
   * @param {{ ballot: Told, moves: Outcome[] }} answer
   * @returns {{ stale: boolean, refused: Refused[] }}
   */
  answered(answer) {
    this.adopt(answer.ballot);
    let stale = false;
    /** @type {Refused[]} */
    const refused = [];
    for (const { dot, op, outcome, error } of answer.moves) {
      const wish = this.#wishes.get(dot);
      if (wish?.op !== op) continue;
      this.#wishes.delete(dot);
      if (outcome === "stale") stale = true;
      if (outcome === "refused" && error) refused.push({ ...error, response: wish.response });
      // What was wished after a stale wish was wished in ignorance; after closing, nothing is to be wished any more.
      const isOver = outcome === "stale" || error?.code === "voting_closed";
      if (wish.next !== undefined && !isOver) this.#want(dot, wish.next);
    }
    return { stale, refused };
  }

  /**
   * How the server says the dots are. What it said earlier of a dot and comes later is passed over.
   *
   * @param {Told} told
   * @returns {boolean} whether a dot that nothing is wished of was moved
   */
  adopt(told) {
    if (told.dots.length !== this.allowance) {
      this.slots = told.dots;
      this.#wishes.clear();
      return true;
    }
    let moved = false;
    for (const [index, [response, rev]] of told.dots.entries()) {
      const [before, known] = this.slots[index];
      if (rev < known) continue;
      this.slots[index] = [response, rev];
      if (before !== response && rev > known && !this.#wishes.has(index + 1)) moved = true;
    }
    return moved;
  }

  /**
   * Another allowance: the facilitator changed it before anybody placed a dot.
   *
   * @param {number} allowance
   */
  resize(allowance) {
    for (const dot of this.numbers) if (dot > allowance) this.#wishes.delete(dot);
    this.slots = Array.from({ length: allowance }, (_, index) => this.slots[index] ?? [null, 0]);
  }

  /** Let go of wishes that the server will never take. @param {Move[]} moves */
  drop(moves) {
    for (const { dot, op } of moves) if (this.#wishes.get(dot)?.op === op) this.#wishes.delete(dot);
  }

  // Keeping ---------------------------------------------------------------------------------------------------------

  /** Everything that is not answered yet. @returns {Wish[]} */
  get unanswered() {
    return [...this.#wishes.values()];
  }

  /**
   * Take up wishes from an earlier page. They may have been sent, so they are kept as they were.
   *
   * @param {Wish[]} wishes
   */
  restore(wishes) {
    for (const wish of wishes)
      if (wish.dot <= this.allowance) this.#wishes.set(wish.dot, { ...wish, sent: true });
  }
}

/** @param {Wish} wish */
const latest = (wish) => (wish.next !== undefined ? wish.next : wish.response);

// Not crypto.randomUUID: it is missing where the page came over plain http, as in most meeting rooms.
function randomOp() {
  const bytes = crypto.getRandomValues(new Uint8Array(9));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_");
}
