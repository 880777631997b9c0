/** The console: every form is sent without leaving the page, and what it changes comes back by the push. */

import { call, say, silence, sound } from "./announce.js";
import { post } from "./ask.js";
import { Connection } from "./connection.js";
import { showEnd } from "./end.js";
import { Notes } from "./notes.js";
import { onPatched, patch, reachable, shownVersion, stage } from "./patch.js";
import { inPlace } from "./place.js";
import { AND_AT_ZERO, runTimer } from "./timer.js";
import "./board-look.js";
import "./grouping.js";
import { offerUndo } from "./undo.js";
import { sentence } from "./words.js";

document.documentElement.dataset.script = "on";

/** The forms that are under way. A second press on one means nothing. @type {Set<string>} */
const underWay = new Set();

const connection = new Connection({
  code: document.body.dataset.code ?? "",
  audience: /** @type {any} */ (document.body.dataset.audience),
  version: shownVersion,
  heard: (message) =>
    inPlace(() => patch(message, { isOnePage: true, landing: landingFrom(stage().dataset.phase) })),
  ended: showEnd,
  changed: (state) => {
    if (state === "live") notes.hurry();
  },
});

const notes = new Notes();

onPatched(({ before, phase }) => {
  if (phase !== before && document.activeElement?.id === "phases") nextAct()?.focus();
  document.title = [stage().dataset.title?.trim(), document.body.dataset.title, "Eight Dots"].join(
    " – ",
  );
});

runTimer(call, AND_AT_ZERO);

document.addEventListener("submit", (event) => {
  const form = /** @type {HTMLFormElement} */ (event.target);
  if (form.method !== "post" || "leaves" in form.dataset) return;
  event.preventDefault();
  send(form, /** @type {HTMLButtonElement | null} */ (event.submitter));
});

/**
 * @param {HTMLFormElement} form
 * @param {HTMLButtonElement | null} button
 */
async function send(form, button) {
  const act = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const fields = new FormData(form);
  if (button?.name) fields.set(button.name, button.value);
  if (underWay.has(act)) return;
  underWay.add(act);
  silence();
  try {
    const answer = await post(act, fields);
    if (answer.error) {
      sound(answer.error.message);
      return;
    }
    say(answer.message ?? "");
    offerUndo(answer.undo);
    if (form.hasAttribute("data-reset")) form.reset();
    // Nothing will be pushed, so the page comes anew.
    if (connection.state !== "live") location.reload();
  } catch {
    sound(sentence("failed"));
  } finally {
    underWay.delete(act);
  }
}

/** What can be done next. @returns {HTMLElement | null} */
const nextAct = () => document.querySelector("#acts :is(button, a)");

/**
 * Where focus goes when what had it is gone. When the exercise moved on, to what can be done next; otherwise to a
 * heading, so that a key that is pressed just then does nothing.
 *
 * @param {string | undefined} before the phase that was shown
 * @returns {(stage: HTMLElement) => HTMLElement | null}
 */
const landingFrom = (before) => (stage) => {
  if (stage.dataset.phase !== before) return nextAct();
  const heading =
    stage.querySelector("#suggestions-heading") ?? stage.querySelector("#responses-heading");
  return heading && reachable(/** @type {HTMLElement} */ (heading));
};
