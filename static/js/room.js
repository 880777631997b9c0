/**
 * How many more of one's dots each column takes, where columns have allowances of their own.
 *
 * @typedef {import("./ballot.js").Ballot} Ballot
 */

import { stage } from "./patch.js";
import { sentence } from "./words.js";

export class Room {
  /** @param {Ballot} ballot */
  constructor(ballot) {
    this.ballot = ballot;
  }

  /** How many dots may lie in a column, wherever that is limited. @param {string} side */
  allowance(side) {
    const place = this.#places.find((each) => each.dataset.side === side);
    return place ? Number(place.dataset.allowance) : Number.POSITIVE_INFINITY;
  }

  /** How many more a column takes. @param {string} side */
  left(side) {
    if (this.allowance(side) === Number.POSITIVE_INFINITY) return Number.POSITIVE_INFINITY;
    const there = this.ballot.numbers.filter((dot) => sideOf(this.ballot.at(dot)) === side);
    return Math.max(0, this.allowance(side) - there.length);
  }

  paint() {
    for (const place of this.#places) {
      const { side = "", allowance = "" } = place.dataset;
      place.textContent = sentence("room", { left: this.left(side), allowance });
    }
  }

  get #places() {
    return /** @type {HTMLElement[]} */ ([...stage().querySelectorAll("[data-own=room]")]);
  }
}

/** The column that a response stands in. @param {number | null} response */
const sideOf = (response) =>
  response === null ? undefined : document.getElementById(`r${response}`)?.dataset.side;
