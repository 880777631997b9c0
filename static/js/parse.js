/** A fragment as an element. */

/** What holds blocks, and no words between them. */
const BLOCKS = "section, ul, ol, .columns";

/** @param {string} html @returns {HTMLElement} */
export function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

/**
 * Take out what is only between the lines of a template. Idiomorph would match such a gap with the one behind the next
 * block, and move that out of the way and back again, which takes from it what somebody had chosen in it.
 *
 * @param {Element} part
 */
export function closeUp(part) {
  const all = [part, ...part.querySelectorAll(BLOCKS)].filter((each) => each.matches(BLOCKS));
  const gaps = all.flatMap((each) => [...each.childNodes].filter(isGap));
  for (const gap of gaps) gap.remove();
}

/** @param {Node} node */
const isGap = (node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim() === "";
