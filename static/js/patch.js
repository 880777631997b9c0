/**
 * Puts what was pushed into the page, and leaves alone what belongs to the reader: their focus, their place, what they
 * typed, their dots. (What everybody shares inside of that, such as the columns one can choose, is marked `data-shared`.)
 * Afterwards the document gets a `patched` event, for those who paint.
 *
 * @typedef {import("./connection.js").Message} Message
 * @typedef {object} Patched
 * @property {string} before the phase that was shown
 * @property {string} phase the phase that is shown
 * @property {boolean} isNewStage whether the stage was replaced as a whole
 * @property {HTMLElement[]} added cards
 * @property {number[]} removed numbers of responses
 */

import { Idiomorph } from "../vendor/idiomorph.esm.js";

/**
 * How an audience wants it.
 *
 * @typedef {object} Manner
 * @property {(list: Element, cards: HTMLElement[], isNewList: boolean) => void} [insert] puts new cards, in the order of
 *   their numbers, into a list
 * @property {(stage: Element) => HTMLElement | null} [landing] where focus goes when what had it is gone
 */

/** @returns {number} */
export const shownVersion = () => Number(document.body.dataset.version);

export const stage = () => /** @type {HTMLElement} */ (document.getElementById("stage"));

/** The cards of a list, or of all. @returns {HTMLElement[]} */
export const cards = (list = "") =>
  /** @type {HTMLElement[]} */ ([
    ...document.querySelectorAll(`#stage [data-items${list && `="${list}"`}] > [data-number]`),
  ]);

/** @param {Element} card */
export const numberOf = (card) => Number(/** @type {HTMLElement} */ (card).dataset.number);

/**
 * @param {Message} message
 * @param {Manner} [manner]
 */
export function patch(message, manner = {}) {
  if (message.version < shownVersion()) return;
  document.body.dataset.version = String(message.version);
  const { fragments } = message;
  if (!fragments) return;

  const before = stage().dataset.phase ?? "";
  const focused = document.activeElement;
  const hadFocus = stage().contains(focused);
  const around = partAround(focused);
  const isNewStage = fragments.stage != null && setStage(fragments.stage, fragments);

  const isGone = (/** @type {string} */ id) =>
    fragments[id] === null || (message.full === true && !(id in fragments));
  const removed = cards().filter((card) => isGone(card.id));
  for (const card of removed) remove(card, manner);

  /** @type {Map<string, HTMLElement[]>} */
  const coming = new Map();
  for (const [id, html] of Object.entries(fragments)) {
    if (id === "stage" || html === null) continue;
    const next = parse(html);
    const shown = document.getElementById(id);
    if (shown) {
      move(shown, next.dataset.list);
      morph(shown, next);
    } else if (next.dataset.list) {
      const list = next.dataset.list;
      coming.set(list, [...(coming.get(list) ?? []), next]);
    }
  }
  const added = insert(coming, isNewStage, manner);

  if (hadFocus && !focused?.isConnected && !stage().contains(document.activeElement)) land(manner);
  if (around && !focused?.isConnected) reachable(around).focus({ preventScroll: true });
  /** @type {Patched} */
  const detail = {
    before,
    phase: stage().dataset.phase ?? "",
    isNewStage,
    added,
    removed: removed.map(numberOf),
  };
  document.dispatchEvent(new CustomEvent("patched", { detail }));
}

/**
 * @param {(patched: Patched) => void} paint
 */
export function onPatched(paint) {
  document.addEventListener("patched", (event) =>
    paint(/** @type {CustomEvent<Patched>} */ (event).detail),
  );
}

/**
 * Another phase is another page; the same phase is only touched up. Says whether it was another.
 *
 * @param {string} html
 * @param {Record<string, string | null>} fragments
 */
function setStage(html, fragments) {
  const shown = stage();
  const next = parse(html);
  const isSame = ["phase", "exercise", "kind"].every(
    (what) => shown.dataset[what] === next.dataset[what],
  );
  if (isSame) {
    for (const part of shown.querySelectorAll("[data-shared]")) {
      const theirs = next.querySelector(`#${part.id}`);
      if (theirs) morph(part, theirs);
    }
    morph(shown, next);
    return false;
  }
  // A card that looks the same in both phases is not sent again.
  const kept = cards();
  const focused = /** @type {HTMLElement | null} */ (document.activeElement);
  shown.replaceWith(next);
  for (const card of kept) {
    // What was held back or filtered out on the page before is not so on this one.
    card.hidden = false;
    if (fragments[card.id] !== null) listOf(card.dataset.list)?.append(card);
  }
  // Whoever was at work in a card goes on there.
  if (next.contains(focused)) focused?.focus({ preventScroll: true });
  return true;
}

