/** There is nothing to come any more: the workshop was deleted, or a link revoked. */

import { sound } from "./announce.js";
import { stage } from "./patch.js";

/**
 * @param {string} sentence
 * @param {{ href: string, words: string }} [wayOn] where one can go from here
 */
export function showEnd(sentence, wayOn) {
  const heading = document.createElement("h1");
  heading.tabIndex = -1;
  heading.textContent = sentence;
  const last = stage();
  last.dataset.phase = "ended";
  last.replaceChildren(heading);
  if (wayOn) last.append(link(wayOn));
  document.getElementById("main")?.replaceChildren(last);
  const sheet = document.getElementById("sheet");
  if (sheet) sheet.hidden = true;
  document.title = `${sentence} – Eight Dots`;
  sound(sentence);
}

/** @param {{ href: string, words: string }} wayOn */
function link({ href, words }) {
  const link = document.createElement("a");
  link.className = "button";
  link.href = href;
  link.textContent = words;
  return link;
}
