/** The board: what is projected. It is watched, and steered by a clicker. */

import { call, say } from "./announce.js";
import { Connection } from "./connection.js";
import { showEnd } from "./end.js";
import { listenToKeys } from "./keys.js";
import { Pages } from "./pages.js";
import { numberOf, onPatched, patch, shownVersion, stage } from "./patch.js";
import { countDown, isStill, moveToRanks, places } from "./reveal.js";
import { fit } from "./spotlight.js";
import { pressNext } from "./steering.js";
import { runTimer } from "./timer.js";
import { keepView, recallView } from "./view.js";
import { sentence } from "./words.js";

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

onPatched(({ before, phase, isNewStage, added }) => {
  document.title = [stage().dataset.title?.trim(), document.body.dataset.title, "Eight Dots"].join(
    " – ",
  );
  takeOnLook();
  if (isNewStage) pages.first();
  else pages.lay(added.length);
  fit();
  // Closing and revealing may come as one change.
  const isReveal = ["vote", "reveal"].includes(before ?? "") && phase === "discuss";
  if (isNewStage && isReveal) call(stage().dataset.aloud ?? "");
  // The next timer begins small again.
  if (document.getElementById("timer")?.hidden) showTimerLarge(false);
});
runTimer();
pages.first();
fit();
const former = recallView();
showBlank(former?.isBlank ?? false);
showTimerLarge(former?.isTimerLarge ?? false);
if (former?.isQrLarge) bigQr.showModal();
turnTo(former);
// Letters have their width only when their font has come.
document.fonts.ready.then(() => {
  lay();
  turnTo(former);
});
addEventListener("resize", lay);
// A clock that begins to run, or a second line of it, takes room at the foot that responses had.
const foot = document.querySelector(".foot");
if (foot) new ResizeObserver(() => pages.lay()).observe(foot);
stayAwake();
document.addEventListener("visibilitychange", stayAwake);

function lay() {
  pages.layAnew();
  fit();
}

/** How the board looks is chosen at the console: the stage says it, and the whole page takes it on. */
function takeOnLook() {
  const { size, theme } = stage().dataset;
  // Where the workshop has ended, the last look stays.
  if (size) document.body.dataset.size = size;
  if (theme) document.documentElement.dataset.theme = theme;
}

// After a reload -----------------------------------------------------------------------------------------------------

function shownStage() {
  const { exercise, phase } = stage().dataset;
  return `${exercise} ${phase}`;
}

keepView(() => ({
  stage: shownStage(),
  page: pages.page,
  isBlank: !blank.hidden,
  isTimerLarge: isTimerLarge(),
  isQrLarge: bigQr.open,
}));

/** @param {import("./view.js").View | null} former */
function turnTo(former) {
  if (former?.stage === shownStage()) pages.turnTo(former.page);
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
  const isReveal = kind === "patch" && stage().dataset.phase === "reveal" && isRevealed(message);
  if (!isReveal || isStill() || document.hidden) return patch(message, { insert });
  waiting = [message];
  bigQr.close();
  await countDown();
  const before = places();
  for (const each of waiting.splice(0)) patch(each, { insert });
  waiting = null;
  moveToRanks(before);
}

/**
 * Whether a message has the results of the exercise that is shown: of another, they have been seen before.
 *
 * @param {Message} message
 */
const isRevealed = ({ fragments }) =>
  fragments?.stage?.includes(`data-phase="discuss" data-exercise="${stage().dataset.exercise}"`) ??
  false;

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

listenToKeys({
  PageDown: () => pages.turn(1),
  ArrowRight: () => pages.turn(1),
  " ": () => pages.turn(1),
  PageUp: () => pages.turn(-1),
  ArrowLeft: () => pages.turn(-1),
  ".": () => showBlank(Boolean(blank.hidden)),
  b: () => showBlank(Boolean(blank.hidden)),
  q: () => (bigQr.open ? bigQr.close() : bigQr.showModal()),
  f: () => toggleFullScreen(),
  t: toggleTimer,
  p: () => pressNext(),
  Escape: () => {
    showBlank(false);
    showTimerLarge(false);
  },
});

/** @param {boolean} isBlank */
function showBlank(isBlank) {
  blank.hidden = !isBlank;
  // A dialog would stand on top of it.
  if (isBlank) bigQr.close();
}

function toggleTimer() {
  if (document.getElementById("timer")?.hidden) return say(sentence("noTimer"));
  showTimerLarge(!isTimerLarge());
}

function isTimerLarge() {
  return document.body.dataset.timer === "large";
}

/** @param {boolean} isLarge */
function showTimerLarge(isLarge) {
  document.body.dataset.timer = isLarge ? "large" : "";
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
