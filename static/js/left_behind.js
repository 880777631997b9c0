/**
 * Dots that were placed in an exercise that is not on any more while the phone was cut off. They are sent all the same: some
 * may have arrived, and of those that come too late their owner is told.
 *
 * @typedef {import("./ballot.js").Wish} Wish
 */

import { postJson } from "./ask.js";
import { insist } from "./insist.js";

/**
 * How many dots that were to lie on a response came too late.
 *
 * @param {string} code
 * @param {number} exercise the one that is on
 * @param {number} seed this participant's
 * @returns {Promise<number>}
 */
export async function sendWhatWasLeft(code, exercise, seed) {
  let late = 0;
  for (const [place, number] of places(code)) {
    if (number === exercise) continue;
    const wishes = place.endsWith(` ${seed}`) ? wishesAt(place) : [];
    if (wishes.length > 0) late += await send(`/w/${code}/${number}/dots`, wishes);
    localStorage.removeItem(place);
  }
  return late;
}

/** There is nobody left to send anything to. @param {string} code */
export function forgetAll(code) {
  for (const [place] of places(code)) localStorage.removeItem(place);
}

/**
 * @param {string} path
 * @param {Wish[]} wishes
 */
async function send(path, wishes) {
  const moves = wishes.map(({ dot, replaces, response, op }) => ({ dot, replaces, response, op }));
  const answer = await insist(() => postJson(path, { moves }));
  /** @type {import("./ballot.js").Outcome[]} */
  const outcomes = answer.moves ?? moves.map(({ dot, op }) => ({ dot, op, outcome: "refused" }));
  const refused = new Set(
    outcomes.filter((each) => each.outcome === "refused").map(({ dot }) => dot),
  );
  // What was to come after it is too late in any case.
  return wishes.filter(({ dot, response, next }) =>
    next === undefined ? response !== null && refused.has(dot) : true,
  ).length;
}

/** @param {string} place @returns {Wish[]} */
function wishesAt(place) {
  try {
    return JSON.parse(localStorage.getItem(place) ?? "[]");
  } catch {
    return [];
  }
}

/** Where the wishes of a workshop are kept, as kept.js does: by exercise and participant. @param {string} code @returns {[string, number][]} */
function places(code) {
  try {
    return Object.keys(localStorage)
      .map(
        (place) => /** @type {const} */ ([place, place.match(`^eightdots ${code} (\\d+) \\d+$`)]),
      )
      .flatMap(([place, found]) => (found ? [[place, Number(found[1])]] : []));
  } catch {
    return [];
  }
}
