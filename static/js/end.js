/** There is nothing to come any more: the workshop was deleted, or a link revoked. */

import { silence } from "./announce.js";
import { stage } from "./patch.js";

/**
 * @param {string} sentence
 * @param {string} [code] why there is nothing to come any more
 */
export function showEnd(sentence, code) {
  const way = wayOn(code);
  const heading = document.createElement("h1");
  heading.tabIndex = -1;
  heading.textContent = way?.dataset.heading ?? sentence;
  const last = stage();
  last.dataset.phase = "ended";
  last.classList.add("notice");
  last.replaceChildren(heading);
  if (way) last.append(way.content.cloneNode(true));
  const lead = last.querySelector(".lead");
  if (lead) lead.textContent = sentence;
  document.getElementById("main")?.replaceChildren(last);
  // What stands beside the stage ends with it.
  for (const part of ["sheet", "spotlight", "timer", "said", "undo"]) {
    const element = document.getElementById(part);
    if (element) element.hidden = true;
  }
  // It leads to where the link led.
  document.querySelector("nav.places")?.remove();
  document.title = `${heading.textContent} – Eight Dots`;
  silence();
  // Nothing is left that somebody could be reading, and the heading is read to whoever it gives focus to.
  heading.focus();
}

/** Where there is somewhere to go; its page may know a heading for it. @param {string} [code] */
function wayOn(code) {
  return /** @type {HTMLTemplateElement | null} */ (
    document.getElementById(`way-on-${code}`) ?? document.getElementById("way-on")
  );
}
