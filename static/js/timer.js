/**
 * Counts down to the end of the timer, on every screen to the same moment. It is seen all along, and said only where it
 * matters; nothing on it moves or blinks.
 */

import { serverTime } from "./clock.js";
import { onPatched } from "./patch.js";
import { counted, sentence } from "./words.js";

const MINUTE = 60_000;

/** When it is said how much is left. */
const MARKS = [5 * MINUTE, MINUTE, 20_000];

/** Zero is for who runs the workshop: it is theirs to do something then. */
export const AND_AT_ZERO = [...MARKS, 0];

/** A phone that slept through a mark must not say it minutes later. */
const TOO_LATE = 3000;

/** So that a second has surely passed when it is looked at again. */
const MARGIN = 5;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let next;
/** What was left at the last look, of a timer that ran then. @type {number | null} */
let before = null;

/**
 * @param {(sentence: string) => void} [tell] says how much is left, where anybody listens
 * @param {number[]} [marks] when, in milliseconds
 */
export function runTimer(tell = () => {}, marks = MARKS) {
  const look = () => {
    clearTimeout(next);
    const left = show();
    const mark = left === null ? undefined : passed(left, marks);
    if (mark !== undefined) tell(spoken(mark));
    before = left;
    if (left) next = setTimeout(look, (left % 1000) + MARGIN);
  };
  onPatched(look);
  document.addEventListener("visibilitychange", look);
  look();
}

/** Write what is left. @returns {number | null} what a running timer has left, in milliseconds */
function show() {
  const place = document.getElementById("timer");
  const clock = /** @type {HTMLElement | null} */ (place?.querySelector("[data-own=clock]"));
  const { ends, left } = place?.dataset ?? {};
  if (!clock || (!ends && !left)) return null;
  const now = left ? Number(left) : Math.max(0, Number(ends) - serverTime());
  const reading = now > 0 ? minutesAndSeconds(now) : sentence("timeUp");
  const words = left ? sentence("paused", { time: reading }) : reading;
  if (clock.textContent !== words) clock.textContent = words;
  clock.toggleAttribute("data-over", now === 0);
  return left ? null : now;
}

/**
 * The mark that was passed since the last look, if it was just now.
 *
 * @param {number} left
 * @param {number[]} marks
 */
function passed(left, marks) {
  const last = before;
  if (last === null) return undefined;
  return marks.find((mark) => last > mark && left <= mark && mark - left < TOO_LATE);
}

/** @param {number} mark */
function spoken(mark) {
  if (mark === 0) return sentence("timeUp");
  return mark >= MINUTE
    ? counted("minutesLeft", mark / MINUTE)
    : counted("secondsLeft", mark / 1000);
}

/** 4:59. A second that has begun counts, so that 0:00 is the end. @param {number} milliseconds */
export function minutesAndSeconds(milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
}
