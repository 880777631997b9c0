/**
 * The keys of the board: those of a clicker, and letters. Letters and signs can be switched off (WCAG 2.1.4), for who talks
 * to their laptop; `?` tells which keys there are.
 */

const PLACE = "eightdots letters";

const help = /** @type {HTMLDialogElement} */ (document.getElementById("help"));
const letters = /** @type {HTMLInputElement} */ (document.getElementById("letters"));

/** @param {Record<string, () => void>} acts by key; a letter by its small one */
export function listenToKeys(acts) {
  letters.checked = recall() !== "off";
  letters.addEventListener("change", () => keep(letters.checked ? "on" : "off"));
  document.getElementById("show-help")?.addEventListener("click", () => help.showModal());
  addEventListener("keydown", (event) => pressed(event, { ...acts, "?": () => help.showModal() }));
}

/**
 * @param {KeyboardEvent} event
 * @param {Record<string, () => void>} acts
 */
function pressed(event, acts) {
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
  const isSign = event.key.length === 1 && event.key !== " ";
  // A key that is held down would press again by itself.
  if (isSign && (!letters.checked || event.repeat)) return;
  const key = isSign ? event.key.toLowerCase() : event.key;
  if (help.open) {
    if (key === "?") help.close();
    return;
  }
  if (key === " " && isControl(event.target)) return;
  const act = acts[key];
  if (!act) return;
  // Escape closes a dialog by itself.
  if (key !== "Escape") event.preventDefault();
  act();
}

/** @param {EventTarget | null} target */
const isControl = (target) =>
  target instanceof Element && target.closest("button, input, a, summary") !== null;

function recall() {
  try {
    return localStorage.getItem(PLACE);
  } catch {
    return null;
  }
}

/** @param {string} choice */
function keep(choice) {
  try {
    localStorage.setItem(PLACE, choice);
  } catch {
    // Storage is switched off: the choice lives as long as the page.
  }
}
