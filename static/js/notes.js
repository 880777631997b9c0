/**
 * Notes save themselves: a second after typing stops, when one leaves the field, and before the page goes. What was typed
 * belongs to whoever types it. `base` is the note that it was made from, so that the server can merge what somebody else
 * wrote meanwhile; a note that was pushed is taken over where nothing is unsaved.
 */

import { passes, postParts } from "./ask.js";
import { replace } from "./caret.js";
import { locale } from "./locale.js";
import { onPatched } from "./patch.js";
import { sentence } from "./words.js";

const PAUSE = 1000;
const AT_LATEST = 5000;
const UNTIL_AGAIN = 3000;

/** What is pushed may be older than the answer to a save: so long is waited until it is believed. */
const SETTLED = 1000;

export class Notes {
  /** Those that left the page with something unsaved, too. @type {Map<HTMLFormElement, Note>} */
  #notes = new Map();

  constructor() {
    document.addEventListener("input", (event) => this.#of(event)?.typed());
    document.addEventListener("compositionend", (event) => this.#of(event)?.typed());
    document.addEventListener("focusout", (event) => this.#of(event)?.save());
    document.addEventListener("visibilitychange", () => {
      if (document.hidden) this.hurry();
    });
    addEventListener("pagehide", () => {
      for (const note of this.#notes.values()) note.saveAtTheEnd();
    });
    addEventListener("beforeunload", (event) => {
      if ([...this.#notes.values()].some((note) => note.isHeldUp)) event.preventDefault();
    });
    addEventListener("beforeprint", () => {
      for (const note of this.#notes.values()) note.lay(true);
    });
    addEventListener("afterprint", () => {
      for (const note of this.#notes.values()) note.lay(false);
    });
    onPatched(() => this.#look());
    this.#look();
  }

  /** Save whatever is unsaved now: the line is back, or may soon be gone. */
  hurry() {
    for (const note of this.#notes.values()) note.save();
  }

  /** @param {Event} event */
  #of(event) {
    const form = /** @type {Element} */ (event.target).closest("form[data-note]");
    return this.#notes.get(/** @type {HTMLFormElement} */ (form));
  }

  #look() {
    for (const form of document.querySelectorAll(
      /** @type {"form"} */ ("form[data-note]:not([data-left])"),
    )) {
      if (!this.#notes.has(form)) this.#notes.set(form, new Note(form));
    }
    for (const [form, note] of this.#notes) {
      if (!form.isConnected && !note.isDirty) this.#notes.delete(form);
      else if (form.isConnected) note.adopt();
      else note.save();
    }
  }
}

class Note {
  #isSending = false;
  #isComposing = false;
  /** What the server would not have, and why. */
  #refused = { text: "", why: "" };
  #isCutOff = false;
  #unsavedSince = 0;
  #answeredAt = 0;
  #savedAt = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #saving;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #adopting;

  /** @param {HTMLFormElement} form */
  constructor(form) {
    this.form = form;
    this.field = /** @type {HTMLTextAreaElement} */ (form.querySelector("textarea"));
    this.status = /** @type {HTMLElement} */ (form.querySelector(".saved"));
    // Kept, for another exercise's note may come to stand in the same place.
    this.path = form.action;
    this.place = `eightdots note ${this.path} ${form.id}`;
    this.base = this.#stored;
    this.#savedAt = Number(form.dataset.saved) * 1000;
    this.field.addEventListener("compositionstart", () => {
      this.#isComposing = true;
    });
    this.field.addEventListener("compositionend", () => {
      this.#isComposing = false;
    });
    this.#restore();
    this.#paint();
    if (this.isDirty) this.typed();
  }

  get isDirty() {
    return this.field.value !== this.base;
  }

  /** Unsaved, and not because it was typed a moment ago. */
  get isHeldUp() {
    return this.isDirty && (this.#isCutOff || this.#refused.why !== "");
  }

  /** The note as it was last pushed. */
  get #stored() {
    return this.form.dataset.stored ?? "";
  }

  typed() {
    this.#keep();
    this.#paint();
    if (!this.isDirty) return this.adopt();
    this.#unsavedSince ||= Date.now();
    const left = this.#unsavedSince + AT_LATEST - Date.now();
    this.#saveIn(Math.max(0, Math.min(PAUSE, left)));
  }

  // Saving ----------------------------------------------------------------------------------------------------------

  async save() {
    clearTimeout(this.#saving);
    const text = this.field.value;
    if (!this.isDirty) return this.#leave();
    if (this.#isSending || this.#isComposing || this.#isRefused(text)) return;
    this.#isSending = true;
    try {
      this.#answered(text, await postParts(this.path, { text, base: this.base }));
    } catch {
      this.#isCutOff = true;
    }
    this.#isSending = false;
    this.#keep();
    this.#paint();
    if (!this.isDirty) this.#leave();
    else if (!this.#isRefused(this.field.value)) this.#saveIn(this.#isCutOff ? UNTIL_AGAIN : PAUSE);
  }

  /** The page goes, and no answer will be read. */
  saveAtTheEnd() {
    const text = this.field.value;
    if (!this.isDirty || this.#isRefused(text)) return;
    postParts(this.path, { text, base: this.base }, { keepalive: true }).catch(() => {});
  }

  /** @param {number} pause */
  #saveIn(pause) {
    clearTimeout(this.#saving);
    this.#saving = setTimeout(() => this.save(), pause);
  }

  /**
   * @param {string} text what was sent
   * @param {import("./ask.js").Answer} answer
   */
  #answered(text, answer) {
    this.#isCutOff = passes(answer.error);
    if (answer.error) {
      if (!this.#isCutOff) this.#refused = { text, why: answer.error.message };
      return;
    }
    this.#refused = { text: "", why: "" };
    this.#unsavedSince = 0;
    this.#answeredAt = Date.now();
    this.#savedAt = answer.saved_at * 1000;
    if (this.field.value === text) {
      this.#take(answer.text);
    } else {
      // What is stored may hold others' words: they come with the next save, which is made from this.
      this.base = text;
    }
  }

  /** @param {string} text */
  #isRefused(text) {
    return this.#refused.why !== "" && this.#refused.text === text;
  }

  // What others wrote -----------------------------------------------------------------------------------------------

  /** Take over what was pushed, where nothing is unsaved. */
  adopt() {
    clearTimeout(this.#adopting);
    if (this.isDirty || this.#isSending || this.#isComposing) return;
    const wait = this.#answeredAt + SETTLED - Date.now();
    if (wait > 0) {
      this.#adopting = setTimeout(() => this.adopt(), wait);
      return;
    }
    if (this.#stored !== this.base) this.#savedAt = Number(this.form.dataset.saved) * 1000;
    this.#take(this.#stored);
    this.#paint();
  }

  /** What is left at the caret is nothing that was written, and nothing to save. @param {string} text */
  #take(text) {
    replace(this.field, text);
    this.base = this.field.value;
  }

  /** A field that only stayed because somebody was typing in it goes when they have left it and all is saved. */
  #leave() {
    const isTyping = this.form.contains(document.activeElement);
    if (this.form.dataset.left !== undefined && !isTyping) this.form.remove();
  }

  // What outlives the page ------------------------------------------------------------------------------------------

  #keep() {
    try {
      const unsaved = { text: this.field.value, base: this.base };
      if (this.isDirty) sessionStorage.setItem(this.place, JSON.stringify(unsaved));
      else sessionStorage.removeItem(this.place);
    } catch {
      // Storage is full or switched off: what is typed lives as long as the page.
    }
  }

  #restore() {
    try {
      const kept = JSON.parse(sessionStorage.getItem(this.place) ?? "null");
      if (!kept) return;
      this.base = kept.base;
      this.field.value = kept.text;
    } catch {
      // Nothing was kept, then.
    }
  }

  // On paper --------------------------------------------------------------------------------------------------------

  /** Paper has no fields, but what is stored. What is not stored yet is laid beside it, to be printed instead. */
  lay(isPrinting = true) {
    this.form.toggleAttribute("data-unsaved", false);
    if (isPrinting && this.isDirty) this.form.dataset.unsaved = this.field.value;
  }

  // Painting --------------------------------------------------------------------------------------------------------

  #paint() {
    const words = this.#words();
    if (this.status.textContent !== words) this.status.textContent = words;
    this.status.classList.toggle("over", this.isHeldUp);
  }

  #words() {
    if (!this.isDirty) {
      return this.#savedAt ? sentence("noteSaved", { time: timeOf(this.#savedAt) }) : "";
    }
    if (this.#isRefused(this.field.value)) return this.#refused.why;
    return this.#isCutOff ? sentence("noteUnsaved") : "";
  }
}

/** @param {number} at milliseconds since 1970 */
const timeOf = (at) =>
  new Date(at).toLocaleTimeString(locale, {
    hour: "2-digit",
    minute: "2-digit",
  });
