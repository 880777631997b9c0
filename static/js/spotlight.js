/** The response that is talked about: as large as the board can hold it, and said once on the phone. */

import { sayOfOthers } from "./announce.js";
import { onPatched, stage } from "./patch.js";

const place = /** @type {HTMLElement} */ (document.getElementById("spotlight"));

/** How much smaller the letters are made at a time, and how often. */
const STEP = 0.94;
const MOST_STEPS = 20;

/** The board: letters that are too large for these words (some scripts are wider than others) are made smaller. */
export function fit() {
  const text = /** @type {HTMLElement | null} */ (place.querySelector(".text"));
  if (!text) return;
  text.style.removeProperty("--smaller");
  let smaller = 1;
  for (let step = 0; step < MOST_STEPS && isTooLarge(text); step++) {
    smaller *= STEP;
    text.style.setProperty("--smaller", String(smaller));
  }
}

/** @param {HTMLElement} text */
const isTooLarge = (text) =>
  text.scrollHeight > text.clientHeight || text.scrollWidth > text.clientWidth;

/** The phone: say what is talked about when that changes, and never move anybody's focus to it. */
export function announceSpotlight() {
  let said = place.dataset.said;
  onPatched(() => {
    const now = place.dataset.said;
    if (now && now !== said) sayOfOthers("spotlight", () => place.dataset.said ?? "", false);
    said = now;
    // Whoever stood on it goes on at the heading, and not at the top of nowhere.
    if (place.hidden && place.contains(document.activeElement))
      stage().querySelector("h1")?.focus({ preventScroll: true });
  });
}
