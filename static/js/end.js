/** There is nothing to come any more: the workshop was deleted, or a link revoked. */

import { silence } from "./announce.js";
import { stage } from "./patch.js";

/**
 * @param {string} sentence
 * @param {string} [code] why there is nothing to come any more
 */
export function showEnd(sentence, code) {
  const heading = document.createElement("h1");
  heading.tabIndex = -1;
  heading.textContent = sentence;
  const last = stage();
  last.dataset.phase = "ended";
  last.classList.add("notice");
  last.replaceChildren(heading, ...wayOn(code));
  document.getElementById("main")?.replaceChildren(last);
  // What stands beside the stage ends with it.
  for (const part of ["sheet", "spotlight", "timer"]) {
    const element = document.getElementById(part);
    if (element) element.hidden = true;
  }
  document.title = `${sentence} – Eight Dots`;
  silence();
  // Nothing is left that somebody could be reading, and the heading is read to whoever it gives focus to.
  heading.focus();
}

/** Only participants have somewhere to go. @param {string} [code] */
function wayOn(code) {
  const template = /** @type {HTMLTemplateElement | null} */ (
    document.getElementById(`way-on-${code}`) ?? document.getElementById("way-on")
  );
  return template ? [template.content.cloneNode(true)] : [];
}
