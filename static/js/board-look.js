/** How the board looks: a choice is sent as it is made, and the panel shows what somebody else has chosen or undone. */

import { onPatched } from "./patch.js";

/** Whoever goes through choices with the arrow keys sends the one they stop at. Milliseconds. */
const STOPPED = 300;

const panel = document.getElementById("look");
/** @type {ReturnType<typeof setTimeout> | undefined} */
let stopping;

panel?.addEventListener("change", () => {
  clearTimeout(stopping);
  stopping = setTimeout(() => panel.querySelector("form")?.requestSubmit(), STOPPED);
});

let known = chosen();
onPatched(() => {
  const now = chosen();
  if (now === known) return;
  known = now;
  for (const radio of /** @type {NodeListOf<HTMLInputElement>} */ (
    panel?.querySelectorAll("[type=radio]") ?? []
  ))
    radio.checked = radio.value === panel?.dataset[radio.name];
});

/** What the server says is chosen. */
function chosen() {
  return `${panel?.dataset.size} ${panel?.dataset.theme}`;
}