/** What is beside the stage and has its own fragment: focus stays in it. @param {Element | null} focused */
const partAround = (focused) =>
  stage().contains(focused)
    ? null
    : /** @type {HTMLElement | null} */ (focused?.parentElement?.closest("section[id]") ?? null);

/** @param {string | undefined} name */
const listOf = (name) => document.querySelector(`#stage [data-items="${name}"]`);

/** @param {string} html @returns {HTMLElement} */
function parse(html) {
  const template = document.createElement("template");
  template.innerHTML = html.trim();
  return /** @type {HTMLElement} */ (template.content.firstElementChild);
}

/** @param {Node} node */
const belongsToTheReader = (node) =>
  node instanceof Element && (node.hasAttribute("data-own") || node.hasAttribute("data-items"));

/** A field in which somebody is typing stays until they leave it. @param {Element} old */
function isTypedIn(old) {
  const field = document.activeElement;
  const isTyped = field?.matches("textarea[data-own]") === true && old.contains(field);
  if (isTyped) field.closest("form")?.setAttribute("data-left", "");
  return isTyped;
}

/**
 * @param {Element} shown
 * @param {Element} next
 */
function morph(shown, next) {
  Idiomorph.morph(shown, next, {
    callbacks: {
      beforeNodeMorphed: (old) => !belongsToTheReader(old),
      beforeNodeRemoved: (old) => !isTypedIn(old),
      // Whether a card is hidden is the reader's, too: they look for something, or have not asked for new ones yet. So is
      // whether it can have focus, what is unfolded, and which column they have chosen.
      beforeAttributeUpdated: (name, element) =>
        name !== "open" &&
        !(["hidden", "tabindex"].includes(name) && element.hasAttribute("data-number")) &&
        !(name === "tabindex" && element === document.activeElement) &&
        !(name === "checked" && element.matches("[type=radio]")),
    },
  });
}

/**
 * A card that changed its list goes to the end of the other.
 *
 * @param {HTMLElement} card
 * @param {string | undefined} name
 */
function move(card, name) {
  const list = card.dataset.list === name ? null : listOf(name);
  if (!list) return;
  const stay = card.contains(document.activeElement) ? neighbour(card) : null;
  list.append(card);
  if (stay) reachable(stay).focus({ preventScroll: true });
}

/**
 * @param {Map<string, HTMLElement[]>} coming
 * @param {boolean} isNewStage
 * @param {Manner} manner
 */
function insert(coming, isNewStage, manner) {
  const added = [];
  for (const [name, those] of coming) {
    const list = listOf(name);
    if (!list) continue;
    those.sort((a, b) => numberOf(a) - numberOf(b));
    if (manner.insert) manner.insert(list, those, isNewStage);
    else list.append(...those);
    added.push(...those);
  }
  return added;
}

/**
 * @param {HTMLElement} card
 * @param {Manner} manner
 */
function remove(card, manner) {
  const hadFocus = card.contains(document.activeElement);
  const stay = neighbour(card);
  card.remove();
  if (!hadFocus) return;
  if (stay) reachable(stay).focus({ preventScroll: true });
  else land(manner);
}

/**
 * Where focus goes when a card leaves: the next one, or the one before, or the heading over them. The card and not its
 * button, so that a key that is pressed just then does nothing to another response.
 *
 * @param {HTMLElement} card
 */
function neighbour(card) {
  const others = cards().filter(
    (each) => each.parentElement === card.parentElement && !each.hidden,
  );
  const place = others.indexOf(card);
  const heading = card.closest("section")?.querySelector("h2, h3");
  return others[place + 1] ?? others[place - 1] ?? /** @type {HTMLElement | null} */ (heading);
}

/** Something to read, made to take focus from a script. @param {HTMLElement} element */
export function reachable(element) {
  element.tabIndex = -1;
  return element;
}

/** @param {Manner} manner */
function land(manner) {
  const landing =
    manner.landing?.(stage()) ??
    /** @type {HTMLElement | null} */ (stage().querySelector("h1[tabindex]")) ??
    document.getElementById("main");
  landing?.focus();
}
