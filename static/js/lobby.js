/** Waits in the lobby: asks every five seconds, and goes on when there is another answer than to wait. */

import { get } from "./ask.js";

document.documentElement.dataset.script = "on";

const BETWEEN_LOOKS = 5000;
const code = document.body.dataset.code;

/** @type {ReturnType<typeof setTimeout> | undefined} */
let looking;

/** Spread, so that a full lobby does not ask in one moment. */
function later() {
  clearTimeout(looking);
  looking = setTimeout(look, BETWEEN_LOOKS + Math.random() * 500);
}

async function look() {
  try {
    const answer = await get(`/w/${code}/state`);
    if (answer.error?.code !== "waiting" && answer.status < 500) return location.reload();
  } catch {
    // No network for now: the page stays as it is and asks again.
  }
  later();
}

document.addEventListener("visibilitychange", () => {
  if (!document.hidden) look();
});
later();
