/** There is nothing to come any more: the workshop was deleted, or a link revoked. */

import { sound } from "./announce.js";
import { stage } from "./patch.js";

/** @param {string} sentence */
export function showEnd(sentence) {
  const heading = document.createElement("h1");
  heading.tabIndex = -1;
  heading.textContent = sentence;
  const last = stage();
  last.dataset.phase = "ended";
  last.replaceChildren(heading);
  document.getElementById("main")?.replaceChildren(last);
  const sheet = document.getElementById("sheet");
  if (sheet) sheet.hidden = true;
  document.title = `${sentence} – Eight Dots`;
  sound(sentence);
}
