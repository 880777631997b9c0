/** The board: what is projected. It is watched, and steered by a clicker. */

import { Connection } from "./connection.js";
import { showEnd } from "./end.js";
import { Pages } from "./pages.js";
import { numberOf, onPatched, patch, shownVersion, stage } from "./patch.js";
import { countDown, isStill, moveToRanks, places } from "./reveal.js";
import { fit } from "./spotlight.js";

/** @typedef {import("./connection.js").Message} Message */

document.documentElement.dataset.script = "on";

const pages = new Pages();
const blank = /** @type {HTMLElement} */ (document.getElementById("blank"));
const bigQr = /** @type {HTMLDialogElement} */ (document.getElementById("big-qr"));

new Connection({
  code: document.body.dataset.code ?? "",
  audience: "board",
  version: shownVersion,
  heard,
  ended: showEnd,
});

onPatched(({ isNewStage, added }) => {
  document.title = [stage().dataset.title?.trim(), document.body.dataset.title, "Eight Dots"].join(
    " – ",
  );
  if (isNewStage) pages.first();
  else pages.lay(added.length);
  fit();
});
pages.first();
fit();
// Letters have their width only when their font has come.
document.fonts.ready.then(lay);
addEventListener("resize", lay);
addEventListener("keydown", pressed);
stayAwake();
document.addEventListener("visibilitychange", stayAwake);

function lay() {
  pages.lay();
  fit();
}

// What is pushed -----------------------------------------------------------------------------------------------------

/** Messages that wait for the end of the countdown. @type {Message[] | null} */
let waiting = null;

/**
 * @param {Message} message
 * @param {"state" | "patch"} kind
 */
async function heard(message, kind) {
  if (waiting) {
    waiting.push(message);
    return;
  }
  const isReveal =
    kind === "patch" && stage().dataset.phase === "reveal" && phaseOf(message) === "discuss";
  if (!isReveal || isStill() || document.hidden) return patch(message, { insert });
  waiting = [message];
  await countDown();
  const before = places();
  for (const each of waiting.splice(0)) patch(each, { insert });
  waiting = null;
  moveToRanks(before);
}

/** @param {Message} message */
const phaseOf = ({ fragments }) => fragments?.stage?.match(/data-phase="(\w+)"/)?.[1];

/**
 * By number, as the page has them when it is loaded.
 *
 * @param {Element} list
 * @param {HTMLElement[]} coming
 */
function insert(list, coming) {
  for (const card of coming) {
    const shown = [.../** @type {HTMLCollectionOf<HTMLElement>} */ (list.children)];
    list.insertBefore(card, shown.find((each) => numberOf(each) > numberOf(card)) ?? null);
  }
}

// Keys ---------------------------------------------------------------------------------------------------------------

/** @type {Record<string, () => void>} */
const KEYS = {
  PageDown: () => pages.turn(1),
  ArrowRight: () => pages.turn(1),
  " ": () => pages.turn(1),
  PageUp: () => pages.turn(-1),
  ArrowLeft: () => pages.turn(-1),
  ".": () => showBlank(Boolean(blank.hidden)),
  b: () => showBlank(Boolean(blank.hidden)),
  q: () => (bigQr.open ? bigQr.close() : bigQr.showModal()),
  f: () => toggleFullScreen(),
  Escape: () => showBlank(false),
};

/** @param {KeyboardEvent} event */
function pressed(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const act = KEYS[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!act) return;
  // Escape closes the dialog by itself.
  if (event.key !== "Escape") event.preventDefault();
  act();
}

/** @param {boolean} isBlank */
function showBlank(isBlank) {
  blank.hidden = !isBlank;
}

function toggleFullScreen() {
  const change = document.fullscreenElement
    ? document.exitFullscreen()
    : document.documentElement.requestFullscreen();
  // Refused where the browser does not let a page do that: F11 is left.
  change.catch(() => {});
}

/** A projected screen must not go dark in a discussion. Browsers let go of the lock when the page is hidden. */
function stayAwake() {
  // Missing where the page came over plain http.
  if (document.hidden || !("wakeLock" in navigator)) return;
  navigator.wakeLock.request("screen").catch(() => {});
}
