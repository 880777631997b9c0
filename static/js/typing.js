/**
 * What somebody types is theirs, in any field: nothing that is pushed changes it, and a field does not go from under their
 * hands.
 *
 * @typedef {HTMLInputElement | HTMLTextAreaElement} Field
 */

const FIELDS =
  "textarea, input:not([type=hidden], [type=checkbox], [type=radio], [type=submit], [type=button])";

/** @param {Node | null} node @returns {node is Field} */
const isField = (node) => node instanceof Element && node.matches(FIELDS);

/**
 * Whether a field holds what somebody has typed and nobody has stored.
 *
 * @param {Node} field
 * @param {Node} theirs the same field as it was pushed
 */
export function isTypedOver(field, theirs) {
  if (!isField(field) || !isField(theirs)) return false;
  return field.value !== field.defaultValue && field.value !== theirs.value;
}

/**
 * Whether somebody is typing in there. A note is somebody's as soon as they stand in it. A response goes with its form
 * when responses are closed: it is kept as a draft.
 *
 * @param {Node} part
 */
export function isBeingTyped(part) {
  const field = document.activeElement;
  if (!isField(field) || !part.contains(field)) return false;
  return field.localName === "textarea"
    ? field.hasAttribute("data-own")
    : field.value !== field.defaultValue;
}
