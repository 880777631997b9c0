/** Copies a link's address; where the browser does not let a page do that, selects it. */

import { say } from "./announce.js";

for (const button of document.querySelectorAll(/** @type {"button"} */ ("[data-copy]"))) {
  button.hidden = false;
  button.addEventListener("click", () => copy(button));
}

/** @param {HTMLButtonElement} button */
async function copy(button) {
  const address = document.getElementById(button.dataset.copy ?? "");
  if (!address) return;
  try {
    // Missing where the page came over plain http.
    await navigator.clipboard.writeText(address.textContent ?? "");
    say(button.dataset.copied ?? "");
  } catch {
    getSelection()?.selectAllChildren(address);
    say(button.dataset.selected ?? "");
  }
}
