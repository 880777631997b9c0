/**
 * The board pages: it never scrolls and never shrinks. What does not fit stands in further columns to the right of its
 * window, and a page is one window's width of them.
 */

import { stage } from "./patch.js";
import { sentence } from "./words.js";

/** The narrowest column that still reads well from the back of the room, in the size of its letters. */
const NARROWEST = 11;

/** How much wider than the others the columns of a side can be. */
const WIDER = 1.25;

export class Pages {
  #page = 0;
  #pages = 1;
  /** How many cards came to a last page that is not shown. */
  #unseen = 0;
  /** What the room was last shared out for. */
  #laid = "";

  /** After something came, went, or changed its size. @param {number} [added] how many cards came */
  lay(added = 0) {
    const wasLast = this.#page >= this.#pages - 1;
    const hadOne = this.#pages === 1;
    // While people vote, what is pushed is the foot, and often: with very many cards, sharing costs too much for that.
    if (whatIsLaid() !== this.#laid || !isShared()) {
      this.#pages = shareRoom();
      this.#laid = whatIsLaid();
    }
    // Who was reading the end goes on reading the end; but a first page that is full is not taken away.
    if (wasLast && added > 0 && !(hadOne && this.#pages === 1)) this.#page = this.#pages - 1;
    else if (!wasLast) this.#unseen += added;
    this.#show();
  }

  first() {
    this.#page = 0;
    this.#pages = 1;
    this.#unseen = 0;
    this.layAnew();
  }

  /** After letters have got another width, which nothing else tells. */
  layAnew() {
    this.#laid = "";
    this.lay();
  }

  /** @param {number} by */
  turn(by) {
    this.turnTo(this.#page + by);
  }

  /** @param {number} page the first is 0 */
  turnTo(page) {
    this.#page = page;
    this.#show();
  }

  /** The page that is shown; the first is 0. */
  get page() {
    return this.#page;
  }

  #show() {
    this.#page = Math.max(0, Math.min(this.#page, this.#pages - 1));
    if (this.#page === this.#pages - 1) this.#unseen = 0;
    for (const each of windows()) {
      const { content, step, pages, isReversed } = measure(each);
      const shift = step * Math.min(this.#page, pages - 1);
      content.style.transform = shift ? `translateX(${isReversed ? shift : -shift}px)` : "";
    }
    const place = document.getElementById("page-number");
    if (!place) return;
    const words = sentence("page", { page: this.#page + 1, pages: this.#pages });
    const more = this.#unseen > 0 ? ` · +${this.#unseen}` : "";
    place.textContent = this.#pages > 1 ? words + more : "";
  }
}

/** @returns {HTMLElement[]} */
const windows = () => [...stage().querySelectorAll(/** @type {"div"} */ (".window"))];

/** All that says how much room there is and what it is for: the same again is laid the same. */
function whatIsLaid() {
  const sizes = [...windows(), stage()].map((each) => `${each.clientWidth} ${each.clientHeight}`);
  const { fontSize } = getComputedStyle(stage().querySelector(".columns, .standings") ?? stage());
  return [...sizes, fontSize, document.documentElement.dataset.theme, stage().textContent].join(
    "\n",
  );
}

/** Whether the shares still stand: a stage that is patched loses them. */
const isShared = () =>
  [...stage().querySelectorAll(/** @type {"div"} */ (".columns"))].every((both) =>
    both.style.getPropertyValue("--widths"),
  );

/** @param {HTMLElement} each */
function measure(each) {
  const content = /** @type {HTMLElement} */ (each.firstElementChild);
  const style = getComputedStyle(content);
  const step = each.getBoundingClientRect().width + (Number.parseFloat(style.columnGap) || 0);
  const isReversed = style.direction === "rtl";
  const all = content.getBoundingClientRect();
  const last = content.lastElementChild?.getBoundingClientRect() ?? all;
  const width = isReversed ? all.right - last.left : last.right - all.left;
  // Half a pixel of rounding is not a page.
  const pages = step > 0 ? Math.max(1, Math.ceil((width - 1) / step)) : 1;
  return { content, step, pages, isReversed };
}

/** @returns {number} how many pages the fullest window has */
const countPages = () => Math.max(1, ...windows().map((each) => measure(each).pages));

/**
 * The sides get room by how many they hold, in as few columns as take no more pages than any number of them. All columns
 * are equally wide, unless it saves a page that they are not.
 *
 * @returns {number} the pages that come of it
 */
function shareRoom() {
  const both = /** @type {HTMLElement | null} */ (stage().querySelector(".columns"));
  if (!both) return countPages();
  const letter = Number.parseFloat(getComputedStyle(both).fontSize);
  const sides = /** @type {HTMLElement[]} */ ([...both.children]);
  const least = sides.length;
  const most = Math.max(least, Math.floor(both.clientWidth / (letter * (NARROWEST + 1.5))));
  let best = { columns: least, width: 1, pages: Number.POSITIVE_INFINITY };
  for (const width of [1, WIDER]) {
    for (let columns = least; columns <= most && best.pages > 1; columns++) {
      share(sides, columns, width);
      const pages = countPages();
      if (pages < best.pages) best = { columns, width, pages };
    }
  }
  share(sides, best.columns, best.width);
  return best.pages;
}

/**
 * @param {HTMLElement[]} sides
 * @param {number} columns
 * @param {number} width of the columns where there are most pages, when the others' is 1
 */
function share(sides, columns, width) {
  const lists = sides.map((side) => /** @type {HTMLElement} */ (side.querySelector(".window > *")));
  const shares = fairShares(
    lists.map((list) => list.querySelectorAll("[data-number]").length),
    columns,
  );
  for (const [index, list] of lists.entries()) list.style.columnCount = String(shares[index]);
  setWidths(shares);
  if (width === 1) return;
  const pages = windows().map((each) => measure(each).pages);
  setWidths(
    shares.map((share, index) => share * (pages[index] === Math.max(...pages) ? width : 1)),
  );
}

/**
 * As wide as their columns and the gaps between these. The sides themselves are further apart.
 *
 * @param {number[]} shares how many columns each side has
 */
function setWidths(shares) {
  const all = shares.reduce((sum, share) => sum + share);
  const one = `(100% - ${shares.length - 1} * var(--apart) - ${all - shares.length} * var(--gap)) / ${all}`;
  const widths = shares.map((share) => `calc(${share} * ${one} + ${share - 1} * var(--gap))`);
  /** @type {HTMLElement | null} */ (stage().querySelector(".columns"))?.style.setProperty(
    "--widths",
    widths.join(" "),
  );
}

/**
 * How many of the columns each side gets so that the fullest is as short as can be: one each, and every further one to
 * whoever is fullest then.
 *
 * @param {number[]} counts how many responses each side holds
 * @param {number} columns at least as many as there are sides
 */
export function fairShares(counts, columns) {
  const shares = counts.map(() => 1);
  for (let given = counts.length; given < columns; given++) {
    const fullness = counts.map((count, index) => count / shares[index]);
    shares[fullness.indexOf(Math.max(...fullness))]++;
  }
  return shares;
}
