/* What the acceptance walk looks for in a page. It comes with axe, and stays on the page as `eyes`. */

/** Words for an element: enough of it to find it by. @param {Element} element */
const named = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);

/** @param {Element} element */
const isShown = (element) =>
  element.checkVisibility({ opacityProperty: true, visibilityProperty: true });

/** Only for screen readers, or not there: nothing that can be cut off. @param {Element} element */
const isForEyes = (element) => {
  for (let at = /** @type {Element | null} */ (element); at; at = at.parentElement) {
    const style = getComputedStyle(at);
    if (style.clipPath.startsWith("inset(50%") || style.opacity === "0") return false;
  }
  return isShown(element);
};

/** What lets the page scroll sideways. */
const tooWide = () =>
  document.documentElement.scrollWidth <= innerWidth
    ? []
    : [...document.querySelectorAll("body *")]
        .filter((each) => {
          const { left, right } = each.getBoundingClientRect();
          return isShown(each) && (right > innerWidth + 1 || left < -1);
        })
        // Of what lies in one another, the last says most.
        .slice(-3)
        .map(named);

/**
 * Whether a piece of text lies within a box, give or take the part of a line that letters seldom reach.
 * @param {DOMRect} text @param {DOMRect} box @param {boolean} across @param {boolean} down
 */
const isWithin = (text, box, across, down) =>
  (!across || (text.left >= box.left - 1.5 && text.right <= box.right + 1.5)) &&
  (!down ||
    (text.top >= box.top - text.height * 0.25 && text.bottom <= box.bottom + text.height * 0.25));

/** Where a text may not reach beyond: it has a border or a colour of its own. */
const BOXES = "button, .button, input, .choice, .side, .card, .problem, .ask, td, th";

/**
 * The first thing that cuts a piece of text off, or that it runs out of; what scrolls does not cut it off.
 * @param {Element} element @param {DOMRect} text
 */
const cutter = (element, text) => {
  let down = true;
  for (
    let at = /** @type {Element | null} */ (element);
    at && at !== document.body;
    at = at.parentElement
  ) {
    const { overflowX, overflowY, display, position } = getComputedStyle(at);
    const box = at.getBoundingClientRect();
    const cuts = [overflowX, overflowY].map((how) => how === "hidden" || how === "clip");
    if (overflowX === "auto" || overflowX === "scroll") return null;
    if (
      display !== "inline" &&
      !isWithin(text, box, cuts[0] || at.matches(BOXES), down && (cuts[1] || at.matches(BOXES)))
    )
      return at;
    if (overflowY === "auto" || overflowY === "scroll") down = false;
    if (position === "fixed") break;
  }
  return text.left < -1.5 || text.right > innerWidth + 1.5 ? document.documentElement : null;
};

/** The board leafs through what it shows. @param {Element} by @param {DOMRect} text */
const isOnAnotherPage = (by, text) => {
  const { left, right } = by.getBoundingClientRect();
  return by.matches(".window") && (text.left >= right - 1.5 || text.right <= left + 1.5);
};

/** Text of which not all can be read. */
const cutOff = () => {
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const found = new Set();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const element = node.parentElement;
    if (!node.nodeValue?.trim() || !element || element.closest("script, svg, textarea")) continue;
    if (!isForEyes(element)) continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const text of range.getClientRects()) {
      const by = text.width > 1 && cutter(element, text);
      if (by && !isOnAnotherPage(by, text))
        found.add(`${named(element)} by ${named(by).slice(0, 60)}`);
    }
  }
  return [...found].slice(0, 5);
};

/** The share of the screen's height that stays where it is while the page scrolls. */
const fixedShare = () => {
  const heights = [...document.querySelectorAll("body *")]
    .filter(
      (each) =>
        getComputedStyle(each).position === "fixed" && isShown(each) && !each.closest("dialog"),
    )
    .map((each) => each.getBoundingClientRect())
    .filter(({ width, height }) => width > 1 && height < innerHeight - 1)
    .map(({ top, bottom }) => Math.min(bottom, innerHeight) - Math.max(top, 0));
  return Math.max(0, ...heights) / innerHeight;
};

