/**
 * Finding a response among many: by words, by side, by one's own dots. It hides cards and never moves them, and only looks
 * anew when asked, so that no card goes while its buttons are being pressed.
 *
 * @typedef {import("./ballot.js").Ballot} Ballot
 */

import { tell } from "./announce.js";
import { cards, numberOf, onPatched } from "./patch.js";
import { counted } from "./words.js";

/** Below this many, looking is quicker than searching. */
const WORTH_FINDING = 20;

export class Finder {
  #filter = "all";

  /** @param {Ballot} ballot */
  constructor(ballot) {
    this.ballot = ballot;
    document.addEventListener("input", (event) => {
      if (/** @type {Element} */ (event.target).id === "find") this.#look(cards("all"));
    });
    document.addEventListener("click", (event) => {
      const button = /** @type {Element} */ (event.target).closest("[data-filter]");
      if (button) this.#choose(/** @type {HTMLElement} */ (button));
    });
    onPatched(({ isNewStage, added }) => {
      if (isNewStage) this.#filter = "all";
      if (this.#isLooking) for (const card of added) card.hidden = !this.#fits(card);
      this.paint();
    });
  }

  paint() {
    const place = document.getElementById("finder");
    if (place) place.hidden = cards("all").length < WORTH_FINDING && !this.#isLooking;
    this.#showIfNone();
  }

  get #words() {
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById("find"));
    return folded(field?.value ?? "").trim();
  }

  get #isLooking() {
    return this.#filter !== "all" || this.#words !== "";
  }

  /** @param {HTMLElement} button */
  #choose(button) {
    this.#filter = button.dataset.filter ?? "all";
    for (const each of document.querySelectorAll("[data-filter]"))
      each.setAttribute("aria-pressed", String(each === button));
    this.#look(cards("all"));
  }

  /** @param {HTMLElement[]} all */
  #look(all) {
    for (const card of all) card.hidden = !this.#fits(card);
    this.#showIfNone();
    const found = all.filter((card) => !card.hidden).length;
    tell(found > 0 ? counted("found", found) : (noneFound()?.textContent ?? ""));
  }

  #showIfNone() {
    const place = noneFound();
    if (place) place.hidden = !this.#isLooking || cards("all").some((card) => !card.hidden);
  }

  /** @param {HTMLElement} card */
  #fits(card) {
    const number = numberOf(card);
    const fitsFilter =
      this.#filter === "all" ||
      this.#filter === card.dataset.side ||
      (this.#filter === "mine" && this.ballot.dotsOn(number).length > 0);
    const text = folded(`R${number} ${card.querySelector(".text")?.textContent}`);
    return fitsFilter && this.#words.split(/\s+/).every((word) => text.includes(word));
  }
}

/** What stands in the place of the list where nothing fits. */
const noneFound = () => document.getElementById("none-found");

/** Without accents and capitals: “cafe” finds “Café”. @param {string} text */
function folded(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLocaleLowerCase();
}
