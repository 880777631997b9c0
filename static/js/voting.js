/**
 * Taps on − Remove and + Add dot. They are painted at once over what everybody sees, and sent meanwhile.
 *
 * @typedef {import("./ballot.js").Ballot} Ballot
 */

import { say, sayOfOthers, silence, tell } from "./announce.js";
import { cards, numberOf, onPatched, stage } from "./patch.js";
import { disc } from "./sheet.js";
import { counted, sentence } from "./words.js";

/** More dots than this on one response are a disc and a number. */
const MOST_DISCS = 8;

export class Voting {
  /** How many dots came back from what was withdrawn since that was last said. @type {Map<number, number>} */
  #back = new Map();

  /**
   * @param {object} parts
   * @param {Ballot} parts.ballot
   * @param {import("./room.js").Room} parts.room
   * @param {(response: number) => boolean} parts.isBarred whether one may not vote for it
   * @param {() => void} parts.wished called after a tap
   */
  constructor(parts) {
    this.parts = parts;
    document.addEventListener("submit", (event) => this.#submitted(event));
    this.#confirmTakingAllBack();
    onPatched(({ before, phase, isNewStage, removed, added }) => {
      if (phase === "vote" && before === "vote") this.#withdrawn(removed);
      for (const card of added) parts.ballot.gone.delete(numberOf(card));
      if (isNewStage || added.length > 0 || removed.length > 0) this.paint();
    });
  }

  // Taps ------------------------------------------------------------------------------------------------------------

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = /** @type {HTMLElement} */ (event.target);
    if (!form.matches("#stage [data-place], #stage [data-take], #stage [data-own=back]")) return;
    event.preventDefault();
    silence();
    if (form.matches("[data-own=back]")) return this.#askToTakeAllBack();
    const card = /** @type {HTMLElement} */ (form.closest("[data-number]"));
    const number = numberOf(card);
    const { ballot, room } = this.parts;
    const { side = "" } = card.dataset;
    if (form.matches("[data-place]") && ballot.left > 0 && room.left(side) === 0)
      return say(sentence("full", { most: room.allowance(side), left: ballot.left }));
    const isTaken = form.matches("[data-take]") ? ballot.take(number) : ballot.place(number);
    if (isTaken) this.#tapped(() => this.#onCard(card));
    else if (form.matches("[data-place]")) say(counted("used", ballot.allowance));
  }

  /** @param {() => string} saying */
  #tapped(saying) {
    this.paint();
    tell(saying());
    this.parts.wished();
  }

  /** @param {HTMLElement} card */
  #onCard(card) {
    const { ballot } = this.parts;
    return sentence("moved", {
      dots: counted("dots", ballot.dotsOn(numberOf(card)).length),
      text: card.querySelector(".text")?.textContent?.trim() ?? "",
      left: ballot.left,
      all: ballot.allowance,
    });
  }

  #left() {
    const { ballot } = this.parts;
    return counted("left", ballot.left, { all: ballot.allowance });
  }

  // Everything back -------------------------------------------------------------------------------------------------

  #askToTakeAllBack() {
    if (this.parts.ballot.placed === 0) return say(this.#left());
    dialog().returnValue = "";
    dialog().showModal();
  }

  #confirmTakingAllBack() {
    dialog().addEventListener("close", () => {
      if (dialog().returnValue !== "yes" || stage().dataset.phase !== "vote") return;
      this.parts.ballot.takeAll();
      this.#tapped(() => this.#left());
    });
    onPatched(({ phase }) => {
      if (phase === "vote" || !dialog().open) return;
      // It gives focus back to a button that is gone.
      dialog().close("");
      /** @type {HTMLElement | null} */ (stage().querySelector("h1"))?.focus();
    });
  }

  // Painting --------------------------------------------------------------------------------------------------------

  paint() {
    const { ballot, room, isBarred } = this.parts;
    room.paint();
    if (stage().dataset.phase === "vote")
      for (const card of cards("all")) {
        const isFull = ballot.left === 0 || room.left(card.dataset.side ?? "") === 0;
        paintCard(card, ballot, isFull, isBarred(numberOf(card)));
      }
    const place = document.querySelector("#stage [data-own=counted]");
    if (place) place.textContent = counted("counted", ballot.counted);
    for (const row of document.querySelectorAll("#stage [data-standing]")) paintRow(row, ballot);
  }

  /** @param {number[]} numbers */
  #withdrawn(numbers) {
    const { ballot } = this.parts;
    for (const number of numbers) {
      const before = ballot.left;
      ballot.gone.add(number);
      if (ballot.left > before) this.#back.set(number, ballot.left - before);
    }
    if (this.#back.size > 0) sayOfOthers("withdrawn", () => this.#sayBack());
  }

  /** What was restored meanwhile has its dots again, and is not worth a word. */
  #sayBack() {
    const back = [...this.#back].filter(([number]) => this.parts.ballot.gone.has(number));
    this.#back.clear();
    if (back.length === 0) return "";
    const dots = back.reduce((all, [, each]) => all + each, 0);
    return `${counted("withdrawn", back.length)} ${counted("back", dots)}`;
  }
}

/**
 * @param {HTMLElement} card
 * @param {Ballot} ballot
 * @param {boolean} isFull whether no dot can be put there as things are
 * @param {boolean} isBarred whether none may ever be
 */
function paintCard(card, ballot, isFull, isBarred) {
  const count = ballot.dotsOn(numberOf(card)).length;
  const take = /** @type {HTMLElement} */ (card.querySelector("[data-take]"));
  const add = /** @type {HTMLElement} */ (card.querySelector("[data-place] button"));
  // Never `disabled`, and never hidden with focus inside: focus would fall to the top of the page.
  if (count === 0 && take.contains(document.activeElement)) add.focus({ preventScroll: true });
  take.hidden = count === 0;
  /** @type {HTMLElement} */ (card.querySelector("[data-place]")).hidden = isBarred;
  const why = /** @type {HTMLElement | null} */ (card.querySelector("[data-barred]"));
  if (why) why.hidden = !isBarred;
  if (isFull) add.setAttribute("aria-disabled", "true");
  else add.removeAttribute("aria-disabled");
  const mine = /** @type {HTMLElement} */ (card.querySelector(".mine"));
  if (mine.dataset.count === String(count)) return;
  mine.dataset.count = String(count);
  mine.replaceChildren(...(count > 0 ? [discs(count), " ", words(count)] : []));
}

/** @param {number} count */
function discs(count) {
  const place = document.createElement("span");
  place.className = "dots";
  place.ariaHidden = "true";
  if (count <= MOST_DISCS) {
    place.append(...Array.from({ length: count }, disc));
  } else {
    const times = document.createElement("span");
    times.className = "times";
    times.textContent = `× ${count}`;
    place.append(disc(), " ", times);
  }
  return place;
}

/** @param {number} count */
function words(count) {
  const place = document.createElement("span");
  place.className = "words";
  place.textContent = counted("dots", count);
  return place;
}

/**
 * @param {Element} row one standing in the result
 * @param {Ballot} ballot
 */
function paintRow(row, ballot) {
  const place = row.querySelector("[data-own=yours]");
  const response = Number(/** @type {HTMLElement} */ (row).dataset.standing);
  const count = ballot.dotsOn(response).length;
  if (place) place.textContent = count > 0 ? counted("yours", count) : "";
}

const dialog = () => /** @type {HTMLDialogElement} */ (document.getElementById("take-all-back"));
