/**
 * What the board showed when it was reloaded: some clickers have a key for that, and the room must not see it start over.
 *
 * @typedef {object} View
 * @property {string} stage which exercise and phase it was
 * @property {number} page
 * @property {boolean} isBlank
 * @property {boolean} isTimerLarge
 * @property {boolean} isQrLarge
 */

const PLACE = `eightdots board ${document.body.dataset.code}`;

/** @param {() => View} view asked for when the page goes */
export function keepView(view) {
  addEventListener("pagehide", () => {
    try {
      sessionStorage.setItem(PLACE, JSON.stringify(view()));
    } catch {
      // Storage is switched off: then it starts over.
    }
  });
}

/** @returns {View | null} */
export function recallView() {
  try {
    return JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
  } catch {
    return null;
  }
}
