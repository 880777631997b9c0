/** What is being written: kept while it is, however often the page comes and goes, and counted. */

import { counted, sentence } from "./words.js";

export class Draft {
  /** What was last sent, so that sending it again is the same response and not another. */
  #lastSent = "";

  /** @param {string} code */
  constructor(code) {
    this.place = `eightdots draft ${code}`;
    document.addEventListener("input", (event) => {
      if (/** @type {Element} */ (event.target).closest("#add")) this.#typed();
    });
  }

  /** After the form has come: put back what was being written. */
  paint() {
    const { form } = this;
    if (!form) return;
    // How long a response may be can have changed since.
    if (form.dataset.ready) return this.#count();
    form.dataset.ready = "yes";
    // A form that was pushed has none of its own: it would be everybody's.
    this.#op.value ||= newOp();
    const { side = "", text = "" } = this.#kept();
    // What the server sent along with an error is newer.
    if (text && !this.#text.value) this.#text.value = text;
    if (side && !form.querySelector("[name=side]:checked"))
      form.querySelector(`[name=side][value="${side}"]`)?.setAttribute("checked", "");
    this.#count();
  }

  /** @returns {HTMLFormElement | null} */
  get form() {
    return /** @type {HTMLFormElement | null} */ (document.getElementById("add"));
  }

  /** What nobody has been sent yet. */
  get text() {
    return this.#kept().text ?? "";
  }

  /** A response that reads differently is a different one. */
  refreshOp() {
    const { form } = this;
    if (!form) return;
    const sent = JSON.stringify([this.#side, this.#text.value]);
    if (this.#lastSent && this.#lastSent !== sent) this.#op.value = newOp();
    this.#lastSent = sent;
  }

  sent() {
    const { form } = this;
    if (!form) return this.forget();
    this.#lastSent = "";
    this.#op.value = newOp();
    this.#text.value = "";
    this.#text.focus();
    this.#typed();
  }

  /** @param {string | undefined} code */
  refused(code) {
    if (code === "no_side") {
      /** @type {HTMLElement | null | undefined} */ (
        this.form?.querySelector("[name=side]")
      )?.focus();
    } else if (code === "empty" || code === "too_long") {
      this.#text.setAttribute("aria-invalid", "true");
      this.#text.focus();
    }
  }

  forget() {
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

  #typed() {
    try {
      const draft = { side: this.#side, text: this.#text.value };
      if (draft.text) sessionStorage.setItem(this.place, JSON.stringify(draft));
      else this.forget();
    } catch {
      // Storage is full or switched off: what is typed lives as long as the page.
    }
    this.#count();
  }

  /** @returns {{ side?: string, text?: string }} */
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
    if (left < 0) this.#text.setAttribute("aria-invalid", "true");
    else this.#text.removeAttribute("aria-invalid");
  }
}

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
