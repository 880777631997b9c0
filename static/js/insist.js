/**
 * Asking until there is an answer. An answer that was lost on its way looks like a question that never arrived, so what is
 * asked in this way must bear being asked twice.
 *
 * @typedef {import("./ask.js").Answer} Answer
 */

import { passes } from "./ask.js";

export const FIRST_PAUSE = 1000;
const LONGEST_PAUSE = 15_000;

/** Whoever is told so often that the server is in no state to answer passes that on. */
const MOST_REFUSALS = 5;

/** Those who are pausing. @type {Set<() => void>} */
const resting = new Set();

/** The pause after this one. @param {number} pause */
export const longer = (pause) => Math.min(pause * 2, LONGEST_PAUSE);

/** A room that lost its network together does not come back all at once. @param {number} pause */
export const jittered = (pause) => pause * (0.75 + Math.random() / 2);

/** The network seems to be back: whoever is pausing asks again now. */
export function hurry() {
  for (const wake of [...resting]) wake();
}

/**
 * @param {() => Promise<Answer>} ask
 * @param {() => void} [missed] called each time that no answer came
 * @returns {Promise<Answer>}
 */
export async function insist(ask, missed = () => {}) {
  let pause = FIRST_PAUSE;
  for (let refusals = 0; ; pause = longer(pause)) {
    const answer = await ask().catch(() => null);
    if (answer && (!passes(answer.error) || ++refusals === MOST_REFUSALS)) return answer;
    if (!answer) missed();
    await rest(jittered(pause));
  }
}

/** @param {number} pause @returns {Promise<void>} */
function rest(pause) {
  return new Promise((resolve) => {
    const wake = () => {
      clearTimeout(timer);
      resting.delete(wake);
      resolve();
    };
    const timer = setTimeout(wake, pause);
    resting.add(wake);
  });
}
