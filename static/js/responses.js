/**
 * Gathering: the form, one's own responses, and other people's new ones, which wait until they are asked for so that
 * nothing moves under the reader's finger.
 */

import { call, say, sayOfOthers, silence, sound } from "./announce.js";
import { passes, post } from "./ask.js";
import { Draft, mayHaveArrived } from "./draft.js";
import { insist } from "./insist.js";
import { cards, numberOf, onPatched, reachable, stage } from "./patch.js";
import { ownControls, Unchecked } from "./unchecked.js";
import { counted, sentence } from "./words.js";

/** @typedef {import("./unchecked.js").Written} Written */

const UNTIL_SAVING = 1000;

export class Responses {
  /** @type {Set<number>} */
  #mine;
  /** The text that is under way. @type {string | null} */
  #sending = null;
  /** Whether the next one was sent off while that was under way. */
  #hasNext = false;
  /** Where to what is being removed was posted. @type {Set<string>} */
  #removing = new Set();
  #wasLocked = isLocked();

  /**
   * @param {object} parts
   * @param {string} parts.code
   * @param {number[]} parts.mine the numbers of one's own responses
   * @param {Written[]} parts.unchecked those that the facilitator has not checked yet
   * @param {(code: string | undefined) => void} parts.refused
   * @param {() => void} parts.changed called after something was added or removed
   */
  constructor({ code, mine, unchecked, refused, changed }) {
    this.#mine = new Set(mine);
    this.unchecked = new Unchecked(unchecked);
    this.refused = refused;
    this.changed = changed;
    this.code = code;
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

  /** What was being written and is not under way. */
  get unsent() {
    return this.draft.text === this.#sending ? "" : this.draft.text;
  }

  /** Send again what an earlier page sent without hearing what came of it. */
  resume() {
    if (this.draft.left) this.#tellOf(this.draft.left);
    else if (this.draft.isUnderWay) this.#add();
  }

  /**
   * The exercise went on to the next while somebody was writing.
   *
   * @param {import("./draft.js").Drafted} left
   */
  async #tellOf(left) {
    const { exercise, side, text, op } = left;
    const path = `/w/${this.code}/${exercise}/responses`;
    const wasAdded =
      mayHaveArrived(left) && (await insist(() => post(path, { side, text, op }))).ok;
    if (!wasAdded) sound(sentence("unsent", { text }));
  }

  /** @param {SubmitEvent} event */
  #submitted(event) {
    const form = /** @type {HTMLFormElement} */ (event.target);
    if (!form.matches("#add, #stage [data-remove]")) return;
    event.preventDefault();
    silence();
    if (form.id === "add") this.#add();
    else this.#remove(form);
  }

  async #add() {
    const { form } = this.draft;
    if (!form) return;
    if (this.#sending !== null) {
      this.#hasNext = true;
      return;
    }
    const written = this.draft.toSend();
    this.#sending = written.text;
    const answer = await this.#insist(() => post(form.action, written));
    this.#sending = null;
    if (answer.ok) this.#added(answer);
    else this.#notAdded(answer.error, written.text);
    if (answer.ok) this.draft.sent(written);
    else if (!passes(answer.error)) this.draft.refused(answer.error);
    this.paint();
    const hasNext = this.#hasNext && answer.ok && this.draft.text !== "";
    this.#hasNext = false;
    if (hasNext) this.#add();
  }

  /** @param {import("./ask.js").Answer} answer */
  #added(answer) {
    this.#mine.add(answer.number);
    if (answer.unchecked) this.unchecked.are(answer.unchecked);
    say(answer.message ?? "");
    this.changed();
  }

  /**
   * @param {import("./ask.js").Problem | undefined} problem
   * @param {string} text
   */
  #notAdded(problem, text) {
    const isTooLate = problem?.code === "not_gathering" && !this.draft.form;
    sound(isTooLate ? sentence("unsent", { text }) : (problem?.message ?? sentence("notAdded")));
    this.refused(problem?.code);
  }

  /** @param {HTMLFormElement} form */
  async #remove(form) {
    const { action } = form;
    if (this.#removing.has(action)) return;
    this.#removing.add(action);
    const answer = await this.#insist(() => post(action, {}));
    this.#removing.delete(action);
    if (answer.ok) {
      this.unchecked.remove(answer.number);
      this.paint();
      say(answer.message ?? "");
      this.changed();
    } else {
      sound(answer.error?.message ?? sentence("failed"));
      this.refused(answer.error?.code);
    }
  }

  /**
   * Ask until there is an answer, and show in the form that it takes its time.
   *
   * @param {() => Promise<import("./ask.js").Answer>} ask
   */
  async #insist(ask) {
    const soon = setTimeout(() => showProgress(sentence("saving")), UNTIL_SAVING);
    let misses = 0;
    const answer = await insist(ask, () => {
      misses++;
      // One answer that is lost on a bad network is soon made up for.
      if (misses > 1) showProgress(sentence("notSent"));
      if (misses === 2) call(sentence("notSent"));
    });
    clearTimeout(soon);
    showProgress("");
    return answer;
  }

  // Others' new ones ------------------------------------------------------------------------------------------------

  /** @param {HTMLElement[]} added */
  #hold(added) {
    for (const card of added)
      card.hidden = !this.#mine.has(numberOf(card)) && !this.#isSending(card);
    if (this.#held.length > 0)
      sayOfOthers("new", () => (this.#held.length > 0 ? counted("new", this.#held.length) : ""));
  }

  /** Whether it says what is under way: one's own can come back to all before it is answered. @param {Element} card */
  #isSending(card) {
    const text = card.querySelector(".text")?.textContent ?? "";
    return this.#sending !== null && withoutBlanks(text) === withoutBlanks(this.#sending);
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
    if (isLocked() && !this.#wasLocked) say(sentence(this.unsent ? "lockedDraft" : "locked"));
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

/** @param {string} words */
function showProgress(words) {
  const place = document.getElementById("adding");
  if (!place) return;
  place.textContent = words;
  place.hidden = words === "";
}

/** A response is kept with fewer blanks than it may have been typed with. @param {string} text */
const withoutBlanks = (text) => text.replace(/\s/g, "");

const isLocked = () => stage().hasAttribute("data-locked");
