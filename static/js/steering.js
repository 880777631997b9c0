/**
 * The next step, pressed on the board. Only a board that was opened from the console can do it, and it asks twice: what is
 * projected must not change by a slip of the finger.
 */

import { say } from "./announce.js";
import { get, post } from "./ask.js";
import { onPatched } from "./patch.js";
import { sentence } from "./words.js";

const ASKED_FOR = 4000;

const place = /** @type {HTMLElement} */ (document.getElementById("press-again"));
const code = document.body.dataset.code ?? "";
/** A board may be in another language than the rest of the browser, and what it is answered is to be in that. */
const ofBoard = new URLSearchParams({ language: document.documentElement.lang });

/** The step that was asked about. @type {import("./ask.js").Answer | null} */
let asked = null;
let isBusy = false;
/** @type {ReturnType<typeof setTimeout> | undefined} */
let forgetting;

onPatched(({ isNewStage }) => {
  if (isNewStage) forget();
});

export async function pressNext() {
  if (document.body.dataset.steer !== "yes") return say(sentence("steerElsewhere"));
  if (isBusy) return;
  isBusy = true;
  try {
    if (asked) await take(asked);
    else await ask();
  } catch {
    say(sentence("failed"));
  } finally {
    isBusy = false;
  }
}

async function ask() {
  const answer = await get(`/w/${code}/board/next?${ofBoard}`);
  if (answer.error) return say(answer.error.message);
  if (!answer.to) return say(sentence("noNext"));
  asked = answer;
  place.textContent = sentence("again", { act: answer.act });
  forgetting = setTimeout(forget, ASKED_FOR);
}

/** @param {import("./ask.js").Answer} step */
async function take({ exercise, from, to }) {
  forget();
  const answer = await post(`/w/${code}/${exercise}/phase?${ofBoard}`, { from, to });
  if (answer.error) say(answer.error.message);
}

function forget() {
  clearTimeout(forgetting);
  asked = null;
  place.textContent = "";
}
