/**
 * Grouping at the desk: what is ticked is said, only the wording of what is ticked can be kept, and a pair that somebody
 * finds different is not suggested again on this page.
 */

import { onPatched, reachable } from "./patch.js";
import { counted } from "./words.js";

/** The pairs that are different, by their ids. @type {Set<string>} */
const different = new Set();

document.addEventListener("change", (event) => {
  if (/** @type {Element} */ (event.target).matches(".tick")) paint();
});
document.addEventListener("reset", () => setTimeout(paint));
document.addEventListener("click", (event) => {
  const button = /** @type {Element} */ (event.target).closest("[data-different]");
  const pair = button?.closest("[data-pair]");
  if (!pair) return;
  different.add(pair.id);
  hideDifferent();
  goOn();
});
onPatched(() => {
  paint();
  hideDifferent();
});
paint();

function paint() {
  const ticks = /** @type {NodeListOf<HTMLInputElement>} */ (document.querySelectorAll(".tick"));
  const chosen = [...ticks].filter((tick) => tick.checked).map((tick) => tick.value);
  const said = document.getElementById("ticked");
  if (said) {
    said.textContent = chosen.length > 0 ? counted("ticked", chosen.length) : "";
    said.hidden = chosen.length === 0;
  }
  const into = /** @type {HTMLSelectElement | null} */ (document.getElementById("into"));
  for (const option of into?.options ?? [])
    option.hidden = option.disabled = option.value !== "" && !chosen.includes(option.value);
  if (into?.selectedOptions[0]?.disabled) into.value = "";
}

function hideDifferent() {
  const pairs = /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-pair]"));
  for (const pair of pairs) pair.hidden = different.has(pair.id);
  const place = /** @type {HTMLElement | null} */ (document.querySelector(".suggestions"));
  if (place) place.hidden = [...pairs].every((pair) => pair.hidden);
}

/** Focus goes to the heading: a key that is pressed just then must not answer the next question. */
function goOn() {
  const heading = document.getElementById("suggestions-heading");
  const list = document.getElementById("responses-heading");
  const landing = heading?.closest("details")?.hidden ? list : heading;
  if (landing) reachable(landing).focus();
}
