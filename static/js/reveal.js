/** The reveal on the board: three, two, one, and every response moves to its place. */

import { cards, numberOf, stage } from "./patch.js";

const MOVING = 600;
/** From one mark of a plot to the next, in its own units. */
const APART = 12;
const EASING = "cubic-bezier(0.2, 0.7, 0.2, 1)";

export const isStill = () => matchMedia("(prefers-reduced-motion: reduce)").matches;

/** @returns {Promise<void>} */
export async function countDown() {
  const place = document.getElementById("countdown");
  if (!place) return;
  place.hidden = false;
  for (const number of [3, 2, 1]) {
    place.textContent = String(number);
    await new Promise((done) => setTimeout(done, 1000));
  }
  place.hidden = true;
}

/** Where each response is now. @returns {Map<number, DOMRect>} */
export const places = () =>
  new Map(cards().map((card) => [numberOf(card), card.getBoundingClientRect()]));

/**
 * Let responses come to their ranks from where they were, and their dots grow. Transforms only: nothing is laid out anew.
 *
 * @param {Map<number, DOMRect>} before
 */
export function moveToRanks(before) {
  /** @type {HTMLElement[]} */
  const rows = [...stage().querySelectorAll(/** @type {"li"} */ ("[data-standing]"))];
  const page = stage().querySelector(".window")?.getBoundingClientRect();
  for (const row of rows) {
    const now = row.getBoundingClientRect();
    const isShown = page && now.left < page.right && now.right > page.left;
    if (!isShown) continue;
    const from = before.get(Number(row.dataset.standing));
    const [x, y] = from ? [from.left - now.left, from.top - now.top] : [0, now.height];
    row.animate([{ transform: `translate(${x}px, ${y}px)` }, {}], {
      duration: MOVING,
      easing: EASING,
    });
    grow([...row.querySelectorAll("circle, use, rect")]);
  }
}

/** One dot after the other, all of them in the same time. @param {Element[]} marks */
function grow(marks) {
  for (const [index, mark] of marks.entries()) {
    const isBar = mark.localName === "rect";
    const style = /** @type {SVGElement} */ (mark).style;
    // Said in the plot's units, for browsers do not agree on where the box of a `use` is.
    style.transformOrigin = isBar ? "left" : `${index * APART + APART / 2}px`;
    mark.animate([{ transform: isBar ? "scaleX(0)" : "scale(0)" }, {}], {
      duration: isBar ? MOVING : MOVING / 2,
      delay: isBar ? 0 : ((MOVING / 2) * index) / marks.length,
      fill: "backwards",
      easing: EASING,
    });
  }
}
