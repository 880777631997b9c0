/** The phone. */

import { call, say, silence, sound } from "./announce.js";
import { Ballot } from "./ballot.js";
import { Connection } from "./connection.js";
import { showEnd } from "./end.js";
import { Finder } from "./finder.js";
import { hurry } from "./insist.js";
import { Kept } from "./kept.js";
import { forgetAll, sendWhatWasLeft } from "./left_behind.js";
import { shuffled } from "./order.js";
import { numberOf, onPatched, patch, shownVersion, stage } from "./patch.js";
import { inPlace } from "./place.js";
import { Responses } from "./responses.js";
import { Room } from "./room.js";
import { Sender } from "./sender.js";
import { Sheet } from "./sheet.js";
import { announceSpotlight } from "./spotlight.js";
import { runTimer } from "./timer.js";
import { Voting } from "./voting.js";
import { counted, sentence } from "./words.js";

document.documentElement.dataset.script = "on";

const code = document.body.dataset.code ?? "";
const exercise = Number(stage().dataset.exercise);
const own = JSON.parse(document.getElementById("own")?.textContent ?? "{}");

/** Whether this phone has been told that voting has closed. */
let knowsOfClosing = false;
/** How many of its dots came too late for that. */
let lost = 0;

const ballot = new Ballot(own.slots);
// Before all who paint it.
onPatched(keepAllowance);
const kept = new Kept(code, exercise, own.seed);
ballot.restore(kept.load());

const connection = new Connection({
  code,
  audience: "participant",
  version: shownVersion,
  heard,
  ballot: movedElsewhere,
  ended: (sentence, why) => {
    forgetAll(code);
    showEnd(sentence, why);
  },
  changed: (state) => {
    if (state === "live" || state === "polling") {
      sender.hurry();
      hurry();
    }
    sheet.paint();
  },
});

const sender = new Sender({
  ballot,
  kept,
  connection,
  code,
  exercise,
  changed: paint,
  refused: (problems) => {
    sound(whatWasRefused(problems));
    for (const problem of problems) turnedAway(problem.code);
  },
  stale: () => say(sentence("otherTab")),
});

const sheet = new Sheet({
  ballot,
  code,
  refused: turnedAway,
  isCutOff: () => sender.isCutOff || connection.state === "lost",
});
const voting = new Voting({
  ballot,
  room: new Room(ballot),
  isBarred: (response) => "ownBarred" in stage().dataset && responses.isMine(response),
  wished: () => {
    sheet.paint();
    sender.send();
  },
});
const responses = new Responses({
  code,
  mine: own.mine,
  unchecked: own.unchecked,
  refused: turnedAway,
  changed: () => {
    // Its title may still tell of a problem.
    sheet.paint();
    // What was pushed has come already.
    if (connection.state !== "live") connection.look();
  },
});
const finder = new Finder(ballot);

sheet.isFinished = own.finished;
onPatched(changedPhase);
onPatched(askAfterDots);
announceSpotlight();
// Last, when all others know which responses are left.
onPatched(() => sheet.paint());
runTimer(call);
paint();
responses.paint();
responses.resume();
finder.paint();
sender.send();
sendWhatWasLeft(code, exercise, own.seed).then((late) => {
  if (late > 0) sound(counted("tooLate", late));
});

/**
 * The cookie is not the one that this page came with. Where the ballot went with it, looking leads to where one joins;
 * otherwise the page comes anew, and what was typed or wished is kept over that.
 *
 * @param {string | undefined} problem
 */
async function turnedAway(problem) {
  if (!problem || !["expired", "not_joined", "moved", "waiting"].includes(problem)) return;
  const isStillHere = await connection.look();
  if (isStillHere && problem === "expired") location.reload();
}

/** @param {import("./ballot.js").Refused[]} problems */
function whatWasRefused(problems) {
  const tooLate = problems.filter(({ code }) => code === "voting_closed");
  knowsOfClosing ||= tooLate.length > 0;
  lost += tooLate.filter(({ response }) => response !== null).length;
  if (lost > 1) return `${counted("tooLate", lost)} ${counted("counted", ballot.counted)}`;
  return problems.at(-1)?.message ?? "";
}

function paint() {
  voting.paint();
  sheet.paint();
}

/** @param {import("./connection.js").Message} message */
function heard(message) {
  // Before the patch, so that one's own new responses are not held back like other people's.
  if (message.mine) responses.own(message.mine, message.unchecked);
  inPlace(() => patch(message, { insert }));
  if (message.ballot) told(message.ballot);
}

/**
 * A new list is in one's own order, unless all are to have the same; to one that is being read, others are added at the
 * end.
 *
 * @param {Element} list
 * @param {HTMLElement[]} cards
 * @param {boolean} isNewList
 */
function insert(list, cards, isNewList) {
  const { phase, order } = stage().dataset;
  if (!isNewList || phase !== "vote" || order === "shared") return list.append(...cards);
  const byNumber = new Map(cards.map((card) => [numberOf(card), card]));
  for (const number of shuffled(byNumber.keys(), own.seed))
    list.append(/** @type {Element} */ (byNumber.get(number)));
}

/** @param {import("./ballot.js").Told} news */
function told(news) {
  if (news.exercise !== exercise) return false;
  const moved = ballot.adopt(news);
  if (news.finished !== undefined) sheet.isFinished = news.finished;
  paint();
  return moved;
}

/** @param {import("./ballot.js").Told} news */
function movedElsewhere(news) {
  if (told(news)) say(sentence("otherTab"));
}

function keepAllowance() {
  const { dataset } = stage();
  const allowance = Number(dataset.allowance);
  if (Number(dataset.exercise) === exercise && allowance !== ballot.allowance)
    ballot.resize(allowance);
}

/** @param {import("./patch.js").Patched} patched */
function changedPhase({ before, phase, isNewStage }) {
  if (!isNewStage) return;
  // Another exercise has another ballot; it comes with its page.
  if (Number(stage().dataset.exercise) !== exercise) return location.reload();
  scrollTo(0, 0);
  const title = stage().dataset.title?.trim() ?? "";
  const isClosing = phase === "reveal" && before === "vote";
  // What was answered to a dot that came too late says more, and may be quicker than what is pushed to everybody.
  if (isClosing && knowsOfClosing) return;
  if (isClosing) return sound(title);
  knowsOfClosing = false;
  lost = 0;
  silence();
  const unsent = before === "gather" && phase !== "gather" ? responses.unsent : "";
  // After the reveal, ties are said aloud.
  const aloud = stage().dataset.aloud;
  // It stays until the next tap, for there is nowhere else to read it.
  if (unsent) return sound(sentence("unsent", { text: unsent }));
  say(aloud ? `${title}. ${aloud}` : title);
}

/**
 * A response that comes back brings back the dots that lie on it, and one that was merged or taken out before voting
 * opened again counts for another: only the server knows whether some of those dots are ours.
 *
 * @param {import("./patch.js").Patched} patched
 */
function askAfterDots({ before, phase, added }) {
  if (phase !== "vote" || (before === "vote" && added.length === 0)) return;
  const mayBeOurs = ballot.slots.some(
    ([response, rev]) => rev > 0 && (response === null || before !== "vote"),
  );
  if (mayBeOurs) setTimeout(() => connection.look(), Math.random() * 2000);
}
