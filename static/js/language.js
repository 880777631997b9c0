/** Going over to another language leaves nothing behind that was typed: the words of every form come along. */

const PLACE = "eightdots going over";
const TYPED =
  "input:not([type=hidden], [type=file], [type=password], [type=submit]), textarea, select";

/** @typedef {{ path: string, fields: [value: string, isChecked: boolean][], down: number }} Kept */

function keep() {
  /** @type {Kept} */
  const kept = {
    path: location.pathname,
    fields: typed().map((field) => [field.value, "checked" in field && field.checked]),
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
  const fields = typed();
  // The same page has the same fields, in whichever language: where it has others, it has moved on.
  if (kept?.path !== location.pathname || kept.fields.length !== fields.length) return;
  for (const [index, [value, isChecked]] of kept.fields.entries()) {
    const field = fields[index];
    if ("checked" in field && ["checkbox", "radio"].includes(field.type)) field.checked = isChecked;
    else if (field.value !== value) field.value = value;
    else continue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  scrollTo(0, kept.down);
}

/** @returns {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */
const typed = () => [.../** @type {NodeListOf<any>} */ (document.querySelectorAll(TYPED))];

putBack();
document.addEventListener("click", (event) => {
  if (/** @type {Element} */ (event.target).closest("a[data-language]")) keep();
});
