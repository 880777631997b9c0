/** Going over to another language leaves nothing behind that was typed: the words of every form come along. */

const PLACE = "eightdots going over";
const TYPED =
  "input:not([type=hidden], [type=file], [type=password], [type=submit]), textarea, select";

/** @typedef {[value: string, isChecked: boolean] | null} Typed null where nobody has typed: the page brings what is there */
/** @typedef {{ path: string, fields: Typed[], down: number }} Kept */

function keep() {
  /** @type {Kept} */
  const kept = {
    path: location.pathname,
    fields: fields().map((field) =>
      isTyped(field) ? [field.value, field.checked === true] : null,
    ),
    down: scrollY,
  };
  try {
    sessionStorage.setItem(PLACE, JSON.stringify(kept));
  } catch {
    // Storage is full or switched off.
  }
}

function putBack() {
  /** @type {Kept | null} */
  let kept = null;
  try {
    kept = JSON.parse(sessionStorage.getItem(PLACE) ?? "null");
    sessionStorage.removeItem(PLACE);
  } catch {
    return;
  }
  const all = fields();
  // The same page has the same fields, in whichever language: where it has others, it has moved on.
  if (kept?.path !== location.pathname || kept.fields.length !== all.length) return;
  for (const [index, was] of kept.fields.entries()) {
    if (!was) continue;
    const field = all[index];
    if (isTicked(field)) field.checked = was[1];
    else if (field.value !== was[0]) field.value = was[0];
    else continue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  scrollTo(0, kept.down);
}

/** Of any kind. @returns {any[]} */
const fields = () => [...document.querySelectorAll(TYPED)];

/** @param {any} field */
const isTicked = (field) => ["checkbox", "radio"].includes(field.type);

/** @param {any} field */
function isTyped(field) {
  if (isTicked(field)) return field.checked !== field.defaultChecked;
  return field.localName === "select" || field.value !== field.defaultValue;
}

putBack();
document.addEventListener("click", (event) => {
  // Another tab does not take this page away.
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  if (/** @type {Element} */ (event.target).closest("a[data-language]")) keep();
});
