/** What was just done can be taken back with one press for half a minute, and from the history for good. */

const OFFERED = 30_000;

const form = /** @type {HTMLFormElement | null} */ (document.getElementById("undo"));

/** @type {ReturnType<typeof setTimeout> | undefined} */
let leaving;

/** @param {string | undefined} path where to post to; nothing to undo where there is none */
export function offerUndo(path) {
  clearTimeout(leaving);
  if (!form) return;
  if (!path) return withdraw();
  form.action = path;
  form.hidden = false;
  leaving = setTimeout(withdraw, OFFERED);
}

/** Not from under somebody's finger: whoever stands on the button keeps it until they leave. */
function withdraw() {
  if (!form) return;
  if (form.contains(document.activeElement)) {
    leaving = setTimeout(withdraw, 1000);
  } else {
    form.hidden = true;
  }
}

// What the page came with.
if (form && !form.hidden) leaving = setTimeout(withdraw, OFFERED);
