/**
 * What is being written: kept while it is, however often the page comes and goes, and counted. With it its `op`, so that
 * whoever sends it again, not having heard what came of it, does not write it twice.
 *
 * @typedef {{ side: string, text: string, op: string }} Written
 * @typedef {Written & { exercise?: string, sent?: string }} Drafted
 */

import { stage } from "./patch.js";
import { inPlace } from "./place.js";
import { counted, sentence } from "./words.js";

/** The field that each refusal is about. @type {Record<string, string>} */
const FIELDS = { no_side: "side", empty: "text", too_long: "text" };

export class Draft {
  /** What was last typed; `sent` is what went to the server under this `op` and was not answered yet. */
  #draft;

  /** What was being written in an earlier exercise. @type {Drafted | undefined} */
  left;

  /** @param {string} code */
  constructor(code) {
    this.place = `eightdots draft ${code}`;
    this.#draft = this.#kept();
    document.addEventListener("input", (event) => {
      /** @type {any} */
      const field = event.target;
      if (field.closest("#add")) this.#typed(field.name);
    });
    const { exercise = here(), text } = this.#draft;
    if (exercise === here()) return;
    // What answered another question is no answer to this one.
    if (text) this.left = /** @type {Drafted} */ (this.#draft);
    this.forget();
  }

  /** After the form has come: put back what was being written. */
  paint() {
    const { form } = this;
    if (!form) return;
    // How long a response may be can have changed since.
    if (form.dataset.ready) return this.#count();
    form.dataset.ready = "yes";
    const { side = "", text = "", op } = this.#draft;
    // What the server sent along with an error is newer.
    const isBack = text && !this.#text.value;
    if (isBack) this.#text.value = text;
    // A form that was pushed has none of its own: it would be everybody's.
    // One that was sent is the same response, and one that was not is another in each tab.
    if (isBack && op && this.#draft.sent !== undefined) this.#op.value = op;
    else this.#op.value ||= newOp();
    if (side && !form.querySelector("[name=side]:checked"))
      form.querySelector(`[name=side][value="${side}"]`)?.setAttribute("checked", "");
    this.#count();
  }

  /** @returns {HTMLFormElement | null} */
  get form() {
    return /** @type {HTMLFormElement | null} */ (document.getElementById("add"));
  }

  /** What is not known to have been added. */
  get text() {
    return this.#draft.text ?? "";
  }

  /** Whether what is in the form went to the server, from this page or an earlier one, and no answer came. */
  get isUnderWay() {
    return this.form !== null && this.#draft.sent === this.#asSent();
  }

  /** What to send. A response that reads differently from the one before is another. @returns {Written} */
  toSend() {
    if (this.#draft.sent !== undefined && !this.isUnderWay) this.#op.value = newOp();
    this.#keep(this.#asSent());
    // What was wrong with it before may have come with the page.
    inPlace(() => {
      for (const field of ["side", "text"]) errorOf(field)?.replaceChildren();
      document.getElementById("problem")?.remove();
    });
    this.#count();
    return { side: this.#side, text: this.#text.value, op: this.#op.value };
  }

  /** It was added. What was typed meanwhile is the next one. @param {Written} written */
  sent(written) {
    const { form } = this;
    const isSame = (this.form ? this.#text.value : this.text) === written.text;
    if (!form) return isSame ? this.forget() : undefined;
    this.#op.value = newOp();
    if (isSame) this.#text.value = "";
    this.#keep();
    this.#count();
    // Whoever has gone on to something else meanwhile stays there.
    const focused = document.activeElement;
    const isHere = form.contains(focused) || focused === document.body;
    if (isSame && isHere) this.#text.focus();
  }

  /** @param {import("./ask.js").Problem | undefined} problem */
  refused(problem) {
    delete this.#draft.sent;
    if (!this.form) return;
    this.#keep();
    const field = FIELDS[problem?.code ?? ""];
    if (!field) return;
    /** @type {any} */
    const prefix = document.getElementById("error");
    const place = errorOf(field);
    place?.replaceChildren(prefix.content.cloneNode(true), problem?.message ?? "");
    this.#count();
    /** @type {HTMLElement | null} */
    const wrong = this.form.querySelector(`[name=${field}]`);
    wrong?.focus();
    // It stands above the field, which alone would be enough for focus.
    place?.scrollIntoView({ block: "nearest" });
  }

  forget() {
    this.#draft = {};
    try {
      sessionStorage.removeItem(this.place);
    } catch {
      // Nothing was kept, then.
    }
  }

  get #text() {
    return /** @type {HTMLTextAreaElement} */ (this.form?.elements.namedItem("text"));
  }

  get #op() {
    return /** @type {HTMLInputElement} */ (this.form?.elements.namedItem("op"));
  }

  get #side() {
    return String(new FormData(this.form ?? undefined).get("side") ?? "");
  }

  /** In another exercise the same words are another response. */
  #asSent() {
    return asSent(here(), this.#side, this.#text.value);
  }

  /** @param {string} field */
  #typed(field) {
    const wrong = errorOf(field);
    if (wrong?.textContent) inPlace(() => wrong.replaceChildren());
    this.#keep(this.#draft.sent);
    this.#count();
  }

  /** @param {string} [sent] */
  #keep(sent) {
    const [side, text, op] = [this.#side, this.#text.value, this.#op.value];
    const draft = { exercise: here(), side, text, op, sent };
    if (!draft.text && !sent) return this.forget();
    this.#draft = draft;
    try {
      sessionStorage.setItem(this.place, JSON.stringify(draft));
    } catch {
      // Storage is full or switched off: what is typed lives as long as the page.
    }
  }

  /** @returns {Partial<Drafted>} */
  #kept() {
    try {
      return JSON.parse(sessionStorage.getItem(this.place) ?? "{}");
    } catch {
      return {};
    }
  }

  /** Typing beyond the end is not stopped: one writes it all and then shortens it. */
  #count() {
    const place = document.getElementById("text-left");
    if (!place) return;
    const longest = Number(place.dataset.longest);
    const left = longest - characters(this.#text.value);
    place.textContent =
      left === longest
        ? sentence("longest", { longest })
        : counted(left < 0 ? "over" : "characters", Math.abs(left));
    place.classList.toggle("over", left < 0);
    if (left < 0 || errorOf("text")?.textContent) this.#text.setAttribute("aria-invalid", "true");
    else this.#text.removeAttribute("aria-invalid");
  }
}

/** Where it is said what is wrong with a field. @param {string} field */
const errorOf = (field) => document.getElementById(`${field}-error`);

/** The number of the exercise that is on. */
const here = () => stage().dataset.exercise ?? "";

/**
 * @param {string} exercise
 * @param {string} side
 * @param {string} text
 */
const asSent = (exercise, side, text) => JSON.stringify([exercise, side, text]);

/**
 * Whether an earlier page sent this and no answer came.
 *
 * @param {Drafted} draft
 */
export const mayHaveArrived = ({ exercise = "", side, text, sent }) =>
  sent === asSent(exercise, side, text);

/** As the server counts them: see `tidy` in workshop/rules.py. @param {string} text */
export function characters(text) {
  const tidy = text
    .replace(/\p{White_Space}+/gu, " ")
    .replace(/[\p{Cc}\p{Cs}]/gu, "")
    .normalize("NFC")
    .trim();
  return [...tidy].length;
}

function newOp() {
  return Array.from(crypto.getRandomValues(new Uint32Array(3)), (part) => part.toString(36)).join(
    "-",
  );
}