/** What is wrong with where the focus is, or nothing. Where a field lies in its label, the label may show it. */
const focusFault = () => {
  const focused = document.activeElement;
  if (!focused || focused === document.body) return "Focus is nowhere.";
  const shown = focused.closest("label") ?? focused;
  const hasRing = [focused, shown].some((each) => {
    const { outlineStyle, outlineWidth } = getComputedStyle(each);
    return outlineStyle !== "none" && Number.parseFloat(outlineWidth) >= 2;
  });
  if (!hasRing) return `No ring around ${named(focused)}`;
  // A link may begin in one line and end in the next.
  const rects = [...shown.getClientRects()].filter(({ width, height }) => width > 0 && height > 0);
  if (!rects.length) return `Nothing is seen of ${named(focused)}`;
  const height =
    Math.max(...rects.map(({ bottom }) => bottom)) - Math.min(...rects.map(({ top }) => top));
  // Of what is larger than the screen, and of a field for text, which scrolls to its caret, a part has to do.
  const isLarge = height > innerHeight * 0.6 || focused.matches("textarea");
  const corners = rects.flatMap(({ left, right, top, bottom }) => {
    const [from, to] = isLarge ? [Math.max(top, 0), Math.min(bottom, innerHeight)] : [top, bottom];
    const [inX, inY] = [Math.min(5, (right - left) / 3), Math.min(5, (to - from) / 3)];
    return [left + inX, right - inX].flatMap((x) => [
      [x, from + inY],
      [x, to - inY],
    ]);
  });
  const isFree = (/** @type {number[]} */ [x = 0, y = 0]) => {
    const there = document.elementFromPoint(x, y);
    return there && (shown.contains(there) || there.contains(shown));
  };
  const isCovered = isLarge ? !corners.some(isFree) : !corners.every(isFree);
  return isCovered ? `Something covers ${named(focused)}` : "";
};

const STOPS =
  'a[href], button, input:not([type="hidden"]), select, textarea, summary, audio[controls], [tabindex]:not([tabindex="-1"])';

/** Focus one stop after the other, so many at most and spread over all of them. @param {number} most */
const walk = (most) => {
  const room = document.querySelector("dialog[open]") ?? document;
  const stops = /** @type {HTMLElement[]} */ ([...room.querySelectorAll(STOPS)]).filter(
    (each) =>
      isShown(each) && !each.matches(":disabled") && each.tabIndex >= 0 && !each.closest("[inert]"),
  );
  const every = Math.max(1, Math.ceil(stops.length / most));
  return stops.flatMap((stop, place) => {
    if (place % every && place !== stops.length - 1) return [];
    stop.focus();
    const fault =
      document.activeElement === stop ? focusFault() : `Focus does not go to ${named(stop)}`;
    return fault ? [fault] : [];
  });
};

/** What a sheet of paper should not have: what hangs over every page of it, and a dark ground. */
const misprints = () => {
  const hanging = [...document.querySelectorAll("body *")].filter(
    (each) =>
      getComputedStyle(each).position === "fixed" &&
      isShown(each) &&
      each.getBoundingClientRect().height > 1,
  );
  const grounds = [document.documentElement, ...document.querySelectorAll("body, body *")].filter(
    (each) => {
      const [red = 0, green = 0, blue = 0, alpha = 1] =
        getComputedStyle(each)
          .backgroundColor.match(/[\d.]+/g)
          ?.map(Number) ?? [];
      const { width, height } = each.getBoundingClientRect();
      return (
        isShown(each) &&
        alpha > 0.5 &&
        red + green + blue < 240 &&
        width > innerWidth / 2 &&
        height > 40
      );
    },
  );
  return [
    ...hanging.map((each) => `stays in place: ${named(each)}`),
    ...grounds.map((each) => `is dark: ${named(each)}`),
  ];
};

const running = () =>
  document
    .getAnimations()
    .filter(({ playState }) => playState === "running")
    .map(({ effect }) =>
      effect instanceof KeyframeEffect && effect.target ? named(effect.target) : "an animation",
    );

const sheets = [...document.adoptedStyleSheets];

/** WCAG 1.4.12. As a sheet and not as an element, which our own policy would refuse. @param {boolean} on */
const space = (on) => {
  const spaced = new CSSStyleSheet();
  spaced.replaceSync(`
    * { line-height: 1.5 !important; letter-spacing: 0.12em !important; word-spacing: 0.16em !important }
    p { margin-block-end: 2em !important }`);
  document.adoptedStyleSheets = on ? [...sheets, spaced] : sheets;
};

/** WCAG 1.4.4: text twice as large, as the reader's own setting makes it. @param {boolean} on */
const enlarge = (on) => {
  document.documentElement.style.fontSize = on ? "212.5%" : "";
};

Object.assign(globalThis, {
  eyes: { tooWide, cutOff, fixedShare, focusFault, walk, misprints, running, space, enlarge },
});
