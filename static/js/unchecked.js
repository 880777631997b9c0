/**
 * One's own responses that the facilitator has not checked yet. Nobody else is sent them, so the phone keeps them.
 *
 * @typedef {{ number: number, side: string, text: string }} Written
 */

export class Unchecked {
  /** @type {Map<number, Written>} */
  #waiting = new Map();

  /** @param {Written[]} written */
  constructor(written) {
    this.are(written);
  }

  /** @param {Written[]} written */
  are(written) {
    this.#waiting = new Map(written.map((each) => [each.number, each]));
  }

  /** @param {number} number */
  remove(number) {
    this.#waiting.delete(number);
  }

  /** Let go of those that everybody sees by now. @returns {number[]} their numbers */
  shown() {
    const shown = [...this.#waiting.keys()].filter((number) =>
      document.getElementById(`r${number}`),
    );
    for (const number of shown) this.remove(number);
    return shown;
  }

  /** @param {boolean} isLocked whether nothing may be changed */
  paint(isLocked) {
    const place = document.getElementById("unchecked");
    const list = place?.querySelector("ul");
    if (!place || !list) return;
    const written = [...this.#waiting.values()];
    const hadFocus = list.contains(document.activeElement);
    const shown = new Map(
      [...list.children].map((each) => [/** @type {HTMLElement} */ (each).dataset.same, each]),
    );
    for (const each of written) {
      // What is there already is not touched: somebody may stand on one of its buttons.
      const same = JSON.stringify([each, isLocked]);
      if (!shown.delete(same)) list.append(card(each, isLocked, same));
    }
    for (const each of shown.values()) each.remove();
    place.hidden = written.length === 0;
    if (hadFocus && !list.contains(document.activeElement))
      /** @type {HTMLElement | null} */ (document.querySelector("#stage h1"))?.focus();
  }
}

/**
 * @param {Written} written
 * @param {boolean} isLocked
 * @param {string} same the same for what would look the same
 */
function card({ number, side, text }, isLocked, same) {
  const template = /** @type {HTMLTemplateElement} */ (document.getElementById("unchecked-card"));
  const card = /** @type {HTMLElement} */ (template.content.firstElementChild?.cloneNode(true));
  card.dataset.waiting = String(number);
  card.dataset.same = same;
  card.dataset.side = side;
  part(card, ".number").textContent = `R${number}`;
  part(card, ".text").textContent = text;
  part(card, ".controls").replaceChildren(...(isLocked ? [] : [ownControls(number)]));
  return card;
}

/**
 * @param {HTMLElement} card
 * @param {string} selector
 */
const part = (card, selector) => /** @type {HTMLElement} */ (card.querySelector(selector));

/**
 * The controls of one's own response, from the template, where they are those of R0.
 *
 * @param {number} number
 */
export function ownControls(number) {
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
