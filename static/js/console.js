/** The console: every form is sent without leaving the page, and what it changes comes back by the push. */

import { call, say, silence, sound } from "./announce.js";
import { post } from "./ask.js";
import { Connection } from "./connection.js";
import { showEnd } from "./end.js";
import { Notes } from "./notes.js";
import { onPatched, patch, shownVersion, stage } from "./patch.js";
import { runTimer } from "./timer.js";
import { offerUndo } from "./undo.js";
import { sentence } from "./words.js";

document.documentElement.dataset.script = "on";

/** The forms that are under way. A second press on one means nothing. @type {Set<string>} */
const underWay = new Set();

const connection = new Connection({
  code: document.body.dataset.code ?? "",
  audience: /** @type {any} */ (document.body.dataset.audience),
  version: shownVersion,
  heard: (message) => patch(message, { landing }),
  ended: showEnd,
  changed: (state) => {
    if (state === "live") notes.hurry();
  },
});

const notes = new Notes();

onPatched(() => {
  document.title = [stage().dataset.title?.trim(), document.body.dataset.title, "Eight Dots"].join(
    " – ",
  );
});

runTimer(call);

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || "leaves" in form.dataset) return;
  event.preventDefault();
  send(form);
});

/** @param {HTMLFormElement} form */
async function send(form) {
  const act = form.action;
  if (underWay.has(act)) return;
  underWay.add(act);
  silence();
  try {
    const answer = await post(act, new FormData(form));
    if (answer.error) {
      sound(answer.error.message);
      return;
    }
    say(answer.message ?? "");
    offerUndo(answer.undo);
    // Nothing will be pushed, so the page comes anew.
    if (connection.state !== "live") location.reload();
  } catch {
    sound(sentence("failed"));
  } finally {
    underWay.delete(act);
  }
}

/** Where focus goes when the exercise moved on: to what can be done next. @param {Element} stage */
function landing(stage) {
  return /** @type {HTMLElement | null} */ (stage.querySelector(".acts button, .acts a"));
}
