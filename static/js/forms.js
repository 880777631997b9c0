/**
 * Many forms on one page: whoever saves one keeps what they have typed into the others. It stays in this tab until it is
 * saved or taken away again. Where something was wrong, focus goes to what says so.
 *
 * @typedef {HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement} Field
 * @typedef {{ form: string, name: string, value: string, checked: boolean }} Typed
 */

const place = `eightdots typed ${location.pathname}`;
const OWN = ["hidden", "submit", "button", "file"];

/** @type {HTMLFormElement | null} */
let sent = null;

document.addEventListener("submit", (event) => {
  sent = /** @type {HTMLFormElement} */ (event.target);
});
addEventListener("pagehide", () => {
  const typed = [...document.forms].filter((form) => form !== sent).flatMap(typedInto);
  try {
    if (typed.length) sessionStorage.setItem(place, JSON.stringify(typed));
    else sessionStorage.removeItem(place);
  } catch {
    // Storage is full or switched off: what is typed lives as long as the page.
  }
});
bringBack();
document.getElementById("problem")?.focus();

/** @param {HTMLFormElement} form @returns {Field[]} */
function fields(form) {
  const all = /** @type {Field[]} */ ([...form.elements].filter((each) => "value" in each));
  return all.filter((each) => each.name && !OWN.includes(each.type));
}

/** @param {HTMLFormElement} form @returns {Typed[]} */
function typedInto(form) {
  return fields(form)
    .filter(isChanged)
    .map((field) => ({
      form: form.action,
      name: field.name,
      value: field.value,
      checked: field instanceof HTMLInputElement && field.checked,
    }));
}

/** @param {Field} field */
function isChanged(field) {
  if (field instanceof HTMLSelectElement) {
    const first = [...field.options].find((each) => each.defaultSelected) ?? field.options[0];
    return field.value !== first?.value;
  }
  return isTicked(field)
    ? field.checked !== field.defaultChecked
    : field.value !== field.defaultValue;
}

/** @param {Field} field @returns {field is HTMLInputElement} */
function isTicked(field) {
  return ["checkbox", "radio"].includes(field.type);
}

function bringBack() {
  /** @type {Typed[]} */
  let kept = [];
  try {
    kept = JSON.parse(sessionStorage.getItem(place) ?? "[]");
    sessionStorage.removeItem(place);
  } catch {
    // Nothing was kept, then.
  }
  const back = kept.map(putBack).filter(Boolean);
  const said = document.getElementById("kept");
  if (said && back.length) said.hidden = false;
}

/** @param {Typed} typed whether it could be put where it was */
function putBack(typed) {
  const form = [...document.forms].find((each) => each.action === typed.form);
  const field =
    form &&
    fields(form).find(
      (each) => each.name === typed.name && (!isTicked(each) || each.value === typed.value),
    );
  if (!field) return false;
  if (isTicked(field)) field.checked = typed.checked;
  else field.value = typed.value;
  for (
    let around = field.closest("details");
    around;
    around = around.parentElement?.closest("details") ?? null
  ) {
    around.open = true;
  }
  return true;
}
