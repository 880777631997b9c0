/**
 * Gathering: the form, one's own responses, and other people's new ones, which wait until they are asked for so that
 * nothing moves under the reader's finger.
 */

import { say, sayOfOthers, silence, sound } from "./announce.js";
import { post } from "./ask.js";
import { Draft } from "./draft.js";
import { cards, numberOf, onPatched, reachable, stage } from "./patch.js";
import { ownControls, Unchecked } from "./unchecked.js";
import { counted, sentence } from "./words.js";

/** @typedef {import("./unchecked.js").Written} Written */

export class Responses {
  /** @type {Set<number>} */
  #mine;
  #isSending = false;
  #wasLocked = isLocked();

  /**
   * @param {object} parts
   * @param {string} parts.code
   * @param {number[]} parts.mine the numbers of one's own responses
   * @param {Written[]} parts.unchecked those that the facilitator has not checked yet
   * @param {(code: string | undefined) => void} parts.refused
   */
  constructor({ code, mine, unchecked, refused }) {
    this.#mine = new Set(mine);
    this.unchecked = new Unchecked(unchecked);
    this.refused = refused;
    this.draft = new Draft(code);
    document.addEventListener("submit", (event) => this.#submitted(event));
    document.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-show-new]")) this.#showNew();
    });
    onPatched((patched) => {
      if (stage().dataset.phase !== "gather") {
        // What was held back is held back no longer.
        if (patched.before === "gather") for (const card of cards()) card.hidden = false;
        return;
      }
      for (const each of this.unchecked.shown()) this.#mine.add(each);
      if (!patched.isNewStage) this.#hold(patched.added);
      this.paint();
    });
  }

  /**
   * @param {number[]} mine
   * @param {Written[]} unchecked
   */
  own(mine, unchecked = []) {
    this.#mine = new Set(mine);
    this.unchecked.are(unchecked);
    this.paint();
  }

  /** @param {number} response */
  isMine(response) {
    return this.#mine.has(response);
  }

  // Sending ---------------------------------------------------------------------------------------------------------

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("#add, #stage [data-remove]")) return;
    event.preventDefault();
    if (this.#isSending) return;
    this.#isSending = true;
    silence();
    (form.id === "add" ? this.#add(form) : this.#remove(form))
      .catch(() => sound(sentence("notAdded")))
      .finally(() => {
        this.#isSending = false;
      });
  }

  /** @param {HTMLFormElement} form */
  async #add(form) {
    this.draft.refreshOp();
    const answer = await post(form.action, new FormData(form));
    if (!answer.ok) {
      sound(answer.error?.message ?? sentence("notAdded"));
      this.draft.refused(answer.error?.code);
      this.refused(answer.error?.code);
      return;
    }
    this.#mine.add(answer.number);
    if (answer.unchecked) this.unchecked.are(answer.unchecked);
    this.draft.sent();
    say(answer.message ?? "");
    this.paint();
  }

  /** @param {HTMLFormElement} form */
  async #remove(form) {
    const answer = await post(form.action, {});
    if (answer.ok) {
      this.unchecked.remove(answer.number);
      this.paint();
      say(answer.message ?? "");
    } else {
      sound(answer.error?.message ?? sentence("failed"));
      this.refused(answer.error?.code);
    }
  }

  // Others' new ones ------------------------------------------------------------------------------------------------

  /** @param {HTMLElement[]} added */
  #hold(added) {
    for (const card of added) card.hidden = !this.#mine.has(numberOf(card));
    if (this.#held.length > 0)
      sayOfOthers("new", () => (this.#held.length > 0 ? counted("new", this.#held.length) : ""));
  }

  get #held() {
    return stage().dataset.phase === "gather" ? cards().filter((card) => card.hidden) : [];
  }

  #showNew() {
    const [first, ...others] = this.#held;
    if (!first) return;
    for (const card of [first, ...others]) card.hidden = false;
    // The button that had focus goes; reading goes on at what it brought.
    reachable(first).focus();
    this.paint();
  }

  // Painting --------------------------------------------------------------------------------------------------------

  paint() {
    if (stage().dataset.phase !== "gather") return;
    this.draft.paint();
    this.unchecked.paint(isLocked());
    this.#paintLock();
    for (const card of cards()) this.#paintOwn(card);
    const place = document.getElementById("held-back");
    const button = place?.querySelector("button");
    if (!place || !button) return;
    const count = this.#held.length;
    if (count > 0) button.textContent = counted("show", count);
    place.hidden = count === 0;
  }

  /** Whoever was writing is told: their form has gone, and what they wrote comes back with it. */
  #paintLock() {
    if (isLocked() && !this.#wasLocked) say(sentence(this.draft.text ? "lockedDraft" : "locked"));
    this.#wasLocked = isLocked();
  }

  /** @param {HTMLElement} card */
  #paintOwn(card) {
    const place = card.querySelector("[data-own=controls]");
    if (!place) return;
    const isMine = this.#mine.has(numberOf(card));
    if (isMine) card.hidden = false;
    const mayChange = isMine && !isLocked() && !card.querySelector(".originals");
    if (mayChange === place.childElementCount > 0) return;
    place.replaceChildren(...(mayChange ? [ownControls(numberOf(card))] : []));
  }
}

const isLocked = () => stage().hasAttribute("data-locked");
