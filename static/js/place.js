/**
 * Whoever reads stays where they are, whatever comes and goes above them. Browsers do that by themselves or they do not
 * (Safari does not), so it is done here for all of them alike.
 */

/** What can be read by itself, and so is known again. */
const READABLE = "li, p, h1, h2, h3, summary, label, form, fieldset, textarea, input, button, a";

/** How far apart, in pixels, it is looked for something that is being read. */
const STEP = 60;

/** Pages scroll by whole pixels. What is over is made up for the next time, so that it never adds up. */
let owed = 0;

document.documentElement.style.setProperty("overflow-anchor", "none");

/** @param {() => boolean | void} change what may move things; says whether there is another page to read now */
export function inPlace(change) {
  const before = reading().map((each) => ({ each, top: each.getBoundingClientRect().top }));
  if (change()) return;
  const left = before.find(({ each }) => each.isConnected && each.getClientRects().length > 0);
  if (!left) return;
  const moved = left.each.getBoundingClientRect().top - left.top + owed;
  const from = scrollY;
  scrollBy({ top: moved, behavior: "instant" });
  const rest = moved - (scrollY - from);
  // More than that is the end of the page.
  owed = Math.abs(rest) < 1 ? rest : 0;
}

/** What the reader has before them: where they are at work first, and then from the top down. @returns {Element[]} */
function reading() {
  const main = document.getElementById("main");
  const found = new Set();
  if (!main) return [];
  for (const each of [chosen(), document.activeElement])
    if (each && each !== main && main.contains(each) && isSeen(each)) found.add(each);
  // At the top of the page there is nothing above that could be kept out.
  if (scrollY === 0) return [...found];
  const { left, width } = main.getBoundingClientRect();
  for (let y = 1; y < innerHeight; y += STEP) {
    const here = document.elementFromPoint(left + width / 3, y)?.closest(READABLE);
    if (here && main.contains(here)) found.add(here);
  }
  return [...found];
}

/** Where words are chosen, to be copied or read aloud. */
function chosen() {
  const selection = getSelection();
  return selection?.isCollapsed === false ? (selection.anchorNode?.parentElement ?? null) : null;
}

/** @param {Element} element */
function isSeen(element) {
  const { top, bottom } = element.getBoundingClientRect();
  return bottom > 0 && top < innerHeight;
}
