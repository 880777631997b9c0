/**
 * What is said to somebody who does not see the screen, and shown as a note to who does. `#said` waits for a pause in
 * reading, `#alarm` interrupts and is kept for closure and for what could not be saved.
 */

const SETTLED = 500;
const BETWEEN_OTHERS = 30_000;
const AFTER_OWN = 3000;
const NOTE_STAYS = 10_000;

const said = document.getElementById("said");
const alarm = document.getElementById("alarm");

/** @type {ReturnType<typeof setTimeout> | undefined} */
let settling;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let leaving;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let others;
let quietUntil = 0;
/** @typedef {{ sentence: () => string, isSeen: boolean }} News */

/** What there is to say of others, by what it is about. @type {Map<string, News>} */
const ofOthers = new Map();

/** What came of the reader's own doing. @param {string} text */
export function say(text) {
  clearTimeout(settling);
  speak(text, true);
}

/**
 * What came of a tap, for who cannot see it on the card and in the sheet. Taps come in bursts, and a burst is one sentence:
 * the last.
 *
 * @param {string} text
 */
export function tell(text) {
  clearTimeout(settling);
  settling = setTimeout(() => speak(text, false), SETTLED);
}

/** What can be seen already, for who does not see it. @param {string} text */
export function call(text) {
  if (text) speak(text, false);
}

/**
 * What other people do: said once in thirty seconds at most, and made when it is said.
 *
 * @param {string} about the latest of what is about the same is said
 * @param {() => string} sentence empty when there is nothing to say any more
 * @param {boolean} [isSeen] whether it is shown, too: it cannot be seen elsewhere
 */
export function sayOfOthers(about, sentence, isSeen = true) {
  ofOthers.set(about, { sentence, isSeen });
  if (others === undefined) others = setTimeout(sayTheirs, SETTLED);
}

function sayTheirs() {
  others = undefined;
  const wait = quietUntil - Date.now();
  if (wait > 0) {
    others = setTimeout(sayTheirs, wait);
    return;
  }
  const news = [...ofOthers.values()].map(({ sentence, isSeen }) => ({ text: sentence(), isSeen }));
  ofOthers.clear();
  const left = news.filter(({ text }) => text !== "");
  if (left.length === 0) return;
  said?.classList.toggle("vh", !left.some(({ isSeen }) => isSeen));
  put(said, left.map(({ text }) => text).join(" "));
  quietUntil = Date.now() + BETWEEN_OTHERS;
}

/** Voting has closed, or something could not be saved. @param {string} text */
export function sound(text) {
  put(alarm, text);
}

export function silence() {
  if (alarm?.textContent) alarm.textContent = "";
}

/**
 * @param {string} text
 * @param {boolean} isSeen
 */
function speak(text, isSeen) {
  quietUntil = Math.max(quietUntil, Date.now() + AFTER_OWN);
  said?.classList.toggle("vh", !isSeen);
  put(said, text);
}

/**
 * @param {HTMLElement | null} place
 * @param {string} text
 */
function put(place, text) {
  if (!place) return;
  if (place.textContent === text) {
    // The same again is no change, and so would not be said.
    place.textContent = "";
    setTimeout(() => {
      place.textContent ||= text;
    }, 50);
  } else {
    place.textContent = text;
  }
  if (place === said) leave();
}

/** A note covers a part of a small screen, so it goes. */
function leave() {
  clearTimeout(leaving);
  leaving = setTimeout(() => {
    if (said) said.textContent = "";
  }, NOTE_STAYS);
}

// What the page came with was there from the start, and only what changes is read out.
const came = said?.textContent?.trim();
if (said && came) {
  said.textContent = came;
  put(said, came);
}
