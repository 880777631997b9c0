/**
 * The sheet of stickers at the foot of the phone: the dots that are left, whether all is saved, and Finished.
 *
 * @typedef {import("./ballot.js").Ballot} Ballot
 */

import { call, say, sound } from "./announce.js";
import { post } from "./ask.js";
import { insist } from "./insist.js";
import { stage } from "./patch.js";
import { counted, sentence } from "./words.js";

const UNTIL_SAVING = 1000;
const REASSURED = 6000;

/** What has a sign beside its words. */
const SIGNED = { unsaved: "notConnected", finished: "finish" };

export class Sheet {
  element = /** @type {HTMLElement} */ (document.getElementById("sheet"));
  isFinished = false;
  #isAsking = false;
  #wasCutOff = false;
  #waitingSince = 0;
  #reassuredUntil = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #later;

  /**
   * @param {object} parts
   * @param {Ballot} parts.ballot
   * @param {string} parts.code
   * @param {() => boolean} parts.isCutOff whether dots cannot be sent at the moment
   * @param {(code: string) => void} parts.refused
   */
  constructor(parts) {
    this.parts = parts;
    document.addEventListener("submit", (event) => {
      const form = /** @type {HTMLFormElement} */ (event.target);
      if (!form.matches("[data-finish]")) return;
      event.preventDefault();
      this.#finish(form);
    });
  }

  paint() {
    const { ballot } = this.parts;
    const isVoting = stage().dataset.phase === "vote";
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = !isVoting;
    // Whoever stood on Finished when voting closed goes on at what comes now, and not at the top of nowhere.
    if (hadFocus && !isVoting) stage().querySelector("h1")?.focus();
    const left = counted("left", ballot.left, { all: ballot.allowance });
    setTitle(isVoting ? left : "");
    if (!isVoting) return;
    this.#write(".left", left);
    paintDiscs(this.#part(".dots"), ballot.allowance, ballot.left);
    const saved = this.#write(".saved", this.#saved());
    for (const [state, words] of Object.entries(SIGNED))
      saved.classList.toggle(state, saved.textContent === sentence(words));
    const button = this.#write(
      "[data-finish] button",
      sentence(this.isFinished ? "change" : "finish"),
    );
    button.className = this.isFinished ? "quiet" : "primary";
  }

  /** @param {string} selector */
  #part(selector) {
    return /** @type {HTMLElement} */ (this.element.querySelector(selector));
  }

  /**
   * What says the same already is left alone: somebody may be about to copy it, or to press it.
   *
   * @param {string} selector
   * @param {string} words
   */
  #write(selector, words) {
    const place = this.#part(selector);
    if (place.textContent !== words) place.textContent = words;
    return place;
  }

  #saved() {
    const { ballot, isCutOff } = this.parts;
    const now = Date.now();
    clearTimeout(this.#later);
    if (isCutOff()) {
      if (!this.#wasCutOff) call(sentence("notConnected"));
      this.#wasCutOff = true;
      return sentence("notConnected");
    }
    if (ballot.waiting > 0) {
      this.#waitingSince ||= now;
      if (now - this.#waitingSince >= UNTIL_SAVING) return sentence("saving");
      this.#paintIn(UNTIL_SAVING - (now - this.#waitingSince));
      // Not yet worth a word, and not to be called saved either.
      if (now < this.#reassuredUntil) return this.#count();
      return ballot.saved > 0 ? this.#count() : "";
    } else {
      this.#waitingSince = 0;
      if (this.#wasCutOff) {
        this.#wasCutOff = false;
        this.#reassuredUntil = now + REASSURED;
        call(sentence("connected"));
      }
      if (now < this.#reassuredUntil) {
        this.#paintIn(this.#reassuredUntil - now);
        return sentence("connected");
      }
    }
    const count = this.#count();
    return this.isFinished ? sentence("finish") : count;
  }

  #count() {
    const { saved, placed } = this.parts.ballot;
    this.#reassuredUntil = 0;
    return placed === 0 ? "" : sentence("saved", { saved, placed });
  }

  /** @param {number} pause */
  #paintIn(pause) {
    this.#later = setTimeout(() => this.paint(), pause + 10);
  }

  /** @param {HTMLFormElement} form */
  async #finish(form) {
    if (this.#isAsking) return;
    this.#isAsking = true;
    const { exercise } = stage().dataset;
    const finished = this.isFinished ? "no" : "yes";
    let misses = 0;
    const answer = await insist(
      () => post(`/w/${this.parts.code}/${exercise}/finished`, { finished }),
      () => ++misses === 2 && say(sentence("notSent")),
    );
    if (answer.ok) this.isFinished = answer.finished;
    if (answer.message) say(answer.message);
    if (answer.error) {
      sound(answer.error.message);
      this.parts.refused(answer.error.code);
    }
    this.#isAsking = false;
    this.paint();
    // Without a script the next press must mean what the button says.
    const field = /** @type {HTMLInputElement} */ (form.elements.namedItem("finished"));
    field.value = this.isFinished ? "no" : "yes";
  }
}

/**
 * @param {HTMLElement} place
 * @param {number} all
 * @param {number} left
 */
function paintDiscs(place, all, left) {
  while (place.childElementCount > all) place.lastElementChild?.remove();
  while (place.childElementCount < all) place.append(disc());
  for (const [index, each] of [...place.children].entries())
    each.classList.toggle("spent", index >= left);
}

export function disc() {
  const dot = document.createElement("i");
  dot.className = "dot";
  return dot;
}

/** @param {string} first what comes before the name of the page */
function setTitle(first) {
  // The server says there what went wrong, until something happens.
  if (document.getElementById("problem") && !first) return;
  const parts = [first, stage().dataset.title?.trim(), document.body.dataset.title, "Eight Dots"];
  document.title = parts.filter(Boolean).join(" – ");
}
