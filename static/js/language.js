/** Going over to another language leaves nothing behind that was typed: the words of every form come along. */

const PLACE = "eightdots going over";
const TYPED =
  "input:not([type=hidden], [type=file], [type=password], [type=submit]), textarea, select";

/**
 * @typedef {[name: string, value: string, isChecked: boolean, isTyped: boolean]} Field where nobody has typed, the page
 *   brings what is there
 * @typedef {{ path: string, language: string, fields: Field[], down: number }} Kept
 */

/** @param {HTMLAnchorElement} link */
function keep(link) {
  // Where it leads back to: the answer to a form has another address than the page of the form.
  const { pathname } = new URL(new URL(link.href).searchParams.get("to") ?? "", location.href);
  // A form that came back was filled in by whoever sent it.
  const cameBack = pathname !== location.pathname || document.getElementById("problem") !== null;
  /** @type {Kept} */
  const kept = {
    path: pathname,
    language: languageOfForm(),
    fields: fields().map((field) => [
      field.name,
      field.value,
      field.checked === true,
      cameBack || isTyped(field),
    ]),
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
  for (const [index, field] of all.entries()) {
    const [, value, isChecked, wasTyped] = asNow(kept, field.name) ?? kept.fields[index];
    if (!wasTyped) continue;
    if (isTicked(field)) field.checked = isChecked;
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
  /** @type {HTMLAnchorElement | null} */
  const link = /** @type {Element} */ (event.target).closest("a[data-language]");
  if (link) keep(link);
});
