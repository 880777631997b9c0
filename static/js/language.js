/** Going over to another language leaves nothing behind that was typed: the words of every form come along. */

const PLACE = "eightdots going over";
const TYPED =
  "input:not([type=hidden], [type=file], [type=password], [type=submit]), textarea, select";

/**
 * @typedef {{ path: string, language: string, fields: Typed[], down: number }} Kept
 * @typedef {[name: string, value: string, isChecked: boolean]} Typed
 */

/** @param {HTMLAnchorElement} link */
function keep(link) {
  /** @type {Kept} */
  const kept = {
    // Where it leads back to: the answer to a form has another address than the page of the form.
    path: new URL(new URL(link.href).searchParams.get("to") ?? "", location.href).pathname,
    language: languageOfForm(),
    fields: typed().map((field) => [field.name, field.value, "checked" in field && field.checked]),
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
  for (const [index, field] of fields.entries()) {
    const [, value, isChecked] = asNow(kept, field.name) ?? kept.fields[index];
    if ("checked" in field && ["checkbox", "radio"].includes(field.type)) field.checked = isChecked;
    else if (field.value !== value) field.value = value;
    else continue;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }
  scrollTo(0, kept.down);
}

/** What a form's own fields are in, where that goes by the page: a new workshop is in the language that it is asked for in. */
const languageOfForm = () =>
  document.querySelector("form.new > [name=language]")?.getAttribute("value") ?? "";

/**
 * The field that was this one in the form of the other language: its `title` may now be `title_in_cy`, and the other way.
 *
 * @param {Kept} kept
 * @param {string} name
 */
function asNow({ language, fields }, name) {
  if (language === languageOfForm()) return undefined;
  const own = name.endsWith(`_in_${language}`);
  const before = own ? name.slice(0, -`_in_${language}`.length) : `${name}_in_${languageOfForm()}`;
  const named = (/** @type {string} */ wanted) => fields.find(([each]) => each === wanted);
  return named(before) ?? (name.includes("_in_") ? named(name) : undefined);
}

/** @returns {(HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement)[]} */
const typed = () => [.../** @type {NodeListOf<any>} */ (document.querySelectorAll(TYPED))];

putBack();
document.addEventListener("click", (event) => {
  /** @type {HTMLAnchorElement | null} */
  const link = /** @type {Element} */ (event.target).closest("a[data-language]");
  if (link) keep(link);
});
