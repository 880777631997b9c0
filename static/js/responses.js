/**
 * Gathering: the form, one's own responses, and other people's new ones, which wait until they are asked for so that
 * nothing moves under the reader's finger.
 */

import { say, sayOfOthers, silence, sound } from "./announce.js";
import { post } from "./ask.js";
import { Draft } from "./draft.js";
import { cards, numberOf, onPatched, reachable, stage } from "./patch.js";
import { counted, sentence } from "./words.js";

export class Responses {
  /** @type {Set<number>} */
  #mine;
  #isSending = false;

  /**
   * @param {object} parts
   * @param {string} parts.code
   * @param {number[]} parts.mine the numbers of one's own responses
   * @param {(code: string | undefined) => void} parts.refused
   */
  constructor({ code, mine, refused }) {
    this.#mine = new Set(mine);
    this.refused = refused;
    this.draft = new Draft(code);
    document.addEventListener("submit", (event) => this.#submitted(event));
    document.addEventListener("click", (event) => {
      if (/** @type {Element} */ (event.target).closest("[data-show-new]")) this.#showNew();
    });
    onPatched((patched) => {
      if (stage().dataset.phase !== "gather") return;
      if (!patched.isNewStage) this.#hold(patched.added);
      this.paint();
    });
  }

  /** @param {number[]} mine */
  own(mine) {
    this.#mine = new Set(mine);
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
    this.draft.sent();
    say(answer.message ?? "");
    this.paint();
  }

  /** @param {HTMLFormElement} form */
  async #remove(form) {
    const answer = await post(form.action, {});
    if (answer.ok) {
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
      sayOfOthers(() => (this.#held.length > 0 ? counted("new", this.#held.length) : ""));
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
    for (const card of cards()) this.#paintOwn(card);
    const place = document.getElementById("held-back");
    const button = place?.querySelector("button");
    if (!place || !button) return;
    const count = this.#held.length;
    if (count > 0) button.textContent = counted("show", count);
    place.hidden = count === 0;
  }

  /** @param {HTMLElement} card */
  #paintOwn(card) {
    const place = card.querySelector("[data-own=controls]");
    if (!place) return;
    const isMine = this.#mine.has(numberOf(card));
    if (isMine) card.hidden = false;
    if (isMine === place.childElementCount > 0) return;
    place.replaceChildren(...(isMine ? [ownControls(numberOf(card))] : []));
  }
}

/**
 * The controls of one's own response, from the template, where they are those of R0.
 *
 * @param {number} number
 */
function ownControls(number) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("own-controls"));
  const controls = /** @type {DocumentFragment} */ (template.content.cloneNode(true));
  for (const each of controls.querySelectorAll("[href], [action]")) {
    const name = each.hasAttribute("href") ? "href" : "action";
    const path = (each.getAttribute(name) ?? "").replace("/responses/0", `/responses/${number}`);
    each.setAttribute(name, path);
  }
  for (const each of controls.querySelectorAll(".vh"))
    each.textContent = (each.textContent ?? "").replace("R0", `R${number}`);
  return controls;
}
