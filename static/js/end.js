/** There is nothing to come any more: the workshop was deleted, or a link revoked. */

import { silence } from "./announce.js";
import { stage } from "./patch.js";

/** @param {string} sentence */
export function showEnd(sentence) {
  const heading = document.createElement("h1");
  heading.tabIndex = -1;
  heading.textContent = sentence;
  const last = stage();
  last.dataset.phase = "ended";
  last.classList.add("notice");
  last.replaceChildren(heading, ...wayOn());
  document.getElementById("main")?.replaceChildren(last);
  const sheet = document.getElementById("sheet");
  if (sheet) sheet.hidden = true;
  document.title = `${sentence} – Eight Dots`;
  silence();
  // Nothing is left that somebody could be reading, and the heading is read to whoever it gives focus to.
  heading.focus();
}

/** Only participants have somewhere to go. */
function wayOn() {
  const template = /** @type {HTMLTemplateElement | null} */ (document.getElementById("way-on"));
  return template ? [template.content.cloneNode(true)] : [];
}
